"""The card template that an administrator imports once, at open-dev.dingtalk.com/fe/card.

The card is: a markdown text, buttons; below them, where there is one, a note with buttons of its own; and a form. What
stands here of components and variables is what the builder's own exports say (schema 3.0.0):
https://github.com/open-dingtalk/dingtalk-card-examples.
"""

import json
from typing import Any

Json = dict[str, Any]
Shape = dict[str, Any]  # names with the kind of what they hold, a shape, or a list of one shape

_COMPONENTS = ("MarkdownBlock", "ButtonGroup")
_MARGINS = {"marginLeft": 12, "marginRight": 12, "marginTop": 6, "marginBottom": 6}
_ALWAYS: Json = {
    "type": "dynamicVisible",
    "value": True,
    "valueType": "fixed",
    "condition": {"op": "and", "conditions": []},
}
_SAMPLE_BUTTON: Json = {
    "text": "Done",
    "color": "blue",
    "status": "normal",
    "event": {"type": "sendCardRequest", "params": {"actionId": "press", "params": {"token": "-"}}},
}
_SAMPLE: Json = {
    "body": "### Northwind\n\n**Owner:** Wei",
    "btns": [_SAMPLE_BUTTON],
    "has_note": True,
    "note": "Only you see this",
    "note_btns": [_SAMPLE_BUTTON],
    "has_form": True,
    "form_note": "**Log a visit**",
    "form": {"fields": [{"name": "note", "label": "Note", "type": "TEXT", "required": True}]},
    "form_btn": "Log visit",
    "form_state": "normal",
}
_BUTTON: Shape = {
    "text": "string",
    "color": "string",
    "status": "string",
    "event": {"type": "string", "params": {"url": "string", "actionId": "string", "params": {}}},
}
_FIELD: Shape = {
    "name": "string",
    "label": "string",
    "type": "string",
    "hidden": "boolean",
    "required": "boolean",
    "placeholder": "string",
    "defaultValue": "string",
    "options": [{"value": "string", "text": "string"}],
}
# What each variable is to the builder, and what is in it.
_VARIABLES: dict[str, tuple[str, Shape]] = {
    "body": ("markdown", {}),
    "btns": ("buttonGroup", _BUTTON),
    "has_note": ("boolean", {}),
    "note": ("markdown", {}),
    "note_btns": ("buttonGroup", _BUTTON),
    "has_form": ("boolean", {}),
    "form_note": ("markdown", {}),
    "form": ("form", {"fields": [_FIELD]}),
    "form_btn": ("string", {}),
    "form_state": ("string", {}),
}
# Everybody's. All else may differ from person to person: an answer to one, or a form that one has open, stays theirs.
_PUBLIC = frozenset({"body", "btns"})


def template() -> Json:
    """The file to import."""
    editor = json.dumps(_editor(), ensure_ascii=False, separators=(",", ":"))
    return {"editorData": editor, "widgetInfo": "", "type": "im", "mode": "card"}


def _editor() -> Json:
    card = _component(
        "Card", "node_card", _MARGINS | {"summaryContent": _variable(""), "autoFoldConfig": {"needFold": False}}
    )
    return {
        "schemaVersion": "3.0.0",
        "schema": {
            "version": "1.0.0",
            "componentsMap": [*map(_exported, (*_COMPONENTS, "Card")), {"devMode": "lowCode", "componentName": "Form"}],
            "componentsTree": [card | {"children": _children()}],
            "i18n": {},
        },
        "mockData": {"cardData": _SAMPLE, "cardPrivateData": _own(_SAMPLE), "localData": {}, "richTextData": {}},
        "renderContext": {},
        "editVersion": 0,
        "customWidgetInfo": "",
        "useCustomWidgetInfo": False,
        "variableList": [_declared(name, *about) for name, about in _VARIABLES.items()],
        "formList": [],
        "customContextList": [],
        "expList": [],
        "localList": [],
        "hsfList": [],
        "lwpList": [],
        "pageData": {},
        "extension": {"extendType": "NORMAL", "fileTypeList": []},
    }


def _children() -> list[Json]:
    return [
        _markdown("body", _ALWAYS),
        _buttons("btns", _ALWAYS),
        _markdown("note", _when("has_note")),
        _buttons("note_btns", _when("has_note")),
        _markdown("form_note", _when("has_form")),
        _component(
            "Form",
            "node_form",
            {
                "id": "form",
                "submitText": {"i18n": False, "type": "dynamicString", "content": "${form_btn}"},
                "formSchema": _variable("form"),
                "params": [],
                "status": {
                    "type": "dynamicSelect",
                    "valueType": "variable",
                    "value": "normal",
                    "variable": "form_state",
                    "variableType": "global",
                },
                "visible": _when("has_form"),
                "actionType": "request",
            },
        ),
    ]


def _markdown(variable: str, visible: Json) -> Json:
    content = _variable(variable) | {"varType": "markdown"}
    return _component(
        "MarkdownBlock",
        f"node_{variable}",
        {"mdVer": 0, "content": content, "visible": visible, "isStreaming": False, **_MARGINS},
    )


def _buttons(variable: str, visible: Json) -> Json:
    return _component(
        "ButtonGroup",
        f"node_{variable}",
        {
            "buttonsSource": "variable",
            "dynamicButtons": _variable(variable),
            "fixedButtonIds": [],
            "fixedButtons": [],
            "visible": visible,
            "buttonSpacing": 8,
            **_MARGINS,
        },
    )


def _component(name: str, id_: str, props: Json) -> Json:
    return {
        "componentName": name,
        "id": id_,
        "props": props,
        "title": "",
        "hidden": False,
        "isLocked": False,
        "condition": True,
        "conditionGroup": "",
    }


def _exported(name: str) -> Json:
    return {
        "package": "@ali/dxComponent",
        "version": "1.0.0",
        "exportName": name,
        "main": "./src/index.tsx",
        "destructuring": False,
        "subName": "",
        "componentName": name,
    }


def _variable(name: str) -> Json:
    return {"type": "variableValue", "variableType": "global", "variable": name}


def _when(variable: str) -> Json:
    told = {
        "variable": variable,
        "variableType": "global",
        "type": "variable",
        "op": "isTrue",
        "value": "",
        "valueType": "fixed",
        "valueVariableType": "global",
    }
    return _ALWAYS | {"valueType": "condition", "condition": {"op": "and", "conditions": [told]}}


def _own(values: Json) -> Json:
    return {name: value for name, value in values.items() if name not in _PUBLIC}


def _declared(name: str, kind: str, shape: Shape) -> Json:
    private = name not in _PUBLIC
    made = _named(name, name, kind, private=private) | {"description": "", "disabled": False}
    return made | ({"schema": _parts(name, shape, private=private)} if shape else {})


def _parts(path: str, shape: Shape, *, private: bool) -> list[Json]:
    """What is inside a variable, with the path to it: a list's is that of its first element."""
    made = []
    for name, kind in shape.items():
        below = f"{path}.{name}"
        match kind:
            case str():
                made.append(_named(below, name, kind, private=private))
            case list():
                inside = _parts(f"{below}[0]", kind[0], private=private)
                made.append(_named(below, name, "loopArray", private=private) | {"schema": inside})
            case _:
                inside = _parts(below, kind, private=private)
                made.append(_named(below, name, "object", private=private) | ({"schema": inside} if inside else {}))
    return made


def _named(path: str, name: str, kind: str, *, private: bool) -> Json:
    return {
        "id": path,
        "name": name,
        "type": kind,
        "private": private,
        "editorVarType": "variables",
        "disabled": True,
    }
