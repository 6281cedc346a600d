"""The folder of backups: their names tell their moment, and the oldest go."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from bot.services.clock import PARIS

_STAMP = "%Y%m%d-%H%M%S"
_NAME = re.compile(r"acces-droits-(\d{8}-\d{6})\.db")


def default_folder(database: Path) -> Path:
    """Where backups go unless told otherwise."""
    return database.parent / "sauvegardes"


def backup_name(moment: datetime) -> str:
    return f"acces-droits-{moment.astimezone(PARIS).strftime(_STAMP)}.db"


def moment_of(path: Path) -> datetime | None:
    """When a file of ours was made; None for any other file."""
    found = _NAME.fullmatch(path.name)
    try:
        return datetime.strptime(found.group(1), _STAMP).replace(tzinfo=PARIS) if found else None
    except ValueError:
        return None


def backups_in(folder: Path) -> list[Path]:
    """Our backups, oldest first; none when the folder cannot be read."""
    try:
        return sorted((path for path in folder.iterdir() if moment_of(path)), key=lambda path: path.name)
    except OSError:
        return []


def last_backup(folder: Path) -> datetime | None:
    found = backups_in(folder)
    return moment_of(found[-1]) if found else None


def drop_oldest(folder: Path, keep: int) -> int:
    """Leave the newest `keep` backups; files with other names are nobody's business. Returns how many went."""
    too_old = backups_in(folder)[: -max(1, keep)]
    for path in too_old:
        path.unlink(missing_ok=True)
    return len(too_old)
