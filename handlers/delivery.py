"""Sends a screen: the one place where our values become telegram's."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

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
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from handlers.render.screen import Keyboard, Screen

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_AT_ONCE_SECONDS = 0.3
_PAUSES = (0.3, 1.0)  # seconds before a call is tried again
_log = logging.getLogger(__name__)


def markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """telegram's keyboard, or None for none."""
    if not keyboard:
        return None
    rows = [[InlineKeyboardButton(b.label, callback_data=b.data, url=b.url) for b in row] for row in keyboard]
    return InlineKeyboardMarkup(rows)


async def send(bot: Bot, chat_id: int, screen: Screen, *, reply_to: int | None = None) -> int:
    """Send every part in order, the keyboard under the last; returns the number of the last message.

    The first part quotes the question it answers.
    """
    last, sent = len(screen.parts) - 1, 0
    for place, part in enumerate(screen.parts):
        # Every part quotes the question: buttons find it again there, and nothing has to be remembered.
        quote = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
        message = await _patiently(
            bot.send_message,
            chat_id,
            part,
            parse_mode=ParseMode.HTML,
            reply_markup=markup(screen.keyboard) if place == last else None,
            reply_parameters=quote if place in (0, last) else None,
            link_preview_options=_NO_PREVIEW,
        )
        sent = message.message_id
    return sent


async def send_once(bot: Bot, chat_id: int, part: str, keyboard: Keyboard = ()) -> None:
    """Send one part, and leave it to the caller when to try again: what was interrupted may have arrived."""
    await bot.send_message(
        chat_id,
        part,
        parse_mode=ParseMode.HTML,
        reply_markup=markup(keyboard),
        link_preview_options=_NO_PREVIEW,
    )


def unreachable(error: BaseException | None) -> bool:
    """Whether Telegram did not take a call now, and may take the same one later."""
    return isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest)


async def _patiently(call: Callable[..., Awaitable[Message]], *arguments: object, **options: object) -> Message:
    """Try a call again when Telegram stumbles; a time-out is left alone, the message may have arrived."""
    for pause in _PAUSES:
        try:
            return await call(*arguments, **options)
        except NetworkError as error:
            if isinstance(error, BadRequest | TimedOut):
                raise
            _log.info("Telegram stumbled (%s), trying again", type(error).__name__)
            await asyncio.sleep(pause)
    return await call(*arguments, **options)


async def edit(message: Message, screen: Screen) -> None:
    """Put a screen of one part in place of a message, or below where the message is gone or too old to change."""
    try:
        await message.edit_text(
            screen.parts[0],
            parse_mode=ParseMode.HTML,
            reply_markup=markup(screen.keyboard),
            link_preview_options=_NO_PREVIEW,
        )
    except BadRequest as error:
        if "not modified" not in str(error).lower():  # the same screen again is no error
            await send(message.get_bot(), message.chat_id, screen)


@contextlib.asynccontextmanager
async def typing(bot: Bot, chat_id: int) -> AsyncIterator[None]:
    """Show that an answer is coming, unless it is there at once: the sign itself costs a call to Telegram."""
    sign = asyncio.get_running_loop().create_task(_typing_soon(bot, chat_id))
    try:
        yield
    finally:
        sign.cancel()
        await asyncio.gather(sign, return_exceptions=True)


async def _typing_soon(bot: Bot, chat_id: int) -> None:
    await asyncio.sleep(_AT_ONCE_SECONDS)
    try:
        await bot.send_chat_action(chat_id, ChatAction.TYPING)
    except TelegramError as error:  # a courtesy: whatever goes wrong with it is not worth an answer
        _log.debug("typing sign not shown: %s", type(error).__name__)


def chat_of(update: Update) -> int | None:
    """The chat to answer in."""
    return update.effective_chat.id if update.effective_chat else None
