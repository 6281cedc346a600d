""" "Prévenez-moi" and its end. The token of the kept question opens both, and both act only for who pressed."""

from __future__ import annotations

import contextlib

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import Application, CallbackQueryHandler

from bot.context import Context
from bot.services.updates import Said
from handlers.delivery import edit, send
from handlers.personal_data_buttons import Kind, decode, pattern
from handlers.render.html import escape
from handlers.render.kept import waiting_screen
from handlers.render.screen import Screen


async def press(update: Update, context: Context) -> None:
    """A person wants to hear of an answer, or no longer."""
    query = update.callback_query
    if query is None:
        return
    pressed = decode(query.data)
    message = query.message if isinstance(query.message, Message) else None
    # A notice goes to the person alone: only in their own chat is the id of both the same.
    if pressed is None or message is None or message.chat_id != query.from_user.id:
        await _acknowledge(query, context.services.texts.say("ancien_bouton"))
        return
    kind, token = pressed
    if kind is Kind.TELL_ME:
        await _wait(query, message, token, update.update_id, context)
    else:
        await _stop(query, message, token, context)


async def _wait(query: CallbackQuery, message: Message, token: str, update_id: int, context: Context) -> None:
    services = context.services
    waiting = await services.follow_ups.ask(token, query.from_user.id)
    if waiting is None:
        await _acknowledge(query, services.texts.say("avis_perdu"))
        return
    said = Said(message.chat_id, message.message_id, Kind.TELL_ME)
    if waiting.already and services.updates.was_said(said):
        await _acknowledge(query, services.texts.say("avis_deja"))
        return
    await _acknowledge(query)
    services.updates.count(update_id, "tell_me")
    await send(
        context.bot,
        message.chat_id,
        waiting_screen(services.knowledge.current, token, waiting.until),
        reply_to=message.message_id,
    )
    services.updates.note(said)  # only now: a confirmation that could not be sent is sent again
    await _take_button_away(message, query.data)


async def _stop(query: CallbackQuery, message: Message, token: str, context: Context) -> None:
    services = context.services
    if not await services.follow_ups.stop_one(token, query.from_user.id):
        await _acknowledge(query, services.texts.say("avis_deja_arrete"))
        return
    await _acknowledge(query)
    await edit(message, Screen((escape(services.texts.say("avis_arrete")),)))


async def _take_button_away(message: Message, data: str | None) -> None:
    """The wish is noted: its button leaves, the others stay."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    left = [[button for button in row if button.callback_data != data] for row in rows]
    with contextlib.suppress(BadRequest):  # the message is gone, or too old to change
        await message.edit_reply_markup(InlineKeyboardMarkup([row for row in left if row]))


async def _acknowledge(query: CallbackQuery, text: str | None = None) -> None:
    with contextlib.suppress(TelegramError):  # older than Telegram's minutes: what the button does still holds
        await query.answer(text, show_alert=text is not None)


def register(application: Application) -> None:  # type: ignore[type-arg]
    application.add_handler(CallbackQueryHandler(press, pattern=pattern(Kind.TELL_ME, Kind.TELL_ME_NOT)))
