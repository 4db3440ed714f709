"""How a form tells Telegram's updates apart."""

from commands.model import Incoming


def update_number(incoming: Incoming) -> int:
    """The number of the update an ``Incoming`` came by."""
    return int(incoming.delivery.rpartition("-")[2])
