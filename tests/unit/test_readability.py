"""How sentences, words and syllables are counted."""

from __future__ import annotations

import pytest

from bot.knowledge_base.readability import Readability, measure, sentence_count, sentences, syllables, word_count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Appelez la Caf. Elle répond le matin.", ["Appelez la Caf.", "Elle répond le matin."]),
        ("Voulez-vous de l'aide ? Appelez !", ["Voulez-vous de l'aide ?", "Appelez !"]),
        ("Appelez le 05 53 35 86 00. 3 personnes répondent.", ["Appelez le 05 53 35 86 00.", "3 personnes répondent."]),
        ("Le site est caf.fr et non caf.com", ["Le site est caf.fr et non caf.com"]),
        ("Deux cas : Seul, ou en famille.", ["Deux cas :", "Seul, ou en famille."]),
        ("deux cas : seul, ou en famille", ["deux cas : seul, ou en famille"]),
        ("Une ligne\nune autre", ["Une ligne", "une autre"]),
        ("Dites « oui ». « Non » est permis.", ["Dites « oui ».", "« Non » est permis."]),
        ("", []),
        ("   \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    found = sentences(text)
    assert [" ".join(one.split()) for one in found] == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Une phrase. Deux phrases.", 2),
        ("Deux cas : Seul, ou en famille.", 1),
        ("Sans point", 1),
        ("", 0),
        ("Ah… Bon ?", 2),
    ],
)
def test_sentence_count_ignores_colons(text: str, count: int) -> None:
    assert sentence_count(text) == count


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Appelez le 05 53 35 86 00.", 3),
        ("L'école est rendez-vous d'aujourd'hui", 4),
        ("Allez à la Caf (allocations familiales).", 6),
        ("… !", 0),
        ("1 500 euros", 2),
    ],
)
def test_words(sentence: str, count: int) -> None:
    assert word_count(sentence) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("Caf", 1),
        ("aide", 1),
        ("demande", 2),
        ("logement", 3),
        ("allocations", 4),
        ("le", 1),
        ("été", 2),
        ("hypothèse", 3),
        ("05", 1),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_measure_sums_over_texts() -> None:
    found = measure(["Appelez la Caf. Elle répond.", "mot " * 23, "…", ""])
    assert (found.sentences, found.words, found.long) == (3, 28, 1)
    assert found.mean_words == pytest.approx(28 / 3)


def test_short_words_and_sentences_are_easier() -> None:
    easy = measure(["Va à la Caf. Elle est là."])
    hard = measure(["La réglementation administrative subordonne l'attribution à une instruction approfondie."])
    assert easy.kandel_moles > 100
    assert hard.kandel_moles < 60


def test_nothing_to_measure() -> None:
    empty = measure([])
    assert empty == Readability(0, 0, 0, 0)
    assert (empty.mean_words, empty.kandel_moles) == (0.0, 0.0)
