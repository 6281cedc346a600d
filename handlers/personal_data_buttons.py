"""What stands behind the buttons of personal data and roles: a token, a handle or a yes; read strictly."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.services.team import HANDLE_CHARACTERS
from bot.services.tokens import PATTERN as TOKEN

_HANDLE = rf"[0-9a-f]{{{HANDLE_CHARACTERS}}}"


class Kind(StrEnum):
    """What a button is about."""

    ERASE_NEED = "ef"
    ERASE_ALL = "ed"
    TELL_ME = "pv"
    TELL_ME_NOT = "ps"
    REVOKE = "rv"
    CANCEL_INVITATION = "ri"


_VALUES = {
    Kind.ERASE_NEED: re.compile(TOKEN),
    Kind.ERASE_ALL: re.compile("oui|non"),
    Kind.TELL_ME: re.compile(TOKEN),
    Kind.TELL_ME_NOT: re.compile(TOKEN),
    Kind.REVOKE: re.compile(_HANDLE),
    Kind.CANCEL_INVITATION: re.compile(_HANDLE),
}


def pattern(*kinds: Kind) -> re.Pattern[str]:
    """What the data of these kinds begin with."""
    return re.compile(rf"(?:{'|'.join(kinds)}):")


def encode(kind: Kind, value: str) -> str:
    """The data of a button."""
    return f"{kind}:{value}"


def decode(data: object) -> tuple[Kind, str] | None:
    """The kind and value of a button; None when the data is not ours."""
    kind, colon, value = data.partition(":") if isinstance(data, str) else ("", "", "")
    known = next((one for one in Kind if one.value == kind), None)
    return (known, value) if colon and known and _VALUES[known].fullmatch(value) else None
