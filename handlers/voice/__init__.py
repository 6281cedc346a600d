"""Listening and speaking: answers read aloud, voice messages heard."""

from __future__ import annotations

from telegram.ext import Application, CallbackQueryHandler, MessageHandler, filters

from handlers.voice.buttons import press
from handlers.voice.heard import voice_message
from handlers.voice_data import PATTERN


def register(application: Application) -> None:  # type: ignore[type-arg]
    spoken = (filters.VOICE | filters.AUDIO) & filters.ChatType.PRIVATE & filters.UpdateType.MESSAGES
    application.add_handler(CallbackQueryHandler(press, pattern=PATTERN))
    application.add_handler(MessageHandler(spoken, voice_message))
