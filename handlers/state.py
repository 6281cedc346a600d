"""/etat: how the assistant stands, for staff."""

from __future__ import annotations

from telegram import Update
from telegram.ext import Application, CommandHandler, filters

from bot.context import Context
from handlers.delivery import send
from handlers.guards import staff_only
from handlers.render.state import state_screen


@staff_only
async def show_state(update: Update, context: Context) -> None:
    chat = update.effective_chat
    if chat is not None:
        await send(context.bot, chat.id, state_screen(context.services.texts, await context.services.state.read()))


def register(application: Application) -> None:  # type: ignore[type-arg]
    application.add_handler(CommandHandler("etat", show_state, filters=filters.ChatType.PRIVATE))
