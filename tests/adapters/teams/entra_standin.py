"""Entra ID as a tab meets it: tokens of both versions for somebody of a directory, and its keys."""

import json
from datetime import datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

Json = dict[str, Any]

_KEYS = {name: rsa.generate_private_key(public_exponent=65537, key_size=2048) for name in ("entra", "next", "evil")}
DESKTOP, WEB = "1fec8e78-bce4-4aaf-ab1b-5451cc387264", "5e3ce6c0-2b1f-4285-8d4d-75ee78787346"


def keys(*names: str) -> Json:
    """The document of keys, as it stands under ``/common/discovery/v2.0/keys``."""
    listed = [json.loads(RSAAlgorithm.to_jwk(_KEYS[name].public_key())) | {"kid": name} for name in names]
    issuer = "https://login.microsoftonline.com/{tenantid}/v2.0"
    return {"keys": [one | {"use": "sig", "issuer": issuer} for one in listed]}


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
        stated = {name: value for name, value in (usual | claims).items() if value is not None}
        return jwt.encode(stated, _KEYS[key], algorithm="RS256", headers={"kid": kid or key})
