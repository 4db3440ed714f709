"""A digest as it is said, what is set up of it, and the lists behind its “and 14 more”."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from cards import labels
from cards.deals import pipelines
from cards.digestrows import ROWS
from cards.lists import paged
from cards.model import (
    Actions,
    Bar,
    Block,
    Button,
    Card,
    Chart,
    Context,
    Element,
    Fact,
    Facts,
    Form,
    Heading,
    Input,
    InputKind,
    Menu,
    Option,
    Row,
    Rows,
    Style,
    Text,
    Tone,
)
from cards.reader import Reader
from cards.words import Words, mark
from core.digests.contents import Contents, Followed, VisitCount
from core.digests.model import About, Digest, Empty, Frequency, Part

_FOLLOWED_SHOWN = 5  # customers
_TITLES = {
    (Frequency.DAILY, True): mark("Your daily digest"),
    (Frequency.WEEKLY, True): mark("Your weekly digest"),
    (Frequency.DAILY, False): mark("Daily digest: {team}"),
    (Frequency.WEEKLY, False): mark("Weekly digest: {team}"),
}
Draw = Callable[[Chart], Chart]


@dataclass(frozen=True, slots=True)
class Occasion:
    """Which digest is said when. ``late_since`` is when it was due, if that is a while ago.

    In ``brief`` only numbers are said: somebody reads along whom Kith does not know.
    """

    digest: Digest
    team_name: str = ""
    late_since: datetime | None = None
    brief: bool = False


def title(digest: Digest, team_name: str, words: Words) -> str:
    """What a digest is called."""
    return words(_TITLES[digest.frequency, digest.about is About.MINE], team=team_name or words("everybody"))


def digest_said(found: Contents, occasion: Occasion, reader: Reader, draw: Draw = lambda chart: chart) -> Card:
    """What somebody can act on, each with its button. ``draw`` gives a chart its picture."""
    words, digest = reader.words, occasion.digest
    heading = title(digest, occasion.team_name, words)
    blocks: list[Block] = [Heading(text=heading, detail=words.full_date(reader.today))]
    if occasion.late_since is not None:
        blocks.append(Text(text=words("Late: it was due {time}.", time=_due(occasion.late_since, reader))))
    counts = {part: found.total(part) for part in found.parts if found.total(part)}
    if occasion.brief:
        blocks += _briefly(counts, found, digest, reader)
    else:
        blocks += [block for part in counts for block in _part(part, found, digest, reader)]
        blocks += _followed(found.followed, reader)
        blocks += [draw(chart) for chart in charts(found, reader)]
    if not counts and not found.followed:
        blocks.append(Text(text=words("Nothing to act on today."), tone=Tone.GOOD))
    blocks.append(Actions(elements=(Button(label=words("Adjust"), command="digest"),)))
    named = {labels.digest_part(part, found.since, reader): count for part, count in counts.items()}
    named |= {words("What you follow"): len(found.followed)} if found.followed else {}
    said = words(", ").join(
        words("{label}: {value}", label=name, value=words.number(count)) for name, count in named.items()
    )
    summary = f"{heading}: {said}" if said else f"{heading}: {words('Nothing to act on today.')}"
    return Card(summary=summary, blocks=tuple(blocks), language=words.language)


def nothing_said(occasion: Occasion, reader: Reader) -> Card:
    """In one line: there is nothing to say."""
    words = reader.words
    heading = title(occasion.digest, occasion.team_name, words)
    said = words("{title}: nothing to act on today.", title=heading)
    if occasion.late_since is not None:
        said = f"{said} {words('Late: it was due {time}.', time=_due(occasion.late_since, reader))}"
    return Card(summary=said, blocks=(Text(text=said, tone=Tone.GOOD),), language=words.language)


def charts(found: Contents, reader: Reader) -> list[Chart]:
    """The pipeline by stage for each currency, and visits by member; none where there is nothing to draw."""
    made = pipelines(found.pipeline, reader) if found.pipeline else []
    return [*made, *([_visits(found.visits, found.since, reader)] if found.visits else [])]


def _visits(visits: Sequence[VisitCount], since: date, reader: Reader) -> Chart:
    words = reader.words
    bars = tuple(Bar(label=each.member_name, value=each.count, text=words.number(each.count)) for each in visits)
    return Chart(title=words("Visits since {day}", day=words.date(since, reader.today)), bars=bars)


def _due(at: datetime, reader: Reader) -> str:
    local = at.astimezone(reader.words.zone)
    return f"{local:%H:%M}" if local.date() == reader.today else reader.words.moment(at, reader.now)


def list_command(part: Part, digest: Digest, since: date) -> str:
    """The line that shows all of a part."""
    return f"digest list {part} {digest.id} {since.isoformat()}"


def _part(part: Part, found: Contents, digest: Digest, reader: Reader) -> list[Block]:
    words, total = reader.words, found.total(part)
    lines = getattr(found, part.value)
    name = labels.digest_part(part, found.since, reader)
    blocks: list[Block] = [
        Heading(text=f"{name} ({words.number(total)})"),
        Rows(rows=tuple(ROWS[part](line, digest, reader) for line in lines)),
    ]
    if left := total - len(lines):
        more = words.many("and {count} more", "and {count} more", left)
        blocks.append(Actions(elements=(Button(label=more, command=list_command(part, digest, found.since)),)))
    return blocks


def _followed(followed: Sequence[Followed], reader: Reader) -> list[Block]:
    """The customers about whom alerts were left to the digest."""
    if not followed:
        return []
    words = reader.words
    rows = tuple(
        Row(
            title=each.name,
            meta=words.many("{count} change", "{count} changes", each.count),
            action=Button(label=words("Open"), command=f"360 {each.customer_id}"),
        )
        for each in followed[:_FOLLOWED_SHOWN]
    )
    blocks: list[Block] = [Heading(text=f"{words('What you follow')} ({words.number(len(followed))})"), Rows(rows=rows)]
    left = len(followed) - len(rows)
    more = (words.many("and {count} more", "and {count} more", left),) if left else ()
    return [*blocks, Context(text=" · ".join((*more, words("“following” shows and changes what you follow."))))]


def _briefly(counts: Mapping[Part, int], found: Contents, digest: Digest, reader: Reader) -> list[Block]:
    words = reader.words
    rows = tuple(
        Row(
            title=labels.digest_part(part, found.since, reader),
            meta=words.number(count),
            action=Button(label=words("Open for me"), command=list_command(part, digest, found.since)),
        )
        for part, count in counts.items()
    )
    if not rows:
        return []
    said = words("Numbers only: not everybody here is known to Kith. The buttons open the lists for you alone.")
    return [Rows(rows=rows), Context(text=said)]


def digest_list(part: Part, lines: Sequence[Any], digest: Digest, reader: Reader, *, since: date, page: int) -> Card:
    """One page of a part of a digest."""
    words = reader.words
    total = lines[0].total if lines else 0
    name = labels.digest_part(part, since, reader)
    rows = tuple(ROWS[part](line, digest, reader) for line in lines)
    listing: Block = (
        paged(rows, words, command=list_command(part, digest, since), page=page, total=total)
        if rows
        else Text(text=words("Nothing to do here."), tone=Tone.GOOD)
    )
    heading = Heading(text=f"{name} ({words.number(total)})")
    return Card(summary=f"{name}: {words.number(total)}", blocks=(heading, listing), language=words.language)


# -- what is set up --------------------------------------------------------------------------------


def digest_set(
    digests: Sequence[tuple[Digest, str]], reader: Reader, *, receipt_id: str = "", notice: str = ""
) -> Card:
    """What is set up here, each with its team's name, and how to adjust it; with a receipt it has just been set."""
    words = reader.words
    heading = words("Digest saved") if receipt_id else words("Digests here")
    blocks: list[Block] = [Heading(text=heading)]
    for digest, team_name in digests:
        blocks += _settings(digest, team_name, reader)
    if notice:
        blocks.append(Text(text=notice, tone=Tone.WARNING))
    if receipt_id:
        blocks.append(_undo(receipt_id, words))
    summary = "; ".join(f"{title(each, name, words)}, {_rhythm(each, words)}" for each, name in digests)
    tone = Tone.GOOD if receipt_id else Tone.NEUTRAL
    return Card(summary=f"{heading}: {summary}", blocks=tuple(blocks), tone=tone, language=words.language)


