"""What Microsoft signs, by keys that are made anew by every process: each has a name."""

import json
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

Json = dict[str, Any]


@cache
def _key(_name: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public(name: str) -> Json:
    """The public half of a key, as a document of keys has it."""
    found: Json = json.loads(RSAAlgorithm.to_jwk(_key(name).public_key()))
    return found | {"kid": name, "use": "sig"}


def signed(claims: Json, key: str, kid: str = "") -> str:
    """A token; claims that are None are left out. ``kid`` names another key than the one that signs."""
    stated = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(stated, _key(key), algorithm="RS256", headers={"kid": kid or key})
