"""The daily backup of the running assistant, made in a child process: nothing of it stays in memory."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.domain.texts import Texts
from bot.services.alerts import Alerts
from bot.services.apart import ApartError, run_apart
from bot.services.backups.folder import last_backup
from bot.services.clock import PARIS, Clock

_FROM_HOUR = 4  # after the nightly cleaning: what was deleted is in no new backup
_TROUBLE = "backup"
_CHILD = "bot.services.backups.nightly"  # it imports what the assistant has no room for
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """What is saved, where to, and how many are kept; no folder: none is made by itself."""

    database: Path
    knowledge: Path
    folder: Path | None
    keep: int


class BackupService:
    """One backup a day, made up for when the machine was off; staff hear once of one that fails."""

    def __init__(self, plan: BackupPlan, key: bytes, alerts: Alerts, texts: Callable[[], Texts], clock: Clock) -> None:
        self.plan = plan
        self._key = key
        self._alerts = alerts
        self._texts = texts
        self._clock = clock

    async def last(self) -> datetime | None:
        """When the newest backup of the folder was made."""
        return await asyncio.to_thread(last_backup, self.plan.folder) if self.plan.folder else None

    async def due(self) -> bool:
        """Whether today's is to be made now."""
        now, last = self._clock().astimezone(PARIS), await self.last()
        if self.plan.folder is None or now.hour < _FROM_HOUR:
            return False
        return last is None or last.date() < now.date()

    async def make_if_due(self) -> bool:
        """Make today's backup; True when it was made."""
        if not await self.due():
            return False
        try:
            reason = await self._make()
        except ApartError as error:
            reason = str(error)
        if reason:
            _log.error("the daily backup failed")
            await self._alerts.trouble(_TROUBLE, self._texts().say("equipe_sauvegarde", raison=reason))
            return False
        _log.info("daily backup made")
        await self._alerts.over(_TROUBLE, self._texts().say("equipe_sauvegarde_faite"))
        return True

    async def _make(self) -> str:
        """Why it failed, in French; nothing when it is there."""
        plan = self.plan
        given = {"database": str(plan.database), "knowledge": str(plan.knowledge), "folder": str(plan.folder),
                 "keep": plan.keep, "now": self._clock().isoformat(), "key": self._key.hex()}  # fmt: skip
        written = await run_apart(_CHILD, given=json.dumps(given).encode())
        return written.decode().strip()
