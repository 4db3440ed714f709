"""Links to customers that the client opens beside the conversation rather than in its place.

https://open.feishu.cn/document/uAjLw4CM/uYjL24iN/applink-protocol/supported-protocol/open-a-h5-web-page
"""

import re
from urllib.parse import urlencode

import msgspec

from adapters.feishu.config import FeishuConfig
from adapters.feishu.incoming import PLATFORM
from cards.model import Actions, Block, Card, Link

SIDE_PATH = f"/sidebar/in/{PLATFORM}"
_MODE = "sidebar-semi"  # from client 3.41; an older one opens the page as it opens any


class SideLinks:
    """Knows the links of ours; leaves every other as it is, and all of them where the page cannot stand there."""

    def __init__(self, config: FeishuConfig) -> None:
        self._config = config
        self._link = re.compile(rf"{re.escape(config.public_url)}/c/([0-9a-z]{{13}})") if config.has_side else None

    def customer_of(self, url: str) -> str:
        """The customer that a link of ours leads to; empty for any other link."""
        found = self._link.fullmatch(url) if self._link else None
        return found[1] if found else ""

    def beside(self, customer: str, chat: str) -> str:
        """Where the customer stands beside the conversation ``chat``; empty: beside none. Holds ids alone."""
        asked = {"c": customer} | ({"chat": chat} if chat else {})
        page = f"{self._config.public_url}{SIDE_PATH}?{urlencode(asked)}"
        return f"{self._config.applink_url}/client/web_url/open?{urlencode({'mode': _MODE, 'url': page})}"

    def led(self, card: Card, chat: str) -> Card:
        """The card with its buttons to customers leading there."""
        return msgspec.structs.replace(card, blocks=tuple(self._block(block, chat) for block in card.blocks))

    def _block(self, block: Block, chat: str) -> Block:
        if not isinstance(block, Actions):
            return block
        led = []
        for one in block.elements:
            customer = self.customer_of(one.url) if isinstance(one, Link) else ""
            led.append(msgspec.structs.replace(one, url=self.beside(customer, chat)) if customer else one)
        return msgspec.structs.replace(block, elements=tuple(led))
