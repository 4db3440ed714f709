"""Links to a customer in Teams: what everybody is shown of one, and the addresses that open the tab on it.

Teams keeps what a link was answered with for half an hour, and shows it wherever the same link is written next, so that
who reads along there cannot be asked: the card names nobody, and opens the page, where each person sees what is theirs.
https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/link-unfurling
"""

import json
import re
from urllib.parse import quote

from adapters.teams.api import Json
from adapters.teams.bodies import results_body
from adapters.teams.tab import PATH
from cards.words import Words

ENTITY = "kith"  # the tab's id in the app package
CARD_VERSION = "1.3"  # the newest that Teams takes here
ANONYMOUS_LINK = "composeExtension/anonymousQueryLink"
QUERIES = frozenset({"composeExtension/queryLink", ANONYMOUS_LINK})
_ENTITY = "https://teams.microsoft.com/l/entity"
_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
_CARD, _PREVIEW = "application/vnd.microsoft.card.adaptive", "application/vnd.microsoft.card.thumbnail"
_URL_MAX = 2048  # characters
_ID = "[0-9a-z]{13}"


class Links:
    """Links of one Kith. ``app_id`` is the app package's id."""

    def __init__(self, app_id: str, public_url: str) -> None:
        self._app_id, self._public_url = app_id, public_url
        self._link = re.compile(rf"{re.escape(public_url)}/c/({_ID})(?:[?#].*)?") if public_url else None

    def customer_in(self, url: object) -> str:
        """The customer's id in an address; empty for any other."""
        if self._link is None or not isinstance(url, str) or len(url) > _URL_MAX:
            return ""
        found = self._link.fullmatch(url)
        return found[1] if found else ""

    def unfurled(self, url: object, words: Words) -> Json:
        """The answer to a link that somebody writes: the same for everybody, whether that customer exists or not."""
        customer = self.customer_in(url)
        if not customer:
            return results_body([])
        title, said = words("A customer in Kith"), words("Open it to see what you may see.")
        preview = {"contentType": _PREVIEW, "content": {"title": title, "text": said}}
        content = self._card(customer, title, said, words)
        return results_body([{"contentType": _CARD, "content": content, "preview": preview}])

    def tab(self, customer: str) -> str:
        """The address that opens Kith's own tab on a customer.

        https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-application
        """
        context = quote(json.dumps({"subEntityId": customer}, separators=(",", ":")), safe="")
        web = quote(f"{self._public_url}/c/{customer}", safe="")
        return f"{_ENTITY}/{self._app_id}/{ENTITY}?webUrl={web}&label=Kith&context={context}"

    def _card(self, customer: str, title: str, said: str, words: Words) -> Json:
        return {
            "$schema": _SCHEMA,
            "type": "AdaptiveCard",
            "version": CARD_VERSION,
            "fallbackText": title,
            "body": [
                {"type": "TextBlock", "text": title, "weight": "Bolder", "wrap": True},
                {"type": "TextBlock", "text": said, "isSubtle": True, "wrap": True},
            ],
            "actions": [
                {"type": "Action.Submit", "title": words("Open"), "data": {"msteams": self._beside(customer)}},
                {"type": "Action.OpenUrl", "title": words("Open in Kith’s tab"), "url": self.tab(customer)},
            ],
        }

    def _beside(self, customer: str) -> Json:
        """Opens the page beside this very conversation.

        https://learn.microsoft.com/microsoftteams/platform/tabs/open-content-in-stageview
        """
        tab = {
            "contentUrl": f"{self._public_url}{PATH}?c={customer}",
            "websiteUrl": f"{self._public_url}/c/{customer}",
            "name": "Kith",
            "entityId": ENTITY,
        }
        return {"type": "invoke", "value": {"type": "tab/tabInfoAction", "tabInfo": tab}}
