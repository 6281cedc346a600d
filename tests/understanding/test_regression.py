"""Understanding does not get worse than what is committed: the rules stand in README.md beside."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.services.evaluation import Outcome, Report, Share
from tests.understanding.committed import (
    STALE_SHARE,
    Committed,
    Evaluated,
    failures,
    figures,
    new_failures,
    read_committed,
    regressions,
    stale,
    worse,
)


@pytest.fixture(scope="module")
def committed() -> Committed:
    found = read_committed()
    assert found.figures, "run `python -m tests.understanding.update`"
    return found


def test_no_figure_is_worse_than_the_committed_one(committed: Committed, evaluated: Evaluated) -> None:
    found = list(regressions(committed, evaluated.sets))
    if found:
        lines = ["understanding got worse; what turned from right to wrong:", *found]
        pytest.fail("\n".join(lines), pytrace=False)


def test_list_of_known_failures_only_shrinks(committed: Committed) -> None:
    assert len(committed.failures) <= committed.count, "a line was added by hand"
    assert len({(failure.set, failure.text) for failure in committed.failures}) == len(committed.failures)


def test_known_failures_still_fail(committed: Committed, evaluated: Evaluated) -> None:
    found = stale(committed, evaluated.sets)
    if len(found) > STALE_SHARE * len(committed.failures):
        lines = [f"{len(found)} fail no more; remove them with `python -m tests.understanding.update`:"]
        pytest.fail("\n".join(lines + [one.text for one in found]), pytrace=False)


def test_each_register_and_kind_has_its_figures(committed: Committed) -> None:
    questions = committed.figures["questions"]
    assert {"tous", "clair", "sms", "phonetique", "indirect", "non-natif", "voisin"} <= questions.keys()
    assert {"top-1", "top-3", "served", "wrong", "missed", "caught", "offered"} <= questions["tous"].keys()
    assert {"recall", "false alarm", "right kind"} <= committed.figures["danger"]["tous"].keys()


def test_figures_and_failures_agree_with_each_other(evaluated: Evaluated) -> None:
    """A base that did not change is no regression, and has no stale and no new failure."""
    now = Committed({name: figures(report) for name, report in evaluated.sets.items()}, failures(evaluated.sets))
    assert list(regressions(now, evaluated.sets)) == []
    assert stale(now, evaluated.sets) == []
    assert new_failures(now, evaluated.sets) == []


def test_messages_that_turn_bad_are_named(evaluated: Evaluated) -> None:
    now = Committed({name: figures(report) for name, report in evaluated.sets.items()}, failures(evaluated.sets))
    good = [o for o in evaluated.sets["questions"].outcomes if o.message.register == "sms" and not o.bad_measures]
    broken = {outcome.message.text for outcome in good[:30] if "served" in outcome.measures}
    questions = Report([_missed(o) if o.message.text in broken else o for o in evaluated.sets["questions"].outcomes])
    sets = evaluated.sets | {"questions": questions}
    found = list(regressions(now, sets))
    assert any(figure.startswith("questions, sms, served") for figure in found)
    assert all(any(text in figure for figure in found) for text in broken)
    assert len(new_failures(now, sets)) == len(broken)


def test_messages_that_turn_good_make_their_lines_stale(evaluated: Evaluated) -> None:
    now = Committed({}, failures(evaluated.sets))
    mended = {name: Report([o for o in report.outcomes if not o.failed]) for name, report in evaluated.sets.items()}
    assert len(stale(now, mended)) == sum(o.failed for r in evaluated.sets.values() for o in r.outcomes)


def test_a_few_messages_are_noise_and_many_are_not() -> None:
    served, wrong = Share(920, 1000), Share(10, 1000)
    assert not worse("served", served, Share(910, 1000))
    assert not worse("served", served, Share(990, 1000))
    assert worse("served", served, Share(890, 1000))
    assert not worse("wrong", wrong, Share(14, 1000))
    assert not worse("wrong", wrong, Share(0, 1000))
    assert worse("wrong", wrong, Share(25, 1000))


def _missed(outcome: Outcome) -> Outcome:
    return replace(outcome, measures=outcome.measures | {"served": False, "missed": True})
