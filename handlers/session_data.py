"""What stands behind the buttons of a session: an action, the session's number, and what was chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from handlers.button_fields import NAMED, digest, named, pack, unpack

PREFIX = "se"
PATTERN = re.compile(rf"^{PREFIX}:")
_SESSION = r"\d{1,9}"


class SessionAction(StrEnum):
    """What a button of a session does."""

    START = "b"
    FIELD = "f"
    SET = "s"
    PLACE = "p"
    CARD = "c"
    KEEP = "k"
    LET_GO = "r"
    END = "e"
    DELETE = "d"


@dataclass(frozen=True, slots=True)
class SessionPressed:
    """A button: its action, its session (0 for none yet), and what it is about."""

    action: SessionAction
    session: int = 0
    about: str = ""


def option(field: str, code: str) -> str:
    """How a choice in a field is named."""
    return f"{field}={code}"


def place_name(place_type: str, place: str) -> str:
    """How a place is named."""
    return f"place={place_type}={place}"


def encode(action: SessionAction, session: int = 0, about: str = "") -> str:
    """The data of a button, 1 to 64 bytes."""
    return pack(PREFIX, action.value, session, digest(about))


def decode(data: str | None, known: Iterable[str]) -> SessionPressed | None:
    """What was pressed, `about` being one of the `known` names or empty; None when the data is not ours."""
    fields = unpack(data, PREFIX, "|".join(SessionAction), _SESSION, NAMED)
    if fields is None:
        return None
    about = named(fields[2], known)
    return None if about is None else SessionPressed(SessionAction(fields[0]), int(fields[1]), about)
