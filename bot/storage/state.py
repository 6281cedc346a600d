"""A few numbers of the database, for those who look after it."""

from __future__ import annotations

from datetime import date

from bot.storage.database import Database


class StateStore:
    """Counts only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def outcomes(self, day: date) -> dict[str, int]:
        """Questions of a day by what they came to."""
        rows = await self._database.rows(
            "SELECT outcome, sum(n) FROM question_counts WHERE day = ? GROUP BY outcome", (day.isoformat(),)
        )
        return {str(row[0]): int(row[1]) for row in rows}

    async def people_waiting(self) -> int:
        """How many wait for an answer that was promised."""
        rows = await self._database.rows("SELECT count(*) FROM people WHERE purpose = 'follow_up'")
        return int(rows[0][0])

    async def cards_waiting(self) -> int:
        """How many cards of the desk nobody dealt with yet."""
        rows = await self._database.rows("SELECT count(*) FROM cards WHERE state IN ('new', 'open')")
        return int(rows[0][0])

    def size(self) -> int:
        """Bytes of the file."""
        return self._database.path.stat().st_size
