"""Teams in ``kith bench mixed``: messages in private chats, with tokens that the bench signs."""

import base64
import itertools
import json
import time
from functools import cached_property
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

from bots.bench.mixes.model import Typed, request
from core.members.model import Identity

_PATH = "/teams/messages"
_APP, _TENANT = "11111111-2222-3333-4444-555555555555", "aaaaaaaa-0000-0000-0000-000000000001"
_KID = "bench"
_LIFE = 3600  # seconds
_numbers = itertools.count(1)


class _Teams:
    name = "teams"

    def environment(self, far: str) -> dict[str, str]:
        self._service = f"{far}/teams/connector"
        return {
            "KITH_TEAMS_APP_ID": _APP,
            "KITH_TEAMS_APP_PASSWORD": "bench",
            "KITH_TEAMS_TENANT_ID": _TENANT,
            "KITH_TEAMS_API_URL": self._service,
            "KITH_TEAMS_LOGIN_URL": f"{far}/teams/login",
            "KITH_TEAMS_KEYS_URL": f"{far}/teams/keys",
        }

    def routes(self) -> list[web.RouteDef]:
        conversation = "/teams/connector/v3/conversations/{conversation}"
        return [
            web.get("/teams/keys", self._keys),
            web.post("/teams/login/{tenant}/oauth2/v2.0/token", _token),
            web.post(f"{conversation}/activities", _taken),
            web.put(f"{conversation}/activities/{{id}}", _taken),
        ]

    def identity(self, user: int) -> Identity:
        return Identity("teams", _TENANT, f"user-{user:08d}")

    def call(self, typed: Typed) -> bytes:
        return self._brought(typed, self._good)

    def forgeries(self, typed: Typed) -> list[bytes]:
        return [
            self._brought(typed, self._signed(self._other, {})),
            self._brought(typed, self._signed(self._key, {"exp": int(time.time()) - _LIFE})),
            self._brought(typed, self._signed(self._key, {"aud": "another"})),
            self._brought(typed, self._good[:-2]),
            self._brought(typed, ""),
        ]

    @cached_property
    def _key(self) -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)

    @cached_property
    def _other(self) -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)

    @cached_property
    def _good(self) -> str:
        """Microsoft uses one token for many requests, too."""
        return self._signed(self._key, {})

    def _signed(self, key: rsa.RSAPrivateKey, claims: dict[str, Any]) -> str:
        now = int(time.time())
        usual = {"iss": "https://api.botframework.com", "aud": _APP, "serviceurl": self._service}
        payload = {**usual, "nbf": now - 10, "exp": now + _LIFE, **claims}
        return jwt.encode(payload, key, algorithm="RS256", headers={"kid": _KID})

    def _brought(self, typed: Typed, token: str) -> bytes:
        user = self.identity(typed.user).user_id
        activity = {
            "type": "message",
            "id": f"{typed.number}",
            "channelId": "msteams",
            "serviceUrl": self._service,
            "from": {"id": f"29:{user}", "aadObjectId": user, "name": "Bench"},
            "recipient": {"id": f"28:{_APP}", "name": "Kith"},
            "conversation": {"id": f"a:{user}", "conversationType": "personal", "tenantId": _TENANT},
            "channelData": {"tenant": {"id": _TENANT}},
            "text": typed.line,
        }
        signed = {"Authorization": f"Bearer {token}"} if token else {}
        return request(_PATH, {"Content-Type": "application/json", **signed}, json.dumps(activity).encode())

    async def _keys(self, _asked: web.Request) -> web.Response:
        numbers = self._key.public_key().public_numbers()
        key = {"kty": "RSA", "kid": _KID, "n": _number(numbers.n), "e": _number(numbers.e), "endorsements": ["msteams"]}
        return web.json_response({"keys": [key]})


def _number(value: int) -> str:
    raw = value.to_bytes((value.bit_length() + 7) // 8)
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


async def _token(_asked: web.Request) -> web.Response:
    return web.json_response({"token_type": "Bearer", "expires_in": _LIFE, "access_token": "bench"})


async def _taken(_asked: web.Request) -> web.Response:
    return web.json_response({"id": f"m{next(_numbers)}"})


MIX = _Teams()
