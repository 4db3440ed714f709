"""The card template that an administrator imports once, at open-dev.dingtalk.com/fe/card.

The card is: a markdown text, buttons; below them, where there is one, a note with buttons of its own; and a form. What
stands here of components and variables is what the builder's own exports say (schema 3.0.0):
https://github.com/open-dingtalk/dingtalk-card-examples.
"""

import json
from typing import Any

Json = dict[str, Any]

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
# What each variable is to the builder. Every one may differ from person to person: an answer to one stays theirs.
_VARIABLES = {
    "body": "markdown",
    "btns": "buttonGroup",
    "has_note": "boolean",
    "note": "markdown",
    "note_btns": "buttonGroup",
    "has_form": "boolean",
    "form_note": "markdown",
    "form": "form",
    "form_btn": "string",
    "form_state": "string",
}


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
        "mockData": {"cardData": _SAMPLE, "cardPrivateData": {}, "localData": {}, "richTextData": {}},
        "renderContext": {},
        "editVersion": 0,
        "customWidgetInfo": "",
        "useCustomWidgetInfo": False,
        "variableList": [_declared(name, kind) for name, kind in _VARIABLES.items()],
        "formList": [],
        "customContextList": [],
        "expList": [],
        "localList": [],
        "hsfList": [],
        "lwpList": [],
        "pageData": {},
        "extension": {},
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


def _declared(name: str, kind: str) -> Json:
    return {
        "id": name,
        "name": name,
        "type": kind,
        "description": "",
        "private": False,
        "editorVarType": "variables",
        "disabled": False,
    }
