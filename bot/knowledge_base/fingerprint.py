"""Tells whether two states of the knowledge folder are the same, without reading what they say."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.knowledge_base.danger_points import NAME
from bot.knowledge_base.stray_files import is_hidden


def fingerprint(folder: Path) -> str:
    """A digest of the name and content of every file that is read: two equal bases have equal digests."""
    digest = hashlib.sha256()
    for path in sorted([*folder.rglob("*.yaml"), *folder.glob(NAME)]):
        if is_hidden(path):
            continue
        digest.update(path.relative_to(folder).as_posix().encode())
        try:
            digest.update(path.read_bytes() if path.is_file() else b"?")
        except OSError:
            digest.update(b"?")
    return digest.hexdigest()
