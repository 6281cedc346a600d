"""Sends staff their digest on Monday at nine; a machine that was off catches up within the hour."""

from __future__ import annotations

import logging
from datetime import timedelta

from telegram.error import TelegramError, TimedOut
from telegram.ext import CallbackContext

from bot.app.application import App
from bot.context import SERVICES, Services
from bot.services.digest import MONDAY, NINE
from bot.storage.errors import StorageError
from handlers.bilan.delivery import send_digest

JOB = "digest"
_EVERY = timedelta(hours=1)
_FIRST = timedelta(seconds=20)  # after what a start has to do
_log = logging.getLogger(__name__)


def schedule_digest(application: App, chat_id: int | None) -> None:
    """Send to the staff chat, if there is one."""
    if application.job_queue is None or chat_id is None:
        return
    application.job_queue.run_daily(_send, NINE, days=(MONDAY,), name=JOB, data=chat_id)
    application.job_queue.run_repeating(_send, _EVERY, first=_FIRST, name=JOB, data=chat_id)


async def _send(context: CallbackContext) -> None:  # type: ignore[type-arg]
    services: Services = context.bot_data[SERVICES]
    chat_id = context.job.data if context.job else None
    if not isinstance(chat_id, int):
        return
    await services.knowledge.ready()
    try:
        period = await services.digest.take()
        if period is None:
            return
        try:
            await send_digest(context.bot, services, chat_id, period)
        except TimedOut:
            _log.warning("the weekly digest may not have arrived; it is not sent twice")
        except (TelegramError, StorageError):
            await services.digest.not_sent(period)
            raise
        await services.digest.sent(period)
    except StorageError as error:
        await services.health.failed(error)
    except TelegramError as error:
        _log.error("the weekly digest could not be sent: %s", type(error).__name__)
