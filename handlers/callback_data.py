"""What stands behind a button, in 1 to 64 bytes, and its reading: old or forged data is None, never an error.

Topics and themes are named by a short digest of their id, so that a button in an old message still works after
the knowledge base changed, and never points at another topic.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MAX_BYTES = 64
_DIGEST_CHARACTERS = 10


class Action(StrEnum):
    """What a button does."""

    TOPIC = "t"
    HELPED = "h"
    NOT_THAT = "n"
    NONE_OF_THESE = "x"
    CONTACTS = "c"
    FACETS = "f"
    THEMES = "m"
    THEME = "g"
    DANGER_YES = "dy"
    DANGER_NO = "dn"
    LEAVE = "q"
    SHORT_ANSWERS = "s"


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button that was pressed: its action, the id it is about, and a small number (page, step, yes/no)."""

    action: Action
    about: str = ""
    number: int = 0


def digest(identifier: str) -> str:
    """A short stable name for an id."""
    return hashlib.sha256(identifier.encode()).hexdigest()[:_DIGEST_CHARACTERS]


def encode(action: Action, about: str = "", number: int = 0) -> str:
    """The data of a button."""
    return f"{action.value}:{digest(about) if about else ''}:{number}"


def decode(data: str | None, known: Iterable[str]) -> Pressed | None:
    """What was pressed, `about` being one of the `known` ids or empty; None when the data is not ours."""
    if not data or len(data.encode(errors="surrogatepass")) > MAX_BYTES:
        return None
    parts = data.split(":")
    if len(parts) != 3 or not parts[2].isdigit() or len(parts[2]) > 4 or not parts[2].isascii():
        return None
    try:
        action = Action(parts[0])
    except ValueError:
        return None
    if not parts[1]:
        return Pressed(action, "", int(parts[2]))
    about = next((identifier for identifier in known if digest(identifier) == parts[1]), None)
    return Pressed(action, about, int(parts[2])) if about else None
