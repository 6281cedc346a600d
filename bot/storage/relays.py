"""Relays in the database: by the keyed hash of their code, never the code."""

from __future__ import annotations

from datetime import date

from bot.domain.relays import Relay, bits, numbers
from bot.storage.database import Database


class RelayStore:
    """Writes a relay, hands it to one update, and deletes it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, hashed: str, relay: Relay, expires: date) -> bool:
        """Keep a relay; False when another one has that hash."""
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "INSERT OR IGNORE INTO relays (hash, topic, version, steps, papers, expires) VALUES (?, ?, ?, ?, ?, ?)",
                (hashed, relay.topic, relay.version, bits(relay.done), bits(relay.missing), expires.isoformat()),
            )
            return cursor.rowcount > 0

    async def take(self, hashed: str, today: date, update_id: int) -> Relay | None:
        """Give a relay to one update, and to no other; None when there is none (any more)."""
        async with (
            self._database.transaction() as connection,
            connection.execute(
                "UPDATE relays SET update_id = ? WHERE hash = ? AND expires >= ?"
                " AND (update_id IS NULL OR update_id = ?) RETURNING topic, version, steps, papers",
                (update_id, hashed, today.isoformat(), update_id),
            ) as cursor,
        ):
            row = await cursor.fetchone()
        return Relay(row[0], row[1], numbers(row[2]), numbers(row[3])) if row else None

    async def delete(self, hashed: str) -> None:
        """It was used."""
        async with self._database.transaction() as connection:
            await connection.execute("DELETE FROM relays WHERE hash = ?", (hashed,))
