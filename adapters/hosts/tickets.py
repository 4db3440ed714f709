"""Tickets: who may open the page at an address, for a minute and once.

They travel in addresses, so that they are encrypted and authenticated, and tell nothing to who sees one pass by.
"""

import secrets
from datetime import datetime, timedelta

import msgspec

from adapters.hosts.model import Proven, Seat
from commands.vault import Vault, VaultError
from core.members.model import Identity

LIFE = timedelta(minutes=2)
OPEN_PATH = "/sidebar/open"
LENGTH_LIMIT = 1000  # characters
_USE = "sidebar ticket 1"


class _Ticket(msgspec.Struct, frozen=True, array_like=True):
    """What a ticket holds. ``expires_at`` is in seconds."""

    platform: str
    tenant: str
    user: str
    conversation: str
    customer: str
    host: str
    once: str
    expires_at: int


class Tickets:
    """Writes tickets and reads them, under a key derived from ``KITH_SECRET_KEY``."""

    def __init__(self, secret_key: str) -> None:
        self._vault = Vault(secret_key)

    def write(self, host: str, seat: Seat, now: datetime, *, customer: str = "") -> str:
        """A ticket for this seat, shown by ``host``, good from ``now`` for ``LIFE``."""
        who = seat.identity
        once = secrets.token_urlsafe(9)
        expires = int((now + LIFE).timestamp())
        ticket = _Ticket(who.platform, who.tenant, who.user_id, seat.conversation, customer, host, once, expires)
        return self._vault.lock(msgspec.json.encode(ticket).decode(), _USE).partition(":")[2]

    def read(self, text: str, now: datetime) -> tuple[str, Proven] | None:
        """The host's name and what the ticket proves; None when it is forged or over."""
        try:
            ticket = msgspec.json.decode(self._vault.open(f"1:{text}", _USE), type=_Ticket)
        except (VaultError, msgspec.DecodeError):
            return None
        if now.timestamp() >= ticket.expires_at:
            return None
        seat = Seat(identity=Identity(ticket.platform, ticket.tenant, ticket.user), conversation=ticket.conversation)
        return ticket.host, Proven(seat=seat, once=ticket.once, customer=ticket.customer)
