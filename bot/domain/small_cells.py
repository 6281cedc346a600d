"""Tables in which nobody is recognised: counts under five are hidden, and so is what would give them away.

Whoever knows the totals finds a hidden cell by subtraction unless others of its line are hidden too. Here every small
cell lies on a circuit of hidden cells along which it could be larger by four or more with every total the same
(the cell suppression of Cox, 1995): from what is shown, nobody can tell its value.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

SMALLEST_SHOWN = 5
_ROOM = SMALLEST_SHOWN - 1  # how much larger a hidden small cell must be able to be
_Cell = tuple[int, int]
_Node = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by columns with their totals, last; None is hidden. The total of all is always shown."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]  # one line more and one column more: the totals

    def cell(self, row: int, column: int) -> int | None:
        return self.cells[row][column]

    @property
    def row_totals(self) -> tuple[int | None, ...]:
        return tuple(line[-1] for line in self.cells[:-1])

    @property
    def column_totals(self) -> tuple[int | None, ...]:
        return self.cells[-1][:-1]

    @property
    def total(self) -> int | None:
        return self.cells[-1][-1]


def protect(counts: Mapping[tuple[str, str], int]) -> Table | None:
    """The table of counts by (row, column), its largest lines first; None when nothing of it can be shown safely.

    Zeros are shown: they are about nobody.
    """
    rows, columns = _names(counts, 0), _names(counts, 1)
    full = [[counts.get((row, column), 0) for column in columns] for row in rows]
    for line in full:
        line.append(sum(line))
    full.append([sum(column) for column in zip(*full, strict=True)] if full else [])
    if not full[-1] or full[-1][-1] < SMALLEST_SHOWN:
        return None
    hidden = _Hiding(full).hidden()
    if hidden is None:
        return None
    shown = [[None if (i, j) in hidden else value for j, value in enumerate(line)] for i, line in enumerate(full)]
    down = _largest_first(rows, [line[-1] for line in shown[:-1]])
    across = _largest_first(columns, shown[-1][:-1])
    return Table(
        tuple(rows[i] for i in down),
        tuple(columns[j] for j in across),
        tuple(tuple(shown[i][j] for j in (*across, -1)) for i in (*down, -1)),
    )


def _names(counts: Mapping[tuple[str, str], int], side: int) -> list[str]:
    return sorted({key[side] for key, n in counts.items() if n})


def _largest_first(names: Sequence[str], totals: Sequence[int | None]) -> list[int]:
    """The order of the lines: those whose total is hidden come last, by name, so that their place tells nothing."""
    return sorted(range(len(names)), key=lambda i: (-(totals[i] or 0), names[i]))


class _Hiding:
    """Chooses what to hide in a table with its totals in the last line and column.

    With totals taken as negative, every line sums to zero; a cell can change when the others of its row and its
    column change the other way, around a circuit. A cell of zero cannot change: it is shown.
    """

    def __init__(self, full: Sequence[Sequence[int]]) -> None:
        self._full = full
        self._last_row, self._last_column = len(full) - 1, len(full[0]) - 1
        self._hidden: set[_Cell] = set()

    def hidden(self) -> set[_Cell] | None:
        """The cells to hide, or None when some small cell cannot be kept secret."""
        everything = product(range(len(self._full)), range(len(self._full[0])))
        small = [cell for cell in everything if 0 < self._value(cell) < SMALLEST_SHOWN]
        self._hidden = set(small)
        for cell in sorted(small, key=lambda one: (-self._value(one), one)):
            path = self._circuit(cell)
            if path is None:
                return None
            self._hidden |= path
        return self._hidden

    def _value(self, cell: _Cell) -> int:
        return self._full[cell[0]][cell[1]]

    def _is_total(self, cell: _Cell) -> bool:
        return (cell[0] == self._last_row) != (cell[1] == self._last_column)

    def _circuit(self, cell: _Cell) -> set[_Cell] | None:
        """The cells that let this one be larger by _ROOM, preferring those already hidden, then small ones."""
        start, goal = ("column", cell[1]), ("row", cell[0])
        if self._is_total(cell):  # larger as a total is smaller as a negative value
            start, goal = goal, start
        distances: dict[_Node, int] = {start: 0}
        came: dict[_Node, tuple[_Node, _Cell]] = {}
        queue = [(0, start)]
        while queue:
            distance, node = heapq.heappop(queue)
            if node == goal:
                return set(_way(came, goal))
            if distance > distances[node]:
                continue
            for neighbour, through, cost in self._steps(node, cell):
                if distance + cost < distances.get(neighbour, 1 << 60):
                    distances[neighbour] = distance + cost
                    came[neighbour] = (node, through)
                    heapq.heappush(queue, (distance + cost, neighbour))
        return None

    def _steps(self, node: _Node, without: _Cell) -> Iterator[tuple[_Node, _Cell, int]]:
        """From a row, through a cell that grows; from a column, through a cell that shrinks."""
        kind, index = node
        size = self._last_column if kind == "row" else self._last_row
        for other in range(size + 1):
            cell = (index, other) if kind == "row" else (other, index)
            value = self._value(cell)
            if cell == without or value == 0 or cell == (self._last_row, self._last_column):
                continue
            shrinks = (kind == "column") != self._is_total(cell)
            if shrinks and value <= _ROOM:  # it would fall to zero, which would have been shown
                continue
            yield ("column" if kind == "row" else "row", other), cell, 0 if cell in self._hidden else value


def _way(came: Mapping[_Node, tuple[_Node, _Cell]], goal: _Node) -> Iterator[_Cell]:
    node = goal
    while node in came:
        node, cell = came[node]
        yield cell
