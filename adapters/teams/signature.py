"""Whether a request is Microsoft's: the token it carries is signed, for this bot, of now, and fits the activity.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#connector-to-bot
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from jwt.types import Options

from adapters.teams.config import TeamsConfig
from adapters.teams.keys import SigningKeys
from core.clock import Clock

ISSUER = "https://api.botframework.com"
LEEWAY = timedelta(seconds=300)
CHANNEL = "msteams"
_ALGORITHMS = ["RS256"]
# Times are checked here, against Kith's own clock.
_OPTIONS: Options = {
    "require": ["exp", "iss", "aud"],
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
}
_TOKEN_MAX = 16 * 1024  # characters; Microsoft's have two thousand


class ForgedError(Exception):
    """The request was not made by Microsoft for this bot. Its words tell which step failed, and no content."""


class Signature:
    """Checks tokens for one bot."""

    def __init__(self, config: TeamsConfig, keys: SigningKeys, clock: Clock) -> None:
        # The second and third are what Microsoft's own SDK takes as well, for bots with single sign-on.
        self._audience = [config.app_id, f"api://{config.app_id}", f"api://botid-{config.app_id}"]
        self._is_on = bool(config.app_id)
        self._keys = keys
        self._clock = clock

    async def verified(self, authorization: str) -> str:
        """The ``serviceurl`` that the token is for. Raises ForgedError, and KeysUnavailableError."""
        scheme, _, token = authorization.partition(" ")
        if not self._is_on or scheme.lower() != "bearer" or not token or len(token) > _TOKEN_MAX:
            raise ForgedError("no_token")
        claims = await self._claims(token)
        self._check_time(claims)
        return str(claims.get("serviceurl") or claims.get("serviceUrl") or "")

    async def _claims(self, token: str) -> dict[str, Any]:
        try:
            head = jwt.get_unverified_header(token)
            key = await self._keys.get(str(head.get("kid", "")))
            if key is None:
                raise ForgedError("key")
            if key.endorsements and CHANNEL not in key.endorsements:
                raise ForgedError("endorsement")
        except jwt.PyJWTError as wrong:
            raise ForgedError(type(wrong).__name__) from None
        return decoded(token, key.key, self._audience, ISSUER)

    def _check_time(self, claims: dict[str, Any]) -> None:
        now = self._clock.now()
        if instant(claims.get("exp")) + LEEWAY <= now:
            raise ForgedError("expired")
        if "nbf" in claims and instant(claims["nbf"]) - LEEWAY > now:
            raise ForgedError("not_yet")


def decoded(token: str, key: Any, audience: list[str], issuer: str) -> dict[str, Any]:
    """The claims of a token that this key signed, by this issuer for one of the audience; times are not looked at.

    Raises ForgedError.
    """
    try:
        return jwt.decode(token, key, algorithms=_ALGORITHMS, audience=audience, issuer=issuer, options=_OPTIONS)
    except jwt.PyJWTError as wrong:
        raise ForgedError(type(wrong).__name__) from None


def instant(seconds: Any) -> datetime:
    """A moment as tokens write it, in seconds. Raises ForgedError for what is none."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        raise ForgedError("time") from None


def is_for(service_url: str, claimed: str) -> bool:
    """Whether the token was made for answers to this address."""
    return bool(claimed) and claimed.rstrip("/") == service_url.rstrip("/")
