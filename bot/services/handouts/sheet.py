"""A sheet of paper as fpdf2 draws it: our font, marks that say what each text is, and codes that a phone reads.

Only the child process imports this: fpdf2 and its fonts weigh more than the whole assistant.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import segno
from fpdf import FPDF, ViewerPreferences
from fpdf.fonts import TTFFont

from bot.domain.handout import PaperSize

SIDES = {PaperSize.A4: (210.0, 297.0), PaperSize.A5: (148.0, 210.0)}
MARGINS = {PaperSize.A4: 12.0, PaperSize.A5: 8.0}  # millimetres; most printers leave out five
CODE_SIDES = {PaperSize.A4: 30.0, PaperSize.A5: 28.0}  # with their white border: the code itself is 26 mm or more
POINT = 25.4 / 72
_FONTS = Path(__file__).parent / "fonts"
_FONT = "Andika"
_GREYS = {"text": 0, "rule": 90}
# No line ends inside a number or before a double punctuation mark.
_GLUED = re.compile(r"(?<=\d) (?=\d)|(?<=«) | (?=[»:;?!])")


class Sheet(FPDF):
    """Pages of one card. Nothing breaks by itself: the layout decides where pages end."""

    def __init__(self, size: PaperSize, title: str) -> None:
        super().__init__(format=SIDES[size])
        self.paper = size
        self.set_auto_page_break(False)
        self.set_margin(MARGINS[size])
        self.c_margin = 0
        self.add_font(_FONT, "", _FONTS / "AndikaNewBasic-R.ttf")
        self.add_font(_FONT, "B", _FONTS / "AndikaNewBasic-B.ttf")
        self.set_lang("fr-FR")
        self.set_title(title)
        self.set_author("Accès droits")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.add_page()

    def close_fonts(self) -> None:
        """Give the files of the fonts back: fpdf2 leaves that to the end of the process."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def use(self, size: float, *, bold: bool = False) -> None:
        """The font for what follows."""
        self.set_font(_FONT, "B" if bold else "", size)

    def spelt(self, text: str) -> str:
        """The text in characters that the font has, with lines that end in good places."""
        font = cast(TTFFont, self.fonts[_FONT.lower()])
        return _GLUED.sub("\u00a0", "".join(self._known(character, font) for character in text))

    @staticmethod
    def _known(character: str, font: TTFFont) -> str:
        if ord(character) in font.cmap:
            return character
        if character.isspace():
            return " "
        plain = "".join(one for one in unicodedata.normalize("NFKD", character) if ord(one) in font.cmap)
        return plain or "?"

    def lines(self, text: str, width: float) -> list[str]:
        """How a text breaks within a width, in the font in use."""
        if not text:
            return []
        found = self.multi_cell(width, text=text, align="L", dry_run=True, output="LINES")
        return [line.rstrip(" ") for line in cast(list[str], found)]

    @contextmanager
    def marked(self, kind: str) -> Iterator[None]:
        """Whatever is drawn inside is one paragraph or heading (P, H1, H2) for who has the page read aloud."""
        number = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=f"/{kind}", mcid=number)
        self._out(f"/{kind} <</MCID {number}>> BDC")
        yield
        self._out("EMC")

    @contextmanager
    def ornament(self) -> Iterator[None]:
        """Whatever is drawn inside is not read aloud."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")

    def rule(self, y: float) -> None:
        """A line from margin to margin."""
        with self.ornament():
            self.set_draw_color(_GREYS["rule"])
            self.set_line_width(0.4)
            self.line(self.l_margin, y, self.w - self.r_margin, y)

    def box(self, x: float, y: float, side: float) -> None:
        """An empty box that a pen ticks."""
        with self.ornament():
            self.set_draw_color(_GREYS["text"])
            self.set_line_width(0.5)
            self.rect(x, y, side, side)

    def code(self, url: str, words: str, x: float, y: float) -> None:
        """A code that a phone reads, and that a click opens."""
        picture = io.BytesIO()
        segno.make(url, error="m", micro=False).save(picture, kind="png", scale=10, border=1)
        side = CODE_SIDES[self.paper]
        self.image(picture, x, y, side, side, alt_text=words, link=url)
