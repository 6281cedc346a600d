"""The month of a mediator, for them alone, and the month of the team, for staff."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from bot.domain.session_figures import FEWEST_MEDIATORS, SMALLEST_SHOWN, Figures, figures
from bot.domain.sessions import Session
from bot.services.clock import PARIS, Clock, paris_day
from bot.services.knowledge import KnowledgeService
from bot.services.sessions import SessionService
from bot.storage.sessions import SessionStore


@dataclass(frozen=True, slots=True)
class OwnMonth:
    """A mediator's own sessions of a month, and what they come to."""

    month: date
    sessions: tuple[Session, ...]
    figures: Figures


@dataclass(frozen=True, slots=True)
class TeamMonth:
    """The team's month; `figures` is None when it would tell what single mediators did."""

    month: date
    figures: Figures | None


class SessionFigures:
    """Counts what the sessions hold. Every method raises StorageError."""

    def __init__(
        self, store: SessionStore, sessions: SessionService, knowledge: KnowledgeService, clock: Clock
    ) -> None:
        self._store = store
        self._sessions = sessions
        self._knowledge = knowledge
        self._clock = clock

    @property
    def this_month(self) -> date:
        """The first day of this month in Périgueux."""
        return paris_day(self._clock).replace(day=1)

    async def own(self, person: int, month: date | None = None) -> OwnMonth:
        """The sessions of the person who asks that are over; a session counts for the month in which it began."""
        month = month or self.this_month
        theirs = await self._sessions.of(person)
        over = tuple(session for session in theirs if not session.is_open and _month(session) == month)
        return OwnMonth(month, over, self._count(over))

    async def team(self, month: date | None = None) -> TeamMonth:
        """Everybody's sessions as numbers, once enough mediators and sessions stand behind them."""
        month = month or self.this_month
        last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
        found = [(who, one) for who, one in await self._store.between(month, last) if not one.is_open]
        enough = len({who for who, _ in found}) >= FEWEST_MEDIATORS and len(found) >= SMALLEST_SHOWN
        return TeamMonth(month, self._count([one for _, one in found]) if enough else None)

    def _count(self, sessions: list[Session] | tuple[Session, ...]) -> Figures:
        knowledge = self._knowledge.current
        return figures(sessions, knowledge.topics, knowledge.coop)


def _month(session: Session) -> date:
    return session.started.astimezone(PARIS).date().replace(day=1)
