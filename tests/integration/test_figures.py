"""The figures of a period against a count by hand over the same questions and needs."""

from __future__ import annotations

import asyncio
import csv
import json
import tempfile
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.__main__ import main
from bot.domain.figures import CHANNELS, Outcome, Outcomes, Question
from bot.domain.needs import Need
from bot.domain.periods import Span, period_of
from bot.services.clock import PARIS
from bot.services.figures import FigureService
from bot.services.open_data import open_data_rows
from bot.storage.database import Database
from bot.storage.figures import FigureStore
from bot.storage.follow_ups import FollowUpStore
from bot.storage.needs import NeedStore
from bot.storage.updates import UpdateLog
from tests.support.assistant import ROOT, MovableClock, small_understanding

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2026, 7, 20), TODAY)
OUTCOMES: tuple[Outcome, ...] = ("served", "choices", "unknown", "danger")
QUESTIONS = st.builds(
    Question,
    outcome=st.sampled_from(OUTCOMES),
    theme=st.sampled_from(["", "aides", "numerique"]),
    commune=st.sampled_from(["", "24322", "24557"]),
    channel=st.sampled_from(CHANNELS),
)


def counted(questions: list[Question]) -> Outcomes:
    """By hand."""
    found: Counter[str] = Counter(question.outcome for question in questions)
    return Outcomes(found["served"], found["choices"], found["unknown"], found["danger"])


class Knowing:
    """The small base, as the service that reads it gives it."""

    @property
    def current(self) -> object:
        return small_understanding().knowledge


