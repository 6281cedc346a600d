"""The danger file says where each mistake stands, and refuses rules that would silently do nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.danger.lexicon import variants
from bot.domain.danger.sounds import sound, spell_out
from bot.knowledge_base.danger import DangerProblemsError, load_danger

REAL = Path(__file__).parents[2] / "knowledge" / "danger.yaml"


def _broken(tmp_path: Path, old: str, new: str) -> list[str]:
    text = REAL.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "danger.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DangerProblemsError) as caught:
        load_danger(path)
    return caught.value.problems


def test_the_file_shipped_is_sound() -> None:
    assert len(load_danger(REAL).kinds) == 7


def test_a_missing_file_is_one_problem(tmp_path: Path) -> None:
    with pytest.raises(DangerProblemsError, match="illisible"):
        load_danger(tmp_path / "absent.yaml")


def test_broken_yaml_gives_its_line(tmp_path: Path) -> None:
    path = tmp_path / "danger.yaml"
    path.write_text("numeros:\n  - [\n", encoding="utf-8")
    with pytest.raises(DangerProblemsError, match=r"danger\.yaml:\d+: "):
        load_danger(path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("ensemble: [conjoint, frapper]", "ensemble: [conjoint, fraper]", "« fraper » n'existe pas"),
        ('numeros: ["3018", "17"]', 'numeros: ["3018", "170"]', "170"),
        ("  - mort de rire\n", "  - os\n", "trop court"),
        ("    indices: [image", "    indises: [image", "indises"),
        ("\ndangers:\n", "\ndangers:\n  inconnu: {message: bonjour tout le monde, numeros: ['15']}\n", "inconnu"),
        ("  - nature morte\n", "  - nature (morte\n  - {a: b}\n", "faux_amis"),
        ("curiosite:\n", "curiosite: []\ncuriosite:\n", "deux fois"),
    ],
)
def test_every_mistake_is_told_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    problems = _broken(tmp_path, old, new)
    assert any(said in problem for problem in problems), problems
    assert all(":" in problem for problem in problems)


def test_expressions_offer_choices() -> None:
    assert variants("a/b c") == ["a c", "b c"]
    assert variants("(je) dors") == ["je dors", "dors"]


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("mourire", "mourir"),
        ("frapé", "frappée"),
        ("zenfan"[1:], "enfants"),
        ("voizine", "voisine"),
        ("deor", "dehors"),
    ],
)
def test_what_sounds_alike_is_alike(heard: str, written: str) -> None:
    assert sound(heard) == sound(written)


def test_mourir_is_not_courir() -> None:
    assert sound("mourir") != sound("courir")


def test_glued_pronouns_come_apart() -> None:
    assert [word.sound for word in spell_out("jveux")] == [word.sound for word in spell_out("je veux")]
