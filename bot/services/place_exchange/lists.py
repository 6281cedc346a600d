"""Several values in one cell: `|` since v1 of the schemas, `;` before, and `,` in the published example."""

from __future__ import annotations

import re
from collections.abc import Iterable

_COMMA_TOO = frozenset({"typologie", "courriels", "courriel", "reseaux_porteurs"})


def split(cell: str, column: str = "") -> list[str]:
    """The values of a cell, without empty ones and repetitions; `|` wins over `;`."""
    if "|" in cell:
        pieces = cell.split("|")
    elif ";" in cell:
        pieces = cell.split(";")
    else:
        pieces = cell.split(",") if column in _COMMA_TOO else [cell]
    return list(dict.fromkeys(piece for piece in map(str.strip, pieces) if piece))


def join(values: Iterable[str]) -> str:
    """One cell that `split` reads back: a lone value with another separator in it gets a `|` behind it."""
    kept = [value.replace("|", "/") for value in values]
    if len(kept) == 1 and re.search(r"[;,]", kept[0]):
        return f"{kept[0]}|"
    return "|".join(kept)
