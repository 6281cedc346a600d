"""Puts a backup back: what is refused changes nothing, and what stood there before is kept aside."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from bot.knowledge_base.atomic_file import write_whole
from bot.knowledge_base.contribution_files import FOLDER
from bot.services.backups.errors import BackupError
from bot.services.backups.key_mark import KEY_PART, key_mark
from bot.services.backups.making import CONTRIBUTION
from bot.services.clock import PARIS
from bot.storage.backup_file import check_backup, flush, unpack
from bot.storage.database import Database
from bot.storage.lock import DatabaseLock


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    aside: Path | None  # where the state before it is kept
    contributions: int
    sealed: bool
    other_key: bool  # the pseudonyms were made with another key than the one at hand


def restore(backup: Path, database: Path, knowledge: Path, key: bytes | None, now: datetime) -> Restored:
    """Replace the database and the contributions; raises BackupError or StorageError before anything changed."""
    if not backup.is_file():
        raise BackupError(f"le fichier {backup} n'existe pas")
    with DatabaseLock(database):
        try:
            with tempfile.TemporaryDirectory(dir=database.parent, prefix=".restauration-") as room:
                fresh = Path(room) / "base.db"
                shutil.copyfile(backup, fresh)
                fresh.chmod(0o600)
                parts = check_backup(fresh, backup)
                contributions = _contributions(parts)
                unpack(fresh)
                asyncio.run(_migrated(fresh))
                aside = _keep_aside(database, knowledge, now)
                fresh.replace(database)
                if parts:
                    _replace_contributions(knowledge / FOLDER, contributions)
        except OSError as error:
            raise BackupError(f"la restauration n'a pas pu écrire : {error.strerror} ({error.filename})") from None
    mark = parts.get(KEY_PART)
    return Restored(
        aside, len(contributions), sealed=bool(parts), other_key=mark is not None and (not key or key_mark(key) != mark)
    )


async def _migrated(path: Path) -> None:
    """An old schema is brought up to date before anything is replaced."""
    await (await Database.open(path)).close()


def _contributions(parts: dict[str, bytes]) -> dict[PurePosixPath, str]:
    """The overlay's files by relative path; raises BackupError for a path that would leave the folder."""
    found: dict[PurePosixPath, str] = {}
    for name, content in parts.items():
        if not name.startswith(CONTRIBUTION):
            continue
        path = PurePosixPath(name.removeprefix(CONTRIBUTION))
        if path.is_absolute() or ".." in path.parts or path.suffix != ".yaml":
            raise BackupError("la sauvegarde contient un nom de fichier interdit : prenez-en une autre")
        try:
            found[path] = content.decode()
        except UnicodeDecodeError:
            raise BackupError("la sauvegarde contient un fichier illisible : prenez-en une autre") from None
    return found


def _keep_aside(database: Path, knowledge: Path, now: datetime) -> Path | None:
    """Copies of what is there now, in a folder of their own; the database's file stays until the new one comes."""
    overlay = knowledge / FOLDER
    old = [path for path in (database, *_logs(database)) if path.exists()]
    if not old and not overlay.is_dir():
        return None
    aside = Path(
        tempfile.mkdtemp(dir=database.parent, prefix=f"avant-restauration-{now.astimezone(PARIS):%Y%m%d-%H%M%S}-")
    )
    with contextlib.suppress(sqlite3.Error):  # a broken base is kept as it is
        if database.exists():
            flush(database)
    if overlay.is_dir():
        shutil.copytree(overlay, aside / FOLDER)
    if database.exists():
        shutil.copy2(database, aside / database.name)
    # A log of the old base must never meet the new one: SQLite would play it into it.
    for path in _logs(database):
        if path.exists():
            path.replace(aside / path.name)
    return aside


def _logs(database: Path) -> tuple[Path, Path]:
    return database.with_name(f"{database.name}-wal"), database.with_name(f"{database.name}-shm")


def _replace_contributions(root: Path, files: dict[PurePosixPath, str]) -> None:
    for path, text in files.items():
        write_whole(root / path, text)
    if root.is_dir():
        for old in root.rglob("*.yaml"):
            if PurePosixPath(old.relative_to(root).as_posix()) not in files:
                old.unlink()
