"""What stands behind the buttons of a list of papers: the list, its ticks, and what a press changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from handlers.button_fields import NAMED, digest, named, pack, unpack

PREFIX = "pi"
PATTERN = re.compile(rf"^{PREFIX}:")
_PAPERS = r"[0-9a-f]{4}"
_TICKS = r"[0-9a-f]{1,38}"  # bits; as many as 64 bytes leave room for
_INDEX = r"\d{1,3}"


class PaperAction(StrEnum):
    """What a button of papers does."""

    OPEN = "n"
    HAVE = "a"
    HAVE_NOT = "r"
    PAGE = "p"


@dataclass(frozen=True, slots=True)
class PaperPressed:
    """A button: the topic, which list of papers it was made for, the ticks it showed, and one paper's index.

    It says what the paper becomes ("I have it") rather than "the other way round": a double tap says it twice.
    """

    action: PaperAction
    topic: str
    papers: str
    ticks: int = 0
    index: int = 0


def papers_name(papers: Sequence[str]) -> str:
    """A short name of a list: ticks of another list say nothing about this one."""
    return digest("\n".join(papers) or "-")[:4]


def encode(pressed: PaperPressed) -> str:
    """The data of a button, 1 to 64 bytes."""
    return pack(
        PREFIX, pressed.action.value, digest(pressed.topic), pressed.papers, f"{pressed.ticks:x}", pressed.index
    )


def decode(data: str | None, known: Iterable[str]) -> PaperPressed | None:
    """What was pressed, the topic being one of the `known` ids; None when the data is not ours."""
    fields = unpack(data, PREFIX, "|".join(PaperAction), NAMED, _PAPERS, _TICKS, _INDEX)
    if fields is None:
        return None
    action, short, papers, ticks, index = fields
    topic = named(short, known)
    return PaperPressed(PaperAction(action), topic, papers, int(ticks, 16), int(index)) if topic else None
