"""Slack's marks are read back into what was typed."""

import pytest

from adapters.slack.typed import people_named, plain, without_mention

HANDLES = {"U0WEI00001": "wei"}


@pytest.mark.parametrize(
    ("marked", "typed"),
    [
        ("visit Acme: wants a demo", "visit Acme: wants a demo"),
        ("assign Acme to <@U0WEI00001>", "assign Acme to @wei"),
        ("assign Acme to <@U0WEI00001|someone>", "assign Acme to @wei"),
        ("assign Acme to <@U0OTHER001|lin>", "assign Acme to @lin"),
        ("assign Acme to <@U0OTHER001>", "assign Acme to @U0OTHER001"),
        ("in <#C0DEALS001|deals> and <#C1>", "in #deals and #C1"),
        ("<!here> <!subteam^S1|@sales> <!channel>", "@here @sales @channel"),
        ("<http://acme.example|acme.example>", "acme.example"),
        ("<https://acme.example/a?b=1&amp;c=2>", "https://acme.example/a?b=1&c=2"),
        ("<https://acme.example|our site>", "our site (https://acme.example)"),
        ("<mailto:a@acme.example|a@acme.example> <tel:+8613800000000|+8613800000000>", "a@acme.example +8613800000000"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("&amp;lt;script&amp;gt;", "&lt;script&gt;"),
        ("a < b <> c <<", "a < b  c <<"),
        ("", ""),
    ],
)
def test_marks_become_words(marked: str, typed: str) -> None:
    """People become handles, links what they stand for, and signs themselves, once."""
    assert plain(marked, HANDLES) == typed


def test_who_is_named() -> None:
    """The ids of everybody mentioned, whether or not Slack adds a name."""
    assert people_named("<@U1> and <@W2|lin> and <#C1>") == {"U1", "W2"}
    assert people_named("a@b.example") == frozenset()


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("<@UBOT> Acme", "Acme"),
        ("<@UBOT|kith>   Acme ", "Acme"),
        ("what of Acme, <@UBOT>?", "what of Acme, ?"),
        ("<@UBOT> ask <@UBOT>", "ask <@UBOT>"),
        ("Acme", "Acme"),
    ],
)
def test_the_bots_name_is_no_part_of_the_question(text: str, rest: str) -> None:
    """Its first mention is left out."""
    assert without_mention(text, "UBOT") == rest
    assert without_mention("  Acme ", "") == "Acme"
