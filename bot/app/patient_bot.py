"""A telegram Bot whose polling confirms only updates that are finished."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any

from telegram import Update
from telegram.ext import AIORateLimiter, ExtBot

from bot.app.unconfirmed import UnconfirmedUpdates

# While answers are under way we wait a moment before polling without confirming: usually they finish first, and the
# poll that follows confirms them. Such a poll hands out again all that is under way: the more there is, the rarer.
_LEAST_PATIENCE_SECONDS = 0.02
_PATIENCE_SECONDS_EACH = 0.004
_MOST_PATIENCE_SECONDS = 0.25
_LAST_PATIENCE_SECONDS = 2.0
# While messages only wait for their turn in a slow lane, Telegram is asked again after that long: it hands out what
# waits with each poll, so a poll cannot wait there for somebody new.
_PARKED_SECONDS = 0.02
# Telegram hands out a page from the lowest unconfirmed update on. When it holds that many, slow lanes are emptied.
# When none of a full page ends for some seconds, the page is confirmed all the same and kept here: others stand
# behind it. A process that is killed then loses what is kept, so this is left to replies that Telegram refuses.
_CROWD = 40
_PAGE = 100
_STUCK_SECONDS = 5.0


class PatientBot(ExtBot[AIORateLimiter]):
    """See `unconfirmed`: at least once, without keeping anybody's message."""

    __slots__ = ("_heard", "_held", "_stuck", "unconfirmed")

    def __init__(self, *arguments: Any, heard: Callable[[], None] | None = None, **options: Any) -> None:
        """`heard` is called whenever a poll was answered."""
        super().__init__(*arguments, **options)
        with self._unfrozen():
            self.unconfirmed = UnconfirmedUpdates()
            self._heard = heard
            self._held: dict[int, Update] = {}
            self._stuck: tuple[int, float] = (0, 0.0)  # the floor, and since when it has not moved

    async def get_updates(  # type: ignore[override]  # the options are passed through as they are
        self,
        offset: int | None = None,
        limit: int | None = None,
        timeout: Any = 0,  # noqa: ASYNC109 (telegram's own name)
        **options: Any,
    ) -> tuple[Update, ...]:
        """New updates; a poll never confirms one that is still under way. Without a timeout it only confirms:
        python-telegram-bot polls so once more when it stops."""
        if not timeout:
            await self.unconfirmed.drained(_LAST_PATIENCE_SECONDS, wholly=True)
            floor = self.unconfirmed.floor
            await super().get_updates(offset if floor is None else floor, limit, 0, **options)
            return ()
        while True:
            await self.unconfirmed.drained(self._patience)
            floor = self.unconfirmed.floor
            if floor is None:
                found = await super().get_updates(offset, limit, timeout, **options)
            else:
                found = await super().get_updates(floor, limit, 0, **options)
            if self._heard is not None:
                self._heard()
            if floor is not None and len(found) >= _CROWD:
                self.unconfirmed.make_room()
            if floor is not None and len(found) >= (limit or _PAGE) and self._is_stuck(floor):
                self._held.update({update.update_id: update for update in found})
                found = await super().get_updates(found[-1].update_id + 1, limit, 0, **options)
            self._held = {number: kept for number, kept in self._held.items() if self.unconfirmed.is_open(number)}
            known = {update.update_id for update in found}
            found = (*(kept for number, kept in self._held.items() if number not in known), *found)
            self.unconfirmed.seen({update.update_id for update in found})
            fresh = tuple(update for update in found if self.unconfirmed.take(update.update_id))
            if fresh or floor is None:
                return fresh
            try:
                async with asyncio.timeout(_PARKED_SECONDS if self.unconfirmed.only_parked else self._patience):
                    await self.unconfirmed.change()
            except TimeoutError:
                continue

    @property
    def _patience(self) -> float:
        return min(_LEAST_PATIENCE_SECONDS + _PATIENCE_SECONDS_EACH * self.unconfirmed.open, _MOST_PATIENCE_SECONDS)

    def _is_stuck(self, floor: int) -> bool:
        """Whether the lowest update under way has been the same one for too long."""
        now = monotonic()
        if self._stuck[0] != floor:
            self._stuck = (floor, now)
        return now - self._stuck[1] >= _STUCK_SECONDS
