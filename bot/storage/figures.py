"""Counts over a period, added up by SQLite: what comes out is small however many needs there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.figures import Outcomes
from bot.storage.database import Database

_MOST_TEXTS = 500
# Needs without an answer, those left out that staff put aside for good.
_WAITING = (
    "needs LEFT JOIN cards ON cards.id = needs.card WHERE answered_at IS NULL"
    " AND (cards.id IS NULL OR (needs.id > cards.closed AND cards.state <> 'ignored'))"
)


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many questions of one day and channel came to what."""

    day: date
    channel: str
    outcomes: Outcomes


class FigureStore:
    """Reads what was counted; every method takes the first and the last day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def questions(self, start: date, end: date) -> list[DayCount]:
        """By day and channel."""
        rows = await self._database.rows(
            "SELECT day, channel, sum(n) FILTER (WHERE outcome = 'served'), sum(n) FILTER (WHERE outcome = 'choices'),"
            " sum(n) FILTER (WHERE outcome = 'unknown'), sum(n) FILTER (WHERE outcome = 'danger')"
            " FROM question_counts WHERE day BETWEEN ? AND ? GROUP BY day, channel ORDER BY day, channel",
            _days(start, end),
        )
        return [DayCount(date.fromisoformat(row[0]), row[1], Outcomes(*(n or 0 for n in row[2:]))) for row in rows]

    async def communes(self, start: date, end: date) -> dict[tuple[str, str], int]:
        """Questions by (theme, commune)."""
        rows = await self._database.rows(
            "SELECT theme, commune, sum(n) FROM commune_counts WHERE day BETWEEN ? AND ? GROUP BY theme, commune",
            _days(start, end),
        )
        return {(row[0], row[1]): row[2] for row in rows}

    async def outcomes(self, start: date, end: date) -> dict[tuple[str, str], int]:
        """Questions by (outcome, channel), dangers left out."""
        rows = await self._database.rows(
            "SELECT outcome, channel, sum(n) FROM question_counts"
            " WHERE outcome <> 'danger' AND day BETWEEN ? AND ? GROUP BY outcome, channel",
            _days(start, end),
        )
        return {(row[0], row[1]): row[2] for row in rows}

    async def topics(self, what: str, start: date, end: date) -> dict[str, int]:
        """How often something was counted, by topic."""
        rows = await self._database.rows(
            "SELECT topic, sum(n) FROM counts WHERE what = ? AND day BETWEEN ? AND ? GROUP BY topic",
            (what, *_days(start, end)),
        )
        return {row[0]: row[1] for row in rows}

    async def missing(self, start: date, end: date) -> dict[str, int]:
        """What waits for an answer, the most often told first: a card of the desk goes by its commonest words."""
        rows = await self._database.rows(
            "SELECT text, max(n), sum(n) AS total FROM (SELECT needs.card AS card, text, count(*) AS n"  # noqa: S608
            f" FROM {_WAITING} AND needs.day BETWEEN ? AND ? AND text <> '' GROUP BY 1, 2)"
            f" GROUP BY CASE WHEN card IS NULL THEN 't' || text ELSE card END ORDER BY total DESC LIMIT {_MOST_TEXTS}",
            _days(start, end),
        )
        found: dict[str, int] = {}
        for text, _, n in rows:
            found[text] = found.get(text, 0) + n
        return found

    async def waiting(self, end: date) -> int:
        """How many needs told until a day wait for an answer."""
        sql = f"SELECT count(*) FROM {_WAITING} AND needs.day <= ?"  # noqa: S608 (constant)
        rows = await self._database.rows(sql, (end.isoformat(),))
        return int(rows[0][0])

    async def waits(self, start: str, end: str) -> list[int]:
        """The hours that each need waited which was answered from one hour to before another (see `hours`)."""
        rows = await self._database.rows(
            "SELECT CAST(round(24 * (julianday(answered_at || ':00') - julianday(told_at || ':00'))) AS INTEGER),"
            " count(*)"
            " FROM needs WHERE told_at IS NOT NULL AND answered_at >= ? AND answered_at < ? GROUP BY 1",
            (start, end),
        )
        return [hours for hours, n in rows for _ in range(n)]

    async def first_day(self) -> date | None:
        """The first day on which a question was counted with its commune."""
        rows = await self._database.rows("SELECT min(day) FROM commune_counts")
        return date.fromisoformat(rows[0][0]) if rows[0][0] else None


def _days(start: date, end: date) -> tuple[str, str]:
    return start.isoformat(), end.isoformat()
