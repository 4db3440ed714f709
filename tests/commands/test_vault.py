"""Secrets at rest open with their key and for their use, and with nothing else."""

import pytest

from commands.vault import Vault, VaultError


def test_a_secret_comes_back() -> None:
    """What is locked opens again, whatever its characters, and is not readable meanwhile."""
    vault = Vault("a key")
    locked = vault.lock("xoxb-1-令牌", "slack:T1")
    assert "xoxb" not in locked
    assert locked.isascii()
    assert Vault("a key").open(locked, "slack:T1") == "xoxb-1-令牌"


def test_the_same_secret_looks_different_every_time() -> None:
    """Two rows with one token do not show that they hold the same."""
    vault = Vault("a key")
    assert vault.lock("same") != vault.lock("same")


@pytest.mark.parametrize(
    ("key", "use", "spoil"),
    [
        ("another key", "slack:T1", ""),
        ("a key", "slack:T2", ""),
        ("a key", "slack:T1", "A"),
        ("a key", "slack:T1", "not base64 !"),
    ],
)
def test_nothing_else_opens_it(key: str, use: str, spoil: str) -> None:
    """Another key, another tenant's row and a changed text are refused alike."""
    locked = Vault("a key").lock("xoxb-1", "slack:T1")
    with pytest.raises(VaultError):
        Vault(key).open(locked[: -len(spoil)] + spoil if spoil else locked, use)


@pytest.mark.parametrize("nonsense", ["", "1:", "xoxb-plain", "1:AAAA"])
def test_nonsense_is_refused(nonsense: str) -> None:
    """A row that was never locked is an error, not a secret."""
    with pytest.raises(VaultError):
        Vault("a key").open(nonsense)
