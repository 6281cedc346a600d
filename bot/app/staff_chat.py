"""The chat of the staff: what they must hear of is kept, and sent again, while Telegram cannot be reached."""

from __future__ import annotations

import logging
from collections import deque
from datetime import timedelta
from typing import Any

from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import CallbackContext, JobQueue

from handlers.delivery import unreachable

JOB = "staff chat"
_EVERY = timedelta(minutes=1)
_MOST_KEPT = 20
_LONGEST = 4000
_log = logging.getLogger(__name__)


class StaffChat:
    """Sends in order; nothing is said by the chat's absence but in the log."""

    def __init__(self, bot: Bot, chat_id: int | None) -> None:
        self._bot = bot
        self._chat_id = chat_id
        self._kept: deque[str] = deque(maxlen=_MOST_KEPT)

    async def send(self, text: str) -> None:
        """Tell staff now, or as soon as Telegram can be reached."""
        if not text:
            return
        _log.warning("for staff: %s", text)
        if self._chat_id is None:
            return
        if self._kept or not await self._sent(text):
            self._kept.append(text)

    async def send_kept(self) -> None:
        """Try again what could not be sent."""
        while self._kept:
            text = self._kept[0]
            if not await self._sent(text):
                return
            if self._kept and self._kept[0] is text:
                self._kept.popleft()

    def schedule(self, queue: JobQueue[Any] | None) -> None:
        """Look every minute."""

        async def look(_context: CallbackContext) -> None:  # type: ignore[type-arg]
            await self.send_kept()

        if queue is not None:
            queue.run_repeating(look, _EVERY, name=JOB)

    async def _sent(self, text: str) -> bool:
        """Whether a text is dealt with: it was taken, or will never be."""
        if self._chat_id is None:
            return True
        try:
            await self._bot.send_message(self._chat_id, text[:_LONGEST])
        except TelegramError as error:
            _log.error("staff could not be told: %s", type(error).__name__)
            return not unreachable(error)
        return True
