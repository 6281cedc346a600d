"""What stands behind a button of the settings: which setting, and what it becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from handlers.button_fields import pack, unpack

PREFIX = "rg"
PATTERN = re.compile(rf"^{PREFIX}:")
_VALUE = r"[a-z]{0,8}"
YES, NO = "oui", "non"


class Setting(StrEnum):
    """What a button of the settings changes, or the list that it opens."""

    ONE_STEP = "e"
    LANGUAGES = "m"
    LANGUAGE = "l"
    BACK = "r"
    ALOUD = "v"


@dataclass(frozen=True, slots=True)
class SettingPressed:
    """A setting, and its new value where it has one."""

    setting: Setting
    value: str = ""


def encode(setting: Setting, value: str = "") -> str:
    """The data of a button, 1 to 64 bytes."""
    return pack(PREFIX, setting.value, value)


def decode(data: str | None) -> SettingPressed | None:
    """What was pressed; None when the data is not ours."""
    fields = unpack(data, PREFIX, "|".join(Setting), _VALUE)
    return SettingPressed(Setting(fields[0]), fields[1]) if fields else None
