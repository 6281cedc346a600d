"""Takes out of the database what its time is over for."""

from __future__ import annotations

from bot.storage.database import Database


class RetentionStore:
    """Deletes rows by the day or moment that one of their columns holds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def sweep(self, table: str, column: str, before: str) -> int:
        """Delete what is before a day or moment; returns how many rows. A table that does not exist has none.

        Table and column come from the settings table in the code, never from outside.
        """
        known = await self._database.rows("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
        if not known:
            return 0
        async with self._database.transaction() as connection:
            cursor = await connection.execute(f"DELETE FROM {table} WHERE {column} < ?", (before,))  # noqa: S608
            return cursor.rowcount

    async def sweep_needs(self, before: str) -> int:
        """Delete the needs told before a day; what stays is how many there were, by day, reason and closest topic."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "INSERT INTO counts (day, what, topic, n)"
                " SELECT day, 'need_' || reason, coalesce(topic, json_extract(candidates, '$[0].topic'), ''), count(*)"
                " FROM needs WHERE day < ? GROUP BY 1, 2, 3"
                " ON CONFLICT (day, what, topic) DO UPDATE SET n = n + excluded.n",
                (before,),
            )
            cursor = await connection.execute("DELETE FROM needs WHERE day < ?", (before,))
            return cursor.rowcount

    async def finish(self) -> None:
        """Leave nothing of what was deleted in the file."""
        await self._database.forget_for_good()
