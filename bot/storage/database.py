"""Opens the SQLite file, brings it to today's schema, and gives out transactions one at a time."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from importlib import resources
from pathlib import Path
from time import monotonic
from typing import Self

import aiosqlite

from bot.storage.errors import NewerDatabaseError, StorageError, storage_error

_BUSY_SECONDS = 5.0  # how long a writer waits for another program
_AGAIN_SECONDS = 0.05
_BUSY = "PRAGMA busy_timeout = {}"
_OPENING_MILLISECONDS = 5_000
_WRITING_MILLISECONDS = 50
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA foreign_keys = ON",
    # A killed process loses nothing with NORMAL; only a power cut may lose the last transactions, never the file.
    "PRAGMA synchronous = NORMAL",
    _BUSY.format(_OPENING_MILLISECONDS),
    "PRAGMA secure_delete = ON",  # what is erased is overwritten, not only unlinked
)


def migrations() -> list[tuple[int, str, str]]:
    """(number, name, SQL) of every schema step, in order."""
    folder = resources.files("bot.storage") / "migrations"
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda e: e.name)
    return [(int(file.name.split("_")[0]), file.name, file.read_text(encoding="utf-8")) for file in files]


class Database:
    """One connection with one worker thread; readers share it, writers take turns."""

    def __init__(self, connection: aiosqlite.Connection, path: Path) -> None:
        self._connection = connection
        self._writing = asyncio.Lock()
        self._identity = _identity(path)
        self.path = path

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open or create the file (readable by its owner only) and migrate it; raises StorageError."""
        return cls(await _connected(path), path)

    async def close(self) -> None:
        await self._connection.close()

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[aiosqlite.Connection]:
        """All or nothing; raises StorageError when SQLite refuses."""
        patience = monotonic() + _BUSY_SECONDS  # together with those before: nobody waits for each of them in turn
        async with self._writing:
            await self._stay_with_the_file()
            try:
                await self._begin(patience)
                try:
                    yield self._connection
                    await self._connection.execute("COMMIT")
                except BaseException:
                    with contextlib.suppress(sqlite3.Error):  # a full disk has ended it already
                        await self._connection.execute("ROLLBACK")
                    raise
            except sqlite3.Error as error:
                raise storage_error(error) from error

    async def _stay_with_the_file(self) -> None:
        """A file that somebody deleted still takes what is written, and loses it: it is made again from the open one.

        Raises StorageError once, so that staff hear of it; whoever tries again finds it mended.
        """
        if _identity(self.path) == self._identity:
            return
        deleted = not self.path.exists()
        try:
            if deleted:
                for leftover in ("-wal", "-shm"):
                    self.path.with_name(self.path.name + leftover).unlink(missing_ok=True)
                _make_file(self.path)
                async with aiosqlite.connect(self.path) as fresh:
                    await self._connection.backup(fresh)
            old, self._connection = self._connection, await _connected(self.path)
            await old.close()
        except (sqlite3.Error, OSError) as error:
            raise storage_error(error) from error
        self._identity = _identity(self.path)
        raise StorageError(
            "son fichier avait disparu, il a été refait" if deleted else "son fichier a été remplacé par un autre"
        )

    async def _begin(self, patience: float) -> None:
        """Begin to write, once other programs let us."""
        while True:
            try:
                await self._connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or monotonic() >= patience:
                    raise
                await asyncio.sleep(_AGAIN_SECONDS)
            else:
                return

    async def forget_for_good(self) -> None:
        """After an erasure: empty the write-ahead log too, which still holds it. Another reader may put it off."""
        async with self._writing:
            try:
                await self._connection.execute(_BUSY.format(_OPENING_MILLISECONDS))
                await self._connection.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
                await self._connection.execute(_BUSY.format(_WRITING_MILLISECONDS))
            except sqlite3.Error as error:
                raise storage_error(error) from error

    async def rows(self, sql: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        """The rows of a query; raises StorageError."""
        try:
            return list(await self._connection.execute_fetchall(sql, values))  # one way to the thread and back
        except sqlite3.Error as error:
            raise storage_error(error) from error


async def _connected(path: Path) -> aiosqlite.Connection:
    """A connection to a file that exists now, in today's schema; raises StorageError."""
    connection: aiosqlite.Connection | None = None
    try:
        _make_file(path)
        connection = await aiosqlite.connect(path, isolation_level=None)
        for pragma in _PRAGMAS:
            await connection.execute(pragma)
        await _migrate(connection)
        # From here on who waits for another program waits beside the one thread, which then reads for the others.
        await connection.execute(_BUSY.format(_WRITING_MILLISECONDS))
    except (sqlite3.Error, OSError) as error:
        if connection is not None:
            await connection.close()
        raise _opening_error(path, error) from error
    except StorageError:
        if connection is not None:
            await connection.close()
        raise
    return connection


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file a path leads to; None when it leads to none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _make_file(path: Path) -> None:
    """Make the file before SQLite does, so that nobody but its owner can read it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        path.touch(mode=0o600)
    sqlite3.connect(path).close()  # says now what aiosqlite's thread would only say once the event loop is closed


def _opening_error(path: Path, error: sqlite3.Error | OSError) -> StorageError:
    reason: object = storage_error(error)
    if isinstance(error, OSError):
        reason = "son dossier ne peut pas être créé ou écrit"
    return StorageError(f"la base de données {path} ne peut pas être utilisée : {reason}")


async def _migrate(connection: aiosqlite.Connection) -> None:
    """Apply the steps that are missing, each with its record in one transaction."""
    steps = migrations()
    async with connection.execute("PRAGMA user_version") as cursor:
        row = await cursor.fetchone()
    current = int(row[0]) if row else 0
    if current > steps[-1][0]:
        raise NewerDatabaseError(
            f"la base de données vient d'une version plus récente du programme (schéma {current}, connu {steps[-1][0]})"
        )
    for number, _, sql in steps:
        if number <= current:
            continue
        await connection.executescript(f"BEGIN IMMEDIATE;\n{sql}\nPRAGMA user_version = {number};\nCOMMIT;")
