"""Which card each need is on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from bot.storage.database import Database

_UNTOUCHED = (
    "state = 'new' AND closed = 0 AND topic IS NULL AND holder IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM desk_history WHERE card = cards.id)"
    " AND NOT EXISTS (SELECT 1 FROM desk_drafts WHERE card = cards.id)"
)


class Ungrouped(NamedTuple):
    """A need that is on no card yet."""

    id: int
    day: str
    text: str
    language: str | None


class Placed(NamedTuple):
    """A need and the card it was put on."""

    need: int
    card: int
    day: str


class GroupingStore:
    """Puts needs on cards, and gives back what was put before."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ungrouped(self, limit: int) -> list[Ungrouped]:
        """Needs on no card, oldest first."""
        rows = await self._database.rows(
            "SELECT id, day, text, language FROM needs WHERE card IS NULL ORDER BY id LIMIT ?", (limit,)
        )
        return [Ungrouped(*row) for row in rows]

    async def wordings(self, of_each: int, limit: int) -> list[tuple[int, str, str | None]]:
        """(card, text, language) of the latest wordings of every card, and of all that must never come back."""
        rows = await self._database.rows(
            "SELECT card, text, language FROM (SELECT card, text, language, max(id) AS last, row_number() OVER"
            " (PARTITION BY card ORDER BY max(id) DESC) AS place FROM needs WHERE card IS NOT NULL"
            " GROUP BY card, text) WHERE place <= ? ORDER BY last DESC LIMIT ?",
            (of_each, limit),
        )
        ignored = await self._database.rows("SELECT card, text, NULL FROM ignored_wordings")
        return [(row[0], row[1], row[2]) for row in [*ignored, *rows]]

    async def highest(self) -> int:
        """The highest number that a card ever had."""
        rows = await self._database.rows(
            "SELECT max(coalesce((SELECT max(id) FROM cards), 0), coalesce((SELECT max(card) FROM desk_history), 0))"
        )
        return int(rows[0][0])

    async def place(self, placed: Sequence[Placed]) -> None:
        """Write where needs were put, all or nothing. A card that was done is new again: its answer does not do."""
        async with self._database.transaction() as connection:
            for one in placed:
                await connection.execute("INSERT OR IGNORE INTO cards (id, since) VALUES (?, ?)", (one.card, one.day))
                await connection.execute(
                    "UPDATE cards SET state = 'new' WHERE id = ? AND state = 'done' AND closed < ?",
                    (one.card, one.need),
                )
                await connection.execute(
                    "UPDATE needs SET card = ? WHERE id = ? AND card IS NULL", (one.card, one.need)
                )

    async def move(self, card: int, need_ids: Sequence[int], day: date) -> None:
        """Put needs on a card, made when it is not there: one that a person made is not `untouched`."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "INSERT OR IGNORE INTO cards (id, since, closed) VALUES (?, ?, -1)", (card, day.isoformat())
            )
            await connection.executemany("UPDATE needs SET card = ? WHERE id = ?", [(card, need) for need in need_ids])

    async def untouched(self) -> set[int]:
        """Cards that are new, in nobody's hands, and that nobody ever acted on."""
        return {row[0] for row in await self._database.rows(f"SELECT id FROM cards WHERE {_UNTOUCHED}")}  # noqa: S608

    async def join(self, gone: int, into: int) -> bool:
        """Put two untouched cards together; False when somebody touched one meanwhile."""
        async with self._database.transaction() as connection:
            found = await connection.execute_fetchall(
                f"SELECT id FROM cards WHERE id IN (?, ?) AND {_UNTOUCHED}",  # noqa: S608
                (gone, into),
            )
            if len(list(found)) < 2:
                return False
            await connection.execute("UPDATE needs SET card = ? WHERE card = ?", (into, gone))
            await connection.execute(
                "UPDATE cards SET since = min(since, (SELECT since FROM cards WHERE id = ?)) WHERE id = ?", (gone, into)
            )
            await connection.execute("DELETE FROM cards WHERE id = ?", (gone,))
            return True

    async def expired(self, topics: Sequence[str], day: date) -> None:
        """Entries past their day have a card each; an entry that was checked loses it, and so does a card whose
        needs are all erased."""
        known = {row[0] for row in await self._database.rows("SELECT topic FROM cards WHERE topic IS NOT NULL")}
        empty = await self._database.rows(
            "SELECT id FROM cards WHERE topic IS NULL AND state <> 'ignored'"
            " AND NOT EXISTS (SELECT 1 FROM needs WHERE card = cards.id)"
        )
        if known == set(topics) and not empty:
            return
        async with self._database.transaction() as connection:
            for topic in sorted(set(topics) - known):
                await connection.execute(
                    "INSERT OR IGNORE INTO cards (since, topic) VALUES (?, ?)", (day.isoformat(), topic)
                )
            await connection.executemany("DELETE FROM cards WHERE topic = ?", [(one,) for one in known - set(topics)])
            await connection.executemany(
                "DELETE FROM cards WHERE id = ? AND NOT EXISTS (SELECT 1 FROM needs WHERE card = cards.id)",
                [(row[0],) for row in empty],
            )
