"""Messages as people type them become whole words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text import MAX_CHARACTERS, NEGATIONS, STOP_WORDS, clean, fold, readable, stem, tokens, words


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("J'ai pas reçu mon R.S.A.", "je ai pas recu mon rsa"),
        ("l'APL", "le apl"),
        ("l’école", "le ecole"),
        ("g pa resu mn rsa", "je ai pas recu mon rsa"),
        ("c koi l apl", "ce est quoi l apl"),
        ("jsp koi fer", "je sais pas quoi faire"),
        ("jve 2m1 kan jpe", "je veux demain quand je peux"),
        ("jpeu pa", "je peux pas"),
        ("jveuuuux", "je veux"),
        ("kesk il fo", "que est ce que il faut"),
        ("bonjour\u200b \u202eje", "bonjour je"),
        ("qu'est-ce que c'est", "que est ce que ce est"),
        ("12rue 3ans", "12 rue 3 ans"),
        ("aide 😭", "aide pleure"),
        ("ＲＳＡ", "rsa"),
        ("cœur", "coeur"),
        ("E\u0301cole", "ecole"),
    ],
)
def test_words(written: str, expected: str) -> None:
    assert " ".join(words(written)) == expected


def test_accents_stay_in_tokens_and_go_in_words() -> None:
    assert tokens("déclaré") == ["déclaré"]
    assert words("déclaré") == ["declare"]


def test_negation_and_questions_are_not_thrown_away() -> None:
    assert tokens("plus de RSA, où aller ?") == ["plus", "de", "rsa", "où", "aller"]
    assert not NEGATIONS & STOP_WORDS


@pytest.mark.parametrize(
    ("one", "other"), [("déclaration", "déclarations"), ("logement", "logements"), ("payé", "payer")]
)
def test_stems_meet(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("noise", ["", "   ", "??", "🙂🙂", "a", "1 2 3", "\u200b\u202e", "?!."])
def test_nothing_to_read(noise: str) -> None:
    assert not readable(noise)


def test_only_telegrams_length_is_read() -> None:
    assert len(clean("a" * 10_000)) == MAX_CHARACTERS


@given(st.text(max_size=300))
def test_never_raises_and_folding_again_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert all(word and " " not in word for word in words(text))


@pytest.mark.parametrize(
    "hostile", ["a" * 4096, " " * 4096, "e\u0301\u0301" * 1365, "'" * 4096, "\u0300" * 4096, "a'" * 2048]
)
def test_hostile_lengths(hostile: str) -> None:
    assert isinstance(words(hostile), list)
