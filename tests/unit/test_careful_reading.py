"""What statistics alone would get wrong: one word, a refusal, two needs, noise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.decision import Answer, Choices, Unknown
from bot.domain.noise import is_noise
from bot.domain.refusal import wants_less
from bot.domain.several_needs import two_needs
from bot.domain.understanding import Understanding
from bot.knowledge_base.loader import load_knowledge
from bot.settings import read_settings


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding(load_knowledge(read_settings().knowledge))


@pytest.mark.parametrize(
    ("message", "topic"),
    [("rsa", "rsa"), ("RSA ?", "rsa"), ("R.S.A.", "rsa"), ("c'est quoi le rsa", "rsa"), ("apl", "aide-logement"),
     ("carte vitale", "carte-vitale"), ("aah", "aah")],
)  # fmt: skip
def test_a_keyword_alone_is_its_topic(understanding: Understanding, message: str, topic: str) -> None:
    outcome = understanding.read(message).outcome
    assert isinstance(outcome, Answer)
    assert outcome.topic == topic


def test_an_acronym_that_is_asked_about_is_explained(understanding: Understanding) -> None:
    assert str(understanding.read("c koi le RSA").definition).startswith("RSA")
    assert understanding.read("comment demander le rsa").definition is None


@pytest.mark.parametrize(
    "message",
    [
        "jveux en finir avec la vie",
        "je veux mourir",
        "j'en peux plus de vivre",
        "j'ai envie de m'ouvrir les veines dans la baignoire",
    ],
)
def test_nothing_else_stands_below_a_danger_that_is_all_the_message(understanding: Understanding, message: str) -> None:
    understood = understanding.read(message)
    assert understood.danger is not None
    assert getattr(understood.outcome, "topic", understood.danger.kind) == understood.danger.kind


def test_a_need_told_beside_a_danger_is_answered_too(understanding: Understanding) -> None:
    understood = understanding.read("mon mari m'a frappée et je veux savoir comment demander le rsa")
    assert understood.danger is not None
    assert understood.danger.kind == "violences-conjugales"
    assert getattr(understood.outcome, "topic", None) == "rsa"


def test_a_follow_up_needs_an_answer_before_it(understanding: Understanding) -> None:
    after = understanding.read("kel papié il fo", "rsa")
    assert isinstance(after.outcome, Answer)
    assert (after.outcome.topic, after.facet, after.follow_up) == ("rsa", "papiers", True)
    first = understanding.read("kel papié il fo")
    assert isinstance(first.outcome, Unknown)  # papers for what? it asks, and keeps nothing
    assert not first.readable
    assert not understanding.read("kel papié il fo", "no-such-topic").follow_up
    other = understanding.read("je voudrais refaire ma carte d'identité", "rsa").outcome
    assert getattr(other, "topic", None) != "rsa"


@pytest.mark.parametrize(
    "message",
    [
        "je ne veux plus du RSA",
        "je veux plus le rsa",
        "jveu plu du rsa",
        "je veux renoncer au rsa",
        "je veux arrêter mon rsa",
    ],
)
def test_what_somebody_gives_up_is_not_answered_with_how_to_get_it(understanding: Understanding, message: str) -> None:
    assert wants_less(message)
    assert not isinstance(understanding.read(message).outcome, Answer)


@pytest.mark.parametrize(
    "message", ["je n'ai plus de RSA", "je veux le rsa", "on m'a coupé le rsa", "je ne peux plus payer"]
)
def test_having_none_is_not_wanting_none(message: str) -> None:
    assert not wants_less(message)


@pytest.mark.parametrize(
    ("message", "topics"),
    [
        ("bonjour je voudrais refaire ma carte d'identité et aussi savoir comment inscrire ma fille à la cantine",
         {"carte-identite-passeport", "cantine-periscolaire"}),
        ("il faut que je renouvelle mon titre de séjour. et mon fils cherche un stage de troisième",
         {"titre-sejour", "stage-troisieme"}),
    ],
)  # fmt: skip
def test_two_needs_are_both_offered(understanding: Understanding, message: str, topics: set[str]) -> None:
    outcome = understanding.read(message).outcome
    assert isinstance(outcome, Choices)
    assert outcome.several
    assert set(outcome.topics) == topics


def test_one_need_in_two_sentences_is_one(understanding: Understanding) -> None:
    text = "Bonjour, j'ai perdu ma carte vitale hier au marché. Comment refaire ma carte vitale ?"
    assert two_needs(text, understanding.rank) == ()


@pytest.mark.parametrize("noise", ["azertyuiop", "qsdfqsdf", "fghjk", "xxxx", "dfg hjk", "??", "llllq"])
def test_keyboard_noise_is_no_need(understanding: Understanding, noise: str) -> None:
    understood = understanding.read(noise)
    assert isinstance(understood.outcome, Unknown)
    assert not understood.readable


@pytest.mark.parametrize("word", ["poisson rouge", "zoo", "trottinette volée", "mon chien"])
def test_a_word_we_do_not_cover_is_a_need(word: str) -> None:
    assert not is_noise(word, explained=0.0)


@given(st.text(max_size=300))
def test_reading_never_raises(understanding: Understanding, text: str) -> None:
    understanding.read(text, "rsa")
