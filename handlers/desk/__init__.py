"""The staff desk on Telegram: /file, its cards, and what is written step by step."""

from __future__ import annotations

from typing import Any

from telegram.ext import Application, CallbackQueryHandler, CommandHandler, filters

from bot.context import Context
from handlers.desk import press, queue, steps
from handlers.render.desk_data import PATTERN


def register(application: Application[Any, Context, Any, Any, Any, Any]) -> None:
    """Add the desk's handlers; a step takes what staff write before it is read as a question."""
    private = filters.ChatType.PRIVATE
    application.add_handler(CommandHandler("file", queue.show, filters=private))
    application.add_handler(CommandHandler("annuler", steps.cancel, filters=private))
    application.add_handler(CallbackQueryHandler(press.press, pattern=PATTERN))
    steps.register(application)
