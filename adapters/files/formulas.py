"""Cells that a spreadsheet would run as formulas, made harmless in text files and given back as they were.

The rule is OWASP's for CSV injection: a quote goes before a cell that begins with = + - @, a tab or a return. Quotes
that stand there already are counted in, so that taking one off is the exact reverse.
"""

import re

_DANGEROUS = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_PROTECTED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")


def protect(text: str) -> str:
    """``text`` as it may stand in a file that a spreadsheet opens."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unprotect(text: str) -> str:
    """What was protected."""
    return text[1:] if text.startswith("'") and _PROTECTED.match(text) else text
