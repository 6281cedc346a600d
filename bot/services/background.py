"""Work beside the answers that nobody waits for: a voice that follows its text."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

_LAST_SECONDS = 3.0
_log = logging.getLogger(__name__)


class Background:
    """Tasks of the running program; each chat may have a few of them."""

    def __init__(self, most_each: int = 3) -> None:
        self._most_each = most_each
        self._tasks: dict[asyncio.Task[None], int] = {}

    def start(self, chat_id: int, work: Coroutine[Any, Any, None]) -> bool:
        """Begin; False (and nothing begun) when this chat has enough under way."""
        if sum(chat == chat_id for chat in self._tasks.values()) >= self._most_each:
            work.close()
            return False
        task = asyncio.get_running_loop().create_task(work)
        self._tasks[task] = chat_id
        task.add_done_callback(self._done)
        return True

    async def close(self) -> None:
        """Give what is under way a last moment, then stop it."""
        if self._tasks:
            await asyncio.wait(list(self._tasks), timeout=_LAST_SECONDS)
        left = list(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.pop(task, None)
        if not task.cancelled() and task.exception() is not None:
            _log.error("background work failed: %s", type(task.exception()).__name__)
