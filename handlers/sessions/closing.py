"""Sessions that were forgotten: closed by themselves after four hours, and their mediator told once."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import Application, CallbackContext

from bot.context import Services
from handlers.render.session_words import clock_words
from handlers.sessions.delivery import send_session

_EVERY = timedelta(minutes=1)
_log = logging.getLogger(__name__)


async def close_forgotten(bot: Bot, services: Services) -> None:
    """Close and tell. The database says who closed each one, so that two who look at once tell it once."""
    for forgotten in await services.sessions.close_forgotten():
        if forgotten.person is None:  # no mediator any more: what was done stays in the figures
            continue
        opening = services.texts.say("seance_oubliee", duree=clock_words(forgotten.session.minutes))
        try:
            await send_session(bot, services, forgotten.person, forgotten.session, opening)
        except TelegramError as error:
            _log.info("a mediator could not be told of a closed session: %s", type(error).__name__)


def schedule_closing(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Look every minute; what was forgotten while the program was off is closed at its start."""
    if application.job_queue is not None:
        application.job_queue.run_repeating(_close, _EVERY, first=_EVERY, name="forgotten_sessions")


async def _close(context: CallbackContext) -> None:  # type: ignore[type-arg]
    services = getattr(context, "services")  # noqa: B009 (our Context, see ContextTypes)
    await close_forgotten(context.bot, services)
