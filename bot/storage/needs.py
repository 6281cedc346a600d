"""Unmet needs in the database."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Any

import aiosqlite

from bot.domain.needs import Candidate, Need, Why
from bot.storage.database import Database
from bot.storage.hours import hour_of, moment_of

_COLUMNS = "id, day, text, reason, topic, candidates, channel, language, why, commune, told_at, answered_at"
_CHUNK = 2_000


class NeedStore:
    """Adds and reads needs; a need is bound to the update that told it, so that it is kept once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, need: Need, update_id: int, eraser: str | None = None) -> bool:
        """Keep a need, and the hash of a token that erases it; False when this update made one already."""
        async with self._database.transaction() as connection:
            async with connection.execute("SELECT need_id FROM updates WHERE update_id = ?", (update_id,)) as cursor:
                row = await cursor.fetchone()
            if row is not None and row[0] is not None:
                await _let_erase(connection, row[0], eraser)
                return False
            cursor = await connection.execute(
                "INSERT INTO needs (day, text, reason, topic, candidates, channel, language, why, commune, told_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    need.day.isoformat(),
                    need.text,
                    need.reason,
                    need.topic,
                    _dump(need.candidates),
                    need.channel,
                    need.language,
                    need.why,
                    need.commune,
                    hour_of(need.told_at) if need.told_at else None,
                ),
            )
            await connection.execute(
                "INSERT INTO updates (update_id, day, need_id) VALUES (?, ?, ?)"
                " ON CONFLICT (update_id) DO UPDATE SET need_id = excluded.need_id",
                (update_id, need.day.isoformat(), cursor.lastrowid),
            )
            await _let_erase(connection, cursor.lastrowid, eraser)
        return True

    async def erase(self, eraser: str) -> bool:
        """Delete the need of a token's hash; False when there is none (any more)."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "DELETE FROM ignored_wordings WHERE (card, text) IN (SELECT card, text FROM needs"
                " WHERE id = (SELECT need_id FROM need_erasers WHERE hash = ?))",
                (eraser,),
            )
            cursor = await connection.execute(
                "DELETE FROM needs WHERE id = (SELECT need_id FROM need_erasers WHERE hash = ?)", (eraser,)
            )
            erased = cursor.rowcount > 0
        if erased:
            await self._database.forget_for_good()
        return erased

    async def explain(self, eraser: str, why: Why) -> bool:
        """Note why the answer to a need was refused; False when there is no need (any more) for a token's hash."""
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "UPDATE needs SET why = ? WHERE id = (SELECT need_id FROM need_erasers WHERE hash = ?)", (why, eraser)
            )
            return cursor.rowcount > 0

    async def since(self, day: date | None = None, limit: int | None = None) -> list[Need]:
        """Needs from a day on, oldest first."""
        sql = f"SELECT {_COLUMNS} FROM needs WHERE day >= ? ORDER BY id LIMIT ?"  # noqa: S608 (constant columns)
        rows = await self._database.rows(sql, ((day or date.min).isoformat(), -1 if limit is None else limit))
        return [_need(row) for row in rows]

    async def count(self, since: date | None = None) -> int:
        """How many needs there are from a day on."""
        sql = "SELECT count(*) FROM needs WHERE day >= ?"
        return int((await self._database.rows(sql, ((since or date.min).isoformat(),)))[0][0])

    async def each(self, since: date | None = None) -> AsyncIterator[Need]:
        """The same as `since`, a piece at a time: a file of many needs takes no more memory than one of few."""
        sql = f"SELECT {_COLUMNS} FROM needs WHERE id > ? AND day >= ? ORDER BY id LIMIT {_CHUNK}"  # noqa: S608
        last: object = 0
        while rows := await self._database.rows(sql, (last, (since or date.min).isoformat())):
            for row in rows:
                yield _need(row)
            last = rows[-1][0]


def _need(row: Sequence[Any]) -> Need:
    return Need(
        id=row[0],
        day=date.fromisoformat(row[1]),
        text=row[2],
        reason=row[3],
        topic=row[4],
        candidates=tuple(Candidate(c["topic"], c["score"]) for c in json.loads(row[5])),
        channel=row[6],
        language=row[7],
        why=row[8],
        commune=row[9],
        told_at=moment_of(row[10]) if row[10] else None,
        answered_at=moment_of(row[11]) if row[11] else None,
    )


async def _let_erase(connection: aiosqlite.Connection, need_id: int | None, eraser: str | None) -> None:
    if eraser is not None:
        await connection.execute("INSERT INTO need_erasers (hash, need_id) VALUES (?, ?)", (eraser, need_id))


def _dump(candidates: Sequence[Candidate]) -> str:
    return json.dumps([{"topic": c.topic, "score": round(c.score, 4)} for c in candidates])