def digest_off(digests: Sequence[tuple[Digest, str]], reader: Reader, *, receipt_id: str) -> Card:
    """What is not sent any more."""
    words = reader.words
    heading = words("Digest switched off")
    lines = "\n".join(title(each, name, words) for each, name in digests)
    again = tuple(Button(label=words("Switch on again"), command=f"digest {each.frequency}") for each, _ in digests[:1])
    blocks = (
        Heading(text=heading),
        Text(text=lines),
        Actions(elements=(*again, Button(label=words("Undo"), command=f"undo {receipt_id}"))),
    )
    return Card(summary=f"{heading}: {lines}".replace("\n", ", "), blocks=blocks, language=words.language)


def no_digest(reader: Reader, *, direct: bool) -> Card:
    """Nothing is set up here yet, and how it could be."""
    words = reader.words
    said = (
        words("You get no digest yet. It tells each day what you can act on: due tasks, stuck deals, what is new.")
        if direct
        else words("This conversation gets no digest yet. It tells your team each day what can be acted on.")
    )
    daily, weekly = words("Every day at 9:00"), words("Mondays at 9:00")
    buttons = (
        Button(label=daily, command="digest daily 9:00", style=Style.PRIMARY),
        Button(label=words("Workdays at 9:00"), command="digest daily workdays 9:00"),
        Button(label=weekly, command="digest weekly mon 9:00"),
    )
    blocks = (Heading(text=words("Digests")), Text(text=said), Actions(elements=buttons))
    return Card(summary=said, blocks=blocks, language=words.language)


