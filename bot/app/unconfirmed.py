"""Which updates were taken from Telegram and are not answered yet.

Telegram forgets updates below the `offset` of the next poll. python-telegram-bot polls on at once, so a process
killed then would lose messages that nobody answered. We confirm only what is finished: nothing of a message needs
to be written down, and after a restart Telegram hands out again what was under way.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import NamedTuple

# When Telegram cannot be reached for a reply, the update is tried again after these pauses, the last one repeated.
_PAUSES = (2, 4, 8, 16, 32, 60)
_MOST_TRIES = 12  # some ten minutes; then the person is likely to have asked again


def _no_room() -> None:
    """Until somebody says how."""


class _Later(NamedTuple):
    tries: int
    not_before: float


class UnconfirmedUpdates:
    """Ids from being taken to being finished, and the lowest that must not be confirmed yet."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._under_way: set[int] = set()
        self._later: dict[int, _Later] = {}
        self._finished: set[int] = set()
        self._parked: set[int] = set()
        self.make_room: Callable[[], None] = _no_room  # called when a page of Telegram's fills up
        self._changed = asyncio.Event()

    def take(self, update_id: int) -> bool:
        """Note that an update is under way; False when it is known already, or not due again yet."""
        if update_id in self._under_way or update_id in self._finished:
            return False
        later = self._later.get(update_id)
        if later is not None and self._clock() < later.not_before:
            return False
        self._under_way.add(update_id)
        return True

    @contextmanager
    def parked(self, update_id: int) -> Iterator[None]:
        """Within it an update only waits for its turn: it stays unconfirmed, and no poll waits for it."""
        self._parked.add(update_id)
        self._changed.set()
        try:
            yield
        finally:
            self._parked.discard(update_id)
            self._changed.set()

    @property
    def only_parked(self) -> bool:
        """Whether all that is under way waits for its turn."""
        return bool(self._parked) and not self._later and self._under_way <= self._parked

    def postpone(self, update_id: int) -> bool:
        """Note that nobody could be answered: the update is taken again later. False after too many tries."""
        tries = self._later[update_id].tries + 1 if update_id in self._later else 1
        if tries >= _MOST_TRIES:
            return False
        pause = _PAUSES[min(tries, len(_PAUSES)) - 1]
        self._later[update_id] = _Later(tries, self._clock() + pause)
        self._under_way.discard(update_id)
        self._changed.set()
        return True

    def is_again(self, update_id: int) -> bool:
        """Whether an update was postponed before: it is no new message."""
        return update_id in self._later

    @property
    def lengths(self) -> dict[str, int]:
        """How many are being answered, wait for their turn, and wait for Telegram."""
        waiting = len(self._parked)
        return {"answering": len(self._under_way) - waiting, "slow_lane": waiting, "later": len(self._later)}

    def is_under_way(self, update_id: int) -> bool:
        """Whether an update is being dealt with at this moment."""
        return update_id in self._under_way

    def is_open(self, update_id: int) -> bool:
        """Whether an update is under way or to be taken again."""
        return update_id in self._under_way or update_id in self._later

    def seen(self, update_ids: Collection[int]) -> None:
        """Drop what was to be taken again and Telegram no longer hands out."""
        for gone in [known for known in self._later if known not in update_ids and known not in self._under_way]:
            del self._later[gone]

    def finish(self, update_id: int) -> None:
        """Note that an update is dealt with."""
        self._under_way.discard(update_id)
        self._later.pop(update_id, None)
        self._finished.add(update_id)
        floor = self.floor
        if floor is None:
            self._finished.clear()
        else:
            self._finished = {known for known in self._finished if known > floor}
        self._changed.set()

    @property
    def open(self) -> int:
        """How many are under way or to be taken again."""
        return len(self._under_way) + len(self._later)

    @property
    def floor(self) -> int | None:
        """The lowest update under way or to be taken again; None when all is finished."""
        return min((*self._under_way, *self._later), default=None)

    async def drained(self, seconds: float, *, wholly: bool = False) -> bool:
        """Wait until nothing is being answered (`wholly`: nor waits for its turn), at most that long; tell if so."""
        try:
            async with asyncio.timeout(seconds):
                while self._under_way if wholly else not self._under_way <= self._parked:
                    await self.change()
        except TimeoutError:
            return False
        return True

    async def change(self) -> None:
        """Wait for the next update to finish."""
        self._changed.clear()
        await self._changed.wait()
