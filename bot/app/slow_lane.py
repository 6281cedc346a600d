"""Who writes very fast is told so once, kindly, and then served at a pace; nobody else waits for it."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

PER_MINUTE = 20
PAUSE_SECONDS = 3.0  # between two messages in the slow lane: twenty a minute again
MOST_WAITING = 100  # messages of one chat; what comes above is not read, or one chat could fill the memory
_MOST_CHATS = 10_000
_MINUTE = timedelta(minutes=1)
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Lane:
    """The messages of one chat that wait, one behind the other."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


async def _tell_nobody(_chat_id: int) -> None:
    """Until somebody says how."""


class SlowLanes:
    """Counts the messages of each chat over a minute, in memory only."""

    def __init__(self) -> None:
        self.tell: Callable[[int], Awaitable[None]] = _tell_nobody
        self._written: dict[int, deque[datetime]] = {}
        self._lanes: dict[int, _Lane] = {}
        self._told: set[int] = set()
        self._hurried = asyncio.Event()

    def note(self, chat_id: int, now: datetime) -> bool:
        """Count a message written at a moment (messages of a whole night may come at once: that is no flood);
        whether it has to take the slow lane."""
        times = self._written.setdefault(chat_id, deque(maxlen=PER_MINUTE + 1))
        while times and now - times[0] >= _MINUTE:
            times.popleft()
        waits = chat_id in self._lanes
        if not times and not waits:
            self._told.discard(chat_id)  # a quiet minute: the next flood is another one
        times.append(now)
        if len(self._written) > _MOST_CHATS:
            self._forget_the_quiet(now)
        return waits or len(times) > PER_MINUTE

    async def wait(self, chat_id: int) -> bool:
        """Wait for one's turn in the slow lane; False when too many wait there already."""
        lane = self._lanes.setdefault(chat_id, _Lane())
        if lane.waiting >= MOST_WAITING:
            return False
        lane.waiting += 1
        try:
            async with lane.turn:
                if chat_id not in self._told:
                    self._told.add(chat_id)
                    _log.info("a chat writes very fast: it is served slowly")
                    await self.tell(chat_id)
                await self._pause()
            return True
        finally:
            lane.waiting -= 1
            if not lane.waiting:
                del self._lanes[chat_id]

    def hurry(self) -> None:
        """The program ends: what waits is served at once."""
        self._hurried.set()

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(PAUSE_SECONDS):
                await self._hurried.wait()
        except TimeoutError:
            return

    def _forget_the_quiet(self, now: datetime) -> None:
        for chat_id in [chat for chat, times in self._written.items() if now - times[-1] >= _MINUTE]:
            del self._written[chat_id]
            if chat_id not in self._lanes:
                self._told.discard(chat_id)
