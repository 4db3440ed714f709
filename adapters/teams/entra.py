"""Who somebody is by the token that Teams fetches for a tab: signed by Entra ID, for this app, of now.

https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-tokens: of the first version and of the
second, which name issuer and audience differently; the registration decides which of them comes.
"""

import hashlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import jwt

from adapters.teams.config import TeamsConfig
from adapters.teams.keys import SigningKey, SigningKeys
from adapters.teams.signature import LEEWAY, ForgedError, decoded, instant
from core.clock import Clock

KEYS_PATH = "/common/discovery/v2.0/keys"
V1_ISSUER = "https://sts.windows.net/{tenant}/"
SCOPE = "access_as_user"
# Teams itself, on the desktop and on phones, and in browsers: the only ones whose word is taken.
# https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-register-aad#to-configure-authorized-client-application
CLIENTS = frozenset({"1fec8e78-bce4-4aaf-ab1b-5451cc387264", "5e3ce6c0-2b1f-4285-8d4d-75ee78787346"})
_V1 = "1.0"
_ANY_TENANT = "{tenantid}"  # in a key's issuer
_TOKEN_MAX = 16 * 1024  # characters


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a directory (``tenant``, in lower case), by their object in it; ``once`` tells this token apart."""

    tenant: str
    user: str
    once: str


def resource(app_id: str, public_url: str) -> str:
    """The Application ID URI that the registration must name for single sign-on of an app with tab and bot.

    https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-register-aad
    """
    return f"api://{urlsplit(public_url).netloc}/botid-{app_id}"


class Entra:
    """Checks the tokens of one app."""

    def __init__(self, config: TeamsConfig, keys: SigningKeys, clock: Clock) -> None:
        host = urlsplit(config.public_url).netloc
        self._app = config.app_id
        self._audiences = [
            config.app_id,
            *(f"api://{where}{config.app_id}" for where in ("", "botid-", f"{host}/", f"{host}/botid-")),
        ]
        self._tenants = config.tenants
        self._v2_issuer = f"{config.login_url}/{{tenant}}/v2.0"
        self._keys = keys
        self._clock = clock

    async def verified(self, token: str) -> Person:
        """Who the token is for. Raises ForgedError, and KeysUnavailableError."""
        if not self._app or not token or len(token) > _TOKEN_MAX:
            raise ForgedError("no_token")
        key, stated = await self._stated(token)
        tenant = str(stated.get("tid", "")).casefold()
        if tenant not in self._tenants:
            raise ForgedError("tenant")
        if key.issuer and _ANY_TENANT not in key.issuer and tenant not in key.issuer:
            raise ForgedError("key_issuer")
        is_first = stated.get("ver") == _V1
        issuer = (V1_ISSUER if is_first else self._v2_issuer).format(tenant=tenant)
        claims = decoded(token, key.key, self._audiences, issuer)
        self._check_time(claims)
        if SCOPE not in str(claims.get("scp", "")).split():
            raise ForgedError("scope")
        if claims.get("appid" if is_first else "azp") not in CLIENTS:
            raise ForgedError("client")
        user = claims.get("oid")
        if not isinstance(user, str) or not user:
            raise ForgedError("person")
        return Person(tenant, user, _once(token))

    async def _stated(self, token: str) -> tuple[SigningKey, dict[str, Any]]:
        """The key that the token names, and what it states: nothing of this is believed yet."""
        try:
            head = jwt.get_unverified_header(token)
            claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
        except jwt.PyJWTError as wrong:
            raise ForgedError(type(wrong).__name__) from None
        key = await self._keys.get(str(head.get("kid", "")))
        if key is None:
            raise ForgedError("key")
        return key, claims

    def _check_time(self, claims: dict[str, Any]) -> None:
        now = self._clock.now()
        if instant(claims.get("exp")) + LEEWAY <= now:
            raise ForgedError("expired")
        if instant(claims.get("nbf", claims.get("iat"))) - LEEWAY > now:
            raise ForgedError("not_yet")


def _once(token: str) -> str:
    """By what was signed, not by the signature, which can be written in more than one way."""
    return hashlib.sha256(token.rpartition(".")[0].encode()).hexdigest()
