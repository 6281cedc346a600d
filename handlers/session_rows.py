"""Keeps the buttons of a session, of a relay and of the steps under an answer whose other buttons change."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup, Message

from handlers.delivery import markup
from handlers.relay_data import PATTERN as RELAY
from handlers.render.screen import Keyboard
from handlers.session_data import PATTERN as SESSION
from handlers.step_data import PATTERN as STEPS


def with_session_rows(message: Message, keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """The new keyboard, below the rows of a session or of steps that stand under the message."""
    new, old = markup(keyboard), message.reply_markup
    rows = old.inline_keyboard if old else ()
    kept = [row for row in rows if any(_stays(str(button.callback_data)) for button in row)]
    return InlineKeyboardMarkup([*kept, *(new.inline_keyboard if new else ())]) if kept else new


def _stays(data: str) -> bool:
    return any(pattern.match(data) for pattern in (SESSION, RELAY, STEPS))
