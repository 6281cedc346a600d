"""What staff are writing, kept until it is published or its time is over."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.storage.database import Database

_COLUMNS = "who, card, kind, step, content, active, expires"


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft of one person about one card; `active` is until when what they write goes into it (UTC)."""

    who: str
    card: int
    kind: str
    step: str
    expires: date
    content: dict[str, Any] = field(default_factory=dict)
    active: str | None = None


class DraftStore:
    """One draft for each person, card and kind; one of a person's drafts at most is active."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, draft: DraftRow) -> None:
        async with self._database.transaction() as connection:
            if draft.active is not None:
                await connection.execute("UPDATE desk_drafts SET active = NULL WHERE who = ?", (draft.who,))
            await connection.execute(
                f"INSERT INTO desk_drafts ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 (constant)
                " ON CONFLICT (who, card, kind) DO UPDATE SET step = excluded.step, content = excluded.content,"
                " active = excluded.active, expires = excluded.expires",
                (
                    draft.who, draft.card, draft.kind, draft.step, json.dumps(draft.content, ensure_ascii=False),
                    draft.active, draft.expires.isoformat(),
                ),
            )  # fmt: skip

    async def get(self, who: str, card: int, kind: str) -> DraftRow | None:
        rows = await self._database.rows(
            f"SELECT {_COLUMNS} FROM desk_drafts WHERE who = ? AND card = ? AND kind = ?",  # noqa: S608 (constant)
            (who, card, kind),
        )
        return _draft(rows[0]) if rows else None

    async def active(self) -> list[DraftRow]:
        """Every draft that somebody writes into."""
        rows = await self._database.rows(
            f"SELECT {_COLUMNS} FROM desk_drafts WHERE active IS NOT NULL"  # noqa: S608 (constant)
        )
        return [_draft(row) for row in rows]

    async def put_aside(self, who: str) -> None:
        """What a person writes goes nowhere any more; their drafts stay."""
        async with self._database.transaction() as connection:
            await connection.execute("UPDATE desk_drafts SET active = NULL WHERE who = ?", (who,))

    async def delete(self, who: str, card: int, kind: str) -> None:
        async with self._database.transaction() as connection:
            await connection.execute(
                "DELETE FROM desk_drafts WHERE who = ? AND card = ? AND kind = ?", (who, card, kind)
            )


def _draft(row: Any) -> DraftRow:
    return DraftRow(row[0], row[1], row[2], row[3], date.fromisoformat(row[6]), json.loads(row[4]), row[5])
