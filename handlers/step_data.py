"""What stands behind "Suivant" and "Précédent" under a step: the topic and the step, nothing else is remembered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from handlers.button_fields import NAMED, NUMBER, digest, named, pack, unpack

PREFIX = "et"
PATTERN = re.compile(rf"^{PREFIX}:")


@dataclass(frozen=True, slots=True)
class StepPressed:
    """The step to show, counted from 0."""

    topic: str
    index: int


def encode(pressed: StepPressed) -> str:
    """The data of a button, 1 to 64 bytes."""
    return pack(PREFIX, digest(pressed.topic), pressed.index)


def decode(data: str | None, known: Iterable[str]) -> StepPressed | None:
    """What was pressed, the topic being one of the `known` ids; None when the data is not ours."""
    fields = unpack(data, PREFIX, NAMED, NUMBER)
    topic = named(fields[0], known) if fields else None
    return StepPressed(topic, int(fields[1])) if fields and topic else None
