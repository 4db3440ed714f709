"""Entra ID as a tab meets it: tokens of both versions for somebody of a directory, and its keys."""

from datetime import datetime
from typing import Any

from bots.emulators.teams.signing import Json, public, signed

DESKTOP, WEB = "1fec8e78-bce4-4aaf-ab1b-5451cc387264", "5e3ce6c0-2b1f-4285-8d4d-75ee78787346"


def keys(*names: str) -> Json:
    """The document of keys, as it stands under ``/common/discovery/v2.0/keys``."""
    issuer = "https://login.microsoftonline.com/{tenantid}/v2.0"
    return {"keys": [public(name) | {"issuer": issuer} for name in names]}


class Entra:
    """Issues tokens for one app. ``login`` is the address that its second version names as issuer."""

    def __init__(self, app: str, tenant: str, login: str) -> None:
        self.app, self.tenant, self.login = app, tenant, login

    def token(self, user: str, now: datetime, *, key: str = "entra", kid: str = "", **claims: Any) -> str:
        """A token of the second version; ``claims`` in the place of the usual ones, None leaves one out."""
        usual = {
            "aud": self.app,
            "iss": f"{self.login}/{self.tenant}/v2.0",
            "azp": WEB,
            "ver": "2.0",
        }
        return self._signed(user, now, usual | claims, key, kid)

    def first(self, user: str, now: datetime, **claims: Any) -> str:
        """A token of the first version."""
        usual = {
            "aud": f"api://kith.example/botid-{self.app}",
            "iss": f"https://sts.windows.net/{self.tenant}/",
            "appid": DESKTOP,
            "ver": "1.0",
        }
        return self._signed(user, now, usual | claims, "entra", "")

    def _signed(self, user: str, now: datetime, claims: Json, key: str, kid: str) -> str:
        at = int(now.timestamp())
        usual = {"oid": user, "tid": self.tenant, "scp": "access_as_user", "iat": at, "nbf": at, "exp": at + 4000}
        return signed(usual | claims, key, kid)
