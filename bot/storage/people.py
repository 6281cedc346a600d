"""Who has a role or waits for news, and the invitations to a role. Telegram ids stand in `people` only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from bot.domain.roles import Role
from bot.storage.database import Database

Purpose = Literal["mediator", "staff", "follow_up"]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Why an id is kept, and its last day."""

    person: int
    purpose: Purpose
    about: str
    expires: date


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation that nobody has used yet; `expires` is UTC."""

    hash: str
    role: Role
    expires: str


class PeopleStore:
    """Reads and writes `people` and `invitations`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self, person: int | None = None) -> list[PersonRow]:
        """Everything, or everything about one person."""
        rows = await self._database.rows(
            "SELECT person, purpose, about, expires FROM people WHERE ? IS NULL OR person = ?"
            " ORDER BY expires, person, purpose, about",
            (person, person),
        )
        return [PersonRow(row[0], row[1], row[2], date.fromisoformat(row[3])) for row in rows]

    async def put(self, person: int, purpose: Purpose, about: str, expires: date) -> None:
        async with self._database.transaction() as connection:
            await connection.execute(
                "INSERT INTO people (person, purpose, about, expires) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (person, purpose, about) DO UPDATE SET expires = excluded.expires",
                (person, purpose, about, expires.isoformat()),
            )

    async def remove(self, person: int, *purposes: Purpose) -> int:
        """Forget a person for some purposes; returns how many rows that were."""
        async with self._database.transaction() as connection:
            removed = 0
            for purpose in purposes:
                cursor = await connection.execute(
                    "DELETE FROM people WHERE person = ? AND purpose = ?", (person, purpose)
                )
                removed += cursor.rowcount
            return removed

    async def erase(self, person: int, pseudonyms: tuple[str, ...]) -> int:
        """Everything tied to a person, in one transaction; returns how many rows that were."""
        async with self._database.transaction() as connection:
            # As long as somebody waits for the answer to a question, we know whose it is: it goes with them.
            cursor = await connection.execute(
                "DELETE FROM needs WHERE id IN"
                " (SELECT CAST(about AS INTEGER) FROM people WHERE person = ? AND purpose = 'follow_up')",
                (person,),
            )
            removed = cursor.rowcount
            cursor = await connection.execute("DELETE FROM people WHERE person = ?", (person,))
            removed += cursor.rowcount
            for pseudonym in pseudonyms:
                for sql in (
                    "DELETE FROM preferences WHERE pseudonym = ?",
                    "DELETE FROM sessions WHERE mediator = ?",
                ):
                    cursor = await connection.execute(sql, (pseudonym,))
                    removed += cursor.rowcount
        await self._database.forget_for_good()
        return removed

    async def invite(self, invitation: InvitationRow) -> None:
        async with self._database.transaction() as connection:
            await connection.execute(
                "INSERT INTO invitations (hash, role, expires) VALUES (?, ?, ?)",
                (invitation.hash, invitation.role, invitation.expires),
            )

    async def invited(self, hashed: str, now: str) -> Role | None:
        """The role that an invitation still gives."""
        rows = await self._database.rows("SELECT role FROM invitations WHERE hash = ? AND expires > ?", (hashed, now))
        return cast(Role, rows[0][0]) if rows else None

    async def accept(self, hashed: str, person: int, now: str, expires: date) -> Role | None:
        """Use an invitation up and give its role, both or neither; None when it is used, too old or unknown."""
        async with self._database.transaction() as connection:
            async with connection.execute(
                "SELECT role FROM invitations WHERE hash = ? AND expires > ?", (hashed, now)
            ) as cursor:
                row = await cursor.fetchone()
            if row is None:
                return None
            await connection.execute("DELETE FROM invitations WHERE hash = ?", (hashed,))
            await connection.execute(
                "DELETE FROM people WHERE person = ? AND purpose IN ('mediator', 'staff')", (person,)
            )
            await connection.execute(
                "INSERT INTO people (person, purpose, expires) VALUES (?, ?, ?)", (person, row[0], expires.isoformat())
            )
            return cast(Role, row[0])

    async def pending(self, now: str) -> list[InvitationRow]:
        """Invitations that can still be used, the first to end first."""
        rows = await self._database.rows(
            "SELECT hash, role, expires FROM invitations WHERE expires > ? ORDER BY expires, hash", (now,)
        )
        return [InvitationRow(row[0], row[1], row[2]) for row in rows]

    async def cancel(self, hashed: str) -> bool:
        """Take an invitation back."""
        async with self._database.transaction() as connection:
            cursor = await connection.execute("DELETE FROM invitations WHERE hash = ?", (hashed,))
            return cursor.rowcount > 0
