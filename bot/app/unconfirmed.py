"""Which updates were taken from Telegram and are not answered yet.

Telegram forgets updates below the `offset` of the next poll. python-telegram-bot polls on at once, so a process
killed then would lose messages that nobody answered. We confirm only what is finished: nothing of a message needs
to be written down, and after a restart Telegram hands out again what was under way.
"""

from __future__ import annotations

import asyncio


class UnconfirmedUpdates:
    """Ids from being taken to being finished, and the lowest that must not be confirmed yet."""

    def __init__(self) -> None:
        self._under_way: set[int] = set()
        self._finished: set[int] = set()
        self._changed = asyncio.Event()

    def take(self, update_id: int) -> bool:
        """Note that an update is under way; False when it is known already."""
        if update_id in self._under_way or update_id in self._finished:
            return False
        self._under_way.add(update_id)
        return True

    def finish(self, update_id: int) -> None:
        """Note that an update is dealt with."""
        self._under_way.discard(update_id)
        self._finished.add(update_id)
        floor = self.floor
        if floor is None:
            self._finished.clear()
        else:
            self._finished = {known for known in self._finished if known > floor}
        self._changed.set()

    @property
    def floor(self) -> int | None:
        """The lowest update under way; None when all is finished."""
        return min(self._under_way, default=None)

    async def drained(self, seconds: float) -> bool:
        """Wait until nothing is under way, at most that long; returns whether it is so."""
        try:
            async with asyncio.timeout(seconds):
                while self._under_way:
                    await self.change()
        except TimeoutError:
            return False
        return True

    async def change(self) -> None:
        """Wait for the next update to finish."""
        self._changed.clear()
        await self._changed.wait()
