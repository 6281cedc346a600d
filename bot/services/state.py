"""How the running assistant stands: what `/etat` tells staff and the metrics page tells machines."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.services.alerts import Alerts
from bot.services.backups.service import BackupService
from bot.services.clock import Clock, paris_day
from bot.services.knowledge import KnowledgeService
from bot.services.meters import Meters
from bot.storage.errors import StorageError
from bot.storage.state import StateStore

LONGEST_SILENCE = 120.0  # seconds without an answer of Telegram's; a poll takes 25


@dataclass(frozen=True, slots=True)
class State:
    """One look at everything; None where it could not be read."""

    meters: Meters
    today: Mapping[str, int] | None  # questions by outcome
    people_waiting: int | None
    cards_waiting: int | None
    queues: Mapping[str, int]
    topics: int
    knowledge_problems: int
    troubles: frozenset[str]
    last_backup: datetime | None
    backups_wanted: bool
    free_bytes: int | None
    database_bytes: int | None


def _no_queues() -> Mapping[str, int]:
    """Until the application says what waits in it."""
    return {}


class StateService:
    """Reads the state; a database that fails leaves its numbers out."""

    def __init__(
        self, store: StateStore, knowledge: KnowledgeService, backups: BackupService, alerts: Alerts, meters: Meters,
        clock: Clock,
    ) -> None:  # fmt: skip
        self.queues: Callable[[], Mapping[str, int]] = _no_queues
        self.listening = False  # set while updates are taken from Telegram
        self.polls = True  # whether Telegram is asked all the time, so that its silence means something
        self.meters = meters
        self._store = store
        self._knowledge = knowledge
        self._backups = backups
        self._alerts = alerts
        self._clock = clock

    async def read(self) -> State:
        """Everything at this moment."""
        today = people = cards = None
        try:
            today = await self._store.outcomes(paris_day(self._clock))
            people, cards = await self._store.people_waiting(), await self._store.cards_waiting()
        except StorageError:  # told elsewhere; it is one of the troubles below
            pass
        knowledge, loaded = self._knowledge, self._knowledge.is_loaded
        return State(
            self.meters, today, people, cards, self.queues(),
            topics=len(knowledge.current.topics) if loaded else 0,
            knowledge_problems=knowledge.problems, troubles=self._alerts.under_way,
            last_backup=await self._backups.last(), backups_wanted=self._backups.plan.folder is not None,
            free_bytes=_free(self._backups.plan.database), database_bytes=self._size(),
        )  # fmt: skip

    def why_not_ready(self) -> list[str]:
        """What keeps the assistant from serving people now; nothing when it serves them."""
        reasons = [] if self._knowledge.is_loaded else ["knowledge"]
        if "storage" in self._alerts.under_way:
            reasons.append("storage")
        if not self.listening or (self.polls and self.meters.silence_seconds > LONGEST_SILENCE):
            reasons.append("telegram")
        return reasons

    def _size(self) -> int | None:
        try:
            return self._store.size()
        except OSError:
            return None


def _free(database: Path) -> int | None:
    try:
        return shutil.disk_usage(database.absolute().parent).free
    except OSError:
        return None
