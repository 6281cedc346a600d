"""The labelled needs keep to their own rules."""

from __future__ import annotations

from tests.support.need_variants import derive, handwritten, labelled, literal_share


def test_the_committed_needs_are_those_that_are_derived() -> None:
    assert labelled() == derive()


def test_five_thousand_needs_of_three_hundred_groups() -> None:
    needs = labelled()
    by_group: dict[str, list[str]] = {}
    for need in needs:
        by_group.setdefault(need["group"], []).append(need["q"])
    assert (len(needs), len(by_group)) == (5_000, 300)
    assert by_group.keys() == handwritten().keys()
    assert min(map(len, by_group.values())) >= 5
    told = sum(need["told"] == "indirect" for need in needs) / len(needs)
    assert 0.10 <= told <= 0.15
    assert {name: share for name, texts in by_group.items() if (share := literal_share(texts)[1]) > 0.6} == {}


def test_no_wording_is_of_two_groups() -> None:
    texts = [need["q"] for need in labelled()]
    assert len(texts) == len(set(texts))
