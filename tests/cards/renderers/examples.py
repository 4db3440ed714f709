"""Cards as the commands build them, for tests that read what a person would see."""

from cards.model import (
    Actions,
    Bar,
    Button,
    Card,
    Chart,
    Context,
    Divider,
    Fact,
    Facts,
    Form,
    Heading,
    Image,
    Input,
    InputKind,
    Link,
    Menu,
    Option,
    Progress,
    Row,
    Rows,
    Style,
    Text,
    Tone,
)

FAMILY = "👨‍👩‍👧‍👦"


def customer() -> Card:
    """The card of a customer: facts, lists with buttons, a quotation, a chart."""
    return Card(
        summary="Blue Harbor Foods",
        link="https://kith.example/customers/01",
        blocks=(
            Heading(text="Blue Harbor Foods", detail="Food processing · Shenzhen"),
            Facts(facts=(Fact(label="Owner", value="Wei Zhang"), Fact(label="负责人", value="张伟"))),
            Text(text="Send the quote before Friday", tone=Tone.WARNING),
            Heading(text="Open tasks"),
            Rows(
                rows=(
                    Row(
                        title="Send the quote",
                        detail="Wei · <b>pump</b> & line",
                        meta="overdue",
                        tone=Tone.BAD,
                        action=Button(label="Done", command="done 01a", token="t1"),
                    ),
                    Row(title="Call *Lin*", meta="Tue 2 Dec"),
                ),
                position="1–2 of 5",
                next=Button(label="Next", command="tasks page 2", token="t2"),
            ),
            Text(text="We like it.\nBut the price…", quote=True),
            Progress(label="Quarter", value=0.5, text="50%"),
            Chart(title="Deals", bars=(Bar(label="Quote", value=1, text="¥10"), Bar(label="Won", value=4, text="¥40"))),
            Divider(),
            Actions(
                elements=(
                    Button(label="Log visit", command="visit 01", style=Style.PRIMARY, token="t3"),
                    Button(label="Delete", command="delete 01", style=Style.DANGER, confirm="Really?", token="t4"),
                    Link(label="Timeline", url="https://kith.example/t"),
                    Menu(label="More", options=(Option(label="Share", value="share 01", token="t5"),)),
                )
            ),
            Image(url="https://kith.example/map.png", alt="Map"),
            Context(text="Only you see this"),
        ),
    )


def receipt() -> Card:
    """What a write answers with."""
    return Card(
        summary="Visit logged",
        tone=Tone.GOOD,
        blocks=(
            Heading(text="Visit logged"),
            Facts(facts=(Fact(label="When", value="today 14:20"),)),
            Actions(elements=(Button(label="Undo", command="undo 01", token="u1"),)),
        ),
    )


def visit_form(language: str = "en") -> Card:
    """A form that came back: something is filled in, something was wrong."""
    return Card(
        summary="Log a visit",
        language=language,
        blocks=(
            Form(
                command="visit",
                title="Log a visit",
                submit="Log visit",
                token="f1",
                inputs=(
                    Input(
                        name="customer",
                        label="Customer",
                        kind=InputKind.CUSTOMER,
                        value="01",
                        value_label="Blue Harbor",
                        required=True,
                    ),
                    Input(
                        name="note",
                        label="Note",
                        kind=InputKind.MULTILINE,
                        required=True,
                        placeholder="Wants a demo",
                        error="Write a few words.",
                    ),
                    Input(
                        name="day", label="Follow-up", kind=InputKind.DATE, value="2030-12-03", hint="Or leave empty"
                    ),
                    Input(name="time", label="Time", kind=InputKind.TIME, value="after lunch"),
                    Input(
                        name="stage",
                        label="Stage",
                        kind=InputKind.SELECT,
                        value="won",
                        options=(Option(label="Quote", value="quote"), Option(label="Won", value="won")),
                    ),
                    Input(name="mail", label="E-mail", kind=InputKind.EMAIL),
                ),
            ),
        ),
    )


def form_of(card: Card) -> Form:
    """The form in a card that has one."""
    return next(block for block in card.blocks if isinstance(block, Form))


def long_list(rows: int, link: str = "https://kith.example/all") -> Card:
    """A list with a button on every line, and buttons below it."""
    return Card(
        summary="Customers",
        link=link,
        blocks=(
            Heading(text="Customers"),
            Rows(
                rows=tuple(
                    Row(title=f"Customer {n}", action=Button(label="Open", command=f"360 {n}", token=f"c{n}"))
                    for n in range(rows)
                )
            ),
            Actions(elements=(Button(label="New customer", command="new customer", token="n1"),)),
        ),
    )


def long_note(length: int = 10_000) -> Card:
    """A note far longer than any message, above facts and buttons."""
    return Card(
        summary="Note",
        link="https://kith.example/note",
        blocks=(
            Text(text=(FAMILY + " & <b>*wort*</b> ") * (length // 30), quote=True),
            Facts(facts=(Fact(label="Owner", value="Wei"),)),
            Actions(elements=(Button(label="Undo", command="undo", token="u1"),)),
        ),
    )
