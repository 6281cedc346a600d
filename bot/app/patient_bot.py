"""A telegram Bot whose polling confirms only updates that are finished."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from time import monotonic
from typing import Any

from telegram import Update
from telegram.ext import AIORateLimiter, ExtBot

from bot.app.readable_updates import readable
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
Raw = dict[str, Any]  # an update as JSON
_log = logging.getLogger(__name__)


class PatientBot(ExtBot[AIORateLimiter]):
    """See `unconfirmed`: at least once, without keeping anybody's message."""

    __slots__ = ("_heard", "_held", "_stuck", "unconfirmed")

    def __init__(self, *arguments: Any, heard: Callable[[], None] | None = None, **options: Any) -> None:
        """`heard` is called whenever a poll was answered."""
        super().__init__(*arguments, **options)
        with self._unfrozen():
            self.unconfirmed = UnconfirmedUpdates()
            self._heard = heard
            self._held: dict[int, Raw] = {}
            self._stuck: tuple[int, float] = (0, 0.0)  # the floor, and since when it has not moved

    def __repr__(self) -> str:
        """Without the token, which telegram's own would show."""
        return f"{type(self).__name__}[…]"

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
            await self._poll(offset if floor is None else floor, limit, 0, **options)
            return ()
        while True:
            await self.unconfirmed.drained(self._patience)
            floor = self.unconfirmed.floor
            if floor is None:
                found = await self._poll(offset, limit, timeout, **options)
            else:
                found = await self._poll(floor, limit, 0, **options)
            if self._heard is not None:
                self._heard()
            if floor is not None and len(found) >= _CROWD:
                self.unconfirmed.make_room()
            if floor is not None and len(found) >= (limit or _PAGE) and self._is_stuck(floor):
                self._held.update(found)
                found = await self._poll(max(found) + 1, limit, 0, **options)
            self._held = {number: kept for number, kept in self._held.items() if self.unconfirmed.is_open(number)}
            found = {**{number: kept for number, kept in self._held.items() if number not in found}, **found}
            self.unconfirmed.seen(found)
            fresh = tuple(self._readable(found))
            if fresh or (floor is None and not found):
                return fresh
            if floor is None:
                offset = max(found) + 1  # nothing in it can be read: it is confirmed all the same
                continue
            try:
                async with asyncio.timeout(_PARKED_SECONDS if self.unconfirmed.only_parked else self._patience):
                    await self.unconfirmed.change()
            except TimeoutError:
                continue

    async def _poll(self, offset: int | None, limit: int | None, timeout: Any, **options: Any) -> dict[int, Raw]:  # noqa: ASYNC109
        """What Telegram hands out, by number and as it came: most of it is known already and never read again."""
        seconds = timeout.total_seconds() if isinstance(timeout, timedelta) else timeout
        data = {name: options.pop(name) for name in ("allowed_updates",) if name in options}
        if isinstance(options.get("read_timeout"), float | int):
            options["read_timeout"] += seconds
        else:
            options["read_timeout"] = (self._request[0].read_timeout or 0) + seconds
        data |= {"timeout": seconds, "offset": offset, "limit": limit}
        found: list[Raw] = await self._post("getUpdates", data, **options)
        return {one["update_id"]: one for one in found}

    def _readable(self, found: dict[int, Raw]) -> Iterator[Update]:
        """Those that are taken now. One that cannot be read must not hold up those behind it."""
        for number, raw in found.items():
            if not self.unconfirmed.take(number):
                continue
            try:
                yield readable(raw, self)
            except Exception as error:  # noqa: BLE001 (whatever a field of another type leads to)
                _log.error("an update cannot be read: %s", type(error).__name__)
                self.unconfirmed.finish(number)

    @property
    def _patience(self) -> float:
        return min(_LEAST_PATIENCE_SECONDS + _PATIENCE_SECONDS_EACH * self.unconfirmed.open, _MOST_PATIENCE_SECONDS)

    def _is_stuck(self, floor: int) -> bool:
        """Whether the lowest update under way has been the same one for too long."""
        now = monotonic()
        if self._stuck[0] != floor:
            self._stuck = (floor, now)
        return now - self._stuck[1] >= _STUCK_SECONDS
