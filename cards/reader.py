"""For whom and when a card is built."""

from dataclasses import dataclass
from datetime import date, datetime

from cards.words import Words


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader's words and zone, the present instant, and the address web links begin with (empty: no links)."""

    words: Words
    now: datetime
    public_url: str = ""

    @property
    def today(self) -> date:
        """The reader's calendar day."""
        return self.words.today(self.now)

    def page(self, customer_id: str) -> str:
        """The web page of a customer, or nothing where Kith has no public address."""
        return f"{self.public_url}/c/{customer_id}" if self.public_url else ""
