"""Who writes very fast is told so once, kindly, and then served at a pace; nobody else waits for it.

What waits here is not confirmed to Telegram: a process that is killed gets it again. So only a few messages may wait,
and what comes above them is not read at all, which the notice says. Telegram hands out updates a page at a time from
the lowest unconfirmed one on; when such a page fills up, what waits is answered at once, so that nobody is hidden
behind it. A place in the lane stays taken for its full pause all the same: however often that happens, the pace holds.

Writing down what waits instead would put people's own words into the database, beside the chat to answer in.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

PER_MINUTE = 20
PAUSE_SECONDS = 3.0  # between two messages in the slow lane: twenty a minute again
MOST_WAITING = 10  # messages of one chat: half a minute's worth
_MOST_CHATS = 10_000
_MINUTE = timedelta(minutes=1)
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Lane:
    """The messages of one chat that wait, one behind the other, and when each place is free again."""

    order: asyncio.Lock = field(default_factory=asyncio.Lock)
    turns: deque[float] = field(default_factory=deque)
    waiting: int = 0

    def turn(self) -> float | None:
        """Take the next place: when its turn comes; None when all are taken."""
        now = monotonic()
        while self.turns and self.turns[0] <= now:
            self.turns.popleft()
        if len(self.turns) >= MOST_WAITING:
            return None
        self.turns.append(max(now, self.turns[-1] if self.turns else now) + PAUSE_SECONDS)
        return self.turns[-1]

    @property
    def is_empty(self) -> bool:
        return not self.waiting and (not self.turns or self.turns[-1] <= monotonic())


async def _tell_nobody(_chat_id: int) -> None:
    """Until somebody says how."""


class SlowLanes:
    """Counts the messages of each chat over a minute, in memory only."""

    def __init__(self) -> None:
        self.tell: Callable[[int], Awaitable[None]] = _tell_nobody
        self._written: dict[int, deque[datetime]] = {}
        self._lanes: dict[int, _Lane] = {}
        self._told: set[int] = set()
        self._released = asyncio.Event()
        self._ending = False

    def note(self, chat_id: int, now: datetime) -> bool:
        """Count a message written at a moment (messages of a whole night may come at once: that is no flood);
        whether it has to take the slow lane."""
        times = self._written.setdefault(chat_id, deque(maxlen=PER_MINUTE + 1))
        while times and now - times[0] >= _MINUTE:
            times.popleft()
        lane = self._lanes.get(chat_id)
        waits = lane is not None and lane.waiting > 0
        if not times and not waits:
            self._told.discard(chat_id)  # a quiet minute: the next flood is another one
        times.append(now)
        if len(self._written) > _MOST_CHATS:
            self._forget_the_quiet(now)
        return waits or len(times) > PER_MINUTE

    async def wait(self, chat_id: int) -> bool:
        """Wait for one's turn in the slow lane; False when too many wait there already: it is not read."""
        lane = self._lanes.setdefault(chat_id, _Lane())
        turn, released = lane.turn(), self._released
        if turn is None:
            return False
        lane.waiting += 1
        try:
            async with lane.order:
                if chat_id not in self._told:
                    self._told.add(chat_id)
                    _log.info("a chat writes very fast: it is served slowly")
                    await self.tell(chat_id)
                await _until(turn, released)
            return True
        finally:
            lane.waiting -= 1
            if lane.is_empty:
                self._lanes.pop(chat_id, None)

    def release(self) -> None:
        """What waits at this moment is served at once."""
        self._released.set()
        if not self._ending:
            self._released = asyncio.Event()

    def hurry(self) -> None:
        """The program ends: what waits, and what still comes, is served at once."""
        self._ending = True
        self.release()

    def _forget_the_quiet(self, now: datetime) -> None:
        for chat_id in [chat for chat, times in self._written.items() if now - times[-1] >= _MINUTE]:
            del self._written[chat_id]
            if chat_id not in self._lanes or self._lanes[chat_id].is_empty:
                self._lanes.pop(chat_id, None)
                self._told.discard(chat_id)


async def _until(turn: float, released: asyncio.Event) -> None:
    """Wait for a moment, or for being let go before."""
    try:
        async with asyncio.timeout(turn - monotonic()):
            await released.wait()
    except TimeoutError:
        return
