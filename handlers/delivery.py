"""Sends a screen: the one place where our values become telegram's."""

from __future__ import annotations

import asyncio
import logging

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, TelegramError

from handlers.render.screen import Keyboard, Screen

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_TYPING_SECONDS = 2.0  # a typing sign is a courtesy: it never holds up an answer for longer
_log = logging.getLogger(__name__)


def markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """telegram's keyboard, or None for none."""
    if not keyboard:
        return None
    rows = [[InlineKeyboardButton(b.label, callback_data=b.data, url=b.url) for b in row] for row in keyboard]
    return InlineKeyboardMarkup(rows)


async def send(bot: Bot, chat_id: int, screen: Screen, *, reply_to: int | None = None) -> None:
    """Send every part in order, the keyboard under the last. The first part quotes the question it answers."""
    last = len(screen.parts) - 1
    for place, part in enumerate(screen.parts):
        # Every part quotes the question: buttons find it again there, and nothing has to be remembered.
        quote = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
        await bot.send_message(
            chat_id,
            part,
            parse_mode=ParseMode.HTML,
            reply_markup=markup(screen.keyboard) if place == last else None,
            reply_parameters=quote if place in (0, last) else None,
            link_preview_options=_NO_PREVIEW,
        )


async def edit(message: Message, screen: Screen) -> None:
    """Put a screen of one part in place of a message; the same screen again is no error."""
    try:
        await message.edit_text(
            screen.parts[0],
            parse_mode=ParseMode.HTML,
            reply_markup=markup(screen.keyboard),
            link_preview_options=_NO_PREVIEW,
        )
    except BadRequest as error:
        if "not modified" not in str(error).lower():
            raise


async def typing(bot: Bot, chat_id: int) -> None:
    """Show that an answer is coming; whatever goes wrong with it is not worth an answer."""
    try:
        async with asyncio.timeout(_TYPING_SECONDS):
            await bot.send_chat_action(chat_id, ChatAction.TYPING)
    except (TelegramError, TimeoutError) as error:
        _log.debug("typing sign not shown: %s", type(error).__name__)


def chat_of(update: Update) -> int | None:
    """The chat to answer in."""
    return update.effective_chat.id if update.effective_chat else None
