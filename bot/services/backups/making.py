"""Makes one backup: copied while the assistant writes, checked, and only then in its place."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from pathlib import Path

from bot.knowledge_base.contribution_files import FOLDER
from bot.services.backups.errors import BackupError
from bot.services.backups.folder import backup_name, drop_oldest
from bot.services.backups.key_mark import KEY_PART, key_mark
from bot.storage.backup_file import check_backup, copy_database

CONTRIBUTION = "contributions/"  # what staff published in conversation stands in files, and in no repository
_MOST_BYTES = 20 << 20


def make_backup(database: Path, knowledge: Path, key: bytes | None, target: Path) -> Path:
    """Write one file, readable by its owner only; raises BackupError or StorageError, and then leaves nothing."""
    if not database.is_file():
        raise BackupError(f"la base de données {database} n'existe pas encore : il n'y a rien à sauvegarder")
    if target.exists() and target.samefile(database):
        raise BackupError(f"{target} est la base elle-même : choisissez un autre fichier")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.stem}-", suffix=".tmp")  # 0600
    except OSError as error:
        raise BackupError(f"{target.parent} ne peut pas être écrit ({error.strerror})") from None
    os.close(descriptor)
    fresh = Path(name)
    try:
        parts = contribution_parts(knowledge)
        if key:
            parts[KEY_PART] = key_mark(key)
        copy_database(database, fresh, parts)
        check_backup(fresh, target)
        _to_disk(fresh)
        fresh.replace(target)
        _to_disk(target.parent)
    except OSError as error:
        raise BackupError(f"la sauvegarde {target} n'a pas pu être écrite ({error.strerror})") from None
    finally:
        fresh.unlink(missing_ok=True)
        fresh.with_name(f"{fresh.name}-journal").unlink(missing_ok=True)
    return target


def make_in_folder(database: Path, knowledge: Path, key: bytes | None, folder: Path, now: datetime, keep: int) -> Path:
    """One more backup in the folder; the oldest go once it is there."""
    made = make_backup(database, knowledge, key, folder / backup_name(now))
    drop_oldest(folder, keep)
    return made


def contribution_parts(knowledge: Path) -> dict[str, bytes]:
    """The files of the overlay by name; raises BackupError."""
    root = knowledge / FOLDER
    found: dict[str, bytes] = {}
    try:
        for path in sorted(root.rglob("*.yaml")) if root.is_dir() else ():
            if path.is_file() and not path.is_symlink():
                found[f"{CONTRIBUTION}{path.relative_to(root).as_posix()}"] = path.read_bytes()
    except OSError as error:
        raise BackupError(f"les contributions de {root} ne peuvent pas être lues ({error.strerror})") from None
    if sum(map(len, found.values())) > _MOST_BYTES:
        raise BackupError(f"les contributions de {root} sont trop grandes pour une sauvegarde")
    return found


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
