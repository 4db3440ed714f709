"""What WeCom refuses in a message: limits in bytes and cells, kinds of cards, unknown attributes, keys that repeat."""

import re
from urllib.parse import urlsplit

from wcwidth import width as cells

from bots.emulators.wecom.model import Json

_SOURCE = {"source", "main_title", "task_id", "card_type", "card_action", "quote_area", "action_menu"}
_ATTRIBUTES = {
    "text_notice": _SOURCE | {"emphasis_content", "sub_title_text", "horizontal_content_list", "jump_list"},
    "button_interaction": _SOURCE | {"sub_title_text", "horizontal_content_list", "button_selection", "button_list"},
    "vote_interaction": {"card_type", "source", "main_title", "task_id", "checkbox", "submit_button"},
    "multiple_interaction": {"card_type", "source", "main_title", "task_id", "select_list", "submit_button"},
}
_STREAM_MAX = 20_480  # bytes
_MENU_GROUPS_MAX, _ENTRIES_MAX = 3, 5
_GROUP_MAX, _ENTRY_MAX, _KEY_MAX = 16, 40, 128  # bytes
_TASK = re.compile(r"[0-9A-Za-z_\-@]{1,128}")


def fault_of(body: Json, *, task: bool = True) -> str:
    """What is wrong with a message's body, in a word; empty when nothing is."""
    match body.get("msgtype"):
        case "text":
            return _text(body["text"]["content"], 2048)
        case "markdown":
            return _text(body["markdown"]["content"], 20_480)
        case "template_card":
            return fault_of_card(body["template_card"], task=task)
        case "news":
            return _news(body["news"]["articles"])
        case _:
            return "msgtype"


def _text(content: str, limit: int) -> str:
    return "" if content.strip() and len(content.encode()) <= limit else "content"


def _news(articles: list[Json]) -> str:
    for one in articles:
        if not one.get("title") or len(one["title"].encode()) > 128 or not _is_web(one.get("url", "")):
            return "article"
        if len(one.get("description", "").encode()) > 512 or not _is_web(one.get("picurl", "https://x.example")):
            return "article"
    return "" if 1 <= len(articles) <= 8 else "articles"


def fault_of_card(card: Json, *, task: bool = True) -> str:
    """What is wrong with a template card."""
    if unknown := set(card) - _ATTRIBUTES.get(card.get("card_type", ""), set()):
        return f"unknown {sorted(unknown)}"
    if task and not _TASK.fullmatch(card.get("task_id", "")):
        return "task_id"
    faults = (_head(card), _facts(card), _buttons(card), _selection(card), _checkbox(card), _action(card))
    return next(filter(None, faults), "")


def _head(card: Json) -> str:
    title, body = card["main_title"].get("title", ""), card.get("sub_title_text", "")
    if not title.strip() and not body.strip():
        return "no title"
    if cells(title) > 52 or cells(card["main_title"].get("desc", "")) > 60:
        return "title"
    return (
        "" if all(cells(line) <= 224 for line in body.split("\n")) and cells(body.replace("\n", "")) <= 224 else "body"
    )


def _facts(card: Json) -> str:
    facts = card.get("horizontal_content_list", [])
    if len(facts) > 6:
        return "facts"
    for one in facts:
        if not one["keyname"].strip() or cells(one["keyname"]) > 10 or cells(one.get("value", "")) > 52:
            return "fact"
        if one.get("type") == 1 and not _is_web(one.get("url", "")):
            return "fact url"
    jumps = card.get("jump_list", [])
    return "" if len(jumps) <= 3 and all(one["title"] and _is_web(one["url"]) for one in jumps) else "jumps"


def _buttons(card: Json) -> str:
    if card["card_type"] != "button_interaction":
        return ""
    buttons = card.get("button_list", [])
    if not 1 <= len(buttons) <= 6:
        return "buttons"
    keys = [one["key"] for one in buttons]
    if len(set(keys)) != len(keys) or not all(1 <= len(key.encode()) <= 1024 for key in keys):
        return "button key"
    return "" if all(one["text"].strip() and cells(one["text"]) <= 20 for one in buttons) else "button text"


def _selection(card: Json) -> str:
    selection = card.get("button_selection")
    return _options(selection["option_list"], 10, 20) if selection else ""


def _checkbox(card: Json) -> str:
    if card["card_type"] != "vote_interaction":
        return ""
    if not card["submit_button"]["text"] or not 1 <= len(card["submit_button"]["key"].encode()) <= 1024:
        return "submit"
    return _options(card["checkbox"]["option_list"], 20, 34)


def _options(options: list[Json], most: int, width: int) -> str:
    ids = [one["id"] for one in options]
    if not 1 <= len(ids) <= most or len(set(ids)) != len(ids):
        return "options"
    sound = all(1 <= len(one["id"].encode()) <= 128 and one["text"].strip() for one in options)
    return "" if sound and all(cells(one["text"]) <= width for one in options) else "option"


def _action(card: Json) -> str:
    action = card.get("card_action")
    if action is None:
        return "card_action" if card["card_type"] == "text_notice" else ""
    return "" if action.get("type") == 1 and _is_web(action.get("url", "")) else "card_action"


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and len(url.encode()) <= 2048


def fault_of_passive(body: Json) -> str:
    """What is wrong with an answer that rides on a robot's acknowledgement.

    https://developer.work.weixin.qq.com/document/path/101031
    """
    if "response_type" in body:
        sound = body["response_type"] == "update_template_card"
        return fault_of_card(body["template_card"]) if sound else "response_type"
    if body.get("msgtype") not in {"stream", "template_card", "stream_with_template_card"}:
        return "msgtype"
    stream = body.get("stream")
    if stream and not (stream["finish"] and 1 <= len(stream["content"].encode()) <= _STREAM_MAX):
        return "stream"
    return fault_of_card(body["template_card"]) if "template_card" in body else ""


def fault_of_menu(menu: Json) -> str:
    """What is wrong with an application's menu: https://developer.work.weixin.qq.com/document/path/90231."""
    groups = menu["button"]
    if not 1 <= len(groups) <= _MENU_GROUPS_MAX:
        return "button"
    entries = [one for group in groups for one in group["sub_button"]]
    if any(len(one["name"].encode()) > _GROUP_MAX or len(one["sub_button"]) > _ENTRIES_MAX for one in groups):
        return "sub_button"
    return "" if all(map(_is_entry, entries)) else "entry"


def _is_entry(entry: Json) -> bool:
    told = entry["key"] if entry["type"] == "click" else entry["url"] if entry["type"] == "view" else ""
    return len(entry["name"].encode()) <= _ENTRY_MAX and 1 <= len(told.encode()) <= _KEY_MAX
