"""What stands behind a button that says why an answer was wrong: the topic, the reason, and the need's token if any."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.needs import Why
from bot.services.tokens import PATTERN as TOKEN
from handlers.button_fields import NAMED, digest, named, pack, unpack

PREFIX = "pq"
PATTERN = re.compile(rf"^{PREFIX}:")
_CODES: dict[str, Why] = {"a": "not_mine", "c": "unclear", "f": "false", "m": "missing"}


@dataclass(frozen=True, slots=True)
class WhyPressed:
    """A reason, the topic it is about, and the token of the need that the refusal made ("" for none)."""

    why: Why
    topic: str
    eraser: str = ""


def encode(pressed: WhyPressed) -> str:
    """The data of a button."""
    code = next(code for code, why in _CODES.items() if why == pressed.why)
    return pack(PREFIX, digest(pressed.topic), code, pressed.eraser)


def decode(data: str | None, known: Iterable[str]) -> WhyPressed | None:
    """What was pressed, about one of the `known` topics; None when the data is not ours."""
    fields = unpack(data, PREFIX, NAMED, "|".join(_CODES), f"{TOKEN}|")
    topic = named(fields[0], known) if fields else None
    return WhyPressed(_CODES[fields[1]], topic, fields[2]) if fields and topic else None
