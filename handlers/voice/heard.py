"""A resident speaks: the voice message becomes text, is shown back, and is answered like text."""

from __future__ import annotations

from telegram import Audio, Message, Update, Voice
from telegram.error import BadRequest

from bot.context import Context
from bot.services.ask import Asked
from bot.services.voice import TranscriptionError, VoiceBusyError
from bot.services.voice.transcription import MOST_BYTES, MOST_SECONDS
from handlers.delivery import send, typing
from handlers.question import answer_words
from handlers.reading_aloud import deliver
from handlers.render.html import escape
from handlers.render.menus import theme_buttons
from handlers.render.screen import Screen
from handlers.render.voice import heard_screen, not_heard_screen


async def voice_message(update: Update, context: Context) -> None:
    """Hear a new voice message; where nothing can hear it, say kindly what to do instead."""
    message = update.message  # a caption that changes later says nothing new
    spoken = (message.voice or message.audio) if message is not None else None
    if message is None or spoken is None:
        return
    services = context.services
    if not services.transcription.available:
        services.updates.count(update.update_id, "not_text")
        themes = theme_buttons(services.knowledge.current)
        await _reply(message, context, Screen((escape(services.texts.say("recu_voix")),), themes))
        return
    services.updates.count(update.update_id, "voice")
    text = await _words(message, spoken, context)
    if text is None:
        return

    async def echo(asked: Asked) -> int:
        screen = heard_screen(services.knowledge.current, text, asked.kept)
        return await send(context.bot, message.chat_id, screen, reply_to=message.message_id)

    await answer_words(message, text, update, context, echo=echo)


async def _words(message: Message, spoken: Voice | Audio, context: Context) -> str | None:
    """What was said, or None once the person was told why it is not known."""
    services, minutes = context.services, MOST_SECONDS // 60
    if _seconds(spoken) > MOST_SECONDS or (spoken.file_size or 0) > MOST_BYTES:
        await _refuse(message, context, "voix_trop_longue", minutes=minutes)
        return None
    if services.transcription.is_full:
        await _refuse(message, context, "voix_occupee")
        return None
    try:
        async with typing(context.bot, message.chat_id):
            file = await context.bot.get_file(spoken.file_id)
            if (file.file_size or 0) > MOST_BYTES:
                await _refuse(message, context, "voix_trop_longue", minutes=minutes)
                return None
            return await services.transcription.hear(bytes(await file.download_as_bytearray()))
    except BadRequest:  # too large for Telegram, or no longer there
        await _refuse(message, context, "voix_trop_longue", minutes=minutes)
    except VoiceBusyError:
        await _refuse(message, context, "voix_occupee")
    except TranscriptionError:
        await _refuse(message, context, "voix_pas_comprise")
    return None


def _seconds(spoken: Voice | Audio) -> float:
    duration = spoken.duration
    return duration if isinstance(duration, int) else duration.total_seconds()


async def _refuse(message: Message, context: Context, key: str, **values: object) -> None:
    knowledge = context.services.knowledge.current
    await _reply(message, context, not_heard_screen(knowledge, theme_buttons(knowledge), key, **values))


async def _reply(message: Message, context: Context, screen: Screen) -> None:
    """Said aloud too: whoever speaks may not read."""
    person = message.from_user.id if message.from_user else None
    await deliver(
        context.bot, context.services, message.chat_id, screen,
        person=person, reply_to=message.message_id, aloud=True,
    )  # fmt: skip
