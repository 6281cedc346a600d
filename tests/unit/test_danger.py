"""Danger is recognised first, whatever the spelling; ordinary messages that only look like it are left alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.danger import BUILT_IN, DangerDetector
from bot.knowledge_base.danger import load_danger
from bot.knowledge_base.danger_points import NAME, load_points

ROOT = Path(__file__).parents[2]
LABELLED = ROOT / "tests" / "data" / "danger.jsonl"
DEV = ROOT.parent / "shared" / "knowledge" / "dev-questions.jsonl"
KNOWLEDGE = ROOT / "knowledge"
RULES = replace(load_danger(KNOWLEDGE / "danger.yaml"), points=load_points(KNOWLEDGE / NAME))
DETECTOR = DangerDetector(RULES)

URGENT = [
    ("je ve mourire", "pensees-suicidaires"),
    ("jveux en finir", "pensees-suicidaires"),
    ("jen pe plu je ve crevé", "pensees-suicidaires"),
    ("je veux plus être un poids", "pensees-suicidaires"),
    ("mon mari ma frapé", "violences-conjugales"),
    ("il devient méchant quand il boit, j'ai peur ce soir", "violences-conjugales"),
    ("ma voisine se fait taper par son mari", "violences-conjugales"),
    ("mon mari m'a frappée et je veux savoir pour le RSA", "violences-conjugales"),
    ("je dors dans ma voiture avec les petits", "hebergement-urgence"),
    ("je meurs de faim et mon père me frappe tous les soirs, j'ai 12 ans", "enfant-en-danger"),
    ("ma mère ne respire plus", "urgence-vitale"),
    ("l'infirmière gifle ma grand-mère à l'ehpad", "maltraitance-adulte-vulnerable"),
    ("il menace d'envoyer mes photos nues si je paie pas", "cyberharcelement"),
]

LOOK_ALIKES = [
    "mon ordi est mort",
    "mort de rire",
    "tuer le temps",
    "le bus me tue",
    "je meurs de faim",
    "mon père est mort, quels papiers",
    "accident de voiture l'an dernier, assurance",
    "déclarer un décès",
    "violence à la télé",
    "ma batterie est à plat",
    "je me suis fait taper dans l'œil",
    "mon fils est mort de trouille",
    "frapper à la porte",
    "15 euros",
    "numéro 17",
    "hébergement pour étudiant",
    "c'est quoi le 3919",
    "le 3114 c'est quoi",
    "quels sont les horaires du 115",
    "",
    "   ",
    "?!",
]


def _labelled(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _rates(messages: Sequence[dict[str, object]]) -> tuple[float, float, float]:
    urgent = [one for one in messages if one["urgent"] is True]
    calm = [one for one in messages if one["urgent"] is False]
    found = [(one, DETECTOR.detect(str(one["q"]))) for one in urgent]
    hits = [(one, danger) for one, danger in found if danger is not None]
    right = sum(danger.kind == one["id"] or danger.kind in list(one["also"]) for one, danger in hits)  # type: ignore[call-overload]
    alarms = sum(DETECTOR.detect(str(one["q"])) is not None for one in calm)
    return len(hits) / len(urgent), alarms / len(calm), right / len(hits)


@pytest.mark.parametrize(("message", "kind"), URGENT)
def test_danger_is_recognised(message: str, kind: str) -> None:
    danger = DETECTOR.detect(message)
    assert danger is not None
    assert danger.kind == kind
    assert danger.numbers
    assert danger.words


@pytest.mark.parametrize("message", LOOK_ALIKES)
def test_look_alikes_are_left_alone(message: str) -> None:
    assert DETECTOR.detect(message) is None


def test_our_labelled_messages() -> None:
    """These messages shaped the rules: the bounds guard what was reached, they do not measure unseen messages."""
    recall, alarms, kind = _rates(_labelled(LABELLED))
    assert recall >= 0.97
    assert alarms <= 0.03
    assert kind >= 0.9


def test_the_development_messages() -> None:
    if not DEV.exists():
        pytest.skip("the development messages are not beside this checkout")
    messages = _labelled(DEV)
    recall, alarms, kind = _rates([one for one in messages if "urgent" in one])
    assert recall >= 0.95
    assert alarms <= 0.04
    assert kind >= 0.9


def test_doubtful_words_ask_and_still_show_numbers() -> None:
    danger = DETECTOR.detect("peur de rentrer")
    assert danger is not None
    assert not danger.certain
    assert danger.numbers


def test_numbers_of_2026() -> None:
    for rules in (RULES, BUILT_IN):
        numbers = {number.number: number for kind in rules.kinds for number in kind.numbers}
        assert {"15", "17", "18", "112", "114", "3114", "3919", "119", "115", "3018", "3133"} == set(numbers)
        assert [number for number, one in numbers.items() if one.sms] == ["114"]


@pytest.mark.parametrize(
    "message",
    [
        "au secours",
        "je veux mourir",
        "jve mourire",
        "mon mari me frappe",
        "on dort dehors avec les enfants",
        "ma grand mère est frappée à l'ehpad",
        "chantage à la webcam",
        "mon père me tape j'ai 12 ans",
        "il respire plus",
    ],
)
def test_the_built_in_rules_need_no_file(message: str) -> None:
    assert DangerDetector().detect(message) is not None


def test_the_built_in_rules_know_look_alikes() -> None:
    assert DangerDetector().detect("mort de rire, je fais une formation sur le suicide") is None


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_never_raises(text: str) -> None:
    DETECTOR.detect(text)


_PIECES = st.sampled_from(
    ["mari", "frappe", "me", "je", "veux", "mourir", "…", "'", "é", "j", "mort", "de", "rire", "\u200b", "😭"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=60).map(" ".join))
def test_never_raises_on_its_own_words(text: str) -> None:
    DETECTOR.detect(text)


@pytest.mark.parametrize(
    "hostile",
    [
        "j " * 2048,
        "a" * 4096,
        "'" * 4096,
        "me " * 1365,
        "mari frappe " * 341,
        "je veux plus " * 315,
        "il m'a " * 585,
        "é" * 4096,
        "".join(chr(97 + index * 7 % 26) + ("e" if index % 3 else " ") for index in range(4096))[:4096],
    ],
)
def test_a_hostile_message_is_read_to_the_end(hostile: str) -> None:
    found = DETECTOR.detect(hostile)
    assert found is None or found.numbers
