"""What may stand in a cell: no formula that a spreadsheet would run, no character that a file cannot hold."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"[=+\-@\t\r]")
_PROTECTED = re.compile(r"'+[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)


def protected(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would take for a formula; numbers stay bare."""
    if _PROTECTED.match(cell) or (_FORMULA.match(cell) and not _NUMBER.fullmatch(cell)):
        return f"'{cell}"
    return cell


def unprotected(cell: str) -> str:
    """The cell as it was before `protected`."""
    return cell[1:] if _PROTECTED.match(cell) else cell


def tidy(text: str) -> str:
    """One kind of line end, no blanks around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def forbidden(text: str) -> bool:
    """Whether a text holds control characters or halves of characters."""
    return any((ord(c) < 32 and c not in "\n\t") or ord(c) == 127 or 0xD800 <= ord(c) <= 0xDFFF for c in text)
