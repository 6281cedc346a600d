"""The buttons of /reglages that open a list or change one choice; what is chosen is kept under a pseudonym."""

from __future__ import annotations

import contextlib

from telegram import CallbackQuery, Message, Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackQueryHandler

from bot.context import Context, Services
from bot.domain.preferences import FRENCH
from bot.storage.errors import StorageError
from handlers.delivery import edit, send
from handlers.render.html import escape
from handlers.render.screen import Screen
from handlers.render.settings import languages_screen, settings_screen
from handlers.settings_data import NO, PATTERN, YES, Setting, SettingPressed, decode


async def press(update: Update, context: Context) -> None:
    """Change what the button says, and show the settings as they are then."""
    query = update.callback_query
    if query is None:
        return
    services = context.services
    pressed = decode(query.data)
    message = query.message if isinstance(query.message, Message) else None
    if pressed is None or message is None or not _fits(pressed, services):
        await _acknowledge(query, services.texts.say("ancien_bouton"), alert=True)
        return
    await _acknowledge(query)
    knowledge, person = services.knowledge.current, query.from_user.id
    if pressed.setting is Setting.LANGUAGES:
        await edit(message, languages_screen(knowledge))
        return
    try:
        await _change(services, person, pressed)
    except StorageError as error:
        await services.health.failed(error)
        await send(context.bot, message.chat_id, Screen((escape(services.texts.say("erreur")),)))
        return
    choices = await services.preferences.choices(person)
    await edit(message, settings_screen(knowledge, choices, voice=services.speech.available))


def _fits(pressed: SettingPressed, services: Services) -> bool:
    """Whether the value is one of the setting's."""
    if pressed.setting in (Setting.ONE_STEP, Setting.ALOUD):
        return pressed.value in (YES, NO)
    if pressed.setting is Setting.LANGUAGE:
        spoken = services.knowledge.current.languages.spoken
        return pressed.value == FRENCH or pressed.value in {language.code for language in spoken}
    return not pressed.value


async def _change(services: Services, person: int, pressed: SettingPressed) -> None:
    if pressed.setting is Setting.ONE_STEP:
        await services.preferences.choose_one_step(person, pressed.value == YES)
    elif pressed.setting is Setting.ALOUD:
        await services.preferences.choose_read_aloud(person, pressed.value == YES)
    elif pressed.setting is Setting.LANGUAGE:
        await services.preferences.choose_language(person, pressed.value)


async def _acknowledge(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    with contextlib.suppress(TelegramError):  # older than Telegram's minutes: what the button does still holds
        await query.answer(text, show_alert=alert)


def register(application: Application) -> None:  # type: ignore[type-arg]
    application.add_handler(CallbackQueryHandler(press, pattern=PATTERN))
