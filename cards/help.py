"""Cards about Kith itself: help, who you are, settings, codes, what a conversation is bound to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cards import labels
from cards.model import Actions, Block, Button, Card, Context, Fact, Facts, Heading, Row, Rows, Style, Text, Tone
from cards.reader import Reader
from cards.words import Words
from core.actor import Role
from core.members.model import Identity, Membership
from core.names.folding import has_han


@dataclass(frozen=True, slots=True)
class VerbHelp:
    """What help says of one command; title and usage are messages of the catalogue."""

    verb: str
    title: str
    usage: str
    examples: tuple[str, ...]
    aliases: tuple[str, ...]

    def said_in(self, words: Words) -> str:
        """The verb as it is said in a language: its first alias in Chinese characters for Chinese."""
        chinese = (alias for alias in self.aliases if not alias.isascii() and alias[0].isalpha())
        return next(chinese, self.verb) if words.language == "zh_Hans" else self.verb

    def examples_in(self, words: Words) -> tuple[str, ...]:
        """The examples in a language; all of them where none is."""
        chinese = words.language == "zh_Hans"
        return tuple(line for line in self.examples if has_han(line) == chinese) or self.examples


def help_overview(groups: Sequence[tuple[str, Sequence[VerbHelp]]], reader: Reader) -> Card:
    """Every command in a line, by what people want to do; each opens its own page."""
    words = reader.words
    blocks: list[Block] = [
        Heading(text=words("What you can type")),
        Text(
            text=words(
                "A customer's name alone looks it up. Everything else begins with a verb, in English or Chinese."
            )
        ),
    ]
    for title, verbs in groups:
        rows = tuple(
            Row(
                title=verb.said_in(words),
                detail=words(verb.title),
                action=Button(label=words("How"), command=f"help {verb.verb}"),
            )
            for verb in verbs
        )
        blocks += [Heading(text=words(title)), Rows(rows=rows)]
    return Card(summary=words("What you can type"), blocks=tuple(blocks), language=words.language)


def help_verb(verb: VerbHelp, reader: Reader) -> Card:
    """One command: what it does, how it is written, examples to try."""
    words = reader.words
    examples = tuple(Row(title=example) for example in verb.examples_in(words))
    blocks: list[Block] = [
        Heading(text=verb.said_in(words), detail=words(verb.title)),
        Facts(facts=(Fact(label=words("Usage"), value=words(verb.usage)),)),
        Heading(text=words("Examples")),
        Rows(rows=examples),
    ]
    others = [name for name in (verb.verb, *verb.aliases) if name != verb.said_in(words)]
    if others:
        blocks.append(Context(text=words("Also: {names}", names=", ".join(others))))
    blocks.append(Actions(elements=(Button(label=words("All commands"), command="help"),)))
    return Card(summary=f"{verb.said_in(words)}: {words(verb.title)}", blocks=tuple(blocks), language=words.language)


def about_me(membership: Membership, team: str, identities: Iterable[Identity], reader: Reader) -> Card:
    """Who Kith takes the member for, and where else it knows them."""
    words, member = reader.words, membership.member
    known = (
        (words("Name"), f"{member.name} (@{member.handle})"),
        (words("Role"), role(member.role, reader)),
        (words("Team"), team or words("the whole workspace")),
        (words("Workspace"), membership.workspace.name),
        (words("Language"), labels.LANGUAGES[words.language]),
        (words("Time zone"), str(words.zone)),
        (words("Known on"), ", ".join(sorted({identity.platform for identity in identities}))),
    )
    facts = tuple(Fact(label=label, value=value) for label, value in known if value)
    buttons = (
        Button(label=words("Settings"), command="settings"),
        Button(label=words("Connect another chat"), command="link"),
    )
    return Card(
        summary=words("You are {name}", name=member.name),
        blocks=(Heading(text=words("You are {name}", name=member.name)), Facts(facts=facts), Actions(elements=buttons)),
        language=words.language,
    )


def role(member_role: Role, reader: Reader) -> str:
    """A role's name."""
    words = reader.words
    names = {
        Role.ADMIN: words("Administrator"),
        Role.MANAGER: words("Manager"),
        Role.REP: words("Rep"),
        Role.VIEWER: words("Viewer"),
    }
    return names[member_role]


def link_code(code: str, reader: Reader) -> Card:
    """A one-time code, to be typed where Kith does not know the member yet."""
    words = reader.words
    title = words("Your one-time code")
    return Card(
        summary=title,
        blocks=(
            Heading(text=title, detail=code),
            Text(text=words("In the other chat, type: link {code}", code=code)),
            Context(text=words("Good once, for 15 minutes. Whoever has it can act as you.")),
        ),
        language=words.language,
    )


def linked(name: str, reader: Reader) -> Card:
    """An identity was tied to a member."""
    words = reader.words
    title = words("Welcome, {name}", name=name)
    buttons = (
        Button(label=words("My tasks"), command="tasks", style=Style.PRIMARY),
        Button(label=words("Help"), command="help"),
    )
    return Card(
        summary=title,
        blocks=(
            Heading(text=title),
            Text(text=words("This chat is connected. Type a customer's name to begin."), tone=Tone.GOOD),
            Actions(elements=buttons),
        ),
        tone=Tone.GOOD,
        language=words.language,
    )
