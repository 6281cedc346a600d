"""Answer, choices, or "I don't know"."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.confidence import confidence
from bot.domain.decision import ANSWER_AT, MAX_CHOICES, OFFER_AT, Answer, Choices, Unknown, choices, decide
from bot.domain.matching import Ranked, Ranking


def ranking(*evidence: float, explained: float = 1.0, words: int = 4, background: float = 0.0) -> Ranking:
    return Ranking(tuple(Ranked(f"t{n}", e) for n, e in enumerate(evidence)), explained, words, background)


def test_one_clear_topic_is_answered() -> None:
    decision = decide(ranking(40, 5, 4, 3))
    assert isinstance(decision, Answer)
    assert decision.topic == "t0"


def test_near_equals_are_offered() -> None:
    decision = decide(ranking(24, 22, 5, 2, background=18))
    assert isinstance(decision, Choices)
    assert decision.topics == ("t0", "t1")


def test_what_looks_like_nothing_we_cover_is_unknown() -> None:
    assert isinstance(decide(ranking(5, 4.8, 4.7, 4.6, explained=0.3, background=9)), Unknown)
    assert decide(ranking()) == Unknown(())


def test_choices_are_two_or_three_and_leave_out_what_was_refused() -> None:
    assert choices(ranking(10, 9, 8, 7)) == ("t0", "t1", "t2")
    assert choices(ranking(10, 1)) == ("t0", "t1")
    assert choices(ranking(10, 9, 8), frozenset({"t0"})) == ("t1", "t2")
    assert choices(ranking(10), frozenset({"t0"})) == ()
    assert len(choices(ranking(*[10] * 9))) == MAX_CHOICES


_EVIDENCE = st.lists(st.floats(0.01, 200), max_size=8).map(lambda found: tuple(sorted(found, reverse=True)))


@given(_EVIDENCE, st.floats(0, 1), st.integers(0, 80), st.floats(0, 200))
def test_scores_are_probabilities_in_order(
    evidence: tuple[float, ...], explained: float, words: int, background: float
) -> None:
    found = ranking(*evidence, explained=explained, words=words, background=background)
    decision, sure = decide(found), confidence(found)
    scores = [scored.score for scored in decision.ranking]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert 0 <= sure.first <= sure.three <= 1
    if isinstance(decision, Answer):
        assert sure.first >= ANSWER_AT
    if isinstance(decision, Choices):
        assert sure.first < ANSWER_AT
        assert sure.three >= OFFER_AT
        assert 2 <= len(decision.topics) <= MAX_CHOICES or len(evidence) < 2
