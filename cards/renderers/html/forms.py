"""A form as HTML, and what a browser sends back read as the form's values."""

from collections.abc import Mapping
from typing import assert_never

from markupsafe import Markup

from cards.model import Form, Input, InputKind
from cards.renderers.controls import holds
from cards.renderers.cutting import clean, clean_line
from cards.renderers.html.elements import EMPTY, Page, lines, posting, tag

_OF_ID, _OF_LABEL = ".id", ".label"
_TYPES = {InputKind.DATE: "date", InputKind.TIME: "time", InputKind.EMAIL: "email", InputKind.PHONE: "tel"}


def form(block: Form, page: Page) -> Markup:
    """The form with its token in a hidden field; errors and hints are tied to their fields."""
    title = page.new_id()
    return posting(
        page,
        tag("h4", clean_line(block.title), class_="k-heading", id=title, dir="auto"),
        tag("input", type="hidden", name="token", value=block.token),
        *(_field(one, page) for one in block.inputs),
        tag("button", clean_line(block.submit), type="submit", class_="k-button k-primary", dir="auto"),
        class_="k-form",
        aria_labelledby=title,
    )


def submitted(posted: Mapping[str, str]) -> dict[str, str]:
    """The form's values by input name, from the fields a browser posted.

    Where an input showed a label for an id, the id counts again unless the words were changed: without a script, too.
    """
    known = {name.removesuffix(_OF_ID): value for name, value in posted.items() if name.endswith(_OF_ID)}
    return {
        name: known[name] if name in known and value == posted.get(name + _OF_LABEL) else value
        for name, value in posted.items()
        if name not in {"token", "csrf"} and not name.endswith((_OF_ID, _OF_LABEL))
    }


def _field(one: Input, page: Page) -> Markup:
    field, hint, error = page.new_id(), page.new_id(), page.new_id()
    star = tag("span", " *", class_="k-required", aria_hidden="true") if one.required else EMPTY
    said = {hint: tag("p", lines(one.hint), class_="k-hint", id=hint, dir="auto")} if clean(one.hint) else {}
    if clean(one.error):
        said[error] = tag("p", "✗ ", lines(one.error), class_="k-error", id=error, dir="auto")
    described: dict[str, str | bool] = {
        "id": field,
        "name": one.name,
        "required": one.required,
        "aria_invalid": "true" if error in said else False,
        "aria_describedby": " ".join(said) or False,
    }
    name = tag("label", clean_line(one.label or one.name), star, for_=field, dir="auto")
    return tag("div", name, _control(one, page, described), *said.values(), class_="k-field")


def _control(one: Input, page: Page, described: dict[str, str | bool]) -> Markup:
    """The control for an input; where it could not hold what was typed, a plain field."""
    typed = described | {"dir": "auto", "autocomplete": "off", "maxlength": str(max(one.max_length, 1))}
    typed["placeholder"] = clean_line(one.placeholder) or False
    if not holds(one):
        return tag("input", type="text", value=one.value, **typed)
    match one.kind:
        case InputKind.MULTILINE:
            return tag("textarea", f"\n{one.value}", rows="4", **typed)  # the parser drops a first line break
        case InputKind.SELECT:
            return _select(one, described)
        case InputKind.CUSTOMER | InputKind.MEMBER:
            return _typeahead(one, page, typed)
        case InputKind.NUMBER | InputKind.MONEY:
            return tag(
                "input",
                type="text",
                inputmode="decimal" if one.kind is InputKind.NUMBER else False,
                value=one.value,
                **typed,
            )
        case InputKind.TEXT | InputKind.DATE | InputKind.TIME | InputKind.EMAIL | InputKind.PHONE:
            return tag("input", type=_TYPES.get(one.kind, "text"), value=one.value, **typed)
        case _:
            assert_never(one.kind)


def _select(one: Input, described: dict[str, str | bool]) -> Markup:
    choices = {"": "–"} | {option.value: option.label for option in one.options}
    choices.setdefault(one.value, one.shown)  # an answer that is no longer offered is still shown
    options = (
        tag("option", clean_line(name), value=value, selected=value == one.value) for value, name in choices.items()
    )
    return tag("select", *options, **described)


def _typeahead(one: Input, page: Page, typed: dict[str, str | bool]) -> Markup:
    choices = page.new_id()
    shown = one.shown
    known = EMPTY
    if shown != one.value:
        known = tag("input", type="hidden", name=one.name + _OF_ID, value=one.value)
        known += tag("input", type="hidden", name=one.name + _OF_LABEL, value=shown)
    field = tag("input", type="text", value=shown, list=choices, data_typeahead=one.kind.value, **typed)
    return field + tag("datalist", id=choices, class_="k-choices") + known
