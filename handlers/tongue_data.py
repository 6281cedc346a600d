"""What stands behind a button that leads to an answer in another language, or back to the French one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from handlers.button_fields import NAMED, digest, named, pack, unpack

PREFIX = "lg"
PATTERN = re.compile(rf"^{PREFIX}:")
_CODE = r"[a-z]{2}"


class TonguePart(StrEnum):
    """What is shown in that language."""

    TOPIC = "t"
    URGENCE = "u"


@dataclass(frozen=True, slots=True)
class TonguePressed:
    """A topic, or the emergency numbers, in a language; "fr" is French."""

    part: TonguePart
    code: str
    topic: str = ""


def encode(pressed: TonguePressed) -> str:
    """The data of a button, 1 to 64 bytes."""
    return pack(PREFIX, pressed.part.value, pressed.code, digest(pressed.topic))


def decode(data: str | None, known: Iterable[str]) -> TonguePressed | None:
    """What was pressed, the topic being one of the `known` ids; None when the data is not ours."""
    fields = unpack(data, PREFIX, "|".join(TonguePart), _CODE, NAMED)
    topic = named(fields[2], known) if fields else None
    if fields is None or topic is None:
        return None
    part = TonguePart(fields[0])
    return TonguePressed(part, fields[1], topic) if bool(topic) == (part is TonguePart.TOPIC) else None
