"""Links that imitate official sites are named; no official site is accused; nothing is called safe; nothing raises."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.knowledge import Knowledge
from bot.domain.scam.judging import Kind, ScamJudge
from bot.domain.scam.links import links, plain_text
from bot.knowledge_base.loader import load_knowledge
from bot.services.scams import judge_of

ROOT = Path(__file__).parents[2]
NAMED = 0.95  # share of look-alikes whose model must be named


@cache
def knowledge() -> Knowledge:
    return load_knowledge(ROOT / "knowledge")


@cache
def judge() -> ScamJudge:
    return judge_of(knowledge())


def rows(half: str = "") -> list[dict[str, str]]:
    lines = (ROOT / "tests" / "data" / "scams.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if half in ("", row["half"])]


def kind_of(text: str) -> str:
    verdict = judge().judge(text)
    return verdict.worst.kind.value if verdict else "none"


def test_there_are_two_hundred() -> None:
    assert len(rows()) >= 200
    assert len({row["q"] for row in rows()}) == len(rows())


@pytest.mark.parametrize("half", ["learning", "measured"])
def test_look_alikes_are_named(half: str) -> None:
    """`measured` is the half that nothing was tuned on."""
    alike = [row for row in rows(half) if row["kind"] == "imitation"]
    named = 0
    for row in alike:
        verdict = judge().judge(row["q"])
        official = verdict.worst.official if verdict and verdict.worst.kind is Kind.IMITATION else None
        named += official is not None and official.site == row["site"]
    assert named / len(alike) >= NAMED, f"{named} of {len(alike)}"


def test_every_other_kind_is_told() -> None:
    told = {"short", "number", "hidden", "official", "none"}
    wrong = [
        (row["q"], kind_of(row["q"])) for row in rows() if row["kind"] in told and kind_of(row["q"]) != row["kind"]
    ]
    assert wrong == []


def test_unknown_sites_are_not_accused() -> None:
    unknown = [row["q"] for row in rows() if row["kind"] == "unknown"]
    assert [text for text in unknown if kind_of(text) not in ("unknown", "none")] == []


def test_no_site_of_the_knowledge_base_is_accused() -> None:
    found = [link.url for topic in knowledge().topics.values() for link in topic.links]
    sources = [s.url for topic in knowledge().topics.values() for s in topic.sources if s.url]
    places = [site for place in knowledge().places.places.values() for site in place.websites]
    assert len({urlsplit(url).hostname for url in found + sources + places}) > 200
    assert {kind_of(url) for url in found + places} <= {"official", "unknown"}
    assert {kind_of(url) for url in sources} <= {"official", "unknown"}
    assert {kind_of(f"https://{one.site}/x") for one in knowledge().scams.official} == {"official"}


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("hxxps://caf-compte[.]info/x", "caf-compte.info"),
        ("h t t p", ""),
        ("www . ameli-carte . com /x", "www.ameli-carte.com"),
        ("https ://ameli.top", "ameli.top"),
        ("ａｍｅｌｉ．ｔｏｐ", "ameli.top"),
        ("ame\u200bli.top", "ameli.top"),
        ("lien:ameli.fr-carte.com/a?b#c.", "ameli.fr-carte.com"),
        ("http://[::1]:80/", "[::1]"),
        ("https://user:pw@evil.top:8080/", "evil.top"),
    ],
)
def test_hidden_links_are_found(text: str, host: str) -> None:
    found = links(plain_text(text))
    assert [link.host for link in found] == ([host] if host else [])


@given(st.text(max_size=4096))
def test_any_text(text: str) -> None:
    judge().judge(text)


@given(st.text(alphabet="ameli.frwx-@/:[]()htps0 \u0430\u200b", max_size=300))
def test_anything_like_a_link(text: str) -> None:
    judge().judge(text)
    judge().judge(f"https://{text}")


@pytest.mark.parametrize(
    "piece",
    ["a.", "a-", "xn--", "http://", "@", "ameli.fr ", "1.", "[.]", "www ", "h ", ". ", "é", "\u0301", "a" * 63 + "."],
)
def test_long_messages_take_no_longer_for_what_they_repeat(piece: str) -> None:
    """Four thousand characters of anything: a pattern that goes back over itself would never come to the end."""
    for text in (piece * (4096 // len(piece)), f"https://{piece * (4000 // len(piece))}", f"{piece * 2000}/"):
        judge().judge(text)
