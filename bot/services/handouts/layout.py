"""Where everything stands on the sheet: rows of text, and the pages that hold them without cutting a thought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.domain.handout import Handout
from bot.services.handouts.sheet import POINT, Sheet

_LINE = 1.24  # line height, in type sizes

FOOT = 16.0  # points, for what stands at the foot of the sheet


@dataclass(frozen=True, slots=True)
class Row:
    """One line of text; `before` is the space above it, `held` whether the next row must stand on the same page."""

    text: str
    kind: str
    block: int
    size: float
    bold: bool = False
    indent: float = 0.0
    before: float = 0.0
    held: bool = False
    label: str = ""
    box: bool = False
    ruled: bool = False

    @property
    def height(self) -> float:
        return self.size * POINT * _LINE

    @property
    def whole(self) -> float:
        """The room that it takes below other rows."""
        return self.before + self.height


class Composer:
    """Makes the rows of a card in one type size."""

    def __init__(self, sheet: Sheet, size: float, *, tight: bool = False) -> None:
        self._sheet = sheet
        self._size = size
        self._space = size * POINT  # one "em"
        self._tight = tight
        self._between = 0.12 if tight else 0.25  # what sets items apart
        self._block = 0

    def sections(self, handout: Handout, *, answer: bool) -> list[list[Row]]:
        """The title with the answer, then steps, papers, contacts: pages end between these when they can."""
        title = list(self._rows(handout.title, "H1", size=self._size * 1.3, bold=True, held=bool(handout.answer)))
        if answer:
            title += self._rows(handout.answer, "P", before=0.4)
        steps: list[Row] = []
        for number, step in enumerate(handout.steps, 1):
            steps += self._rows(step, "P", before=self._between, indent=1.5, label=f"{number}.")
        papers: list[Row] = []
        for paper in handout.papers:
            papers += self._rows(paper, "P", before=self._between, indent=1.5, box=True)
        reach: list[Row] = []
        for one in handout.reach:
            reach += self._rows(one.name, "P", before=self._between, bold=True, held=bool(one.lines))
            for number, line in enumerate(one.lines, 1):
                reach += self._rows(line, "P", held=number < len(one.lines))
        named = ((handout.steps_title, steps), (handout.papers_title, papers), (handout.reach_title, reach))
        return [title, *([*self._heading(name), *rows] for name, rows in named if rows)]

    def proof(self, handout: Handout) -> list[Row]:
        """Where the information comes from and of when it is."""
        return [row for line in handout.proof for row in self._rows(line, "P", size=min(self._size, FOOT))]

    def _heading(self, text: str) -> Iterator[Row]:
        return self._rows(
            text, "H2", size=self._size * 1.1, bold=True, before=0.6 if self._tight else 0.75, held=True, ruled=True
        )

    def _rows(
        self,
        text: str,
        kind: str,
        *,
        size: float | None = None,
        bold: bool = False,
        indent: float = 0.0,
        before: float = 0.0,
        held: bool = False,
        label: str = "",
        box: bool = False,
        ruled: bool = False,
    ) -> Iterator[Row]:
        self._block += 1
        size, shift = size or self._size, indent * self._space
        self._sheet.use(size, bold=bold)
        lines = self._sheet.lines(self._sheet.spelt(text), self._sheet.epw - shift)
        row = Row("", kind, self._block, size, bold, shift)
        last = len(lines) - 1
        for place, line in enumerate(lines):
            # The first two and the last two lines of a text stay together.
            together = place in (0, last - 1) and place < last
            one = replace(row, text=line, held=together or (place == last and held), ruled=ruled and place == last)
            yield one if place else replace(one, before=before * self._space, label=label, box=box)


def height(rows: list[Row]) -> float:
    """The room that rows take at the top of a page."""
    return sum(row.whole for row in rows) - (rows[0].before if rows else 0.0)


def in_two(sections: list[list[Row]], room: float, last_room: float) -> tuple[list[Row], list[Row]] | None:
    """The rows of two pages, the second one shorter; None when they do not fit.

    The page ends between two sections, as far down as possible; else between two rows that may part, rather not
    before the last item of a list.
    """
    rows = [row for section in sections for row in section]
    starts, at = [], 0
    for section in sections[:-1]:
        at += len(section)
        starts.append(at)
    lonely = {row.block for section in sections for row in section[-1:]}
    parts = [place for place in range(1, len(rows)) if not rows[place - 1].held]
    parts.sort(key=lambda place: (rows[place].block not in lonely, place))
    for place in (*reversed(starts), *reversed(parts)):
        first, second = rows[:place], rows[place:]
        if height(first) <= room and height(second) <= last_room:
            return first, second
    return None
