"""Which weekly digests were sent, and whether staff want them."""

from __future__ import annotations

from datetime import date

from bot.storage.database import Database

_WANTED = "weekly_digest"


class DigestStore:
    """A week is claimed before its digest is sent: it is never sent twice, whoever starts or stops meanwhile."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def any(self) -> bool:
        """Whether some week was ever claimed."""
        return bool(await self._database.rows("SELECT 1 FROM digests LIMIT 1"))

    async def claim(self, week: date) -> bool:
        """Take a week; False when somebody took it before."""
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "INSERT OR IGNORE INTO digests (week, state) VALUES (?, 'claimed')", (week.isoformat(),)
            )
            return cursor.rowcount == 1

    async def sent(self, week: date) -> None:
        async with self._database.transaction() as connection:
            await connection.execute("UPDATE digests SET state = 'sent' WHERE week = ?", (week.isoformat(),))

    async def release(self, week: date) -> None:
        """Give a week back: Telegram surely did not take its digest."""
        async with self._database.transaction() as connection:
            await connection.execute("DELETE FROM digests WHERE week = ? AND state = 'claimed'", (week.isoformat(),))

    async def wanted(self) -> bool:
        rows = await self._database.rows("SELECT value FROM staff_choices WHERE name = ?", (_WANTED,))
        return not rows or rows[0][0] == "yes"

    async def want(self, wanted: bool) -> None:
        async with self._database.transaction() as connection:
            await connection.execute(
                "INSERT INTO staff_choices (name, value) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (_WANTED, "yes" if wanted else "no"),
            )
