"""Carries plans out through the core services, each at its own instant, so that timelines and receipts are real."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bots.sample.plans import Beat, Sale
from core.activities.service import Details, log_activity
from core.actor import Actor
from core.contacts.model import Contact
from core.contacts.service import add_contact
from core.customers.model import Customer, Lifecycle
from core.customers.service import add_customer, edit_customer
from core.deals.model import Deal, DealStage
from core.deals.service import add_deal, edit_deal
from core.ids import ReceiptId
from core.members.model import Membership
from core.receipts.service import digest_of, keep_receipt
from core.tasks.model import Priority, Task
from core.tasks.service import About, Due, add_task, finish_task
from core.work import Work

_PLATFORM = "web"
_LIFECYCLES = {
    "need": Lifecycle.PROSPECT,
    "won": Lifecycle.CUSTOMER,
    "lost": Lifecycle.LOST,
    "quiet": Lifecycle.DORMANT,
}


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a member did at an instant."""

    at: datetime
    who: str
    verb: str
    carry_out: Callable[[Work, Actor], None]


def carry_out(work: Work, actions: list[Action], people: Mapping[str, Membership]) -> None:
    """Does everything in the order it happened, each with a receipt of its own; afterwards it is now again."""
    now = work.now
    for number, action in enumerate(sorted(actions, key=lambda action: action.at)):
        work.now = action.at.astimezone(now.tzinfo)
        work.receipt_id = ReceiptId(work.new_id())
        actor = people[action.who].actor(platform=_PLATFORM, delivery=f"{_PLATFORM}::sample-{number}")
        action.carry_out(work, actor)
        keep_receipt(work, actor, action.verb, digest_of(action.verb, str(number)))
    work.now = now
    work.receipt_id = ReceiptId(work.new_id())


class Story:
    """One sale as it is carried out: what has become of it so far."""

    def __init__(self, sale: Sale, people: Mapping[str, Membership]) -> None:
        self._sale = sale
        self._people = people
        self._customer: Customer | None = None
        self._contacts: list[Contact] = []
        self._deal: Deal | None = None
        self._task: Task | None = None

    @property
    def customer(self) -> Customer:
        """The customer; LookupError before the first contact."""
        if self._customer is None:
            raise LookupError(self._sale.company.name)
        return self._customer

    def actions(self) -> Iterator[Action]:
        """Everything that is done in the course of the sale."""
        first, *_ = beats = self._sale.beats
        yield Action(first.at - timedelta(minutes=6), self._sale.owner, "new customer", self._begin)
        yield Action(first.at - timedelta(minutes=4), self._sale.owner, "new contact", self._meet)
        for before, beat in zip((None, *beats), beats, strict=False):
            if before is not None and before.todo:
                yield Action(beat.at - timedelta(minutes=2), beat.who, "done", self._finish)
            yield Action(beat.at, beat.who, beat.kind, self._log(beat))
        if beats[-1].step == "care":
            yield Action(beats[-1].at + timedelta(minutes=5), self._sale.owner, "deal", self._renew)

    def _begin(self, work: Work, actor: Actor) -> None:
        company, tongue = self._sale.company, self._sale.tongue
        colleague = next(self._people[who].member for who in tongue.owners if who != "demo")
        self._customer = add_customer(
            work,
            actor,
            name=company.name,
            aliases=company.aliases,
            industry=company.industry,
            size=company.size,
            region=company.region,
            phone=self._sale.phone,
            website=f"https://{company.site}.example",
            tags=company.tags,
            team_id=colleague.team_id,
        )

    def _meet(self, work: Work, actor: Actor) -> None:
        company = self._sale.company
        for number, person in enumerate(company.people):
            contact = add_contact(
                work,
                actor,
                self.customer,
                name=person.name,
                title=person.title,
                decision=person.decision,
                phone=self._sale.phone if number == 0 else "",
                email=f"{_mailbox(person.name, number)}@{company.site}.example",
            )
            self._contacts.append(contact)

    def _finish(self, work: Work, actor: Actor) -> None:
        if self._task is not None:
            finish_task(work, actor, self._task.id)

    def _log(self, beat: Beat) -> Callable[[Work, Actor], None]:
        owner = self._people[self._sale.owner].actor(platform=_PLATFORM)

        def carry_out_beat(work: Work, actor: Actor) -> None:
            details = Details(
                text=beat.note,
                contact_ids=(self._contacts[beat.person].id,),
                deal_id=self._deal.id if self._deal else None,
                outcome=beat.outcome,
                next_step=beat.todo,
            )
            activity = log_activity(work, actor, self.customer, beat.kind, details)
            self._move_deal(work, actor, beat)
            if beat.step in _LIFECYCLES:
                self._customer = edit_customer(work, actor, self.customer.id, stage=_LIFECYCLES[beat.step])
            if beat.todo:
                self._task = add_task(
                    work,
                    actor,
                    beat.todo,
                    due=Due(beat.due, beat.clock, owner.zone) if self._fits(beat) else Due(beat.due),
                    assignee_id=owner.member_id,
                    priority=Priority.HIGH if beat.step in {"haggle", "quote"} else Priority.NORMAL,
                    about=About(customer=self.customer, deal=self._deal, activity=activity),
                )

        return carry_out_beat

    @staticmethod
    def _fits(beat: Beat) -> bool:
        """Whether the task's time of day lies after the contact that it follows from."""
        return beat.clock is not None and beat.due > beat.at.date()

    def _move_deal(self, work: Work, actor: Actor, beat: Beat) -> None:
        stage = self._sale.tongue.steps[beat.step].stage
        if self._deal is None and stage is not None:
            self._deal = add_deal(
                work,
                actor,
                self.customer,
                name=self._sale.deal,
                amount=self._sale.amount,
                stage=stage,
                close_on=self._sale.close_on,
                owner_id=self._people[self._sale.owner].member.id,
            )
        elif self._deal is not None and stage is not None:
            closing = {"close_on": beat.at.date()} if stage in {DealStage.WON, DealStage.LOST} else {}
            self._deal = edit_deal(work, actor, self._deal.id, stage=stage, **closing)

    def _renew(self, work: Work, actor: Actor) -> None:
        year = self._sale.close_on.year + 1
        name = self._sale.tongue.renewal.format(year=year)
        amount = type(self._sale.amount)(self._sale.amount.minor // 500 * 100, self._sale.amount.currency)
        close_on = self._sale.close_on + timedelta(days=30)
        add_deal(work, actor, self.customer, name=name, amount=amount, stage=DealStage.QUALIFIED, close_on=close_on)


def _mailbox(name: str, number: int) -> str:
    """The part before the @: the family name where it is written in Latin letters."""
    family = name.rsplit(" ", 1)[-1].casefold()
    return family if family.isascii() else f"contact{number + 1}"
