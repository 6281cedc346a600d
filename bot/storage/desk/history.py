"""Who did what at the desk, and how to take it back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act; `can_undo` while its ten minutes are not over."""

    id: int
    at: str
    who: str
    act: str
    card: int
    detail: str
    undone: bool
    can_undo: bool


class HistoryStore:
    """Acts, latest first. `at` and `until` are moments in UTC."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, at: str, who: str, act: str, card: int, detail: str, undo: dict[str, Any], until: str) -> int:
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "INSERT INTO desk_history (at, who, act, card, detail, undo, undo_until) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (at, who, act, card, detail, json.dumps(undo), until),
            )
            return int(cursor.lastrowid or 0)

    async def latest(self, now: str, limit: int, skip: int = 0) -> list[ActRow]:
        rows = await self._database.rows(
            "SELECT id, at, who, act, card, detail, undone, undo IS NOT NULL AND undo_until > ? AND undone = 0"
            " FROM desk_history ORDER BY id DESC LIMIT ? OFFSET ?",
            (now, limit, skip),
        )
        return [ActRow(row[0], row[1], row[2], row[3], row[4], row[5], bool(row[6]), bool(row[7])) for row in rows]

    async def undo(self, act: int, now: str) -> tuple[int, dict[str, Any]] | None:
        """(card, how to take it back) of an act, once; None when it is too late, or was done."""
        async with self._database.transaction() as connection:
            async with connection.execute(
                "SELECT card, undo FROM desk_history WHERE id = ? AND undone = 0 AND undo IS NOT NULL"
                " AND undo_until > ?",
                (act, now),
            ) as cursor:
                row = await cursor.fetchone()
            if row is None:
                return None
            await connection.execute("UPDATE desk_history SET undone = 1 WHERE id = ?", (act,))
        return int(row[0]), json.loads(row[1])

    async def not_undone(self, act: int) -> None:
        """Taking it back failed: it may be tried again."""
        async with self._database.transaction() as connection:
            await connection.execute("UPDATE desk_history SET undone = 0 WHERE id = ?", (act,))

    async def forget_undo(self, now: str) -> None:
        """Drop what can no longer be taken back."""
        old = "undo IS NOT NULL AND undo_until <= ?"
        if not await self._database.rows(f"SELECT 1 FROM desk_history WHERE {old} LIMIT 1", (now,)):  # noqa: S608
            return
        async with self._database.transaction() as connection:
            await connection.execute(f"UPDATE desk_history SET undo = NULL WHERE {old}", (now,))  # noqa: S608
