"""Settings come from the environment and ``.env``, and what is wrong is named at start."""

from pathlib import Path

import pytest

from bots.errors import BadSettingError
from bots.keys import secret_key
from bots.settings import Secret, Settings, environment, load_settings


def test_nothing_set_is_the_embedded_default() -> None:
    """Without any variable Kith runs on SQLite, in English, with every platform off."""
    settings = load_settings({})
    assert settings.database_url == "sqlite:///var/kith.db"
    assert (settings.locale, settings.timezone) == ("en", "UTC")
    assert settings.platforms_on == ()


def test_values_are_read() -> None:
    """Each variable arrives as what it means; blank ones count as unset."""
    settings = load_settings(
        {
            "KITH_LOCALE": "zh-CN",
            "KITH_TIMEZONE": "Asia/Shanghai",
            "KITH_PUBLIC_URL": "https://kith.example/",
            "KITH_TELEGRAM_TOKEN": "123:abc",
            "KITH_SECRET_KEY": "  ",
        }
    )
    assert (settings.locale, settings.timezone) == ("zh_Hans", "Asia/Shanghai")
    assert settings.public_url == "https://kith.example"
    assert settings.telegram_token == Secret("123:abc")
    assert settings.secret_key is None


@pytest.mark.parametrize(
    ("variables", "name"),
    [
        ({"KITH_TIMEZONE": "Mars/Olympus"}, "KITH_TIMEZONE"),
        ({"KITH_TIMEZONE": "../../etc/passwd"}, "KITH_TIMEZONE"),
        ({"KITH_LOCALE": "fr"}, "KITH_LOCALE"),
        ({"KITH_DATABASE_URL": "mysql://localhost/kith"}, "KITH_DATABASE_URL"),
        ({"KITH_PUBLIC_URL": "kith.example"}, "KITH_PUBLIC_URL"),
        ({"KITH_TELEGRAM_MODE": "carrier pigeon"}, "KITH_TELEGRAM_MODE"),
        ({"KITH_SLACK_BOT_TOKEN": "xoxb-1"}, "KITH_SLACK_SIGNING_SECRET"),
        ({"KITH_MATTERMOST_COMMAND_TOKENS": "a" * 26}, "KITH_PUBLIC_URL"),
        ({"KITH_MATTERMOST_BOT_TOKEN": "b"}, "KITH_MATTERMOST_COMMAND_TOKENS"),
        ({"KITH_MATTERMOST_EMAILS": "none"}, "KITH_MATTERMOST_EMAILS"),
        ({"KITH_SLACK_CLIENT_ID": "1", "KITH_SLACK_SIGNING_SECRET": "s"}, "KITH_SLACK_CLIENT_SECRET"),
        ({"KITH_WECOM_AGENT_ID": "many"}, "KITH_WECOM_AGENT_ID"),
        ({"KITH_WECOM_CORP_ID": "ww1"}, "KITH_WECOM_AGENT_ID"),
        ({"KITH_WECOM_SECRET": "s"}, "KITH_WECOM_CORP_ID"),
    ],
)
def test_wrong_setting_is_named(variables: dict[str, str], name: str) -> None:
    """What cannot be used, or is missing beside what is set, is refused by the variable's name."""
    with pytest.raises(BadSettingError, match=f"^{name}"):
        load_settings(variables)


def test_complaint_repeats_no_password() -> None:
    """An address that cannot be used is not quoted: it may hold a password."""
    with pytest.raises(BadSettingError) as refused:
        load_settings({"KITH_DATABASE_URL": "mysql://kith:hunter2@localhost/kith"})
    assert "hunter2" not in str(refused.value)


def test_secrets_do_not_show_themselves() -> None:
    """Neither a secret nor the settings as a whole print what they hold."""
    settings = load_settings({"KITH_SECRET_KEY": "hunter2", "KITH_DATABASE_URL": "postgresql://kith:hunter2@db/kith"})
    assert "hunter2" not in f"{settings!r} {settings.secret_key!r} {settings.secret_key}"
    assert settings.secrets == ("hunter2",)


def test_dotenv_stands_behind_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``.env`` in the working directory is read; the process's own variables win."""
    (tmp_path / ".env").write_text("# ours\nexport KITH_LOCALE='zh'\nKITH_TIMEZONE=Asia/Shanghai # here\n\nnonsense\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KITH_TIMEZONE", "Europe/London")
    settings = load_settings({name: value for name, value in environment().items() if name != "KITH_DATABASE_URL"})
    assert (settings.locale, settings.timezone) == ("zh_Hans", "Europe/London")


def test_key_is_made_once_beside_the_database(tmp_path: Path) -> None:
    """On SQLite the key is a file that only its owner may read, the same at every start."""
    settings = Settings(database_url=f"sqlite:///{tmp_path}/var/kith.db")
    key = secret_key(settings)
    file = tmp_path / "var" / "secret.key"
    assert len(key) >= 32
    assert secret_key(settings) == key == file.read_text().strip()
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_key_must_be_set_for_postgresql() -> None:
    """Processes that share a server must share the key, so none is made up."""
    with pytest.raises(BadSettingError, match=r"^KITH_SECRET_KEY"):
        secret_key(Settings(database_url="postgresql://localhost/kith"))
    assert secret_key(Settings(secret_key=Secret("given"))) == "given"
