"""What a person chose for themselves, under a pseudonym that only this machine can make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Preference:
    """One choice, and the last day it is kept."""

    name: str
    value: str
    expires: date


class PreferenceStore:
    """One value for each name and pseudonym."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, pseudonym: str, name: str) -> str | None:
        rows = await self._database.rows(
            "SELECT value FROM preferences WHERE pseudonym = ? AND name = ?", (pseudonym, name)
        )
        return str(rows[0][0]) if rows else None

    async def of(self, pseudonym: str) -> list[Preference]:
        """Everything that a person chose."""
        rows = await self._database.rows(
            "SELECT name, value, expires FROM preferences WHERE pseudonym = ? ORDER BY name", (pseudonym,)
        )
        return [Preference(row[0], row[1], date.fromisoformat(row[2])) for row in rows]

    async def put(self, pseudonym: str, name: str, value: str, expires: date) -> None:
        """Set a value and its last day."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "INSERT INTO preferences (pseudonym, name, value, expires) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (pseudonym, name) DO UPDATE SET value = excluded.value, expires = excluded.expires",
                (pseudonym, name, value, expires.isoformat()),
            )
