"""Who waits for the answer to a need, and the answers that are on their way to them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.storage.database import Database
from bot.storage.hours import hour_of

_THESE = "(SELECT value FROM json_each(?))"
_ABOUT_THESE = "(SELECT CAST(value AS TEXT) FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A published answer: a topic's id, or a text of staff."""

    id: int
    topic: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class DueRow:
    """One person to be told now, and the masked text of what they asked."""

    person: int
    question: str
    notice: NoticeRow


class FollowUpStore:
    """The rows of `people` that wait, and the tables `notices` and `notice_needs`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def wait(self, eraser: str, person: int, expires: date) -> bool | None:
        """Let a person wait for the need of a token's hash: True when they did not yet, None when there is no need."""
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "INSERT OR IGNORE INTO people (person, purpose, about, expires)"
                " SELECT ?, 'follow_up', CAST(needs.id AS TEXT), ? FROM need_erasers"
                " JOIN needs ON needs.id = need_id WHERE hash = ? AND needs.text <> ''",
                (person, expires.isoformat(), eraser),
            )
            if cursor.rowcount > 0:
                return True
            cursor = await connection.execute(
                "UPDATE people SET expires = ? WHERE person = ? AND purpose = 'follow_up'"
                " AND about = (SELECT CAST(need_id AS TEXT) FROM need_erasers WHERE hash = ?)",
                (expires.isoformat(), person, eraser),
            )
            return False if cursor.rowcount > 0 else None

    async def stop(self, person: int, eraser: str | None = None) -> int:
        """Forget that a person waits: for one need, or for all; returns how many rows that were."""
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "DELETE FROM people WHERE person = ? AND purpose = 'follow_up' AND (? IS NULL"
                " OR about = (SELECT CAST(need_id AS TEXT) FROM need_erasers WHERE hash = ?))",
                (person, eraser, eraser),
            )
            return cursor.rowcount

    async def waiting(self, need_ids: Sequence[int], today: date) -> int:
        """How many people wait for the answer to any of these needs."""
        rows = await self._database.rows(
            "SELECT count(DISTINCT person) FROM people WHERE purpose = 'follow_up' AND expires >= ?"  # noqa: S608
            f" AND about IN {_ABOUT_THESE}",
            (today.isoformat(), json.dumps(list(need_ids))),
        )
        return int(rows[0][0])

    async def questions(self, person: int) -> dict[str, str]:
        """What a person waits for: the masked text of each need."""
        rows = await self._database.rows(
            "SELECT about, text FROM people JOIN needs ON needs.id = CAST(about AS INTEGER)"
            " WHERE person = ? AND purpose = 'follow_up'",
            (person,),
        )
        return {row[0]: row[1] for row in rows}

    async def publish(
        self, need_ids: Sequence[int], *, topic: str | None, text: str | None, now: datetime, today: date, expires: date
    ) -> int:
        """Queue an answer for everyone who waits for one of these needs; returns how many people that are."""
        these = json.dumps(list(need_ids))
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "INSERT INTO notices (day, topic, text) VALUES (?, ?, ?)", (today.isoformat(), topic, text)
            )
            await connection.execute(
                "INSERT INTO notice_needs (need_id, notice_id)"  # noqa: S608 (constant)
                f" SELECT id, ? FROM needs WHERE id IN {_THESE}"
                " ON CONFLICT (need_id) DO UPDATE SET notice_id = excluded.notice_id",
                (cursor.lastrowid, these),
            )
            await connection.execute(
                f"UPDATE needs SET answered_at = ? WHERE answered_at IS NULL AND id IN {_THESE}",  # noqa: S608
                (hour_of(now), these),
            )
            await connection.execute(
                "UPDATE people SET expires = ? WHERE purpose = 'follow_up' AND expires >= ?"  # noqa: S608 (constant)
                f" AND about IN {_ABOUT_THESE}",
                (expires.isoformat(), today.isoformat(), these),
            )
        return await self.waiting(need_ids, today)

    async def take_back(self, need_ids: Sequence[int]) -> None:
        """Answers to these needs are no longer on their way; who was not told yet waits on."""
        these = (json.dumps(list(need_ids)),)
        async with self._database.transaction() as connection:
            await connection.execute(f"DELETE FROM notice_needs WHERE need_id IN {_THESE}", these)  # noqa: S608
            await connection.execute(f"UPDATE needs SET answered_at = NULL WHERE id IN {_THESE}", these)  # noqa: S608

    async def under_way(self, today: date) -> list[NoticeRow]:
        """The answers that somebody has not been told yet, oldest first."""
        rows = await self._database.rows(
            "SELECT id, topic, text FROM notices WHERE EXISTS (SELECT 1 FROM notice_needs JOIN people"
            " ON purpose = 'follow_up' AND about = CAST(need_id AS TEXT) AND expires >= ?"
            " WHERE notice_id = notices.id) ORDER BY id",
            (today.isoformat(),),
        )
        return [NoticeRow(row[0], row[1], row[2]) for row in rows]

    async def due(self, notice: NoticeRow, today: date) -> DueRow | None:
        """The next person to be told of an answer; of several questions, the latest one."""
        rows = await self._database.rows(
            "SELECT person, needs.text FROM notice_needs JOIN needs ON needs.id = need_id JOIN people"
            " ON purpose = 'follow_up' AND about = CAST(need_id AS TEXT) AND expires >= ?"
            " WHERE notice_id = ? ORDER BY person, need_id DESC LIMIT 1",
            (today.isoformat(), notice.id),
        )
        return DueRow(rows[0][0], rows[0][1], notice) if rows else None

    async def told(self, due: DueRow, counted: str, today: date) -> None:
        """Erase the id of a person who was told (or cannot be), for every need of the answer, and count it."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "DELETE FROM people WHERE person = ? AND purpose = 'follow_up' AND about IN"
                " (SELECT CAST(need_id AS TEXT) FROM notice_needs WHERE notice_id = ?)",
                (due.person, due.notice.id),
            )
            await connection.execute(
                "INSERT INTO counts (day, what, topic, n) VALUES (?, ?, ?, 1)"
                " ON CONFLICT (day, what, topic) DO UPDATE SET n = n + 1",
                (today.isoformat(), counted, due.notice.topic or ""),
            )

    async def finish(self) -> None:
        """Leave nothing of the erased ids in the file."""
        await self._database.forget_for_good()
