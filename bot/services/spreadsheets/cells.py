"""What may stand in a cell: numbers, and text that a spreadsheet shows and never runs."""

from __future__ import annotations

import re

Cell = str | int
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_CHARACTERS = 32_767  # of a cell, in every spreadsheet


def safe(cell: Cell) -> Cell:
    """A text that a spreadsheet would take for a formula begins with an apostrophe; full-width signs count too."""
    if isinstance(cell, int):
        return cell
    text = _NOT_XML.sub("", cell)[: _MOST_CHARACTERS - 1]
    bare = text.lstrip(" \n\u00a0\ufeff\u200b")
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # alone, it would end a line of CSV
    return f"'{text}" if bare.startswith((*_FORMULA, "＝", "＋", "－", "＠")) else text
