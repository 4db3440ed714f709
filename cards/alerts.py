"""What happened to something that a member follows, why they are told, and what they follow."""

from collections.abc import Mapping, Sequence

from cards import labels
from cards.forms import Filled
from cards.lists import paged
from cards.model import (
    Actions,
    Block,
    Button,
    Card,
    Context,
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
from cards.timeline import event_row
from cards.words import Words, mark
from core.alerts.model import Attention, Rule, RuleKind, Way
from core.customers.model import Customer
from core.deals.model import DealStage
from core.events.model import Event

SHOWN = 5  # of what happened, the latest first; the rest stands in the timeline
_SAID = {
    Way.NOW: mark("You are told at once."),
    Way.DIGEST: mark("You read of it in your digest."),
    Way.NEVER: mark("You are told nothing of it."),
    Way.OFF: mark("You do not follow this."),
}
_UNREAD = mark(
    "It is kept for your digest, but you have none yet. Type “digest daily 9:00” in your own chat with me to get one."
)


def rule_text(rule: Rule, names: Mapping[str, str], words: Words) -> str:
    """What a rule is about. A name that its member may not see any more is not said."""
    match rule.kind:
        case RuleKind.AMOUNT:
            return words("Deals over {amount}", amount=words.money(rule.amount))
        case RuleKind.STAGE:
            return words("Deals that come to {stage}", stage=words(labels.STAGES[DealStage(rule.target)]))
        case RuleKind.OWNER:
            said = mark("Customers and deals of {name}")
        case RuleKind.DEAL:
            said = mark("The deal “{name}”")
        case RuleKind.CUSTOMER:
            said = mark("Everything about {name}")
    name = names.get(rule.target, "")
    return words(said, name=name) if name else words("Something you may not see any more")


def alert(
    customer: Customer, events: Sequence[Event], reader: Reader, *, names: Mapping[str, str], total: int, burst: str
) -> Card:
    """What happened around one customer, the latest first, of ``total`` things; ``burst`` is what buttons name."""
    words = reader.words
    rows = tuple(event_row(event, reader, names) for event in events[:SHOWN])
    blocks: list[Block] = [Heading(text=customer.name), Rows(rows=rows)]
    if total > len(rows):
        rest = total - len(rows)
        blocks.append(Context(text=words.many("and {count} more", "and {count} more", rest)))
    blocks.append(
        Actions(
            elements=(
                Button(label=words("Open"), command=f"alert {burst} open", style=Style.PRIMARY),
                Button(label=words("Why did I get this?"), command=f"alert {burst} why"),
                Button(label=words("Mute for a day"), command=f"alert {burst} c1"),
                Menu(label=words("Mute"), options=_mutes(burst, labels.excerpt(customer.name, 30), words)),
            )
        )
    )
    latest = " · ".join(filter(None, (rows[0].title, rows[0].detail))) if rows else ""
    return Card(
        summary=labels.excerpt(words("{label}: {value}", label=customer.name, value=latest)),
        blocks=tuple(blocks),
        link=reader.page(customer.id),
        language=words.language,
    )


def _mutes(burst: str, name: str, words: Words) -> tuple[Option, ...]:
    choices = (
        ("c0", words("{name}, for ever", name=name)),
        ("r1", words("What I follow here, for a day")),
        ("r0", words("What I follow here, for ever")),
    )
    return tuple(Option(label=label, value=f"alert {burst} {how}") for how, label in choices)


def alert_withdrawn(reader: Reader) -> Card:
    """In the place of what a member may not see any more, or what is there no more."""
    said = reader.words("What stood here is gone, or not yours to see any more.")
    return Card(summary=said, blocks=(Text(text=said),), language=reader.words.language)


def why_told(
    rule: Rule, attention: Attention, reader: Reader, *, names: Mapping[str, str], has_digest: bool = True
) -> Card:
    """By which rule a message came, and what can be changed about it."""
    return _about_rule(reader.words("Why did I get this?"), rule, attention, reader, names, has_digest=has_digest)


def rule_kept(
    rule: Rule, attention: Attention, reader: Reader, *, names: Mapping[str, str], has_digest: bool = True
) -> Card:
    """What a member follows now, or follows no more; ``has_digest`` tells whether they are sent one of their own."""
    words = reader.words
    titles = {Way.OFF: mark("Not followed any more"), Way.NEVER: mark("Muted")}
    title = mark("Muted") if rule.is_muted(reader.now) else titles.get(rule.way, mark("You follow this"))
    return _about_rule(words(title), rule, attention, reader, names, has_digest=has_digest)


def _about_rule(
    title: str, rule: Rule, attention: Attention, reader: Reader, names: Mapping[str, str], *, has_digest: bool
) -> Card:
    words, text = reader.words, rule_text(rule, names, reader.words)
    unread = rule.way is Way.DIGEST and not has_digest
    return Card(
        summary=f"{title} · {text}",
        blocks=(
            Heading(text=title, detail=text),
            Text(text=words(_UNREAD), tone=Tone.WARNING) if unread else Text(text=_state(rule, reader)),
            Context(text=_budget(attention, words)),
            Actions(elements=_ways(rule, reader)),
        ),
        language=words.language,
    )


def _state(rule: Rule, reader: Reader) -> str:
    words = reader.words
    if rule.muted_until is not None and rule.is_muted(reader.now) and rule.way is not Way.NEVER:
        return words("Silent until {time}.", time=words.moment(rule.muted_until, reader.now))
    return words(_SAID[rule.way])


def _budget(attention: Attention, words: Words) -> str:
    most = words.many("At most {count} message a day", "At most {count} messages a day", attention.ceiling)
    if attention.quiet_from == attention.quiet_until:
        return words("{most}, no quiet hours.", most=most)
    quiet = f"{labels.clock(attention.quiet_from)}–{labels.clock(attention.quiet_until)}"
    return words("{most}, quiet from {hours}.", most=most, hours=quiet)


def _ways(rule: Rule, reader: Reader) -> tuple[Button, ...]:
    words = reader.words
    silent = rule.is_muted(reader.now)
    ways = [
        Button(label=words(labels.WAYS[way]), command=f"follow {rule.id} {way}")
        for way in (Way.NOW, Way.DIGEST, Way.NEVER)
        if way is not rule.way or (silent and way is not Way.NEVER)
    ]
    if rule.way is not Way.OFF:
        ways.append(Button(label=words("Unfollow"), command=f"unfollow {rule.id}"))
    return (*ways, Button(label=words("All I follow"), command="following"))


def following_list(
    rules: Sequence[Rule], attention: Attention, reader: Reader, *, names: Mapping[str, str], page: int, total: int
) -> Card:
    """One page of what a member follows, and how much they want to hear."""
    words, title = reader.words, reader.words("What you follow")
    rows = tuple(_rule_row(rule, reader, names) for rule in rules)
    listing: Block = paged(rows, words, command="following", page=page, total=total)
    if not rows:
        listing = Text(
            text=words("Nothing yet. Type “follow” and a customer, “follow deals over 100k” or “follow @lin”.")
        )
    return Card(
        summary=words("{label}: {value}", label=title, value=words.number(total)),
        blocks=(
            Heading(text=f"{title} ({words.number(total)})"),
            listing,
            Context(text=_budget(attention, words)),
            Actions(elements=(Button(label=words("Quiet hours"), command="quiet"),)),
        ),
        language=words.language,
    )


def _rule_row(rule: Rule, reader: Reader, names: Mapping[str, str]) -> Row:
    return Row(
        title=rule_text(rule, names, reader.words),
        detail=_state(rule, reader),
        action=Button(label=reader.words("Change"), command=f"follow {rule.id}"),
    )


def demotion_offered(rule: Rule, reader: Reader, *, names: Mapping[str, str], count: int) -> Card:
    """A member let the last messages of a rule lie: shall they go into the digest?"""
    words = reader.words
    title = words.many(
        "You ignored {count} of these. Put them into the digest?",
        "You ignored {count} of these. Put them into the digest?",
        count,
    )
    return Card(
        summary=title,
        blocks=(
            Heading(text=title, detail=rule_text(rule, names, words)),
            Actions(
                elements=(
                    Button(label=words("Into the digest"), command=f"follow {rule.id} digest", style=Style.PRIMARY),
                    Button(label=words("Leave it so"), command=f"follow {rule.id} now"),
                    Button(label=words("Unfollow"), command=f"unfollow {rule.id}"),
                )
            ),
        ),
        language=words.language,
    )


def attention_kept(attention: Attention, reader: Reader) -> Card:
    """How much a member wants to be told from now on."""
    words, title = reader.words, reader.words("Saved")
    late = words("What comes in your quiet hours waits for their end, what is too much for the digest.")
    return Card(
        summary=f"{title} · {_budget(attention, words)}",
        blocks=(
            Heading(text=title),
            Text(text=_budget(attention, words)),
            Context(text=late),
            Actions(elements=(Button(label=words("All I follow"), command="following"),)),
        ),
        tone=Tone.GOOD,
        language=words.language,
    )


def attention_form(words: Words, filled: Filled) -> Form:
    """Quiet hours and the daily ceiling."""
    values = filled.values
    return Form(
        command="quiet",
        title=words("How much to tell you"),
        inputs=(
            Input(
                name="quiet",
                label=labels.field("quiet", words),
                value=values.get("quiet", ""),
                placeholder="20:00-8:00",
                hint=words("“none” for no quiet hours."),
            ),
            Input(
                name="ceiling",
                label=labels.field("ceiling", words),
                kind=InputKind.NUMBER,
                value=values.get("ceiling", ""),
                hint=words("What is beyond it goes into your digest."),
            ),
        ),
        submit=words("Save"),
    )
