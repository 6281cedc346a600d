"""What stands behind the buttons of figures: a period by its kind and first day, or whether Monday's digest is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.periods import Period, Span, period_of
from handlers.button_fields import pack, unpack

PREFIX = "bi"
DIGEST_PREFIX = "bd"
PATTERN = re.compile(rf"^(?:{PREFIX}|{DIGEST_PREFIX}):")
_DAY = r"20\d{6}"


class BilanAction(StrEnum):
    """What a button does with its period."""

    SHOW = "v"
    CSV = "c"
    XLSX = "x"


@dataclass(frozen=True, slots=True)
class BilanPressed:
    """A button about a period."""

    action: BilanAction
    period: Period


def encode(action: BilanAction, period: Period) -> str:
    """The data of a button."""
    return pack(PREFIX, action.value, period.span.value, f"{period.start:%Y%m%d}")


def decode(data: str | None) -> BilanPressed | None:
    """What was pressed; None when the data is not ours."""
    fields = unpack(data, PREFIX, "|".join(BilanAction), "|".join(Span), _DAY)
    if fields is None:
        return None
    action, span, day = fields
    try:
        first = date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return None
    return BilanPressed(BilanAction(action), period_of(Span(span), first))


def encode_digest(wanted: bool) -> str:
    """The data of the button that turns Monday's digest on or off."""
    return pack(DIGEST_PREFIX, int(wanted))


def decode_digest(data: str | None) -> bool | None:
    """Whether the digest shall be sent; None when the data is not ours."""
    fields = unpack(data, DIGEST_PREFIX, "[01]")
    return fields[0] == "1" if fields else None
