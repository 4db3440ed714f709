"""What people do on Mattermost, in the tests' words: buttons by their labels, the newest message, the open dialog."""

from typing import Any

import httpx

from bots.emulators.mattermost.client import Client
from bots.emulators.mattermost.model import Json, Post, labels_of
from bots.emulators.mattermost.server import MattermostServer


class Hands(Client):
    """The app, used by what is written in it."""

    def __init__(self, server: MattermostServer, kith: httpx.AsyncClient) -> None:
        super().__init__(server, kith)
        self.server = server

    def said(self, user: str, channel: str, message: str, root: str = "") -> Post:
        """Somebody posts something."""
        return self.server.post(channel, user, message, {}, root=root)

    def in_channel(self, channel: str) -> list[Post]:
        """What everybody in a channel sees."""
        return [one for one in self.server.posts.values() if one.channel == channel and not one.to]

    def last(self, user: str) -> Post:
        """The newest message that there is for somebody."""
        return self.server.seen_by(user)[-1]

    def request(self, user: str, post: Post, label: str) -> Json:
        """What the server sends when the button or the menu's line is pressed."""
        action = next(one for one in post.actions if label in labels_of(one))
        chosen = next((each["value"] for each in action.get("options", ()) if each["text"] == label), "")
        return self.request_of(user, post, action, chosen)

    async def press(self, user: str, label: str, post: Post | None = None) -> Json:
        """Somebody presses a button on the newest message that has it."""
        post = post or next(one for one in reversed(self.server.seen_by(user)) if label in one.labels)
        return await self.send_action(post, self.request(user, post, label))

    async def send_in(self, user: str, values: dict[str, Any] | None = None) -> Json:
        """Somebody fills in the dialog that is open before them, and sends it."""
        shown = self.server.dialog_of(user)
        assert shown
        return await self.submit(shown, values)

    async def look_for(self, user: str, name: str, typed: str) -> list[Json]:
        """Somebody types into a field of the dialog that is open before them."""
        shown = self.server.dialog_of(user)
        assert shown
        return await self.look_up(shown, name, typed)
