"""Fields of a button's data: packed in 1 to 64 bytes, and read back without ever trusting them.

One format for every area: `prefix:field:field…`. An id is named by a short digest, so that a button in an old message
still works after the knowledge base changed, and never points at something else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

MAX_BYTES = 64
NUMBER = r"\d{1,4}"
NAMED = r"[0-9a-f]{10}|"  # a digest, or nothing
_DIGEST_CHARACTERS = 10


def digest(identifier: str) -> str:
    """A short stable name for an id; nothing for no id."""
    return hashlib.sha256(identifier.encode()).hexdigest()[:_DIGEST_CHARACTERS] if identifier else ""


def named(short: str, known: Iterable[str]) -> str | None:
    """The one of the `known` ids that a digest names: "" for none, None for a stranger."""
    if not short:
        return ""
    return next((identifier for identifier in known if digest(identifier) == short), None)


def pack(prefix: str, *fields: str | int) -> str:
    """The data of a button; raises ValueError past 64 bytes or on a field that holds a colon."""
    parts = [prefix, *map(str, fields)]
    data = ":".join(parts)
    if len(data.encode()) > MAX_BYTES or data.count(":") != len(fields):
        raise ValueError(f"button data cannot hold {data!r}")
    return data


def unpack(data: str | None, prefix: str, *shapes: str) -> tuple[str, ...] | None:
    """The fields of a button, each wholly of its regular expression (ASCII); None when the data is not of that kind."""
    if not data or len(data.encode(errors="surrogatepass")) > MAX_BYTES:
        return None
    head, *fields = data.split(":")
    if head != prefix or len(fields) != len(shapes):
        return None
    fits = all(re.fullmatch(shape, field, re.ASCII) for shape, field in zip(shapes, fields, strict=True))
    return tuple(fields) if fits else None
