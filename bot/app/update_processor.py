"""Handles updates of many chats at once, of one chat in order, and of one update once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any

from telegram import Update, User
from telegram.ext import BaseUpdateProcessor

from bot.app.slow_lane import SlowLanes
from bot.app.unconfirmed import UnconfirmedUpdates
from bot.services.knowledge import NotLoadedError
from bot.services.meters import Meters
from bot.services.updates import UpdateService

_AT_ONCE = 256
_MOST_TAKEN = 1_000_000  # python-telegram-bot's own limit, out of the way: what waits for its turn takes no slot
_NOBODY = User(0, "", is_bot=False)
_NUMBERS = "/urgence"  # whoever asks for the emergency numbers does not wait for them
_log = logging.getLogger(__name__)


class ChatOrder(BaseUpdateProcessor):
    """One lock for each chat that has something under way, and a slow lane for each that writes too fast."""

    __slots__ = (
        "_is_danger", "_locks", "_meters", "_ready", "_slots", "_unconfirmed", "_under_way", "_updates", "lanes",
    )  # fmt: skip

    def __init__(
        self,
        updates: UpdateService,
        ready: Callable[[], Awaitable[None]],
        unconfirmed: UnconfirmedUpdates,
        lanes: SlowLanes,
        is_danger: Callable[[str], bool],
        meters: Meters,
    ) -> None:
        super().__init__(_MOST_TAKEN)
        self.lanes = lanes
        self._updates = updates
        self._ready = ready
        self._unconfirmed = unconfirmed
        self._is_danger = is_danger
        self._meters = meters
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._locks: dict[int, tuple[asyncio.Lock, int]] = {}
        self._under_way: set[int] = set()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Run the handlers of an update unless it was answered already."""
        if not isinstance(update, Update):
            await coroutine
            return
        if update.update_id in self._under_way:
            _drop(coroutine)
            return
        self._under_way.add(update.update_id)
        answered = False
        try:
            answered = await self._in_order(update, coroutine)
        except Exception:
            answered = True  # a fault of ours: taken again and again, it would hold up all that stand behind it
            raise
        finally:
            self._under_way.discard(update.update_id)
            if answered:
                self._unconfirmed.finish(update.update_id)

    async def _in_turn(self, update: Update) -> bool:
        """Wait when this chat writes too fast; False when it is not to be read at all. Danger never waits."""
        message, chat = update.message or update.edited_message, update.effective_chat
        if message is None or chat is None or self._unconfirmed.is_again(update.update_id):
            return True
        if not self.lanes.note(chat.id, message.edit_date or message.date) or self._tells_of_danger(update):
            return True
        with self._unconfirmed.parked(update.update_id):
            return await self.lanes.wait(chat.id)

    async def _in_order(self, update: Update, coroutine: Awaitable[Any]) -> bool:
        try:
            await self._ready()
        except NotLoadedError:  # the process is ending: Telegram hands this update out again
            _drop(coroutine)
            return False
        # What was answered before is no new message: after a restart it must not count as a flood.
        if await self._updates.is_done(update.update_id) or not await self._in_turn(update):
            _drop(coroutine)
            return True
        begun = monotonic()  # what waits in a slow lane waits on purpose
        try:
            return await self._after_the_others(update, coroutine)
        finally:
            self._meters.answered(monotonic() - begun)

    async def _after_the_others(self, update: Update, coroutine: Awaitable[Any]) -> bool:
        """Handle an update once those of the same chat before it are."""
        # An inline search belongs to no chat: the searches of one person are answered in order, as their messages are.
        chat_id = (update.effective_chat or update.effective_user or _NOBODY).id
        lock, waiting = self._locks.get(chat_id, (asyncio.Lock(), 0))
        self._locks[chat_id] = (lock, waiting + 1)
        try:
            if (waiting or self._slots.locked()) and self._tells_of_danger(update):
                return await self._handle(update, coroutine)
            async with lock, self._slots:
                return await self._handle(update, coroutine)
        finally:
            lock, waiting = self._locks[chat_id]
            if waiting == 1:
                del self._locks[chat_id]
            else:
                self._locks[chat_id] = (lock, waiting - 1)

    async def _handle(self, update: Update, coroutine: Awaitable[Any]) -> bool:
        await coroutine
        if self._updates.was_not_answered(update.update_id) and self._unconfirmed.postpone(update.update_id):
            return False
        await self._updates.finish(update.update_id)
        return True

    def _tells_of_danger(self, update: Update) -> bool:
        """Whether an update goes before everything that waits."""
        message = update.message or update.edited_message
        text = (message.text or message.caption) if message is not None else None
        return bool(text) and (str(text).startswith(_NUMBERS) or self._is_danger(str(text)))

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""


def _drop(coroutine: Awaitable[Any]) -> None:
    """Close a handler that will not run, so that Python does not complain of it."""
    close = getattr(coroutine, "close", None)
    if close is not None:
        close()
