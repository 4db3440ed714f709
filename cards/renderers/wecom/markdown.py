"""People's words in a robot's answer, which is always Markdown and has no documented way to escape.

Every sign that Markdown reads is put down as one that looks alike and says nothing to it; what stands inside a word
(as in an address) is left as it is. Page 101138 of developer.work.weixin.qq.com/document lists what is read.
"""

import re

from core.patterns import late

_ALIKE = str.maketrans(
    {
        "*": "∗",
        "`": "ˋ",
        "[": "［",
        "]": "］",
        "<": "‹",
        ">": "›",
        "|": "｜",
        "~": "∼",
        "\\": "＼",
        "&": "＆",
    }
)
_UNDERSCORE = late(r"(?<![^\W_])_|_(?![^\W_])")
# What begins a line and makes it a heading, a list, a rule or a block of code.
_BEGINNING = late(r"^[ \t]*(?:(#+)|([-+=]+)(?=[ \t]|$|[-+=])|(\d+)([.)])(?=[ \t]|$))", re.MULTILINE)
_SINGLE_BREAK = late(r"(?<!\n)\n(?!\n)")
_LINE_BREAK = "  \n"  # a line break in every kind of Markdown; a bare one is a blank in some


def harmless(text: str) -> str:
    """``text`` with nothing left in it that Markdown would read, on the same lines."""
    text = _UNDERSCORE.sub("＿", text.translate(_ALIKE))
    return _BEGINNING.sub(_begun, text)


def _begun(match: re.Match[str]) -> str:
    hashes, rule, number, point = match.groups()
    if hashes:
        return "＃" * len(hashes)
    if rule:
        return rule.replace("-", "–").replace("+", "＋").replace("=", "＝")
    return f"{number}{'．' if point == '.' else '）'}"


def lines(text: str) -> str:
    """Harmless text with its line breaks kept."""
    return _SINGLE_BREAK.sub(_LINE_BREAK, text)
