"""What WeCom posts, as plain dictionaries: XML of the application, JSON of the robot. Anything else is no callback."""

import json
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

Payload = dict[str, Any]


class UnreadableError(Exception):
    """Not what WeCom posts."""


def xml(text: bytes | str) -> Payload:
    """The elements of ``<xml>`` by name, nested ones as dictionaries; of several of a name a list.

    Raises UnreadableError, also for what defines entities or refers to anything outside.
    """
    try:
        root: Element = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        raise UnreadableError from None
    found = _element(root)
    if not isinstance(found, dict):
        raise UnreadableError
    return found


def _element(element: Element) -> Any:
    if len(element) == 0:
        return element.text or ""
    found: Payload = {}
    for child in element:
        value = _element(child)
        if child.tag not in found:
            found[child.tag] = value
        elif isinstance(found[child.tag], list):
            found[child.tag].append(value)
        else:
            found[child.tag] = [found[child.tag], value]
    return found


def json_object(text: bytes | str) -> Payload:
    """A JSON object. Raises UnreadableError."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableError from None
    if not isinstance(found, dict):
        raise UnreadableError
    return found


def text_of(payload: Any, *path: str) -> str:
    """The text behind the names in ``path``; empty where there is none."""
    for name in path:
        payload = payload.get(name) if isinstance(payload, dict) else None
    return payload if isinstance(payload, str) else ""
