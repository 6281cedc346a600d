"""Keeps the session's buttons under an answer whose other buttons change."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup, Message

from handlers.delivery import markup
from handlers.relay_data import PATTERN as RELAY
from handlers.render.screen import Keyboard
from handlers.session_data import PATTERN as SESSION


def with_session_rows(message: Message, keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """The new keyboard, below the rows of a session that stand under the message."""
    new, old = markup(keyboard), message.reply_markup
    rows = old.inline_keyboard if old else ()
    kept = [row for row in rows if any(_of_a_session(str(button.callback_data)) for button in row)]
    return InlineKeyboardMarkup([*kept, *(new.inline_keyboard if new else ())]) if kept else new


def _of_a_session(data: str) -> bool:
    return SESSION.match(data) is not None or RELAY.match(data) is not None
