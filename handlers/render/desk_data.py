"""What stands behind the buttons of the desk; read strictly, and asked for the role at every press."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.cards import KINDS, STATES, Wanted
from handlers.button_fields import NAMED, NUMBER, digest, named, pack, unpack

PREFIX = "fi"
PATTERN = re.compile(rf"^{PREFIX}:")
_CARD = r"\d{1,12}"
_CODE = r"[a-z-]{0,12}"


class DeskAction(StrEnum):
    """What a button of the desk does."""

    QUEUE = "q"
    FILTER = "f"
    HISTORY = "hi"
    UNDO = "u"
    CARD = "c"
    CLOSE = "x"
    WORDINGS = "w"
    ATTACH = "a"
    ATTACH_TO = "at"
    ATTACH_YES = "ay"
    SEARCH = "as"
    ANSWER = "r"
    ANSWER_YES = "ry"
    CREATE = "n"
    CREATE_THEME = "nt"
    CREATE_STEP = "ns"
    CREATE_SKIP = "nk"
    CREATE_CHECK = "nc"
    CREATE_YES = "ny"
    CORRECT = "o"
    CORRECT_TOPIC = "ot"
    CORRECT_FIELD = "of"
    CORRECT_YES = "oy"
    OFF_TOPIC = "h"
    OFF_TOPIC_YES = "hy"
    IGNORE = "i"
    IGNORE_YES = "iy"
    MERGE = "m"
    MERGE_YES = "my"
    SPLIT = "s"
    SPLIT_TOGGLE = "st"
    SPLIT_YES = "sy"
    POSTPONE = "p"
    POSTPONE_YES = "py"
    PUT_ASIDE = "d"
    GIVE_UP = "dx"


@dataclass(frozen=True, slots=True)
class DeskPressed:
    """A button: its action, the card (or act), a word, the topic or theme it is about, and a small number."""

    action: DeskAction
    card: int = 0
    code: str = ""
    about: str = ""
    number: int = 0


def encode(action: DeskAction, card: int = 0, *, code: str = "", about: str = "", number: int = 0) -> str:
    """The data of a button, 1 to 64 bytes."""
    return pack(PREFIX, action.value, card, code, digest(about), number)


def decode(data: str | None, known: Iterable[str]) -> DeskPressed | None:
    """What was pressed, `about` being one of the `known` ids or empty; None when the data is not ours."""
    fields = unpack(data, PREFIX, "|".join(DeskAction), _CARD, _CODE, NAMED, NUMBER)
    if fields is None:
        return None
    about = named(fields[3], known)
    if about is None:
        return None
    return DeskPressed(DeskAction(fields[0]), int(fields[1]), fields[2], about, int(fields[4]))


def code_of(wanted: Wanted) -> str:
    """State and kind of a filter as one word."""
    return f"{wanted.state or ''}-{wanted.kind or ''}".replace("postponed", "later")[:12]


def wanted_of(code: str, theme: str) -> Wanted:
    """The filter behind a word; what is not known lets all through."""
    state, _, kind = code.partition("-")
    known_states = {("later" if one == "postponed" else one): one for one in STATES}
    return Wanted(
        known_states.get(state), next((one for one in KINDS if kind and one.startswith(kind)), None), theme or None
    )
