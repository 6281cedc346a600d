"""A backup is an SQLite file of its own: a copy made while others write, with a seal that says what it must hold.

SQLite's own check finds torn pages, not a byte that changed inside a text: the seal is a digest of every row.
Everything here blocks: it is for the command line and for a child process.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from bot.storage.database import migrations
from bot.storage.errors import NewerDatabaseError, StorageError, storage_error

_EXTRA = "backup_parts"
_SEAL = "seal"
_OURS = "needs"  # a table that every version has
_WAIT_SECONDS = 30.0


class BackupRefusedError(StorageError):
    """A file is no backup that may be restored."""


def copy_database(source: Path, target: Path, parts: Mapping[str, bytes]) -> None:
    """Copy a database as it stands at one moment, with `parts` beside its tables; raises StorageError.

    Writers go on meanwhile: in WAL mode one step reads one state of the file. `target` must exist and be empty.
    """
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=_WAIT_SECONDS)) as live,
            closing(sqlite3.connect(target, isolation_level=None)) as copy,
        ):
            live.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file that can be read from a read-only disk
            copy.execute(f"DROP TABLE IF EXISTS {_EXTRA}")
            copy.execute(f"CREATE TABLE {_EXTRA} (name TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID")
            copy.executemany(f"INSERT INTO {_EXTRA} VALUES (?, ?)", parts.items())  # noqa: S608
            copy.execute(f"INSERT INTO {_EXTRA} VALUES (?, ?)", (_SEAL, _digest(copy)))  # noqa: S608
    except sqlite3.Error as error:
        raise StorageError(f"la base de données {source} n'a pas pu être copiée : {storage_error(error)}") from error


def check_backup(path: Path, name: Path | None = None) -> dict[str, bytes]:
    """The parts of a backup that is whole and not too new for this program; raises StorageError, which says `name`."""
    name = name or path
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=1)) as connection:
            return _checked(connection, name)
    except (sqlite3.Error, OSError) as error:
        raise BackupRefusedError(f"la sauvegarde {name} ne peut pas être lue : {storage_error(error)}") from error


def unpack(path: Path) -> None:
    """Leave only the tables of a database in a file that `check_backup` accepted; raises StorageError."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute(f"DROP TABLE IF EXISTS {_EXTRA}")
    except sqlite3.Error as error:
        raise storage_error(error) from error


def quick_check(path: Path) -> int:
    """The schema number of a database that SQLite finds whole; raises StorageError."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise StorageError("la base est abîmée")
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error as error:
        raise storage_error(error) from error


def newest_schema() -> int:
    return migrations()[-1][0]


def flush(path: Path) -> None:
    """Bring what the write-ahead log holds into the file, where it can be read at all."""
    with closing(sqlite3.connect(path, timeout=5)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _checked(connection: sqlite3.Connection, path: Path) -> dict[str, bytes]:
    problems = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(3)")]
    if problems != ["ok"]:
        raise BackupRefusedError(f"la sauvegarde {path} est abîmée : prenez-en une autre")
    tables = {str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    schema = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if _OURS not in tables or not schema:
        raise BackupRefusedError(f"le fichier {path} n'est pas une sauvegarde de l'assistant")
    if schema > newest_schema():
        raise NewerDatabaseError(
            f"la sauvegarde {path} vient d'une version plus récente du programme "
            f"(schéma {schema}, connu {newest_schema()}) : mettez d'abord le programme à jour"
        )
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise BackupRefusedError(f"la sauvegarde {path} est incomplète : prenez-en une autre")
    if _EXTRA not in tables:  # a copy that somebody made by hand: whole, but without a seal
        return {}
    parts = {str(name): bytes(content) for name, content in connection.execute(f"SELECT * FROM {_EXTRA}")}  # noqa: S608
    if parts.pop(_SEAL, b"") != _digest(connection):
        raise BackupRefusedError(f"le contenu de la sauvegarde {path} a changé depuis : prenez-en une autre")
    return parts


def _digest(connection: sqlite3.Connection) -> bytes:
    """SHA-256 of the schema and of every row, in any order; the seal itself left out."""
    schema = connection.execute("SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    total = sum(_number(entry) for entry in schema)
    for name in (name for name, kind, _ in schema if kind == "table"):
        quoted = '"' + name.replace('"', '""') + '"'  # a name that the file itself has
        for row in connection.execute(f"SELECT * FROM {quoted}"):  # noqa: S608
            if name != _EXTRA or row[0] != _SEAL:
                total += _number((name, *row))
    return f"{total % 2**256:064x}".encode()


def _number(values: tuple[object, ...]) -> int:
    return int.from_bytes(hashlib.sha256(repr(values).encode()).digest())
