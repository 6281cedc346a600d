"""What stands behind the buttons of the voice: listen, and correct what was understood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.services.tokens import PATTERN as TOKEN
from handlers.button_fields import pack, unpack

PREFIX = "vo"
PATTERN = re.compile(rf"^{PREFIX}:")


class VoiceAction(StrEnum):
    """What a button of the voice does."""

    LISTEN = "e"
    CORRECT = "c"


_VALUES = {VoiceAction.LISTEN: "[01]", VoiceAction.CORRECT: f"{TOKEN}|"}


@dataclass(frozen=True, slots=True)
class VoicePressed:
    """A button: LISTEN with whether the sound may be kept, CORRECT with the need's token."""

    action: VoiceAction
    value: str = ""

    @property
    def yes(self) -> bool:
        return self.value == "1"


def encode(action: VoiceAction, value: str | bool) -> str:
    """The data of a button."""
    return pack(PREFIX, action.value, str(int(value)) if isinstance(value, bool) else value)


def decode(data: str | None) -> VoicePressed | None:
    """What was pressed; None when the data is not ours."""
    for action, shape in _VALUES.items():
        fields = unpack(data, PREFIX, action.value, shape)
        if fields is not None:
            return VoicePressed(action, fields[1])
    return None