@given(st.lists(st.tuples(DAYS, QUESTIONS), max_size=60), st.sampled_from(Span), DAYS)
@settings(max_examples=40, deadline=None)
def test_questions_are_counted_as_by_hand(told: list[tuple[date, Question]], span: Span, day: date) -> None:
    period = period_of(span, day)

    async def read() -> None:
        with tempfile.TemporaryDirectory() as folder:
            database = await Database.open(Path(folder) / "base.db")
            try:
                log = UpdateLog(database)
                for number, (when, question) in enumerate(told):
                    topics = [("answer", "rsa")] if question.outcome == "served" else []
                    await log.finish(number, when, topics, question)
                figures = await FigureService(FigureStore(database), Knowing(), MovableClock()).collect(period)  # type: ignore[arg-type]
                inside = [q for when, q in told if period.start <= when <= period.end]
                outcomes = Counter(q.outcome for q in inside)
                assert figures.total == counted(inside)
                for channel, found in figures.channels.items():
                    assert found == counted([q for q in inside if q.channel == channel])
                assert sum((part.outcomes for part in figures.parts), Outcomes()) == figures.total
                before = [q for when, q in told if period.before.start <= when <= period.before.end]
                assert figures.previous == counted(before)
                assert sum(one.n for one in figures.topics) == outcomes["served"]
                if figures.places is not None:
                    assert figures.places.total == figures.total.questions
            finally:
                await database.close()

    asyncio.run(read())


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "É"]), st.integers(0, 300), st.booleans()), max_size=12))
@settings(max_examples=25, deadline=None)
def test_waits_are_counted_as_by_hand(told: list[tuple[str, int, bool]]) -> None:
    now = datetime(2026, 11, 22, 10, 30, tzinfo=PARIS)

    async def read() -> None:
        with tempfile.TemporaryDirectory() as folder:
            database = await Database.open(Path(folder) / "base.db")
            try:
                store, waits = NeedStore(database), []
                for number, (text, hours, answered) in enumerate(told):
                    at = now - timedelta(hours=hours)
                    await store.add(Need(at.date(), text, "unknown", told_at=at), number)
                    if answered:
                        waits.append(hours)
                        await FollowUpStore(database).publish(
                            [number + 1], topic="rsa", text=None, now=now, today=TODAY, expires=TODAY
                        )
                figures = await FigureService(FigureStore(database), Knowing(), MovableClock(now)).collect(  # type: ignore[arg-type]
                    period_of(Span.QUARTER, TODAY)
                )
                assert figures.delays.answered == len(waits)
                if waits:
                    assert figures.delays.median == sorted(waits)[(len(waits) - 1) // 2]
                assert figures.waiting == len(told) - len(waits)
                left = Counter(text for text, _, answered in told if not answered)
                assert {one.label: one.n for one in figures.missing} == dict(left)
                await FollowUpStore(database).take_back([number + 1 for number in range(len(told))])
                assert await FigureStore(database).waiting(TODAY) == len(told)
            finally:
                await database.close()

    asyncio.run(read())


async def test_what_is_missing_goes_by_the_cards_of_the_desk(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "base.db")
    try:
        store = NeedStore(database)
        texts = ["borne de recharge", "recharger ma voiture", "borne de recharge", "piscine", "rien", "autre"]
        for number, text in enumerate(texts):
            await store.add(Need(TODAY, text, "unknown"), number)
        async with database.transaction() as connection:
            await connection.execute("INSERT INTO cards (id, since, state) VALUES (1, '2026-11-01', 'open')")
            await connection.execute("INSERT INTO cards (id, since, state) VALUES (2, '2026-11-01', 'ignored')")
            await connection.execute("INSERT INTO cards (id, since, closed) VALUES (3, '2026-11-01', 6)")
            for card, ids in ((1, "1, 2, 3"), (2, "5"), (3, "6")):
                await connection.execute(f"UPDATE needs SET card = {card} WHERE id IN ({ids})")  # noqa: S608
        found = FigureStore(database)
        assert list((await found.missing(TODAY, TODAY)).items()) == [("borne de recharge", 3), ("piscine", 1)]
        assert await found.waiting(TODAY) == 4
    finally:
        await database.close()


@pytest.fixture
async def database(tmp_path: Path) -> Path:
    """Two months of questions and three needs."""
    path = tmp_path / "base.db"
    opened = await Database.open(path)
    log, store, number = UpdateLog(opened), NeedStore(opened), 0
    for day, count in ((date(2026, 10, 3), 30), (date(2026, 10, 9), 3), (date(2026, 11, 20), 40)):
        for _ in range(count):
            commune = "24322" if count > 3 else "24557"
            await log.finish(number, day, [], Question("served", "aides", commune))
            number += 1
    for text in ("=1+1", "@cmd", "un besoin ordinaire"):
        told = datetime(2026, 11, 2, 9, tzinfo=UTC)
        await store.add(
            Need(date(2026, 11, 2), text, "unknown", commune="24557", told_at=told, channel="session"), number
        )
        number += 1
    await opened.close()
    return path


@pytest.fixture(autouse=True)
def settings_of_the_test(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BOT_DATABASE", str(tmp_path / "base.db"))
    monkeypatch.setenv("BOT_KNOWLEDGE", str(ROOT / "knowledge"))
    monkeypatch.chdir(tmp_path)


async def test_open_data_hold_no_text_no_small_number_and_no_month_under_way(database: Path) -> None:
    opened = await Database.open(database)
    try:
        rows = await open_data_rows(FigureStore(opened), {"24322": "Périgueux"}, None, TODAY)
        later = await open_data_rows(FigureStore(opened), {}, None, date(2027, 10, 4))
    finally:
        await opened.close()
    assert {row[0] for row in rows[1:]} == {"2026-10"}
    assert not [row for row in rows[1:] if isinstance(row[-1], int) and row[-1] < 5]
    by_place = {(row[2], row[3]): row[-1] for row in rows[1:] if row[1] == "theme_commune"}
    assert by_place[("aides", "24557")] == by_place[("aides", "24322")] == "secret"
    assert by_place[("tous", "tous")] == 33
    assert "2026-10" not in {row[0] for row in later}  # half of it is forgotten: it would no longer be the same


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx", "table"])
def test_needs_are_written_in_every_format(
    database: Path, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / f"besoins.{kind}"
    action = "list" if kind == "table" else "export"
    assert main(["needs", action, "--since", "2026-11-01", "--format", kind, "--output", str(target)]) == 0
    if kind == "csv":
        rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines(), delimiter=";"))
        assert [row["question"] for row in rows] == ["'=1+1", "'@cmd", "un besoin ordinaire"]
        assert {row["commune"] for row in rows} == {"Trélissac"}
        assert {row["canal"] for row in rows} == {"session"}
    elif kind == "json":
        assert [one["text"] for one in json.loads(target.read_text(encoding="utf-8"))] == [
            "=1+1", "@cmd", "un besoin ordinaire",
        ]  # fmt: skip
    elif kind == "xlsx":
        assert target.read_bytes().startswith(b"PK")
    else:
        assert "un besoin ordinaire" in capsys.readouterr().out


def test_open_data_from_the_command_line(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["needs", "export", "--open-data"]) == 0
    written = capsys.readouterr().out
    assert written.startswith("mois;tableau;theme;insee;commune;issue;canal;questions\n")
    assert "besoin" not in written


@pytest.mark.parametrize(
    "wrong",
    [["--format", "xlsx"], ["--open-data", "--format", "json"], ["--since", "hier"], ["--output", "/non/x.csv"]],
)
def test_what_cannot_be_written_is_one_clear_line(
    database: Path, wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["needs", "export", *wrong]) == 2
    assert capsys.readouterr().err.startswith("acces-droits : ")
