"""Which Telegram updates were dealt with, so that one delivered twice is answered once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.figures import Question
from bot.storage.database import Database
from bot.storage.errors import StorageError
from bot.storage.question_counts import add_questions


@dataclass(slots=True, eq=False)
class _Finished:
    """An update that is to be written down, and why that could not be done."""

    update_id: int
    day: str
    counted: Sequence[tuple[str, str]]
    question: tuple[date, Question] | None
    error: StorageError | None = None


class UpdateLog:
    """Update ids and counts; nothing else about them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Finished] = []
        self._turn = asyncio.Lock()

    async def last_done(self) -> int:
        """The highest update that was answered to the end; -1 when there is none."""
        rows = await self._database.rows("SELECT max(update_id) FROM updates WHERE done = 1")
        return -1 if rows[0][0] is None else int(rows[0][0])

    async def is_done(self, update_id: int) -> bool:
        """Whether this update was answered to the end."""
        rows = await self._database.rows("SELECT done FROM updates WHERE update_id = ?", (update_id,))
        return bool(rows and rows[0][0])

    async def finish(
        self, update_id: int, day: date, counted: Sequence[tuple[str, str]], question: Question | None = None
    ) -> None:
        """Mark an update as answered and add what it counts for: (what, topic or "").

        Those that come while others are being written go together in the next transaction.
        """
        one = _Finished(update_id, day.isoformat(), counted, (day, question) if question else None)
        self._waiting.append(one)
        async with self._turn:
            if one in self._waiting:
                together, self._waiting = self._waiting, []
                try:
                    await self._write(together)
                except StorageError as error:
                    for each in together:
                        each.error = error
                except BaseException:  # cancelled: the next in turn writes them
                    self._waiting = together + self._waiting
                    raise
        if one.error is not None:
            raise one.error

    async def _write(self, together: Sequence[_Finished]) -> None:
        async with self._database.transaction() as connection:
            await connection.executemany(
                "INSERT INTO updates (update_id, day, done) VALUES (?, ?, 1)"
                " ON CONFLICT (update_id) DO UPDATE SET done = 1",
                [(one.update_id, one.day) for one in together],
            )
            await connection.executemany(
                "INSERT INTO counts (day, what, topic, n) VALUES (?, ?, ?, 1)"
                " ON CONFLICT (day, what, topic) DO UPDATE SET n = n + 1",
                [(one.day, what, topic) for one in together for what, topic in one.counted],
            )
            await add_questions(connection, [one.question for one in together if one.question])

    async def counted(self, what: str, since: date) -> list[tuple[str, int]]:
        """(topic, how often) of one kind of count since a day."""
        rows = await self._database.rows(
            "SELECT topic, sum(n) FROM counts WHERE what = ? AND day >= ? GROUP BY topic", (what, since.isoformat())
        )
        return [(str(row[0]), int(row[1])) for row in rows]
