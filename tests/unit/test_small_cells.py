"""Small counts stay secret: an independent search through every table that fits what is shown."""

from __future__ import annotations

from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.small_cells import SMALLEST_SHOWN, protect

NAMES = "abcdefgh"
_ABOVE = 10


def counts(size: int, largest: int) -> st.SearchStrategy[dict[tuple[str, str], int]]:
    keys = st.tuples(st.sampled_from(NAMES[:size]), st.sampled_from(NAMES[:size]))
    return st.dictionaries(keys, st.integers(0, largest), min_size=1)


@cache
def everything() -> np.ndarray[tuple[int, int], np.dtype[np.int8]]:
    """Every table of two lines by three with counts below _ABOVE."""
    return np.indices((_ABOVE,) * 6).reshape(6, -1).astype(np.int8)


@given(st.lists(st.integers(0, _ABOVE - SMALLEST_SHOWN), min_size=6, max_size=6))
@settings(max_examples=50, deadline=None)
def test_no_hidden_small_count_can_be_found_out(values: list[int]) -> None:
    keys = [(row, column) for row in "ab" for column in "xyz"]
    counted = dict(zip(keys, values, strict=True))
    table = protect(counted)
    if table is None:
        return
    tables = everything()
    fits = np.ones(tables.shape[1], dtype=bool)
    for i, row in enumerate([*table.rows, None]):
        for j, column in enumerate([*table.columns, None]):
            summed = [k for k, (r, c) in enumerate(keys) if row in (None, r) and column in (None, c)]
            shown = table.cells[i][j]
            sums = tables[summed].sum(axis=0, dtype=np.int8)
            fits &= sums > 0 if shown is None else sums == shown  # zeros are shown, so a secret is not zero
    assert fits.any()
    for k, (row, column) in enumerate(keys):
        shown = table.cells[table.rows.index(row)][table.columns.index(column)] if values[k] else 0
        if shown is None and values[k] < SMALLEST_SHOWN:
            thinkable = set(tables[k][fits].tolist())
            assert len(thinkable) > 1, (table, row, column)
            assert max(thinkable) >= SMALLEST_SHOWN, (table, row, column)


@given(counts(8, 40))
@settings(deadline=None)
def test_what_is_shown_is_true_and_never_small(counted: dict[tuple[str, str], int]) -> None:
    table = protect(counted)
    total = sum(counted.values())
    if table is None:
        return
    assert table.total == total
    for i, row in enumerate([*table.rows, None]):
        for j, column in enumerate([*table.columns, None]):
            n = sum(n for (r, c), n in counted.items() if row in (None, r) and column in (None, c))
            assert table.cells[i][j] in (None, n)
            assert table.cells[i][j] is None or n == 0 or n >= SMALLEST_SHOWN
            assert n != 0 or table.cells[i][j] == 0


@given(counts(6, 30))
@settings(deadline=None)
def test_every_line_with_a_secret_has_two(counted: dict[tuple[str, str], int]) -> None:
    table = protect(counted)
    if table is not None:
        for line in (*table.cells, *zip(*table.cells, strict=True)):
            assert list(line).count(None) != 1


def test_a_total_does_not_give_a_hidden_cell_away() -> None:
    table = protect({("aides", "A"): 20, ("aides", "B"): 3, ("logement", "A"): 9, ("logement", "B"): 12})
    assert table is not None
    assert table.cells == ((None, None, 23), (None, None, 21), (29, 15, 44))


def test_too_few_questions_make_no_table() -> None:
    assert protect({}) is None
    assert protect({("aides", "A"): 4}) is None
    secret = protect({("aides", "A"): 2, ("aides", "B"): 9})
    assert secret is not None
    assert secret.cells == ((None, None, 11), (None, None, 11))


def test_nothing_is_hidden_where_all_is_large() -> None:
    table = protect({("aides", "A"): 5, ("logement", "A"): 50, ("logement", "B"): 7})
    assert table is not None
    assert (table.rows, table.columns) == (("logement", "aides"), ("A", "B"))
    assert table.cells == ((50, 7, 57), (5, 0, 5), (55, 7, 62))
