"""What the workbench is told by the settings."""

from dataclasses import dataclass

DEMO_MEMBER = "demo"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebConfig:
    """``public_url`` is where browsers reach Kith (no slash at the end; empty: wherever they ask).

    With ``demo`` nobody signs in: pages open as the member with the handle ``demo_member``, ``/as/HANDLE/`` as another,
    and only requests that name this machine are answered.
    """

    secret_key: str
    public_url: str = ""
    demo: bool = False
    demo_member: str = DEMO_MEMBER

    @property
    def secure(self) -> bool:
        """Whether browsers come by https, so that cookies can be kept to it."""
        return self.public_url.startswith("https://")
