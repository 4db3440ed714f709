"""A form shown again: with what was typed into it and what was wrong with it."""

from collections.abc import Mapping

import msgspec

from cards.model import Form


def refilled(form: Form, values: Mapping[str, str], errors: Mapping[str, str]) -> Form:
    """The form with ``values`` in its inputs and ``errors`` (words, by input name) at them."""
    return msgspec.structs.replace(
        form,
        inputs=tuple(
            msgspec.structs.replace(
                item, value=values.get(item.name, item.value), error=errors.get(item.name, "")
            )
            for item in form.inputs
        ),
    )
