"""No cell is ever run as a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.spreadsheets.cells import safe
from bot.services.spreadsheets.text_file import csv_bytes

FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "\ufeff=1", "＝1"])
def test_a_formula_begins_with_an_apostrophe(text: str) -> None:
    assert str(safe(text)).startswith("'")


@given(st.text())
def test_nothing_begins_like_a_formula(text: str) -> None:
    shown = str(safe(text))
    assert not shown.lstrip(" \n").startswith(FORMULAS)
    assert len(shown) <= 32_767


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=3), min_size=1))
def test_a_csv_file_reads_back_as_it_was_made_safe(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(csv_bytes(rows).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert read == [[str(safe(cell)) for cell in row] for row in rows]
