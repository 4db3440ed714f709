"""Signs and bars in characters, for platforms that cannot draw them in pixels."""

from math import isnan

from msgspec.structs import replace

from cards.model import Block, Card, Chart, Heading, Text, Tone

SIGNS = {Tone.NEUTRAL: "", Tone.GOOD: "✓", Tone.WARNING: "⚠", Tone.BAD: "✗"}
EMOJI = {Tone.NEUTRAL: "", Tone.GOOD: "✅", Tone.WARNING: "⚠️", Tone.BAD: "❌"}
_EIGHTHS = " ▏▎▍▌▋▊▉"


def signed(text: str, tone: Tone, signs: dict[Tone, str]) -> str:
    """``text`` behind the sign of ``tone``; neutral has none."""
    return f"{signs[tone]} {text}" if signs[tone] else text


def with_sign(card: Card, signs: dict[Tone, str]) -> tuple[Block, ...]:
    """The card's blocks, its own tone shown before the first heading or text (or its summary, if it has neither)."""
    if card.tone is Tone.NEUTRAL:
        return card.blocks
    for index, block in enumerate(card.blocks):
        if isinstance(block, Heading | Text):
            marked = replace(block, text=signed(block.text, card.tone, signs))
            if isinstance(marked, Text):  # the card's sign stands for both
                marked = replace(marked, tone=Tone.NEUTRAL)
            return (*card.blocks[:index], marked, *card.blocks[index + 1 :])
    return (Text(text=signed(card.summary, card.tone, signs)), *card.blocks)


def fraction(value: float) -> float:
    """``value`` from 0 to 1; what is no number counts as 0."""
    return 0.0 if isnan(value) else min(1.0, max(0.0, float(value)))


def lengths(chart: Chart) -> list[float]:
    """Each bar's length from 0 to 1, the longest being 1; below zero there is no bar."""
    values = [0.0 if isnan(bar.value) else max(0.0, float(bar.value)) for bar in chart.bars]
    longest = max(values, default=0.0)
    return [1.0 if value == longest else value / longest for value in values] if longest > 0 else values


def meter(share: float, cells: int) -> str:
    """A bar of always ``cells`` characters, as ``██████░░░░``: it needs no fixed-width letters to line up."""
    full = round(share * cells)
    return "█" * full + "░" * (cells - full)


def bar(share: float, cells: int) -> str:
    """A bar of up to ``cells`` characters to an eighth of one; never nothing for more than nothing."""
    eighths = max(round(share * cells * 8), 1 if share > 0 else 0)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
