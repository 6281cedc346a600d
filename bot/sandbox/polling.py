"""getUpdates: waits for updates, one poll at a time, and loses none when a poll is given up."""

import asyncio
from dataclasses import dataclass

from bot.sandbox.errors import ApiError
from bot.sandbox.methods.information import remember_allowed
from bot.sandbox.parameters import Parameters
from bot.sandbox.updates import MOST_AT_ONCE, Pending
from bot.sandbox.world import World

LONGEST_POLL = 50.0
_WEBHOOK = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
_OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(slots=True)
class Polling:
    """The poll under way, if any."""

    world: World
    _current: "asyncio.Future[None] | None" = None

    async def updates(self, p: Parameters, abandoned: "asyncio.Future[None]") -> list[Pending]:
        """The next updates, or none when the timeout passes or the caller is gone; raises ApiError."""
        world = self.world
        if world.webhook.url:
            raise ApiError(409, f"Conflict: {_WEBHOOK}")
        remember_allowed(world, p)
        if self._current is not None and not self._current.done():
            self._current.set_result(None)
        replaced: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._current = replaced
        world.updates.confirm(p.integer("offset"))
        limit = p.integer("limit", MOST_AT_ONCE)
        limit = limit if 1 <= limit <= MOST_AT_ONCE else MOST_AT_ONCE
        seconds = min(max(p.integer("timeout"), 0), LONGEST_POLL)
        batch = world.updates.batch(limit)
        if not batch and seconds:
            batch = await self._wait(limit, seconds, replaced, abandoned)
        if replaced.done():
            raise ApiError(409, f"Conflict: {_OTHER_POLL}")
        return [] if abandoned.done() else batch

    async def _wait(
        self, limit: int, seconds: float, replaced: "asyncio.Future[None]", abandoned: "asyncio.Future[None]"
    ) -> list[Pending]:
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not (batch := self.world.updates.batch(limit)):
            left = end - loop.time()
            if left <= 0 or replaced.done() or abandoned.done():
                break
            news = self.world.news.next()
            try:
                await asyncio.wait({news, replaced, abandoned}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            finally:
                news.cancel()
        return batch
