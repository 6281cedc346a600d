"""What stands behind the buttons of places. Where somebody is stays in the button, rounded: we keep nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.positions import Position
from handlers.button_fields import NAMED, digest, named, pack, unpack

PREFIX = "li"
PATTERN = re.compile(rf"^{PREFIX}:")
_WHERE = r"\d[\dAB]\d{3}|-?\d{1,4},-?\d{1,5}|"  # a commune, a rounded position, or nothing
_PAGE = r"\d{1,2}"


class PlaceAction(StrEnum):
    """What a button of places does."""

    NEEDS = "m"
    THEME = "t"
    NEED = "b"
    NEAR = "n"
    COMMUNE = "v"
    WITHIN = "w"
    PLACE = "p"
    CARD = "k"


@dataclass(frozen=True, slots=True)
class PlacePressed:
    """A button: its action, the theme, topic or place it is about, where from, and a page."""

    action: PlaceAction
    about: str = ""
    where: str = ""
    page: int = 0

    @property
    def position(self) -> Position | None:
        """The rounded position that `where` holds."""
        if "," not in self.where:
            return None
        latitude, longitude = (int(part) / 100 for part in self.where.split(","))
        return Position(latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None

    @property
    def insee(self) -> str | None:
        """The commune that `where` holds."""
        return self.where if self.where and "," not in self.where else None

    def turned(self, page: int) -> PlacePressed:
        """The same, at another page."""
        return replace(self, page=page)


def where_of(position: Position) -> str:
    """A position to a hundredth of a degree (about a kilometre)."""
    return f"{round(position.latitude * 100)},{round(position.longitude * 100)}"


def encode(pressed: PlacePressed) -> str:
    """The data of a button, 1 to 64 bytes."""
    return pack(PREFIX, pressed.action.value, digest(pressed.about), pressed.where, pressed.page)


def decode(data: str | None, known: Iterable[str]) -> PlacePressed | None:
    """What was pressed, `about` being one of the `known` ids or empty; None when the data is not ours."""
    actions = "|".join(PlaceAction)
    fields = unpack(data, PREFIX, actions, NAMED, _WHERE, _PAGE)
    if fields is None:
        return None
    action, short, where, page = fields
    about = named(short, known)
    return None if about is None else PlacePressed(PlaceAction(action), about, where, int(page))
