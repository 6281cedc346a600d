"""YAML read as text, with the line of every value."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.knowledge_base.problems import ProblemList
from bot.knowledge_base.yaml_file import Place, YamlFile, read_yaml


def _read(folder: Path, content: str | bytes) -> tuple[YamlFile | None, list[str]]:
    path = folder / "essai.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    problems = ProblemList(folder)
    return read_yaml(path, problems), [f"{problem.line}: {problem.message}" for problem in problems]


def test_nothing_is_guessed(tmp_path: Path) -> None:
    file, problems = _read(
        tmp_path, "a: on\nb: 0553\nc: 9:30\nd: 3230\ne: 2026-11-22\nf: null\ng:\nh: !!int 5\n<<: x\n"
    )
    assert problems == []
    assert file is not None
    assert file.data == {
        "a": "on", "b": "0553", "c": "9:30", "d": "3230", "e": "2026-11-22", "f": "null", "g": "", "h": "5", "<<": "x"
    }  # fmt: skip


def test_lines(tmp_path: Path) -> None:
    text = "# un\na: x\nb:\n  - un\n  - c: deux\n    d: >-\n      trois\n      quatre\n"
    file, _ = _read(tmp_path, text)
    assert file is not None
    expected: dict[Place, int] = {("a",): 2, ("b",): 3, ("b", 0): 4, ("b", 1, "c"): 5, ("b", 1, "d"): 6}
    assert {place: file.line(place) for place in expected} == expected
    assert file.line(("b", 1, "d", "unknown", 3)) == 6
    assert file.line(("b", 9)) == 3
    assert file.line(("z",)) == 2
    assert file.data["b"][1]["d"] == "trois quatre"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_and_byte_order_mark(ending: str, tmp_path: Path) -> None:
    file, problems = _read(tmp_path, "\ufeff" + ending.join(["a: é", "b: œ", ""]))
    assert problems == []
    assert file is not None
    assert (file.data, file.line(("b",))) == ({"a": "é", "b": "œ"}, 2)


def test_duplicate_keys_are_all_told(tmp_path: Path) -> None:
    file, problems = _read(tmp_path, "a: 1\nb:\n  c: 1\n  c: 2\na: 2\na: 3\n")
    assert file is None
    assert problems == [
        "4: la clé « c » est écrite deux fois (déjà ligne 3)",
        "5: la clé « a » est écrite deux fois (déjà ligne 1)",
        "6: la clé « a » est écrite deux fois (déjà ligne 1)",
    ]


def test_depth_that_is_allowed(tmp_path: Path) -> None:
    assert _read(tmp_path, "[" * 12 + "]" * 12)[1] == []
    assert _read(tmp_path, "[" * 14 + "]" * 14)[1] == ["1: le contenu est trop imbriqué"]


def test_many_values_are_not_deep(tmp_path: Path) -> None:
    file, problems = _read(
        tmp_path, "mots:\n" + "".join(f"  - [mot{number}, autre{number}]\n" for number in range(3000))
    )
    assert problems == []
    assert file is not None
    assert len(file.data["mots"]) == 3000


def test_absent_file_and_folder(tmp_path: Path) -> None:
    problems = ProblemList(tmp_path)
    assert read_yaml(tmp_path / "absent.yaml", problems) is None
    assert read_yaml(tmp_path, problems) is None
    assert [problem.message for problem in problems] == [
        "le fichier ne peut pas être lu (il n'existe pas)",
        "ce n'est pas un fichier",
    ]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.text(max_size=200) | st.binary(max_size=200))
def test_anything_is_read_or_told(content: str | bytes, tmp_path: Path) -> None:
    try:
        file, problems = _read(tmp_path, content)
    except UnicodeEncodeError:
        return  # half a character pair cannot stand in a file
    assert (file is None) == bool(problems)
