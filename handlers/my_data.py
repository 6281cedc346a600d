"""/mesdonnees, /effacer, /stop, /confidentialite, and the button that erases a kept question."""

from __future__ import annotations

import contextlib

from telegram import CallbackQuery, InputFile, Message, Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, filters

from bot.context import Context
from handlers.command_menus import set_menu_of
from handlers.delivery import edit, send
from handlers.personal_data_buttons import Kind, decode, pattern
from handlers.reading_aloud import deliver
from handlers.render.html import escape
from handlers.render.kept import erased_screen
from handlers.render.my_data import all_erased_screen, erase_screen, my_data_screen, privacy_screen
from handlers.render.screen import Screen

_FILE_NAME = "mes-donnees.json"


async def show_my_data(update: Update, context: Context) -> None:
    """/mesdonnees: everything tied to the person who asks, and the same as a file."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    services = context.services
    data = await services.my_data.collect(user.id)
    await send(context.bot, message.chat_id, my_data_screen(services.knowledge.current, data))
    file = InputFile(data.as_json().encode(), filename=_FILE_NAME)
    await context.bot.send_document(message.chat_id, file, caption=services.texts.say("donnees_fichier"))


async def ask_to_erase(update: Update, context: Context) -> None:
    """/effacer: asks first."""
    if update.effective_message is not None:
        screen = erase_screen(context.services.knowledge.current)
        await send(context.bot, update.effective_message.chat_id, screen)


async def stop_notices(update: Update, context: Context) -> None:
    """/stop: no notice will come any more."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    await context.services.my_data.stop(user.id)
    await send(context.bot, message.chat_id, Screen((escape(context.services.texts.say("stop_fait")),)))


async def show_privacy(update: Update, context: Context) -> None:
    """/confidentialite: who, what, why, how long, rights, CNIL."""
    if update.effective_message is not None:
        screen, chat_id = privacy_screen(context.services.knowledge.current), update.effective_message.chat_id
        await deliver(context.bot, context.services, chat_id, screen, person=chat_id)


async def press(update: Update, context: Context) -> None:
    """The buttons of this file. Each acts only for whoever pressed it, or on what its token opens."""
    query = update.callback_query
    if query is None:
        return
    pressed = decode(query.data)
    message = query.message if isinstance(query.message, Message) else None
    if pressed is None or message is None:
        await _acknowledge(query, context.services.texts.say("ancien_bouton"), alert=True)
        return
    kind, value = pressed
    if kind is Kind.ERASE_NEED:
        await _erase_need(query, message, value, context)
    else:
        await _erase_all(query, message, context, confirmed=value == "oui")


async def _erase_need(query: CallbackQuery, message: Message, token: str, context: Context) -> None:
    services = context.services
    erased = await services.needs.erase(token)
    if not erased:
        await _acknowledge(query, services.texts.say("garde_deja_efface"), alert=True)
        return
    await _acknowledge(query)
    await edit(message, erased_screen(services.knowledge.current))


async def _erase_all(query: CallbackQuery, message: Message, context: Context, *, confirmed: bool) -> None:
    services, person = context.services, query.from_user.id
    if not confirmed:
        await _acknowledge(query)
        await edit(message, Screen((escape(services.texts.say("effacer_non_fait")),)))
        return
    had_role = services.roles.granted(person) is not None
    await services.my_data.erase(person)
    services.recent.forget(message.chat_id)
    services.recent_communes.forget(message.chat_id)
    await _acknowledge(query)
    role_stays = services.roles.from_settings(person) is not None
    await edit(message, all_erased_screen(services.knowledge.current, role_stays=role_stays))
    if had_role:
        await set_menu_of(context.bot, services, person)


async def _acknowledge(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    with contextlib.suppress(TelegramError):  # older than Telegram's minutes: what the button does still holds
        await query.answer(text, show_alert=alert)


def register(application: Application) -> None:  # type: ignore[type-arg]
    private = filters.ChatType.PRIVATE
    application.add_handler(CommandHandler("mesdonnees", show_my_data, filters=private))
    application.add_handler(CommandHandler("effacer", ask_to_erase, filters=private))
    application.add_handler(CommandHandler("stop", stop_notices, filters=private))
    application.add_handler(CommandHandler(["confidentialite", "privacy"], show_privacy, filters=private))
    application.add_handler(CallbackQueryHandler(press, pattern=pattern(Kind.ERASE_NEED, Kind.ERASE_ALL)))
