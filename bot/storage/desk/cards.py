"""Cards in the database: the queue, one card's wordings, its state and who has it in hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot.domain.cards import Card, State, Wording
from bot.storage.database import Database

_MONTH = timedelta(days=30)
_MOST_NEEDS = 2_000  # of one card that are read to show it
# A card that is dealt with shows all its needs; another one, those that came since.
_OPEN = "(n.id > c.closed OR c.state IN ('done', 'ignored'))"
_QUEUE = f"""
SELECT c.id, c.state, c.since, count(n.id), min(n.day), max(n.day), coalesce(sum(n.day > :month), 0),
  coalesce(sum(n.day <= :month AND n.day > :before), 0), coalesce(sum(n.reason <> 'refused' AND n.language IS NULL), 0),
  coalesce(sum(n.reason = 'refused'), 0), coalesce(sum(n.language IS NOT NULL), 0), c.topic, c.until, c.holder,
  c.held_until
FROM cards c LEFT JOIN needs n ON n.card = c.id AND {_OPEN} WHERE :card IS NULL OR c.id = :card GROUP BY c.id
"""  # noqa: S608 (constants)
_WAITING = """
SELECT n.card, count(DISTINCT p.person) FROM people p JOIN needs n ON n.id = CAST(p.about AS INTEGER)
WHERE p.purpose = 'follow_up' AND p.expires >= ? AND n.card IS NOT NULL GROUP BY n.card
"""
_NEAREST = """
SELECT card, topic FROM (SELECT card, topic, row_number() OVER (PARTITION BY card ORDER BY n DESC, topic) AS place FROM
  (SELECT card, coalesce(topic, json_extract(candidates, '$[0].topic')) AS topic, count(*) AS n
   FROM needs WHERE card IS NOT NULL AND (? IS NULL OR card = ?) GROUP BY 1, 2) WHERE topic IS NOT NULL) WHERE place = 1
