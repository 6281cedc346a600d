"""The buttons of the voice: listen, and correct what was understood."""

from __future__ import annotations

import contextlib

from telegram import CallbackQuery, Message, Update
from telegram.error import TelegramError

from bot.context import Context
from handlers.delivery import send
from handlers.reading_aloud import speak
from handlers.render.voice import corrected_screen, words_for
from handlers.voice_data import VoiceAction, VoicePressed, decode


async def press(update: Update, context: Context) -> None:
    """Old or forged data ends in a kind sentence."""
    query = update.callback_query
    if query is None:
        return
    pressed = decode(query.data)
    message = query.message if isinstance(query.message, Message) else None
    if pressed is None or message is None:
        await _acknowledge(query, context.services.texts.say("ancien_bouton"), alert=True)
    elif pressed.action is VoiceAction.LISTEN:
        await _listen(query, message, pressed, update.update_id, context)
    else:
        await _correct(query, message, pressed, context)


async def _listen(
    query: CallbackQuery, message: Message, pressed: VoicePressed, update_id: int, context: Context
) -> None:
    services = context.services
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    links = [button.text for row in rows for button in row if button.url]
    words = words_for(services.knowledge.current, message.text or "", links)
    if not words or not services.speech.available:
        await _acknowledge(query, services.texts.say("voix_absente"), alert=True)
        return
    reading = speak(context.bot, services, message.chat_id, message.message_id, words, keep=pressed.yes)
    if not services.background.start(message.chat_id, reading):
        await _acknowledge(query, services.texts.say("voix_patience"))
        return
    services.updates.count(update_id, "listened")
    await _acknowledge(query, services.texts.say("voix_prepare"))


async def _correct(query: CallbackQuery, message: Message, pressed: VoicePressed, context: Context) -> None:
    """What was misunderstood is no question of theirs: it does not wait for staff."""
    services = context.services
    await _acknowledge(query)
    erased = bool(pressed.value) and await services.needs.erase(pressed.value)
    await send(context.bot, message.chat_id, corrected_screen(services.knowledge.current, erased=erased))


async def _acknowledge(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    with contextlib.suppress(TelegramError):  # older than Telegram's minutes: what the button does still holds
        await query.answer(text, show_alert=alert)
