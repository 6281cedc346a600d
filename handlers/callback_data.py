"""What stands behind a button, in 1 to 64 bytes, and its reading: old or forged data is None, never an error.

Topics and themes are named by a short digest of their id, so that a button in an old message still works after
the knowledge base changed, and never points at another topic.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from handlers.button_fields import NAMED, NUMBER, digest, named, pack, unpack


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


def encode(action: Action, about: str = "", number: int = 0) -> str:
    """The data of a button."""
    return pack(action.value, digest(about), number)


def decode(data: str | None, known: Iterable[str]) -> Pressed | None:
    """What was pressed, `about` being one of the `known` ids or empty; None when the data is not ours."""
    prefix = (data or "").partition(":")[0]
    fields = unpack(data, prefix, NAMED, NUMBER)
    if fields is None or prefix not in {action.value for action in Action}:
        return None
    about = named(fields[0], known)
    return None if about is None else Pressed(Action(prefix), about, int(fields[1]))
