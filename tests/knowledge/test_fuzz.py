"""Whatever a file holds, the check answers with problems, never with an exception."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge_base.loader import inspect_knowledge
from tests.knowledge.small_base import FILES, SmallBase, topic_text

LINES = topic_text("un").splitlines()
SIGNS = ["- ", "  ", ": ", "[", "]", "{", "}", '"', "'", "&a ", "*a", "? ", "| ", ">-", "!!int ", "---", "\n", "\t",
         "#", "<<: ", "\x00", "\ufeff", "é", "999999999999999999999", "null"]  # fmt: skip
PIECES = st.sampled_from([*LINES, *SIGNS])
VALUES = st.recursive(
    st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)
UNHURRIED = settings(deadline=None, max_examples=60)  # a busy machine is no failure


@pytest.fixture(scope="module")
def module_base() -> Iterator[SmallBase]:
    with tempfile.TemporaryDirectory() as parent:
        yield SmallBase(Path(parent))


def _survives(base: SmallBase, name: str, content: bytes) -> None:
    before = base.path(name).read_bytes()
    base.path(name).write_bytes(content)
    try:
        knowledge, problems = inspect_knowledge(base.folder)
    finally:
        base.path(name).write_bytes(before)
    assert knowledge is not None
    for problem in problems:
        assert problem.line >= 1
        assert len(str(problem).splitlines()) == 1
        str(problem).encode()


@UNHURRIED
@given(content=st.binary(max_size=400))
def test_any_bytes(content: bytes, module_base: SmallBase) -> None:
    _survives(module_base, "sujets/aides/un.yaml", content)


@UNHURRIED
@given(pieces=st.lists(PIECES | st.text(max_size=10), max_size=30))
def test_pieces_of_yaml(pieces: list[str], module_base: SmallBase) -> None:
    _survives(module_base, "sujets/aides/un.yaml", "\n".join(pieces).encode("utf-8", "replace"))


@UNHURRIED
@given(place=st.integers(0, len(LINES) - 1), text=st.text(max_size=40))
def test_any_line_of_a_topic_replaced(place: int, text: str, module_base: SmallBase) -> None:
    lines = [*LINES[:place], text, *LINES[place + 1 :]]
    _survives(module_base, "sujets/aides/un.yaml", "\n".join(lines).encode("utf-8", "replace"))


@UNHURRIED
@given(place=st.integers(0, len(LINES) - 1), value=VALUES)
def test_any_value_of_a_topic_replaced(place: int, value: object, module_base: SmallBase) -> None:
    key, colon, _ = LINES[place].partition(": ")
    lines = [*LINES[:place], f"{key}{colon or ': '}{value!r}", *LINES[place + 1 :]]
    _survives(module_base, "sujets/aides/un.yaml", "\n".join(lines).encode("utf-8", "replace"))


@UNHURRIED
@given(name=st.sampled_from(sorted(FILES)), value=VALUES)
def test_any_value_in_the_other_files(name: str, value: object, module_base: SmallBase) -> None:
    first = FILES[name].split(":", 1)[0]
    _survives(module_base, name, f"{first}: {value!r}\n".encode("utf-8", "replace"))
