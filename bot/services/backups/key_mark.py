"""A mark of the pseudonym key: tells whether a backup belongs to the key at hand, and nothing of the key itself.

The key stays out of backups: whoever finds one could otherwise try whose pseudonym a line carries.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

KEY_PART = "key_mark"


def key_mark(key: bytes) -> bytes:
    return hmac.new(key, b"backup", hashlib.sha256).hexdigest()[:16].encode()


def key_at_hand(database: Path, configured: str | None) -> bytes | None:
    """The key of the setting or of the file beside the database; None when there is none (none is made)."""
    if configured:
        return configured.encode()
    try:
        return database.with_suffix(".key").read_bytes()
    except OSError:
        return None
