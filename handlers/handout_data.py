"""What stands behind the buttons of cards to take home: the topic, and the size of the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.handout import PaperSize
from handlers.button_fields import NAMED, digest, named, pack, unpack

PREFIX = "ca"
PATTERN = re.compile(rf"^{PREFIX}:")


@dataclass(frozen=True, slots=True)
class HandoutPressed:
    """A button that asks for the card of a topic."""

    topic: str
    size: PaperSize = PaperSize.A4


def encode(pressed: HandoutPressed) -> str:
    """The data of a button, 1 to 64 bytes."""
    return pack(PREFIX, digest(pressed.topic), pressed.size.value)


def decode(data: str | None, known: Iterable[str]) -> HandoutPressed | None:
    """What was pressed, the topic being one of the `known` ids; None when the data is not ours."""
    fields = unpack(data, PREFIX, NAMED, "|".join(PaperSize))
    topic = named(fields[0], known) if fields else None
    return HandoutPressed(topic, PaperSize(fields[1])) if fields and topic else None
