"""What Telegram refuses to take: https://core.telegram.org/bots/api, in the words that its server says."""

import re
from collections import Counter

from bots.emulators.telegram.model import Json

# https://core.telegram.org/bots/api#sendmessage, #inlinekeyboardbutton, #answercallbackquery, #answerinlinequery,
# #inlinequeryresult, #inlinequeryresultsbutton, #setmycommands, #botcommand
TEXT_MAX = 4096  # UTF-16 units
ANSWER_MAX = 200  # UTF-16 units, of what flashes up at a press
RESULTS_MAX = 50
COMMANDS_MAX, DESCRIPTION_MAX = 100, 256
CALLBACK_DATA_MAX = RESULT_ID_MAX = 64  # bytes
# As the server answers, and as python-telegram-bot's constants have it (InlineKeyboardMarkupLimit); no page tells so.
BUTTONS_MAX, ROW_MAX = 100, 8
_ENTITY = re.compile(
    "mention|hashtag|cashtag|bot_command|url|email|phone_number|bold|italic|underline|strikethrough|spoiler|blockquote|"
    "expandable_blockquote|code|pre|text_link|text_mention|custom_emoji|date_time"
)
_LINK = re.compile(r"(https?|tg)://[^/]+\.[^/]+")
_COMMAND, _START = re.compile(r"[a-z0-9_]{1,32}"), re.compile(r"[A-Za-z0-9_-]{1,64}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def units(text: str) -> int:
    """The length of a text as Telegram counts: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def fault_of_text(text: str, entities: list[Json]) -> str:
    """Telegram's words for what is wrong with a text; empty for a good one."""
    length = units(text)
    if not text.strip():
        return "message text is empty"
    if length > TEXT_MAX:
        return "message is too long"
    for entity in entities:
        if not _ENTITY.fullmatch(entity["type"]):
            return "can't parse MessageEntity: Unsupported type specified"
        if entity["offset"] < 0 or entity["length"] < 1 or entity["offset"] + entity["length"] > length:
            return "ENTITY_BOUNDS_INVALID"
    return ""


def fault_of_markup(markup: Json) -> str:
    """Telegram's words for what is wrong with the buttons below a message; empty for good ones."""
    rows = markup.get("inline_keyboard", [])
    if sum(map(len, rows)) > BUTTONS_MAX:
        return "reply markup is too long"
    if any(len(row) > ROW_MAX for row in rows):
        return "reply markup is too wide"
    return next(filter(None, (_fault_of_button(button) for row in rows for button in row)), "")


def _fault_of_button(button: Json) -> str:
    if not button["text"].strip():
        return "button text must be non-empty"
    if "url" in button:
        right = _LINK.match(button["url"])
        return "" if right else f"inline keyboard button URL '{button['url']}' is invalid: wrong HTTP URL"
    if "callback_data" not in button:
        return "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
    return "" if 1 <= len(button["callback_data"].encode()) <= CALLBACK_DATA_MAX else "BUTTON_DATA_INVALID"


def fault_of_results(asked: Json) -> str:
    """Telegram's words for what is wrong with the answer to an inline query; empty for a good one."""
    results = asked["results"]
    if len(results) > RESULTS_MAX:
        return "RESULTS_TOO_MUCH"
    ids = Counter(result["id"] for result in results)
    if any(times > 1 or not 1 <= len(one.encode()) <= RESULT_ID_MAX for one, times in ids.items()):
        return "RESULT_ID_INVALID"
    button = asked.get("button", {})
    if "start_parameter" in button and not _START.fullmatch(button["start_parameter"]):
        return "START_PARAM_INVALID"
    contents = (result["input_message_content"] for result in results)
    faults = (fault_of_text(content["message_text"], content.get("entities", [])) for content in contents)
    return next(filter(None, faults), "")


def fault_of_commands(commands: list[Json]) -> str:
    """Telegram's words for what is wrong with a menu of commands; empty for a good one."""
    if len(commands) > COMMANDS_MAX:
        return "BOT_COMMANDS_TOO_MUCH"
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            return "BOT_COMMAND_INVALID"
        if not 1 <= len(command["description"]) <= DESCRIPTION_MAX:
            return "BOT_COMMAND_DESCRIPTION_INVALID"
    return ""


def fault_of_webhook(asked: Json) -> str:
    """Telegram's words for what is wrong with a webhook; empty for a good one."""
    if not asked["url"].startswith("https://"):
        return "bad webhook: An HTTPS URL must be provided for webhook"
    return "" if _SECRET.fullmatch(asked.get("secret_token", "x")) else "secret token contains unallowed characters"
