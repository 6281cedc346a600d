"""What happens when a handler fails: the person gets a sentence and a human's number, staff hear of it once."""

from __future__ import annotations

import logging

from telegram import Update
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import Application

from bot.context import Context
from bot.storage.errors import StorageError
from handlers.delivery import chat_of, send, unreachable
from handlers.render.html import escape
from handlers.render.screen import Screen

_log = logging.getLogger(__name__)


async def failed(update: object, context: Context) -> None:
    """Log the kind of error, never the message, and apologise unless the person cannot be reached."""
    error = context.error
    if isinstance(error, Forbidden) or _nobody_there(error):
        _log.info("a person blocked the bot, or is gone")
        return
    if unreachable(error):
        _log.warning("Telegram cannot be reached: %s", type(error).__name__)
        if isinstance(update, Update):
            context.services.updates.not_answered(update.update_id)  # and tried again later, so no apology now
        return
    if isinstance(error, StorageError):
        await context.services.health.failed(error)
    elif error is not None:
        await context.services.errors.report(error)
    _log.error("an update failed: %s", type(error).__name__, exc_info=error)
    chat_id = chat_of(update) if isinstance(update, Update) else None
    if chat_id is None:
        return
    try:
        await send(context.bot, chat_id, Screen((escape(context.services.texts.say("erreur")),)))
    except TelegramError as second:
        _log.warning("the apology could not be sent either: %s", type(second).__name__)


def _nobody_there(error: BaseException | None) -> bool:
    return isinstance(error, BadRequest) and "chat not found" in str(error).lower()


def register(application: Application) -> None:  # type: ignore[type-arg]
    application.add_error_handler(failed)
