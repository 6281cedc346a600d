"""What can go wrong with the database, for those who can mend it."""

from __future__ import annotations

import sqlite3

from bot.errors import AccesDroitsError


class StorageError(AccesDroitsError):
    """The database cannot be used now; `str()` says why in French."""


class NewerDatabaseError(StorageError):
    """The database was written by a newer version of the program."""


_REASONS = (
    ("database or disk is full", "le disque est plein"),
    ("unable to open database file", "le fichier ne peut pas être ouvert ou créé"),
    ("readonly database", "le fichier ou son dossier est en lecture seule"),
    ("database is locked", "un autre programme occupe la base"),
    ("file is not a database", "le fichier n'est pas une base de données"),
    ("malformed", "la base est abîmée"),
    ("disk i/o error", "le disque ne répond pas"),
)


def storage_error(error: sqlite3.Error | OSError) -> StorageError:
    """The French reason behind SQLite's words."""
    words = str(error).lower()
    for english, french in _REASONS:
        if english in words:
            return StorageError(french)
    return StorageError(f"erreur de la base de données ({type(error).__name__})")
