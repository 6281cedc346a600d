"""Whether an update is what the Bot API promises, as far as the handlers build on it.

python-telegram-bot checks that fields are there, not what is in them: a number that is a list would be passed on, and
come back from Telegram as a refusal for each try.
"""

from __future__ import annotations

from datetime import datetime

from telegram import Bot, Location, Update

_POLE, _DATE_LINE = 90, 180


def readable(raw: dict[str, object], bot: Bot) -> Update:
    """The update; raises whatever a missing field or one of another type leads to."""
    update = Update.de_json(raw, bot)
    query = update.callback_query
    for message in (update.message, update.edited_message, query.message if query else None):
        if message is not None:
            _check(message.message_id, int)
            _check(message.chat.id, int)
            _check(message.chat.type, str)
    for message in (update.message, update.edited_message):
        if message is not None:
            _check(message.date, datetime)
            _check(message.edit_date or message.date, datetime)
            _check(message.text or "", str)
            _check(message.caption or "", str)
            if message.location is not None:
                _check_place(message.location)
    if update.effective_user is not None:
        _check(update.effective_user.id, int)
    if query is not None:
        _check(query.id, str)
        _check(query.data or "", str)
    if update.inline_query is not None:
        _check(update.inline_query.id, str)
        _check(update.inline_query.query, str)
        _check(update.inline_query.offset, str)
    if update.chosen_inline_result is not None:
        _check(update.chosen_inline_result.result_id, str)
    return update


def _check_place(location: Location) -> None:
    if not (abs(location.latitude) <= _POLE and abs(location.longitude) <= _DATE_LINE):
        raise ValueError("location")


def _check(value: object, kind: type) -> None:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError(kind.__name__)
