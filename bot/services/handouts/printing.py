"""The child process: reads a card on standard input, and writes it as a PDF on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby

from bot.domain.handout import Handout, PaperSize
from bot.errors import AccesDroitsError
from bot.services.handouts.layout import FOOT, Composer, Row, height, in_two
from bot.services.handouts.sheet import CODE_SIDES, POINT, Sheet

LEAST = 16.0  # points: large type, for whom the card is made
_LARGE = {PaperSize.A4: (20.0, 18.0, LEAST), PaperSize.A5: (18.0, LEAST)}
_GAP = 3.0  # millimetres between what stands at the foot of the sheet
# Beyond every entry of the base: smaller type is better than a third page or a cut sentence.
_SMALL = (14.0, 12.0, 10.0, 8.0)


class TooLongError(AccesDroitsError):
    """A card that no type size brings onto two pages."""


def print_handout(handout: Handout) -> bytes:
    """The PDF: one page if large type allows it, else two."""
    sheet = Sheet(handout.size, handout.title)
    try:
        for size, answer, pages in _attempts(handout.size):
            if _printed(sheet, handout, size, answer=answer, pages=pages):
                return bytes(sheet.output())
    finally:
        sheet.close_fonts()
    raise TooLongError("la fiche est trop longue pour deux pages")


def _attempts(paper: PaperSize) -> Iterator[tuple[float, bool, int]]:
    """Type size, with the answer or the steps alone, and how many pages; the best first."""
    for size in _LARGE[paper]:
        yield size, True, 1
    yield LEAST, False, 1
    for size in _LARGE[paper][1:]:
        yield size, True, 2
    yield LEAST, False, 2
    for size in _SMALL:
        yield size, False, 2


def _printed(sheet: Sheet, handout: Handout, size: float, *, answer: bool, pages: int) -> bool:
    composer = Composer(sheet, size, tight=not answer)
    sections = composer.sections(handout, answer=answer)
    foot = Foot(sheet, handout, composer.proof(handout), min(size, FOOT))
    number = foot.line if pages > 1 else 0.0
    room = sheet.h - sheet.t_margin - sheet.b_margin - number
    last_room = room - foot.height
    if pages == 1:
        rows = [row for section in sections for row in section]
        if height(rows) > last_room:
            return False
        _page(sheet, rows)
        foot.draw(0.0)
        return True
    found = in_two(sections, room, last_room)
    if found is None:
        return False
    for place, rows in enumerate(found):
        if place == 1:
            sheet.add_page()
        _page(sheet, rows)
        if place == 1:
            foot.draw(number)
        foot.number(handout.pages[place])
    return True


def _page(sheet: Sheet, rows: list[Row]) -> None:
    y = sheet.t_margin - rows[0].before
    for _, block in groupby(rows, key=lambda row: row.block):
        y = _block(sheet, list(block), y)


def _block(sheet: Sheet, rows: list[Row], y: float) -> float:
    """One paragraph or heading; its box and its rule are not read aloud."""
    top = y
    with sheet.marked(rows[0].kind):
        for row in rows:
            y += row.before
            if row.label:
                sheet.use(row.size, bold=True)
                sheet.set_xy(sheet.l_margin, y)
                sheet.cell(row.indent, row.height, row.label + " ")
            sheet.use(row.size, bold=row.bold)
            sheet.set_xy(sheet.l_margin + row.indent, y)
            sheet.cell(sheet.epw - row.indent, row.height, row.text)
            y += row.height
    if rows[0].box:
        side = rows[0].size * POINT * 0.85
        sheet.box(sheet.l_margin, top + rows[0].before + (rows[0].height - side) / 2, side)
    if rows[-1].ruled:
        sheet.rule(y + 0.3)
    return y


def _caption_lines(sheet: Sheet, text: str, width: float) -> list[str]:
    """An address that is too long ends its line before a dot, as people read it."""
    text = sheet.spelt(text)
    if " " in text or sheet.get_string_width(text) <= width:
        return sheet.lines(text, width)
    lines = [""]
    for place, part in enumerate(text.split(".")):
        piece = f".{part}" if place else part
        if lines[-1] and sheet.get_string_width(lines[-1] + piece) > width:
            lines.append("")
        lines[-1] += piece
    return [line for whole in lines for line in sheet.lines(whole, width)]


class Foot:
    """What stands at the foot of the last page: the proof, and two codes with what they open."""

    def __init__(self, sheet: Sheet, handout: Handout, proof: list[Row], size: float) -> None:
        self._sheet, self._handout, self._proof, self._size = sheet, handout, proof, size
        self.line = size * POINT * 1.24
        self._side = CODE_SIDES[handout.size]
        self._half = (sheet.epw - _GAP) / 2
        self._beside = handout.size is PaperSize.A4
        width = self._half - (self._side + _GAP if self._beside else 0)
        sheet.use(size)
        self._captions = [
            [line for text in code.caption for line in _caption_lines(sheet, text, width)] for code in handout.codes
        ]
        tallest = max(map(len, self._captions), default=0) * self.line
        self._codes = max(self._side, tallest) if self._beside else self._side + tallest

    @property
    def height(self) -> float:
        return 2 * _GAP + height(self._proof) + _GAP + self._codes

    def draw(self, below: float) -> None:
        """Stand it on the bottom margin, above what is `below`."""
        sheet = self._sheet
        y = sheet.h - sheet.b_margin - below - self.height + _GAP
        sheet.rule(y)
        y += _GAP
        for _, block in groupby(self._proof, key=lambda row: row.block):
            y = _block(sheet, list(block), y)
        y += _GAP
        for place, (code, caption) in enumerate(zip(self._handout.codes, self._captions, strict=True)):
            x = sheet.l_margin + place * (self._half + _GAP)
            sheet.code(code.url, " ".join(code.caption), x, y)
            self._caption(caption, x, y)

    def _caption(self, lines: list[str], x: float, y: float) -> None:
        sheet = self._sheet
        sheet.use(self._size)
        if self._beside:
            x, y = x + self._side + _GAP, y + max(0.0, (self._side - len(lines) * self.line) / 2)
        else:
            y += self._side
        with sheet.marked("P"):
            for line in lines:
                sheet.set_xy(x, y)
                sheet.cell(self._half, self.line, line)
                y += self.line

    def number(self, text: str) -> None:
        """Which of the two pages this is."""
        sheet = self._sheet
        sheet.use(self._size, bold=True)
        sheet.set_xy(sheet.l_margin, sheet.h - sheet.b_margin - self.line)
        with sheet.marked("P"):
            sheet.cell(sheet.epw, self.line, sheet.spelt(text), align="R")


if __name__ == "__main__":
    sys.stdout.buffer.write(print_handout(Handout.from_json(sys.stdin.buffer.read().decode())))
