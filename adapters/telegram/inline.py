"""Looking a customer up from any chat: @bot NAME. The list is the asker's alone; what they post is read by the room."""

import structlog
from telegram import InlineQueryResultArticle, InlineQueryResultsButton, InputTextMessageContent, MessageEntity
from telegram.constants import InlineQueryLimit
from telegram.error import TelegramError

from adapters.callbacks.membership import context_of, hinted
from adapters.telegram import notices
from adapters.telegram.addressing import OPEN
from adapters.telegram.bot import Connection
from adapters.telegram.incoming import Asked
from cards.model import Card, Heading, InputKind
from cards.renderers.telegram import message
from commands.completion import suggest
from commands.model import Context
from core.customers.model import Customer
from core.work import Database, Work

log = structlog.get_logger()


class Inline:
    """Answers inline queries."""

    def __init__(self, bot: Connection, database: Database) -> None:
        self._bot = bot
        self._database = database

    async def answer(self, asked: Asked) -> None:
        """Answers with what this person may see; somebody Kith does not know is offered to connect."""
        found = await self._database.read(lambda work: _find(work, asked))
        button = None
        if found is None:
            button = InlineQueryResultsButton(notices.connect(hinted(asked.incoming)), start_parameter=OPEN)
        try:
            await self._bot.answer_inline_query(asked.query, found or [], cache_time=0, is_personal=True, button=button)
        except TelegramError as refused:
            log.info("telegram_inline_unanswered", error=type(refused).__name__)


def _find(work: Work, asked: Asked) -> list[InlineQueryResultArticle] | None:
    """None for a stranger."""
    context = context_of(work, asked.incoming)
    if context is None:
        return None
    options = suggest(context, InputKind.CUSTOMER, asked.incoming.text)[: int(InlineQueryLimit.RESULTS)]
    found = ((option.label, work.customers.by_id(context.actor.scope, option.value)) for option in options)
    return [_result(label, customer, context) for label, customer in found if customer is not None]


def _result(label: str, customer: Customer, context: Context) -> InlineQueryResultArticle:
    about = " · ".join(filter(None, (customer.industry, customer.region)))
    # Nothing but what anybody may know: no owner, no number, no stage, no amount.
    card = Card(
        summary=customer.name,
        blocks=(Heading(text=customer.name, detail=about),),
        language=context.words.language,
    )
    public = message(card)
    content = InputTextMessageContent(public["text"], entities=MessageEntity.de_list(public["entities"]))
    return InlineQueryResultArticle(customer.id, label, content, description=about or None)
