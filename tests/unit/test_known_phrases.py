"""What a phrase of the base says is that topic's: word for word always, nearly when nothing tells them apart."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.decision import Answer, Unknown
from bot.domain.known_phrases import Known, KnownPhrases
from bot.domain.models import Vocabulary
from bot.domain.understanding import Understanding
from bot.knowledge_base.loader import load_knowledge

KNOWLEDGE = load_knowledge(Path(__file__).parents[1] / "data" / "knowledge")
WORDING = "le bidule bleu de la mairie pour chauffer chez moi"
OFF_TOPIC = "comment faire pousser des salades sur mon balcon"


def taught(wording: str = WORDING, topic: str = "cheque-energie", off_topic: str = OFF_TOPIC) -> Understanding:
    old = KNOWLEDGE.topics[topic]
    topics = {**KNOWLEDGE.topics, topic: replace(old, phrases=(*old.phrases, wording))}
    return Understanding(replace(KNOWLEDGE, topics=topics, off_topic=(*KNOWLEDGE.off_topic, off_topic)))


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return taught()


@pytest.mark.parametrize(
    "said",
    [
        WORDING,
        WORDING.upper(),
        "Le bidule bleu de la mairie, pour chauffer chez moi !!!",
        "le bidul bleu de la mairi pour chaufé ché moi",
        "le bidule bleue de la mairie pr chauffer chez moi",
        "le bidulle bleu de la marie pour chauffer chez moi",
    ],
)
def test_a_learnt_wording_leads_there_however_it_is_spelt(said: str, understanding: Understanding) -> None:
    outcome = understanding.read(said).outcome
    assert isinstance(outcome, Answer)
    assert outcome.topic == "cheque-energie"
    assert outcome.ranking[0].topic == "cheque-energie"
    assert outcome.ranking[0].score >= 0.98


def test_without_it_nothing_is_answered() -> None:
    assert not isinstance(Understanding(KNOWLEDGE).read(WORDING).outcome, Answer)


@pytest.mark.parametrize("said", [OFF_TOPIC, "coment faire pousé des salade sur mon balcon"])
def test_what_no_topic_covers_stays_unknown(said: str, understanding: Understanding) -> None:
    assert isinstance(understanding.read(said).outcome, Unknown)


def test_a_wording_wins_over_small_talk_that_it_looks_like() -> None:
    found = taught("bonjour", "rsa").read("Bonjour !").outcome
    assert isinstance(found, Answer)
    assert found.topic == "rsa"


def test_danger_comes_first_whatever_was_learnt() -> None:
    understood = taught("mon mari me frappe tous les soirs", "rsa").read("mon mari me frappe tous les soirs")
    assert understood.danger is not None
    assert understood.danger.kind == "violences-conjugales"


def phrases(*said: str, vocabulary: Vocabulary | None = None) -> KnownPhrases:
    rsa = KNOWLEDGE.topics["rsa"]
    topics = [replace(rsa, id=f"sujet-{number}", phrases=(text,)) for number, text in enumerate(said)]
    return KnownPhrases(topics, (), vocabulary or Vocabulary())


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("comment renouveler mon dossier apl à la caf", "comment renouveler mon dossier apa à la caf"),
        ("j'ai 16 ans et je cherche un petit travail", "j'ai 18 ans et je cherche un petit travail"),
        ("je voudrais une pension pour ma vieille maison", "je voudrais une passion pour ma vieille maison"),
    ],
)
def test_another_acronym_number_or_pair_is_another_question(phrase: str, said: str) -> None:
    words = Vocabulary(acronyms={"APA": "", "APL": ""}, never_bridged=(("pension", "passion"),))
    known = phrases(phrase, vocabulary=words)
    assert known.find(phrase) == Known("sujet-0", exact=True)
    assert known.find(said) is None


def test_two_topics_as_near_as_each_other_decide_nothing() -> None:
    one, other = "je veux refaire la clôture du jardin", "je veux refaire la clôture du jardou"
    known = phrases(one, other)
    assert known.find(one) == Known("sujet-0", exact=True)
    assert known.find("je veux refaire la clôture du jarda") is None


def test_equal_phrases_of_two_topics_decide_nothing_either() -> None:
    assert phrases(WORDING, WORDING).find(WORDING) is None


def test_it_crosses_to_another_process() -> None:
    known = pickle.loads(pickle.dumps(phrases(WORDING)))  # noqa: S301 - our own
    assert known.find(WORDING) == Known("sujet-0", exact=True)


@given(st.text(max_size=200))
def test_any_text_can_be_a_phrase_and_a_message(text: str) -> None:
    found = phrases(text).find(text)
    assert found in (None, Known("sujet-0", exact=True))
    assert phrases(WORDING).find(text) in (None, Known("sujet-0", exact=True), Known("sujet-0", exact=False))
    assert phrases().find(text) is None
