"""Takes updates from Telegram, by polling or by webhook, and stops taking them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets

from telegram import Update
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.app.application import App
from bot.app.patient_bot import PatientBot
from bot.app.webhook import MOST_CONNECTIONS, WebhookServer
from bot.errors import AccesDroitsError
from bot.services.meters import Meters
from bot.settings import Settings

ALLOWED = [
    Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY, Update.CHOSEN_INLINE_RESULT,
]  # fmt: skip
_PAUSES = (1, 2, 5, 10, 30)
_log = logging.getLogger(__name__)


class WebhookRefusedError(AccesDroitsError):
    """Telegram does not take the webhook's address."""


class Listening:
    """Either python-telegram-bot's updater, or our own webhook server."""

    def __init__(self, application: App, settings: Settings, meters: Meters) -> None:
        self._meters = meters
        self._application = application
        self._settings = settings
        self._server: WebhookServer | None = None

    async def begin(self, stop: asyncio.Event) -> None:
        """Take updates; raises AccesDroitsError when an address cannot be used."""
        updater, bot = self._application.updater, self._application.bot
        if updater is None or not isinstance(bot, PatientBot):
            raise AccesDroitsError("l'application n'a pas de file de messages")
        if not self._settings.webhook_url:
            await updater.start_polling(allowed_updates=ALLOWED, timeout=25, error_callback=self._poll_failed)
            return
        configured = self._settings.webhook_secret
        # Without a secret of the operator's, one that lives as long as this process: Telegram is told of it below.
        secret = configured.get_secret_value() if configured else secrets.token_urlsafe(32)
        server = WebhookServer(bot, self._application.update_queue, self._settings.webhook_url, secret)
        server.listen(*self._settings.webhook_host_port)
        self._server = server
        await self._tell_telegram(self._settings.webhook_url, secret, stop)

    async def take_no_more(self) -> None:
        """Nothing new from now on."""
        if self._server is not None:
            self._server.take_no_more()
        if self._application.updater is not None and self._application.updater.running:
            await self._application.updater.stop()

    async def end(self) -> None:
        """After what was taken is finished."""
        if self._server is not None:
            await self._server.close()

    def _poll_failed(self, error: TelegramError) -> None:
        """python-telegram-bot polls again by itself, with growing pauses."""
        _log.warning("Telegram cannot be polled: %s", type(error).__name__)
        self._meters.telegram_errors[type(error).__name__] += 1

    async def _tell_telegram(self, url: str, secret: str, stop: asyncio.Event) -> None:
        for attempt in range(10_000):
            try:
                await self._application.bot.set_webhook(
                    url, secret_token=secret, allowed_updates=ALLOWED, max_connections=MOST_CONNECTIONS
                )
            except BadRequest:
                raise WebhookRefusedError(
                    "Telegram refuse l'adresse de BOT_WEBHOOK_URL : elle doit commencer par https:// et être publique"
                ) from None
            except (NetworkError, RetryAfter) as error:
                _log.warning("the webhook could not be set (%s), trying again", type(error).__name__)
            except TelegramError as error:
                raise WebhookRefusedError(f"Telegram refuse le webhook ({type(error).__name__})") from None
            else:
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _PAUSES[min(attempt, len(_PAUSES) - 1)])
            if stop.is_set():
                return
