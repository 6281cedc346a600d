"""What a person chose for themselves, under a pseudonym that only this machine can make."""

from __future__ import annotations

from datetime import date, timedelta

from bot.storage.database import Database

KEPT_DAYS = 365


class PreferenceStore:
    """One value for each name and pseudonym."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, pseudonym: str, name: str) -> str | None:
        rows = await self._database.rows(
            "SELECT value FROM preferences WHERE pseudonym = ? AND name = ?", (pseudonym, name)
        )
        return str(rows[0][0]) if rows else None

    async def put(self, pseudonym: str, name: str, value: str, today: date) -> None:
        """Set a value; it expires a year after it was last chosen."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "INSERT INTO preferences (pseudonym, name, value, expires) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (pseudonym, name) DO UPDATE SET value = excluded.value, expires = excluded.expires",
                (pseudonym, name, value, (today + timedelta(days=KEPT_DAYS)).isoformat()),
            )

    async def forget_old(self, today: date) -> int:
        async with self._database.transaction() as connection:
            cursor = await connection.execute("DELETE FROM preferences WHERE expires < ?", (today.isoformat(),))
            return cursor.rowcount
