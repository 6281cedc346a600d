"""Mediators' sessions in the database, by pseudonym."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from bot.domain.sessions import Kind, Note, Session, What
from bot.storage.database import Database

_COLUMNS = (
    "id, kind, started, last, ended, by_itself, minutes, place_type, place, equipment, autonomy, orientation, mediator"
)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _read_moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class SessionStore:
    """One open session for each mediator: the database itself refuses a second one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def start(self, mediator: str, kind: Kind, day: date, now: datetime, place_type: str) -> bool:
        """Open a session; False when one is open already."""
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "INSERT INTO sessions (mediator, kind, day, started, last, place_type) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                (mediator, kind, day.isoformat(), _moment(now), _moment(now), place_type),
            )
            return cursor.rowcount > 0

    async def open_one(self, mediator: str) -> Session | None:
        """The open session of a mediator."""
        found = await self._read("mediator = ? AND ended IS NULL", mediator)
        return found[0][1] if found else None

    async def one(self, mediator: str, session: int) -> Session | None:
        """A session of this mediator; another's does not exist for them."""
        found = await self._read("mediator = ? AND id = ?", mediator, session)
        return found[0][1] if found else None

    async def of(self, mediator: str) -> list[Session]:
        """All sessions of a mediator, oldest first."""
        return [session for _, session in await self._read("mediator = ?", mediator)]

    async def between(self, first: date, last: date) -> list[tuple[str, Session]]:
        """Everybody's sessions that began on these days, with the pseudonym of each."""
        return await self._read("day >= ? AND day <= ?", first.isoformat(), last.isoformat())

    async def idle_since(self, moment: datetime) -> list[tuple[str, Session]]:
        """Open sessions in which nothing happened since a moment."""
        return await self._read("ended IS NULL AND last <= ?", _moment(moment))

    async def set(self, session: Session, now: datetime) -> None:
        """Write what a mediator may set; the end stays as it is."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "UPDATE sessions SET minutes = ?, place_type = ?, place = ?, equipment = ?, autonomy = ?,"
                " orientation = ?, last = CASE WHEN ended IS NULL THEN ? ELSE last END WHERE id = ?",
                (
                    session.given_minutes,
                    session.place_type,
                    session.place,
                    ",".join(session.equipment),
                    session.autonomy,
                    session.orientation,
                    _moment(now),
                    session.id,
                ),
            )

    async def note(self, session: int, note: Note, now: datetime, update_id: int | None) -> None:
        """Add what came up; the same update, or the same kept topic, is noted once."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "INSERT INTO session_notes (session_id, what, topic, text, update_id) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                (session, note.what, note.topic, note.text, update_id),
            )
            await connection.execute(
                "UPDATE sessions SET last = ? WHERE id = ? AND ended IS NULL", (_moment(now), session)
            )

    async def answer_last(self, session: int, topic: str) -> None:
        """Give the last question its topic, unless it has one."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "UPDATE session_notes SET topic = ? WHERE topic = '' AND id ="
                " (SELECT max(id) FROM session_notes WHERE session_id = ? AND what = 'question')",
                (topic, session),
            )

    async def drop(self, session: int, what: What, topic: str) -> None:
        """Take a topic out of a session."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "DELETE FROM session_notes WHERE session_id = ? AND what = ? AND topic = ?", (session, what, topic)
            )

    async def end(self, session: int, at: datetime, *, by_itself: bool = False) -> bool:
        """Close a session; False when it was closed before. Update ids are forgotten with it."""
        async with self._database.transaction() as connection:
            cursor = await connection.execute(
                "UPDATE sessions SET ended = ?, last = ?, by_itself = ? WHERE id = ? AND ended IS NULL",
                (_moment(at), _moment(at), int(by_itself), session),
            )
            await connection.execute("UPDATE session_notes SET update_id = NULL WHERE session_id = ?", (session,))
            return cursor.rowcount > 0

    async def delete(self, mediator: str, session: int) -> bool:
        """Delete a session and all that stood in it; False when it is gone, or somebody else's."""
        async with self._database.transaction() as connection:
            cursor = await connection.execute("DELETE FROM sessions WHERE mediator = ? AND id = ?", (mediator, session))
            gone = cursor.rowcount > 0
        if gone:
            await self._database.forget_for_good()
        return gone

    async def recent_places(self, mediator: str, limit: int) -> list[tuple[str, str]]:
        """The places of the last sessions, each once, latest first: (type, place)."""
        rows = await self._database.rows(
            "SELECT place_type, place FROM sessions WHERE mediator = ? AND place <> ''"
            " GROUP BY place_type, place ORDER BY max(id) DESC LIMIT ?",
            (mediator, limit),
        )
        return [(row[0], row[1]) for row in rows]

    async def _read(self, where: str, *values: object) -> list[tuple[str, Session]]:
        sql = f"SELECT {_COLUMNS} FROM sessions WHERE {where} ORDER BY id"  # noqa: S608 (constants of this file)
        rows = await self._database.rows(sql, values)
        if not rows:
            return []
        noted = await self._database.rows(
            "SELECT session_id, what, topic, text FROM session_notes WHERE session_id IN"  # noqa: S608
            f" (SELECT id FROM sessions WHERE {where}) ORDER BY id",
            values,
        )
        notes: dict[int, list[Note]] = {}
        for row in noted:
            notes.setdefault(row[0], []).append(Note(row[1], row[2], row[3]))
        return [(row[12], _session(row, notes.get(row[0], ()))) for row in rows]


def _session(row: Any, notes: Iterable[Note]) -> Session:
    return Session(
        id=row[0],
        kind=row[1],
        started=_read_moment(row[2]),
        last=_read_moment(row[3]),
        ended=_read_moment(row[4]) if row[4] else None,
        by_itself=bool(row[5]),
        given_minutes=row[6],
        place_type=row[7],
        place=row[8],
        equipment=tuple(filter(None, row[9].split(","))),
        autonomy=row[10],
        orientation=row[11],
        notes=tuple(notes),
    )
