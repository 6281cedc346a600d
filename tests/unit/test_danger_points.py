"""The points of words: written and read back alike, refused with the line when broken, never a reason to fall over."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.danger.points import NO_WORRY, DangerPoints, PointRow
from bot.domain.danger.sounds import spell_out
from bot.knowledge_base.danger_points import NAME, DangerPointsError, load_points, write_points
from bot.knowledge_base.loader import load_knowledge
from tests.knowledge.small_base import SmallBase

KINDS = ("violences-conjugales", "urgence-vitale")
ROWS = (
    PointRow("fra", 2.0, 30.0, (12.0, -3.0)),
    PointRow("<peur>", 3.0, 15.0, (4.0, 0.0)),
    PointRow("kart", 2.5, -40.0, (0.0, 0.0)),
)


def _points() -> DangerPoints:
    return DangerPoints(ROWS, KINDS, base=-5.0, threshold=-2.0)


def test_words_worry_or_reassure() -> None:
    words = spell_out("il frappe la carte")
    worried = _points().weigh(spell_out("peur peur peur"), {"peur"})
    assert worried.points == pytest.approx(10.0)
    assert worried.kinds["violences-conjugales"] > worried.kinds["urgence-vitale"]
    assert worried.words == ("<peur>",)
    assert _points().weigh(words, ()).points < 0


def test_unknown_words_and_keywords_say_nothing() -> None:
    assert _points().weigh(spell_out("abc def ghi"), ()) is NO_WORRY
    assert _points().weigh(spell_out("peur"), {"peur"}) is NO_WORRY


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / NAME
    write_points(path, ROWS, KINDS, base=-5.0, threshold=-2.0)
    read = load_points(path)
    assert read is not None
    assert read.threshold == -2.0
    words = spell_out("peur de la carte")
    assert read.weigh(words, {"peur"}) == _points().weigh(words, {"peur"})


def test_without_a_file_the_rules_stand_alone(tmp_path: Path) -> None:
    assert load_points(tmp_path / NAME) is None


GOOD = "base\t-500\nseuil\t-200\ngenres\ta\tb\npeur\t300\t1500\t\t12\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 0),
        (GOOD.replace("base", "bas"), 1),
        (GOOD.replace("1500", "beaucoup"), 4),
        (GOOD.replace("\t12", ""), 4),
        (GOOD.replace("-200", "deux"), 2),
        (GOOD.replace("peur", ""), 4),
        ("base\t-500\nseuil\t-200\ngenres\ta\tb\n", 3),
    ],
)
def test_a_broken_file_names_its_line(text: str, line: int, tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DangerPointsError) as caught:
        load_points(path)
    assert caught.value.line == line


def test_a_broken_file_leaves_the_rules_and_is_reported(tmp_path: Path) -> None:
    base = SmallBase(tmp_path)
    real = Path(__file__).parents[2] / "knowledge" / "danger.yaml"
    base.write("danger.yaml", real.read_text(encoding="utf-8"))
    base.write(NAME, GOOD.replace("1500", "beaucoup"))
    knowledge = load_knowledge(base.folder)
    assert knowledge.danger.points is None
    assert len(knowledge.danger.kinds) == 7
    assert any(f"{NAME}:4" in warning for warning in knowledge.warnings)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.sets(st.text(max_size=8), max_size=3))
def test_any_text_can_be_weighed(text: str, labels: set[str]) -> None:
    _points().weigh(spell_out(text), labels)
