"""Phones, e-mail addresses and web addresses in the forms in which they are compared."""

import re
from unicodedata import decimal

from core.names.folding import fold
from core.patterns import late

# Fewer digits than these are no tail of a phone; more than these no phone (E.164 has 15 at most).
MIN_DIGITS, MAX_DIGITS = 4, 18
# The tails people search by: the last four, a local number (7 or 8), a national one (10 or 11).
TAILS = (11, 10, 8, 7, 4)

# An extension is dialled after the call is taken: 8000 ext. 12, 8000转12, 8000 x12.
_EXTENSION = late(r"(?:ext\.?|extension|x|#|转|分机|轉|分機).*$", re.IGNORECASE)
_PLAIN_NUMBER = late(r"[0-9 +()./-]*")
_NOT_DIGIT = late(r"\D+", re.ASCII)
_PHONE = late(
    r"(?:tel|phone|mobile|电话|手机|座机)?[:\s]*[+(]?[\d(][\d\s()+./\u2010-\u2015-]{2,30}(?:(?:ext|x|转|#).{0,10})?",
    re.ASCII,
)
_EMAIL = late(r"[\w.+%&'*/=?^`{|}~!#$-]{1,64}@((?:[\w-]{1,63}\.)+[\w-]{2,63})")
_HOST = late(r"(?:[a-z][a-z0-9+.-]*://)?(?:[^@/\s]*@)?((?:[\w-]{1,63}\.)+[^\W\d_][\w-]{1,62})\.?(?::\d+)?(?:[/?#]\S*)?")
# Second levels under which names are registered (example.co.uk, example.com.cn).
_SECOND_LEVELS = frozenset(
    ("co", "com", "net", "org", "gov", "edu", "ac", "or", "ne", "go", "gob", "nom", "ltd", "plc")
)

# Mail hosts of the public, whose domain says nothing about the customer.
_PUBLIC_MAIL = (
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.co.jp icloud.com me.com mac.com "
    "aol.com gmx.de gmx.net gmx.com web.de t-online.de mail.ru yandex.ru proton.me protonmail.com qq.com vip.qq.com "
    "foxmail.com 163.com vip.163.com 126.com yeah.net sina.com sina.cn sohu.com 139.com 189.cn wo.cn "
    "aliyun.com tom.com 21cn.com naver.com hanmail.net daum.net orange.fr free.fr wanadoo.fr libero.it"
)
PUBLIC_MAIL = frozenset(_PUBLIC_MAIL.split())


def digits_of(text: str) -> str:
    """Every digit of a phone but its extension's, in ASCII."""
    folded = fold(text[:64]).replace("(0)", "")
    if not _PLAIN_NUMBER.fullmatch(folded):
        folded = _EXTENSION.sub("", folded)
    if folded.isascii():
        return _NOT_DIGIT.sub("", folded)
    return "".join(str(decimal(character)) for character in folded if character.isdecimal())


def phone_digits(text: str) -> str:
    """The digits of a phone as it would be dialled from abroad, without +, 00, the trunk 0 and the extension.

    Empty when there are fewer than four or more than eighteen: no phone.
    """
    digits = digits_of(text).lstrip("0")
    return digits if MIN_DIGITS <= len(digits) <= MAX_DIGITS else ""


def phone_tails(digits: str) -> list[str]:
    """All digits first, then the tails people search by, longest first."""
    return [digits, *(digits[-length:] for length in TAILS if length < len(digits))]


def looks_like_phone(text: str) -> bool:
    """Whether the whole of ``text`` is written the way phones are."""
    return _PHONE.fullmatch(fold(text[:64]).strip()) is not None


def email_of(text: str) -> str:
    """The first e-mail address in ``text``, folded; empty when there is none."""
    found = _EMAIL.search(fold(text[:320]))
    return found.group().lower() if found else ""


def host_of(text: str) -> str:
    """The host of a web address or of an e-mail address, folded and without ``www.``; empty when it is neither."""
    folded = fold(text[:512]).strip()
    found = _HOST.fullmatch(folded)
    host = found.group(1) if found else email_of(folded).rpartition("@")[2]
    return host.removeprefix("www.")


def registered_domain(host: str) -> str:
    """The part of a host that somebody registered: ``mail.acme.co.uk`` is ``acme.co.uk``."""
    labels = host.split(".")
    second_level = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS
    return ".".join(labels[-3:] if second_level else labels[-2:])
