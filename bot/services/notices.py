"""Sends published answers to those who wait for them: nobody is forgotten, and nobody is told twice but in one case.

One person at a time: Telegram is asked to deliver, and only its yes erases the person's id, which is what makes them
due. Killed at any moment, the program goes on with whoever is still due. So each person is told at least once; told
twice is at most the one whose message Telegram had taken when its yes was lost. Nobody can tell that case from a
message that was lost: we rather say the answer twice to one person than to nobody.

The same holds while Telegram does not answer: before a person is tried again, a call that sends nothing must work.
A database that cannot erase holds everything up: the next person is told only once it has.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum

from bot.services.clock import Clock, paris_day
from bot.services.storage_health import StorageHealth
from bot.storage.errors import StorageError
from bot.storage.follow_ups import DueRow, FollowUpStore

# Telegram takes some 30 messages a second from a bot; half of them are for conversations.
_PACE_SECONDS = 1 / 15
_LAST_PATIENCE_SECONDS = 8.0  # for a message under way when the program ends
_LOOK_AGAIN_SECONDS = 5.0  # also what another program published, or a topic that was not loaded yet
_log = logging.getLogger(__name__)


class Outcome(Enum):
    """What became of a notice: its value is what it counts as."""

    TOLD = "notice"
    GONE = "notice_gone"  # the person blocked the bot or left Telegram
    REFUSED = "notice_refused"  # Telegram takes no such message
    LATER = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far a notice came: the parts that Telegram has, and how long to wait before the others."""

    outcome: Outcome
    parts: int = 0
    pause: float = 0


Deliver = Callable[[DueRow, int], Awaitable[Delivery]]  # (who and what, the parts they have already)


async def _nobody(_due: DueRow, _parts: int) -> Delivery:
    """Until somebody says how."""
    return Delivery(Outcome.LATER, pause=_LOOK_AGAIN_SECONDS)


class NoticeSender:
    """The one task that sends notices."""

    def __init__(
        self, store: FollowUpStore, is_topic: Callable[[str], bool], health: StorageHealth, clock: Clock
    ) -> None:
        self.deliver: Deliver = _nobody
        self._store = store
        self._is_topic = is_topic
        self._health = health
        self._clock = clock
        self._woken = asyncio.Event()
        self._begun: tuple[DueRow, int] | None = None

    def wake(self) -> None:
        """There may be something to send."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Send whatever is due until `stop`; what is under way then is finished."""
        stopping = asyncio.ensure_future(stop.wait())
        stopping.add_done_callback(lambda _: self._woken.set())
        sent = 0
        try:
            while not stop.is_set():
                self._woken.clear()
                try:
                    due = await self._next()
                    if due is None and sent:
                        await self._store.finish()
                        _log.info("notices: %d person(s) dealt with", sent)
                        sent = 0
                    sent += due is not None and await self._send(due, stop)
                except StorageError as error:
                    await self._health.failed(error)
                    await _pause(stop, _LOOK_AGAIN_SECONDS)
                    continue
                except Exception as error:  # noqa: BLE001 (whatever one notice does, the others are not forgotten)
                    _log.error("a notice failed: %s", type(error).__name__, exc_info=error)
                    await _pause(stop, _LOOK_AGAIN_SECONDS)
                    continue
                if due is None:
                    await _pause(self._woken, _LOOK_AGAIN_SECONDS)
        finally:
            stopping.cancel()

    async def _next(self) -> DueRow | None:
        today = paris_day(self._clock)
        for notice in await self._store.under_way(today):
            if notice.topic is None or self._is_topic(notice.topic):
                due = await self._store.due(notice, today)
                if due is not None:
                    return due
        return None

    async def _send(self, due: DueRow, stop: asyncio.Event) -> bool:
        """Whether the person needs nothing more: they were told, or cannot be."""
        parts = self._begun[1] if self._begun and self._begun[0] == due else 0
        delivery = await self._delivered(due, parts, stop)
        if delivery is None:
            return False
        if delivery.outcome is Outcome.LATER:
            self._begun = (due, delivery.parts)
            await _pause(stop, delivery.pause)
            return False
        self._begun = None
        await self._erase(due, delivery.outcome, stop)
        await _pause(stop, _PACE_SECONDS * max(1, delivery.parts - parts))
        return True

    async def _delivered(self, due: DueRow, parts: int, stop: asyncio.Event) -> Delivery | None:
        """The delivery; None when it did not end soon after `stop`: it is tried again after a start."""
        delivery = asyncio.ensure_future(self.deliver(due, parts))
        stopping = asyncio.ensure_future(stop.wait())
        try:
            await asyncio.wait({delivery, stopping}, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait({delivery}, timeout=_LAST_PATIENCE_SECONDS)
            return delivery.result() if delivery.done() else None
        finally:
            stopping.cancel()
            delivery.cancel()

    async def _erase(self, due: DueRow, outcome: Outcome, stop: asyncio.Event) -> None:
        """Erase the id at all costs: as long as it stands there, the person would be told again."""
        while True:
            try:
                await self._store.told(due, outcome.value, paris_day(self._clock))
            except StorageError as error:
                _log.error("a person who was told cannot be erased: %s", error)
                await self._health.failed(error)
                if stop.is_set():
                    return
                await _pause(stop, _LOOK_AGAIN_SECONDS)
            else:
                await self._health.worked()
                return


async def _pause(event: asyncio.Event, seconds: float) -> None:
    """Wait for an event, at most that long."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
