"""Random tokens that open one thing once: whoever holds one may use it, and only its hash is kept."""

from __future__ import annotations

import hashlib
import re
import secrets

_BYTES = 16  # 128 bits
PATTERN = r"[A-Za-z0-9_-]{22}"
_SHAPE = re.compile(PATTERN)


def new_token() -> str:
    """22 characters that fit in a link and behind a button."""
    return secrets.token_urlsafe(_BYTES)


def hash_token(token: str) -> str:
    """What is kept of a token. It is random, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_token(text: str) -> bool:
    """Whether a text has the shape of a token."""
    return _SHAPE.fullmatch(text) is not None
