"""Looking a customer up from any chat, with the message extension. The list is the asker's; what they post is not."""

from adapters.callbacks.membership import context_of, words_of
from adapters.teams.api import Json
from adapters.teams.bodies import RESULTS_MAX, results_body, results_message
from adapters.teams.incoming import incoming_of
from adapters.teams.payloads import Activity
from cards.errors import stranger
from cards.model import Card, Heading, InputKind
from cards.renderers.teams import search_result
from commands.completion import suggest
from commands.model import Context
from core.customers.model import Customer
from core.work import Database, Work

_QUERY_MAX = 200  # letters; a name is no longer


async def found(database: Database, activity: Activity) -> Json:
    """What this person may see of what they look for."""
    return await database.read(lambda work: _find(work, activity))


def typed_into(activity: Activity) -> str:
    """What is looked for: the first parameter's value; empty when the list is merely opened."""
    parameters = activity.data.get("parameters")
    for one in parameters if isinstance(parameters, list) else ():
        if isinstance(one, dict) and one.get("name") != "initialRun":
            return str(one.get("value") or "")[:_QUERY_MAX]
    return ""


def _find(work: Work, activity: Activity) -> Json:
    incoming = incoming_of(activity)
    context = context_of(work, incoming)
    if context is None:
        return results_message(stranger(words_of(work, incoming)).summary)
    options = suggest(context, InputKind.CUSTOMER, typed_into(activity))[:RESULTS_MAX]
    customers = ((one.label, work.customers.by_id(context.actor.scope, one.value)) for one in options)
    return results_body([_result(label, customer, context) for label, customer in customers if customer is not None])


def _result(label: str, customer: Customer, context: Context) -> Json:
    about = " · ".join(filter(None, (customer.industry, customer.region)))
    # Nothing but what anybody may know: no owner, no number, no stage, no amount.
    card = Card(
        summary=customer.name,
        blocks=(Heading(text=customer.name, detail=about),),
        language=context.words.language,
    )
    return search_result(card, label, about)
