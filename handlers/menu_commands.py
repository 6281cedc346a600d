"""/help, /themes, /urgence and /settings: screens that need no question."""

from __future__ import annotations

from telegram import Update
from telegram.ext import Application, CommandHandler, filters

from bot.context import Context
from handlers.delivery import send
from handlers.reading_aloud import deliver
from handlers.render.menus import help_screen, themes_screen
from handlers.render.outcome import urgence_screen
from handlers.render.screen import Screen
from handlers.render.settings import settings_screen


async def _show(update: Update, context: Context, screen: Screen) -> None:
    if update.effective_chat is not None:
        await send(context.bot, update.effective_chat.id, screen)


async def _tell(update: Update, context: Context, screen: Screen) -> None:
    """A text that is read, by the eye or by the voice."""
    chat, user = update.effective_chat, update.effective_user
    if chat is not None:
        await deliver(context.bot, context.services, chat.id, screen, person=user.id if user else None)


async def show_help(update: Update, context: Context) -> None:
    await _tell(update, context, help_screen(context.services.knowledge.current))


async def show_themes(update: Update, context: Context) -> None:
    await _show(update, context, themes_screen(context.services.knowledge.current))


async def show_urgence(update: Update, context: Context) -> None:
    context.services.updates.count(update.update_id, "urgence")
    await _tell(update, context, urgence_screen(context.services.knowledge.current))


async def show_settings(update: Update, context: Context) -> None:
    user = update.effective_user
    services = context.services
    choices = await services.preferences.choices(user.id if user else None)
    screen = settings_screen(services.knowledge.current, choices, voice=services.speech.available)
    await _show(update, context, screen)


def register(application: Application) -> None:  # type: ignore[type-arg]
    private = filters.ChatType.PRIVATE
    application.add_handler(CommandHandler(["help", "aide"], show_help, filters=private))
    application.add_handler(CommandHandler("themes", show_themes, filters=private))
    application.add_handler(CommandHandler("urgence", show_urgence, filters=private))
    application.add_handler(CommandHandler(["settings", "reglages"], show_settings, filters=private))
