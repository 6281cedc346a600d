"""Evidence for topics: misspelt, as heard, wrongly cut, off topic."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.documents import Document
from bot.domain.matching import Matcher
from bot.domain.models import Vocabulary

DOCUMENTS = [
    Document(
        "rsa",
        ("je veux demander le rsa", "on m'a coupé mon rsa", "je n'ai plus aucun revenu"),
        ("revenu de solidarité",),
    ),
    Document("apl", ("demander apl en ligne", "aide pour payer mon loyer", "mon apl a baissé"), ("aide au logement",)),
    Document(
        "apa", ("demander apa en ligne", "aide à domicile pour ma mère âgée", "l'apa de mon père"), ("autonomie",)
    ),
    Document("papiers", ("refaire ma carte d'identité", "ma carte d'identité est périmée", "passeport pour mon fils")),
    Document("vitale", ("ma carte vitale ne marche plus", "refaire la carte vitale", "carte vitale perdue")),
    Document("bus", ("horaire du bus", "où passe le bus ligne 5", "abonnement de bus")),
]
VOCABULARY = Vocabulary(
    synonyms=(("argent", "thune"), ("loyer", "location mensuelle")),
    spellings={"ereça": "rsa", "kart vit al": "carte vitale"},
    never_bridged=(("apl", "apa"),),
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(
        DOCUMENTS, VOCABULARY, off_topic=["mon chien est malade", "où trouver un vétérinaire", "vacciner mon chat"]
    )


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("je ve le rsa", "rsa"),
        ("mon ereça il é coupé", "rsa"),
        ("demander apl", "apl"),
        ("demander apa", "apa"),
        ("karte didantité périmé", "papiers"),
        ("kart vit al", "vitale"),
        ("horère du buss", "bus"),
        ("abonement bus", "bus"),
        ("passport", "papiers"),
    ],
)
def test_ranks_first(matcher: Matcher, message: str, topic: str) -> None:
    assert matcher.rank(message).best[0].id == topic


def test_off_topic_messages_gather_evidence_and_are_never_an_answer(matcher: Matcher) -> None:
    ranking = matcher.rank("mon chat est malade, un vétérinaire ?")
    assert ranking.background > max((ranked.evidence for ranked in ranking.best), default=0.0)
    assert all(ranked.id for ranked in ranking.best)


def test_a_word_brings_those_that_mean_the_same(matcher: Matcher) -> None:
    with_synonym = {r.id: r.evidence for r in matcher.rank("location mensuelle").best}
    without = {r.id: r.evidence for r in Matcher(DOCUMENTS).rank("location mensuelle").best}
    assert with_synonym["apl"] > without.get("apl", 0.0)


def test_explained_share(matcher: Matcher) -> None:
    assert matcher.rank("horaire bus").explained == pytest.approx(1.0)
    assert matcher.rank("xylophone zurichois").explained < 0.5


def test_evidence_names_what_spoke(matcher: Matcher) -> None:
    evidence = matcher.evidence("ma carte vitale", "vitale")
    assert evidence[0][2] >= evidence[-1][2] > 0
    assert {"stems", "characters"} <= {channel for channel, _, _ in evidence}
    total = sum(value for _, _, value in evidence)
    assert total == pytest.approx(matcher.rank("ma carte vitale").best[0].evidence)


def test_equal_evidence_keeps_the_order_of_the_documents() -> None:
    twins = Matcher([Document("b", ("même phrase ici",)), Document("a", ("même phrase ici",))])
    assert [ranked.id for ranked in twins.rank("même phrase ici").best] == ["b", "a"]


def test_an_empty_base_knows_nothing() -> None:
    ranking = Matcher([]).rank("bonjour le rsa")
    assert ranking.best == ()


@settings(max_examples=60)
@given(st.text(max_size=400))
def test_never_raises(matcher: Matcher, text: str) -> None:
    ranking = matcher.rank(text)
    evidence = [ranked.evidence for ranked in ranking.best]
    assert evidence == sorted(evidence, reverse=True)
    assert 0.0 <= ranking.explained <= 1.0 + 1e-9


@pytest.mark.parametrize("hostile", ["a" * 4096, " " * 4096, "e\u0301" * 2048, "\n" * 4096, "ab " * 1365, "🙂" * 2000])
def test_hostile_messages(matcher: Matcher, hostile: str) -> None:
    matcher.rank(hostile)
