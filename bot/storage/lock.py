"""One program at a time serves a database: two would answer twice, and a restore must not pull the file away."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Self

from bot.storage.errors import StorageError


class InUseError(StorageError):
    """Another program holds the database's lock."""


class DatabaseLock:
    """The system drops it when the process ends, however it ends: nothing is left to clean up."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        """Take the lock or raise StorageError at once."""
        path = self._database.with_suffix(".lock")
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:
            raise StorageError(
                f"la base de données {self._database} ne peut pas être utilisée : "
                "son dossier ne peut pas être créé ou écrit"
            ) from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise InUseError(
                f"la base de données {self._database} est déjà utilisée : arrêtez d'abord l'autre assistant"
            ) from None
        self._descriptor = descriptor
        return self

    def __exit__(self, *_: object) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
