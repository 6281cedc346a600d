"""/help, /themes, /urgence and /settings: screens that need no question."""

from __future__ import annotations

from telegram import Update
from telegram.ext import Application, CommandHandler, filters

from bot.context import Context
from bot.domain.knowledge import Knowledge
from handlers.delivery import send
from handlers.reading_aloud import deliver
from handlers.render.menus import help_screen, themes_screen
from handlers.render.outcome import urgence_screen
from handlers.render.screen import Screen
from handlers.render.settings import settings_screen
from handlers.render.tongues import help_screen_in, themes_screen_in, urgence_screen_in
from handlers.tongue_choice import Tongue, tongue_of


async def _show(update: Update, context: Context, screen: Screen) -> None:
    if update.effective_chat is not None:
        await send(context.bot, update.effective_chat.id, screen)


async def _tell(update: Update, context: Context, screen: Screen) -> None:
    """A text that is read, by the eye or by the voice."""
    chat, user = update.effective_chat, update.effective_user
    if chat is not None:
        await deliver(context.bot, context.services, chat.id, screen, person=user.id if user else None)


async def show_help(update: Update, context: Context) -> None:
    knowledge, tongue = await _asked(update, context)
    if tongue.chosen is not None:
        await _show(update, context, help_screen_in(knowledge, tongue.chosen))
    elif tongue.phone is not None:  # our voice speaks French only
        await _show(update, context, help_screen(knowledge, tongue.phone))
    else:
        await _tell(update, context, help_screen(knowledge))


async def show_themes(update: Update, context: Context) -> None:
    knowledge, tongue = await _asked(update, context)
    language = tongue.either
    await _show(update, context, themes_screen_in(knowledge, language) if language else themes_screen(knowledge))


async def show_urgence(update: Update, context: Context) -> None:
    context.services.updates.count(update.update_id, "urgence")
    knowledge, tongue = await _asked(update, context)
    if tongue.either is not None:
        await _show(update, context, urgence_screen_in(knowledge, tongue.either))
    else:
        await _tell(update, context, urgence_screen(knowledge))


async def _asked(update: Update, context: Context) -> tuple[Knowledge, Tongue]:
    return context.services.knowledge.current, await tongue_of(context.services, update.effective_user)


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