def digest_form(digest: Digest, chosen: str, words: Words) -> Form:
    """When it comes and what it says when there is nothing; ``chosen`` is the choice of its days, if it is one."""
    days = labels.day_choices(words)
    inputs = [
        Input(name="at", label=words("Time"), kind=InputKind.TIME, value=digest.at, required=True),
        Input(
            name="days",
            label=words("Days"),
            kind=InputKind.SELECT,
            value=chosen,
            options=tuple(Option(label=label, value=value) for value, label in days),
        ),
        _choice("empty", labels.EMPTY, digest.empty, words),
        Input(
            name="silent_days",
            label=words("A deal is silent after (days)"),
            kind=InputKind.NUMBER,
            value=str(digest.silent_days),
        ),
    ]
    if digest.place is None:
        inputs.append(_choice("about", labels.ABOUT, digest.about, words))
    return Form(command=f"digest {digest.frequency}", title=words("Digest"), inputs=tuple(inputs), submit=words("Save"))


def _choice(name: str, table: Mapping[Any, str], value: str, words: Words) -> Input:
    options = tuple(Option(label=words(label), value=str(each)) for each, label in table.items())
    return Input(name=name, label=labels.field(name, words), kind=InputKind.SELECT, value=value, options=options)


def _settings(digest: Digest, team_name: str, reader: Reader) -> list[Block]:
    words = reader.words
    facts = (
        (words("When"), _rhythm(digest, words)),
        (words("Next one"), _next(digest, reader)),
        (words("What is in it"), words(", ").join(words(labels.PARTS[part]) for part in digest.parts)),
        (words("A deal is silent after"), words.many("{count} day", "{count} days", digest.silent_days)),
        (labels.field("empty", words), words(labels.EMPTY[digest.empty])),
    )
    return [
        Heading(text=title(digest, team_name, words)),
        Facts(facts=tuple(Fact(label=label, value=value) for label, value in facts)),
        Actions(elements=_adjusting(digest, words)),
    ]


def _next(digest: Digest, reader: Reader) -> str:
    """When it comes next, by its own clock, which is named where the reader's shows something else."""
    own, readers = digest.next_at.astimezone(ZoneInfo(digest.zone)), digest.next_at.astimezone(reader.words.zone)
    said = reader.words("{day} {time}", day=reader.words.date(own.date(), reader.today), time=f"{own:%H:%M}")
    return said if own.replace(tzinfo=None) == readers.replace(tzinfo=None) else f"{said} ({digest.zone})"


def _rhythm(digest: Digest, words: Words) -> str:
    return words("{days} at {time}", days=labels.weekdays(digest.days, words), time=digest.at)


def _adjusting(digest: Digest, words: Words) -> tuple[Element, ...]:
    said = f"digest {digest.frequency}"
    parts = tuple(
        Option(
            label=words(
                "Leave out: {part}" if part in digest.parts else "Put in: {part}", part=words(labels.PARTS[part])
            ),
            value=f"{said} {'without' if part in digest.parts else 'with'} {part}",
        )
        for part in Part
    )
    return (
        Button(label=words("Time and days"), command=f"digest change {digest.frequency}", style=Style.PRIMARY),
        Menu(label=words("What is in it"), options=parts),
        _when_empty(digest, words),
        Button(label=words("See it now"), command=f"digest now {digest.frequency}"),
        Button(label=words("Switch off"), command=f"digest off {digest.frequency}", style=Style.DANGER),
    )


def _when_empty(digest: Digest, words: Words) -> Button:
    if digest.empty is Empty.SKIP:
        return Button(label=words("Say so when empty"), command=f"digest {digest.frequency} empty say")
    return Button(label=words("Send none when empty"), command=f"digest {digest.frequency} empty skip")


def _undo(receipt_id: str, words: Words) -> Block:
    return Actions(elements=(Button(label=words("Undo"), command=f"undo {receipt_id}"),))
