"""Sends an answer with its button to listen, and reads it aloud behind the text: written words always come first."""

from __future__ import annotations

import logging

from telegram import Bot, InputFile, Message, ReplyParameters
from telegram.error import TelegramError

from bot.context import Services
from bot.services.voice import SpeechError, VoiceBusyError
from handlers.delivery import send
from handlers.render.html import escape
from handlers.render.screen import Button, Keyboard, Screen
from handlers.render.voice import listenable, words_of
from handlers.voice_data import VoiceAction, decode

_FILE_NAME = "reponse.ogg"
_log = logging.getLogger(__name__)


async def deliver(
    bot: Bot,
    services: Services,
    chat_id: int,
    screen: Screen,
    *,
    person: int | None,
    reply_to: int | None = None,
    keep: bool = True,
    aloud: bool = False,
) -> int:
    """Send a screen that can be listened to, then read it to those who chose so, or to everyone with `aloud`.

    `keep` is for texts of the base: the sound of what holds a person's words is never kept.
    """
    if not services.speech.available:
        return await send(bot, chat_id, screen, reply_to=reply_to)
    shown = listenable(services.texts, screen, keep=keep)
    message_id = await send(bot, chat_id, shown, reply_to=reply_to)
    if aloud or (person is not None and (await services.preferences.choices(person)).aloud):
        words = words_of(services.knowledge.current, screen)
        services.background.start(chat_id, speak(bot, services, chat_id, message_id, words, keep=keep))
    return message_id


async def speak(bot: Bot, services: Services, chat_id: int, message_id: int, words: str, *, keep: bool) -> None:
    """Send the sound of words as a reply to their text; a sentence when there is none."""
    try:
        sound = await services.speech.say(words, keep=keep)
        if services.voices.left(chat_id, message_id):
            return
        voice = await bot.send_voice(
            chat_id,
            InputFile(sound.content, filename=_FILE_NAME),
            duration=sound.seconds,
            reply_parameters=ReplyParameters(message_id, allow_sending_without_reply=True),
        )
        if services.voices.left(chat_id, message_id):  # while it was being sent
            await bot.delete_message(chat_id, voice.message_id)
        services.voices.sent(chat_id, message_id, voice.message_id)
    except (SpeechError, VoiceBusyError, TelegramError) as error:
        _log.info("an answer was not read aloud: %s", type(error).__name__)
        if not services.voices.left(chat_id, message_id):
            await _apologise(bot, services, chat_id)


async def _apologise(bot: Bot, services: Services, chat_id: int) -> None:
    try:
        await send(bot, chat_id, Screen((escape(services.texts.say("voix_panne")),)))
    except TelegramError as error:
        _log.info("nobody could be told: %s", type(error).__name__)


async def take_voices_back(bot: Bot, services: Services, message: Message) -> None:
    """Delete the voices that read a message, and let none follow."""
    for voice_id in services.voices.leave(message.chat_id, message.message_id):
        try:
            await bot.delete_message(message.chat_id, voice_id)
        except TelegramError as error:
            _log.info("a voice could not be taken back: %s", type(error).__name__)


def still_listenable(message: Message, keyboard: Keyboard) -> Keyboard:
    """The keyboard under the button to listen, where the message has it."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    for button in (button for row in rows for button in row):
        data = button.callback_data if isinstance(button.callback_data, str) else None
        pressed = decode(data)
        if pressed is not None and pressed.action is VoiceAction.LISTEN:
            return ((Button(button.text, data),), *keyboard)
    return keyboard
