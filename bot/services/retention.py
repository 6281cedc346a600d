"""How long each kind of thing is kept: the one table that says so, and the daily job that holds to it."""

from __future__ import annotations

import calendar
import logging
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.services.clock import Clock, paris_day
from bot.services.storage_health import StorageHealth
from bot.storage.errors import StorageError
from bot.storage.retention import RetentionStore

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of thing: where it stands, how long it is kept, and from when its time runs.

    `ends` tells that the column holds the end itself (a day, or a moment in UTC when the time is in hours);
    otherwise it holds the day of the beginning.
    """

    table: str
    column: str
    since: str
    months: int = 0
    days: int = 0
    hours: int = 0
    ends: bool = False

    def last_day(self, begun: date) -> date:
        """The last day on which it is kept."""
        return months_later(begun, self.months) + timedelta(days=self.days)

    def oldest(self, now: datetime, today: date) -> str:
        """What stands before this value is over."""
        if not self.ends:
            return (months_later(today, -self.months) - timedelta(days=self.days)).isoformat()
        return moment(now) if self.hours else today.isoformat()


NEED_TEXTS = Rule("needs", "day", "le jour du message ; ensuite, seulement des nombres", months=12)
FOLLOW_UPS = Rule("people", "expires", "la réponse", days=30, ends=True)
NOTICES = Rule("notices", "day", "la réponse", days=30)
ROLES = Rule("people", "expires", "l'invitation acceptée", months=12, ends=True)
SESSIONS = Rule("sessions", "day", "le jour de la permanence", months=12)
UPDATE_IDS = Rule("updates", "day", "le jour du message", days=7)
PREFERENCES = Rule("preferences", "expires", "le dernier choix", months=12, ends=True)
COMMUNES = Rule("commune_counts", "day", "le jour de la question ; ensuite, sans la commune", months=12)
RELAYS = Rule("relays", "expires", "le code donné", days=14, ends=True)
INVITATIONS = Rule("invitations", "expires", "l'invitation", hours=24, ends=True)
DESK_HISTORY = Rule("desk_history", "at", "le geste", months=12)
DESK_DRAFTS = Rule("desk_drafts", "expires", "la dernière phrase écrite", days=7, ends=True)

RULES: dict[str, Rule] = {
    "need_texts": NEED_TEXTS,
    "follow_ups": FOLLOW_UPS,
    "notices": NOTICES,
    "roles": ROLES,
    "sessions": SESSIONS,
    "update_ids": UPDATE_IDS,
    "preferences": PREFERENCES,
    "invitations": INVITATIONS,
    "relays": RELAYS,
    "desk_history": DESK_HISTORY,
    "desk_drafts": DESK_DRAFTS,
    "communes": COMMUNES,
}


def months_later(day: date, months: int) -> date:
    """The same day some months later or earlier, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def moment(now: datetime) -> str:
    """A moment as the database holds it: UTC, to the second."""
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


class RetentionService:
    """Deletes what its time is over for."""

    def __init__(self, store: RetentionStore, health: StorageHealth, clock: Clock) -> None:
        self._store = store
        self._health = health
        self._clock = clock

    async def enforce(self) -> dict[str, int]:
        """Hold to every rule; returns how many rows each took out. What fails today is tried again tomorrow."""
        today, now = paris_day(self._clock), self._clock()
        removed: dict[str, int] = {}
        try:
            for name, rule in RULES.items():
                oldest = rule.oldest(now, today)
                if rule is NEED_TEXTS:
                    removed[name] = await self._store.sweep_needs(oldest)
                else:
                    removed[name] = await self._store.sweep(rule.table, rule.column, oldest)
            if any(removed.values()):
                await self._store.finish()
        except StorageError as error:
            _log.error("the daily cleaning stopped: %s", error)
            await self._health.failed(error)
        _log.info("daily cleaning: %d row(s) taken out", sum(removed.values()))
        return removed
