"""What stands behind the buttons of places. Where somebody is stays in the button, rounded: we keep nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.positions import Position
from handlers.callback_data import MAX_BYTES, digest

PREFIX = "li"
PATTERN = re.compile(rf"^{PREFIX}:")
_MAX_PAGE = 99
_WHERE = re.compile(r"-|\d[\dAB]\d{3}|-?\d{1,4},-?\d{1,5}", re.ASCII)


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
    about = digest(pressed.about) if pressed.about else "-"
    return f"{PREFIX}:{pressed.action.value}:{about}:{pressed.where or '-'}:{pressed.page}"


def decode(data: str | None, known: Iterable[str]) -> PlacePressed | None:
    """What was pressed, `about` being one of the `known` ids or empty; None when the data is not ours."""
    parts = (data or "").split(":")
    if len(parts) != 5 or len((data or "").encode()) > MAX_BYTES or parts[0] != PREFIX:
        return None
    _, action, named, where, page = parts
    if action not in {one.value for one in PlaceAction} or not _WHERE.fullmatch(where):
        return None
    if not re.fullmatch(r"\d{1,2}", page, re.ASCII) or int(page) > _MAX_PAGE:
        return None
    about = ""
    if named != "-":
        about = next((identifier for identifier in known if digest(identifier) == named), "")
        if not about:
            return None
    return PlacePressed(PlaceAction(action), about, "" if where == "-" else where, int(page))
