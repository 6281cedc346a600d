"""The knowledge base in use, and its replacement when the files change: never half of it, never a broken one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from watchfiles import awatch

from bot.domain.knowledge import Knowledge
from bot.domain.understanding import Understanding
from bot.errors import AccesDroitsError
from bot.knowledge_base.fingerprint import fingerprint
from bot.knowledge_base.problems import KnowledgeError
from bot.services.alerts import Alerts
from bot.services.kept_reading import KeptReading
from bot.services.memory import return_memory
from bot.services.reading import read_apart

_SHOWN_PROBLEMS = 10
_LOOK_AGAIN_MILLISECONDS = 5_000
_log = logging.getLogger(__name__)


class NotLoadedError(AccesDroitsError):
    """Something asked for the knowledge base before it was read."""


class KnowledgeService:
    """Holds one `Understanding`; `reload` swaps it whole or keeps the old one and tells staff why."""

    def __init__(self, folder: Path, alerts: Alerts, kept: KeptReading | None = None) -> None:
        """`kept` spares a start the reading of a folder that has not changed."""
        self._folder = folder
        self._kept = kept
        self._alerts = alerts
        self._understanding: Understanding | None = None
        self._ready = asyncio.Event()
        self._loading = asyncio.Lock()
        self._refused = ""
        self._problems = 0

    async def load(self) -> None:
        """Read the folder for the first time, beside the event loop; raises KnowledgeError."""
        try:
            self._understanding = await self._read()
        finally:
            self._ready.set()
        await asyncio.to_thread(return_memory)

    async def _read(self) -> Understanding:
        return await (self._kept.read(self._folder, read_apart) if self._kept else read_apart(self._folder))

    async def ready(self) -> None:
        """Wait until messages can be understood; raises NotLoadedError when they never will."""
        await self._ready.wait()
        _ = self.understanding

    @property
    def understanding(self) -> Understanding:
        if self._understanding is None:
            raise NotLoadedError("la base de connaissances n'est pas encore chargée")
        return self._understanding

    @property
    def is_loaded(self) -> bool:
        return self._understanding is not None

    @property
    def problems(self) -> int:
        """How many keep the newest files out of use, or parts of what is in use."""
        return self._problems or (len(self.current.warnings) if self.is_loaded else 0)

    @property
    def current(self) -> Knowledge:
        return self.understanding.knowledge

    async def reload(self) -> bool:
        """Read the folder again; True when a new state is in use. Messages are answered meanwhile."""
        async with self._loading:
            found = await asyncio.to_thread(fingerprint, self._folder)
            if found in (self.current.fingerprint, self._refused):
                if found == self.current.fingerprint and self._refused:
                    self._refused = ""
                    await self._repaired()
                return False
            try:
                fresh = await self._read()
            except KnowledgeError as error:
                await self._refuse(found, [str(problem) for problem in error.problems])
                return False
            # At start, danger lives on with the built-in rules; once the full rules are in use, nothing may lose them.
            if fresh.knowledge.warnings and not self.current.warnings:
                await self._refuse(found, fresh.knowledge.warnings)
                return False
            self._refused = ""
            self._understanding = fresh
            await asyncio.to_thread(return_memory)  # the old state is free only now
            _log.info("knowledge base reloaded: %d topics", len(fresh.knowledge.topics))
            await self._repaired()
            return True

    async def watch(self, stop: asyncio.Event) -> None:
        """Reload whenever a file of the folder changes, until `stop`."""
        async for _ in self._changes(stop):
            await self.reload()

    def _changes(self, stop: asyncio.Event) -> AsyncIterator[object]:
        # It also looks every few seconds: what changed before the watch began, or where the system tells of nothing.
        return awatch(
            self._folder, stop_event=stop, step=100, debounce=800,
            rust_timeout=_LOOK_AGAIN_MILLISECONDS, yield_on_timeout=True,
        )  # fmt: skip

    async def _repaired(self) -> None:
        self._problems = 0
        text = self.current.texts.say("equipe_base_reparee", nombre=len(self.current.topics))
        await self._alerts.over("knowledge", text)

    async def _refuse(self, found: str, problems: Sequence[str]) -> None:
        self._refused, self._problems = found, len(problems)
        _log.error("knowledge base refused: %d problem(s), the old state stays", len(problems))
        await self._alerts.over("knowledge", "")  # another mistake is worth another message
        await self._alerts.trouble("knowledge", self._explain(problems))

    def _explain(self, problems: Sequence[str]) -> str:
        texts = self.current.texts
        lines = [texts.say("equipe_base_cassee"), *problems[:_SHOWN_PROBLEMS]]
        if len(problems) > _SHOWN_PROBLEMS:
            lines.append(texts.say("equipe_base_autres", nombre=len(problems) - _SHOWN_PROBLEMS))
        return "\n".join(lines)
