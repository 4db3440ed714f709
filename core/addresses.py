"""Phones, e-mail and web addresses as they are kept, whether a sheet brings them or somebody types them."""

import re
from collections.abc import Callable, Mapping

from core.errors import InvalidInputError
from core.names import email_of, host_of
from core.names.contact_points import digits_of
from core.patterns import late
from core.text import line

_SCIENTIFIC = late(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
_FEWEST_DIGITS, _MOST_DIGITS = 3, 40  # of a phone: emergency numbers; several numbers in one cell


def read_phone(field: str, text: str) -> str:
    """A phone as it is written, once it is seen to have digits enough. Raises InvalidInputError.

    1.38E+10 is a number whose end a spreadsheet has thrown away.
    """
    text = line(field, text).lstrip("'")
    if _SCIENTIFIC.fullmatch(text):
        raise InvalidInputError(field, "phone_cut_short", value=text)
    if not _FEWEST_DIGITS <= len(digits_of(text)) <= _MOST_DIGITS:
        raise InvalidInputError(field, "not_a_phone", value=text)
    return text


def read_email(field: str, text: str) -> str:
    """One e-mail address. Raises InvalidInputError."""
    text = line(field, text).removeprefix("mailto:")
    email = email_of(text)
    if not email or (email != text.lower() and f"<{email}>" not in text.lower()):
        raise InvalidInputError(field, "several_emails" if text.count("@") > 1 else "not_an_email", value=text)
    return text[-len(email) - 1 : -1] if text.endswith(">") else text


def read_web(field: str, text: str) -> str:
    """A web address, with or without https://; no other scheme, for it becomes a link. Raises InvalidInputError."""
    text = line(field, text)
    scheme, mark, _ = text.partition("://")
    if not host_of(text) or (mark and scheme.lower() not in {"http", "https"}):
        raise InvalidInputError(field, "not_a_web_address", value=text)
    return text


READERS: Mapping[str, Callable[[str, str], str]] = {"phone": read_phone, "email": read_email, "website": read_web}
"""By the name of the field."""


def read_address(field: str, text: str) -> str:
    """The value of one of those fields; nothing is nothing. Raises InvalidInputError."""
    return READERS[field](field, text) if text.strip() else ""
