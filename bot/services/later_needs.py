"""Needs that the database could not take yet: held in memory, redacted already, and tried again until it can."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import OrderedDict

from bot.domain.needs import Need
from bot.services.storage_health import StorageHealth
from bot.storage.errors import StorageError
from bot.storage.needs import NeedStore

_MOST = 1_000  # some hundred kilobytes; beyond, a need is told as not kept
_PAUSE_SECONDS = 2.0
_log = logging.getLogger(__name__)


class LaterNeeds:
    """By update, so that one which is answered again is one need still."""

    def __init__(self, store: NeedStore, health: StorageHealth) -> None:
        self._store = store
        self._health = health
        self._waiting: OrderedDict[int, tuple[Need, str]] = OrderedDict()
        self._some = asyncio.Event()

    def add(self, need: Need, update_id: int, eraser: str) -> bool:
        """Hold a need with the hash that erases it; False when too many wait already."""
        if len(self._waiting) >= _MOST and update_id not in self._waiting:
            return False
        self._waiting[update_id] = (need, eraser)
        self._some.set()
        return True

    def erase(self, eraser: str) -> bool:
        """Let go of the need of a hash; False when none waits."""
        found = [number for number, (_, known) in self._waiting.items() if known == eraser]
        for number in found:
            del self._waiting[number]
        return bool(found)

    async def run(self, stop: asyncio.Event) -> None:
        """Try again until `stop`, and once more then: what still waits is lost with the process."""
        ending = asyncio.ensure_future(stop.wait())
        try:
            while not stop.is_set():
                some = asyncio.ensure_future(self._some.wait())
                await asyncio.wait({some, ending}, return_when=asyncio.FIRST_COMPLETED)
                some.cancel()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(asyncio.shield(ending), _PAUSE_SECONDS)
                await self._write()
        finally:
            ending.cancel()
            if self._waiting:
                _log.error("%d need(s) could never be stored", len(self._waiting))

    async def _write(self) -> None:
        while self._waiting:
            update_id, (need, eraser) = next(iter(self._waiting.items()))
            try:
                await self._store.add(need, update_id, eraser)
            except StorageError:
                return
            if self._waiting.pop(update_id, None) is None:  # erased while it was being written
                await self._store.erase(eraser)
        self._some.clear()
        await self._health.worked()
