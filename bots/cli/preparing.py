"""What every command does first."""

from bots.compose import bring_up_to_date
from bots.logs import configure_logs
from bots.settings import Settings, load_settings


def prepared() -> Settings:
    """The settings, with logs quiet enough for a terminal and the database at this release's tables."""
    settings = load_settings()
    configure_logs("debug" if settings.log_level == "debug" else "warning", secrets=settings.secrets)
    bring_up_to_date(settings)
    return settings
