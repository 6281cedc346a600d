"""Keyed pseudonyms: the same person gets the same one on this machine, and nobody can go back without the key."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from bot.errors import AccesDroitsError

_KEY_BYTES = 32


class KeyFileError(AccesDroitsError):
    """The pseudonym key cannot be read or made."""


def read_key(database: Path, configured: str | None) -> bytes:
    """The key of BOT_SECRET, or the one kept beside the database (made on first use, readable by its owner)."""
    if configured:
        return configured.encode()
    path = database.with_suffix(".key")
    try:
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(_KEY_BYTES))
        return path.read_bytes()
    except OSError as error:
        raise KeyFileError(f"la clé des pseudonymes {path} ne peut pas être lue ou écrite") from error


def pseudonym(key: bytes, person: int, purpose: str) -> str:
    """HMAC-SHA-256 of an id for one purpose: pseudonyms of two purposes cannot be joined."""
    return hmac.new(key, f"{purpose}:{person}".encode(), hashlib.sha256).hexdigest()[:32]
