"""Which Telegram updates were dealt with, so that one delivered twice is answered once."""

from __future__ import annotations

from datetime import date

from bot.domain.figures import Question
from bot.storage.database import Database
from bot.storage.question_counts import add_question


class UpdateLog:
    """Update ids and counts; nothing else about them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def is_done(self, update_id: int) -> bool:
        """Whether this update was answered to the end."""
        rows = await self._database.rows("SELECT done FROM updates WHERE update_id = ?", (update_id,))
        return bool(rows and rows[0][0])

    async def finish(
        self, update_id: int, day: date, counted: list[tuple[str, str]], question: Question | None = None
    ) -> None:
        """Mark an update as answered and add what it counts for: (what, topic or "")."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "INSERT INTO updates (update_id, day, done) VALUES (?, ?, 1)"
                " ON CONFLICT (update_id) DO UPDATE SET done = 1",
                (update_id, day.isoformat()),
            )
            for what, topic in counted:
                await connection.execute(
                    "INSERT INTO counts (day, what, topic, n) VALUES (?, ?, ?, 1)"
                    " ON CONFLICT (day, what, topic) DO UPDATE SET n = n + 1",
                    (day.isoformat(), what, topic),
                )
            if question is not None:
                await add_question(connection, day, question)

    async def counted(self, what: str, since: date) -> list[tuple[str, int]]:
        """(topic, how often) of one kind of count since a day."""
        rows = await self._database.rows(
            "SELECT topic, sum(n) FROM counts WHERE what = ? AND day >= ? GROUP BY topic", (what, since.isoformat())
        )
        return [(str(row[0]), int(row[1])) for row in rows]
