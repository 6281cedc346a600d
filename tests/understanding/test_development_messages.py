"""The development messages, of which none stands in the base: what issues 2 and 4 ask of them."""

from __future__ import annotations

import pytest

from bot.services.evaluation import Report, Share
from tests.understanding.committed import DEVELOPMENT, Evaluated

FIRST_THEMES = ("urgence", "numerique", "aides")


@pytest.fixture(scope="module")
def report(evaluated: Evaluated) -> Report:
    if evaluated.development is None:
        pytest.skip(f"the development messages are not here: {DEVELOPMENT}")
    return evaluated.development


@pytest.fixture(scope="module")
def overall(report: Report) -> dict[str, Share]:
    return report.measures(lambda _outcome: True)


@pytest.mark.parametrize(("measure", "least"), [("top-1", 0.75), ("top-3", 0.88), ("served", 0.84), ("recall", 0.95)])
def test_enough_is_understood(measure: str, least: float, overall: dict[str, Share]) -> None:
    assert overall[measure].value >= least


@pytest.mark.parametrize(("measure", "most"), [("wrong", 0.08), ("false alarm", 0.04)])
def test_little_is_mistaken(measure: str, most: float, overall: dict[str, Share]) -> None:
    assert overall[measure].value <= most


def test_measures_are_over_the_messages_that_they_should_be(overall: dict[str, Share]) -> None:
    assert {name: overall[name].total for name in ("served", "caught", "recall", "false alarm")} == {
        "served": 845,
        "caught": 120,
        "recall": 60,
        "false alarm": 30,
    }


@pytest.mark.parametrize("theme", FIRST_THEMES)
def test_the_first_three_themes_are_served(theme: str, report: Report, evaluated: Evaluated) -> None:
    measures = dict(report.themes(evaluated.themes))[theme]
    assert measures["served"].value >= 0.80
    assert measures["wrong"].value <= 0.08


def test_score_shown_is_the_probability_of_being_right(report: Report) -> None:
    assert report.calibration_error is not None
    assert report.calibration_error <= 0.05
