"""The question that a message of ours answers. We remember nothing of it: Telegram hands it out with each press."""

from __future__ import annotations

from telegram import Message, MessageEntity


def asked_in(message: Message) -> Message | None:
    """The message that holds the question: the one replied to, or a notice, which quotes it."""
    if message.reply_to_message is not None:
        return message.reply_to_message
    return message if _quoted(message) is not None else None


def question_text(message: Message) -> str | None:
    """What was asked; None when Telegram no longer knows it."""
    asked = asked_in(message)
    if asked is None:
        return None
    ours = asked.from_user is not None and asked.from_user.is_bot
    return _quoted(asked) if ours else asked.text


def _quoted(message: Message) -> str | None:
    """The masked question that a notice begins with."""
    if not message.text:
        return None
    return next(iter(message.parse_entities([MessageEntity.BLOCKQUOTE]).values()), None)
