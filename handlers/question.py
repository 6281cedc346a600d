"""A resident writes: at any moment, buttons or not, and again when they correct their message."""

from __future__ import annotations

from telegram import Update
from telegram.ext import Application, MessageHandler, filters

from bot.context import Context
from handlers.answering import send_asked
from handlers.delivery import typing


async def question(update: Update, context: Context) -> None:
    """Answer a text message, new or edited."""
    message = update.effective_message
    if message is None or not message.text:
        return
    services = context.services
    after = services.recent.last(message.chat_id)
    async with typing(context.bot, message.chat_id):
        asked = await services.ask.ask(message.text, update_id=update.update_id, after=after)
    await send_asked(
        context.bot,
        services,
        message.chat_id,
        asked,
        user_id=message.from_user.id if message.from_user else None,
        update_id=update.update_id,
        reply_to=message.message_id,
    )


def register(application: Application) -> None:  # type: ignore[type-arg]
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGES
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND & private, question))
