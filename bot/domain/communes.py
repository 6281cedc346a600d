"""The communes of the agglomeration, with every way their names are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.domain.positions import Position
from bot.domain.text import fold


@dataclass(frozen=True, slots=True)
class FormerCommune:
    """A commune that was merged: people still give its name."""

    name: str
    postal_code: str


@dataclass(frozen=True, slots=True)
class TownHall:
    """Where a commune's town hall is: one of our places, or an address read at a date."""

    place: str | None = None
    address: str | None = None
    read: str | None = None


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune with its postal codes and every way its name is written."""

    name: str
    insee: str
    postal_codes: tuple[str, ...]
    centre: Position
    former: tuple[FormerCommune, ...] = ()
    quarters: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    town_hall: TownHall = field(default_factory=TownHall)

    @property
    def forms(self) -> Iterator[str]:
        """All the names that mean this commune."""
        yield self.name
        yield from (former.name for former in self.former)
        yield from self.quarters
        yield from self.spellings


_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_SHORTEST_NAME = 4  # letters: a shorter name is a word of every day


def named_in(text: str, communes: Iterable[Commune]) -> list[Commune]:
    """The communes whose own name stands in a text, as people write it."""
    said = f" {_NOT_LETTERS.sub(' ', fold(text))} "
    found = []
    for commune in communes:
        name = _NOT_LETTERS.sub(" ", fold(commune.name))
        short = name.partition(" ")[0]  # "Boulazac" for "Boulazac Isle Manoire"
        forms = {name, short if len(short) > 6 else name}
        if len(name) >= _SHORTEST_NAME and any(f" {form} " in said for form in forms):
            found.append(commune)
    return found
