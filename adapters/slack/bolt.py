"""Bolt, with as few steps between a payload and the listener as it allows."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext

from adapters.slack.api import quiet_logger
from adapters.slack.listener import Listener


class _Anybody(AsyncAuthorize):
    """Bolt wants an installation for every request; Kith looks its token up only when there is something to send."""

    def __init__(self) -> None:
        """Needs nothing."""

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,  # noqa: ARG002 - bolt calls it by these names
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        **_actor: str | None,
    ) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, user_id=user_id)


def bolt_app(listener: Listener) -> AsyncApp:
    """The app: it answers url_verification itself and hands everything else to ``listener``.

    Signatures are checked before it, on raw bytes; what it would do beside that Kith does elsewhere or not at all.
    """
    app = AsyncApp(
        name="kith",
        logger=quiet_logger(),
        process_before_response=True,  # the other runner looks for the acknowledgement every 10 ms
        signing_secret="checked-before",  # noqa: S106 - no secret: bolt checks none
        authorize=_Anybody(),
        request_verification_enabled=False,
        ignoring_self_events_enabled=False,
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.use(listener)
    app.error(listener.on_bug)
    return app