"""


class CardStore:
    """Reads and changes cards. A lease is a pseudonym and a moment in UTC; past it, nobody has the card."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self, today: date, now: str, card: int | None = None) -> list[Card]:
        """Every card with its figures, or one. A postponed card whose day has come is new again."""
        month, before = (today - _MONTH).isoformat(), (today - 2 * _MONTH).isoformat()
        # Named and numbered values cannot be mixed: the names are spelt out here.
        sql = _QUEUE.replace(":month", "?1").replace(":before", "?2").replace(":card", "?3")
        rows = await self._database.rows(sql, (month, before, card))
        waiting = dict(map(tuple, await self._database.rows(_WAITING, (today.isoformat(),))))
        nearest = dict(map(tuple, await self._database.rows(_NEAREST, (card, card))))
        return [_card(tuple(row), waiting, nearest, today, now) for row in rows]

    async def one(self, card: int, today: date, now: str) -> Card | None:
        found = await self.all(today, now, card)
        return found[0] if found else None

    async def wordings(self, cards: Sequence[int]) -> dict[int, list[Wording]]:
        """The different ways in which each card's needs were told."""
        rows = await self._database.rows(
            "SELECT n.card, n.text, n.day, n.channel, n.language, n.id FROM needs n JOIN cards c ON c.id = n.card"  # noqa: S608 (constants)
            f" WHERE n.card IN (SELECT value FROM json_each(?)) AND {_OPEN} ORDER BY n.id DESC LIMIT ?",
            (json.dumps(list(cards)), _MOST_NEEDS * len(cards)),
        )
        found: dict[tuple[int, str], list[Any]] = {}
        for row in rows:
            found.setdefault((row[0], row[1]), []).append(row)
        wordings: dict[int, list[Wording]] = {}
        for (card, text), told in found.items():
            wordings.setdefault(card, []).append(
                Wording(
                    text, len(told), date.fromisoformat(told[0][2]), tuple(sorted({row[3] for row in told})),
                    told[0][4], tuple(row[5] for row in told),
                )
            )  # fmt: skip
        return wordings

    async def need_ids(self, card: int) -> tuple[int, ...]:
        """The needs on a card that were not dealt with before."""
        rows = await self._database.rows(
            f"SELECT n.id FROM needs n JOIN cards c ON c.id = n.card WHERE c.id = ? AND {_OPEN} ORDER BY n.id",  # noqa: S608
            (card,),
        )
        return tuple(row[0] for row in rows)

    async def take(self, card: int, who: str, now: str, until: str) -> bool:
        """Have a card in hand; False when somebody else has it."""
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "UPDATE cards SET holder = ?, held_until = ?, state = CASE state WHEN 'new' THEN 'open' ELSE state END,"
                " closed = CASE closed WHEN 0 THEN -1 ELSE closed END"  # seen: no longer `untouched`
                " WHERE id = ? AND (holder IS NULL OR holder = ? OR held_until <= ?)",
                (who, until, card, who, now),
            )
            return cursor.rowcount > 0

    async def release(self, card: int, who: str) -> None:
        """Put a card back where nothing was done with it."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "UPDATE cards SET holder = NULL, held_until = NULL, state = CASE state WHEN 'open' THEN 'new'"
                " ELSE state END WHERE id = ? AND holder = ?",
                (card, who),
            )

    async def snapshot(self, cards: Sequence[int]) -> list[dict[str, Any]]:
        """What `restore` needs to put cards back as they are."""
        rows = await self._database.rows(
            "SELECT id, state, since, until, closed, topic FROM cards WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(cards)),),
        )
        names = ("id", "state", "since", "until", "closed", "topic")
        return [dict(zip(names, row, strict=True)) for row in rows]

    async def restore(self, cards: Sequence[dict[str, Any]], needs: dict[int, Sequence[int]]) -> None:
        """Put cards and their needs back; what came meanwhile stays where it is."""
        async with self._database.transaction() as connection:
            for card in cards:
                await connection.execute(
                    "INSERT INTO cards (id, state, since, until, closed, topic)"
                    " VALUES (:id, :state, :since, :until, :closed, :topic) ON CONFLICT (id) DO UPDATE SET"
                    " state = excluded.state, until = excluded.until, closed = excluded.closed",
                    card,
                )
                if card["state"] != "ignored":
                    await connection.execute("DELETE FROM ignored_wordings WHERE card = ?", (card["id"],))
            for number, ids in needs.items():
                await connection.executemany("UPDATE needs SET card = ? WHERE id = ?", [(number, need) for need in ids])

    async def set(self, card: int, state: State, until: date | None = None) -> None:
        """Change a card's state and let it go; its needs so far are dealt with when it is done."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "UPDATE cards SET state = ?, until = ?, holder = NULL, held_until = NULL, closed = CASE WHEN ?"
                " THEN coalesce((SELECT max(id) FROM needs WHERE card = cards.id), closed) ELSE closed END"
                " WHERE id = ?",
                (state, until.isoformat() if until else None, state == "done", card),
            )

    async def ignore(self, card: int, texts: Sequence[str]) -> None:
        """A card's wordings must never come back."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "UPDATE cards SET state = 'ignored', holder = NULL, held_until = NULL WHERE id = ?", (card,)
            )
            await connection.executemany(
                "INSERT OR IGNORE INTO ignored_wordings (card, text) VALUES (?, ?)", [(card, text) for text in texts]
            )

    async def merge(self, gone: int, into: int) -> None:
        """All needs of a card are another one's."""
        async with self._database.transaction() as connection:
            await connection.execute("UPDATE needs SET card = ? WHERE card = ?", (into, gone))
            await connection.execute("DELETE FROM cards WHERE id = ?", (gone,))


def _card(row: tuple[Any, ...], waiting: dict[int, int], nearest: dict[int, str], today: date, now: str) -> Card:
    until = date.fromisoformat(row[12]) if row[12] else None
    held = row[13] is not None and (row[14] or "") > now
    state: State = row[1]
    if (state == "postponed" and until is not None and until <= today) or (state == "open" and not held):
        state = "new"
    return Card(
        id=row[0], state=state, since=date.fromisoformat(row[4] or row[2]), count=row[3],
        last=date.fromisoformat(row[5]) if row[5] else None, this_month=row[6], last_month=row[7], unknown=row[8],
        refused=row[9], foreign=row[10], waiting=waiting.get(row[0], 0), nearest=nearest.get(row[0]), topic=row[11],
        until=until, holder=row[13] if held else None,
    )  # fmt: skip
