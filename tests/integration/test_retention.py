"""How long things are kept, with a clock that is moved: the last day still holds them, the next one does not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.app import assemble
from bot.app.running import schedule_cleaning
from bot.domain.needs import Candidate, Need
from bot.domain.texts import Texts
from bot.sandbox import Sandbox
from bot.services.alerts import Alerts
from bot.services.clock import PARIS, paris_day
from bot.services.retention import RULES, RetentionService, months_later
from bot.services.storage_health import StorageHealth
from bot.storage.database import Database
from bot.storage.needs import NeedStore
from bot.storage.retention import RetentionStore
from tests.support.assistant import MovableClock, settings_for, small_understanding

START = datetime(2026, 11, 22, 10, 30, tzinfo=PARIS)
DAY = START.date()

# (what is put in place on 22 November 2026, the last moment it is there, its rule and its table)
KEPT = {
    "need_texts": ("INSERT INTO needs (day, text, reason) VALUES ('2026-11-22', 'gardé', 'unknown')",
                   datetime(2027, 11, 22, 23, 59, tzinfo=PARIS), "needs"),
    "follow_ups": ("INSERT INTO people VALUES (7, 'follow_up', '1', '2026-12-22')",
                   datetime(2026, 12, 22, 23, 59, tzinfo=PARIS), "people"),
    "notices": ("INSERT INTO notices (day, text) VALUES ('2026-11-22', 'réponse')",
                datetime(2026, 12, 22, 23, 59, tzinfo=PARIS), "notices"),
    "roles": ("INSERT INTO people VALUES (7, 'staff', '', '2027-11-22')",
              datetime(2027, 11, 22, 23, 59, tzinfo=PARIS), "people"),
    "sessions": ("INSERT INTO sessions VALUES (1, 'p', 'remote', '2026-11-22', '', '', '', 0, 0, '', '', '', '', '')",
                 datetime(2027, 11, 22, 23, 59, tzinfo=PARIS), "sessions"),
    "update_ids": ("INSERT INTO updates (update_id, day, done) VALUES (1, '2026-11-22', 1)",
                   datetime(2026, 11, 29, 23, 59, tzinfo=PARIS), "updates"),
    "preferences": ("INSERT INTO preferences VALUES ('p', 'short_answers', 'yes', '2027-11-22')",
                    datetime(2027, 11, 22, 23, 59, tzinfo=PARIS), "preferences"),
    "relays": ("INSERT INTO relays VALUES ('h', 'rsa', 'v', 0, 0, '2026-12-06', NULL)",
               datetime(2026, 12, 6, 23, 59, tzinfo=PARIS), "relays"),
    "invitations": ("INSERT INTO invitations VALUES ('h', 'staff', '2026-11-23T09:30:00')",
                    datetime(2026, 11, 23, 10, 30, tzinfo=PARIS), "invitations"),
    "desk_history": ("INSERT INTO desk_history (at, who, act, card) VALUES ('2026-11-22T09:30:00', 'p', 'reporter', 1)",
                     datetime(2027, 11, 22, 23, 59, tzinfo=PARIS), "desk_history"),
    "desk_drafts": ("INSERT INTO desk_drafts (who, card, kind, step, expires) VALUES ('p', 1, 'c', 't', '2026-11-29')",
                    datetime(2026, 11, 29, 23, 59, tzinfo=PARIS), "desk_drafts"),
}  # fmt: skip
KEPT["communes"] = ("INSERT INTO commune_counts VALUES ('2026-11-22', 'aides', '24322', 1)",
                    datetime(2027, 11, 22, 23, 59, tzinfo=PARIS), "commune_counts")  # fmt: skip
COUNT = {table: f"SELECT count(*) FROM {table}" for _, _, table in KEPT.values()}  # noqa: S608


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(tmp_path / "base.db")
    try:
        yield opened
    finally:
        await opened.close()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as running:
        yield running


async def put(database: Database, sql: str) -> None:
    async with database.transaction() as connection:
        await connection.execute(sql)


def texts() -> Texts:
    return small_understanding().knowledge.texts


def service(database: Database, clock: MovableClock) -> RetentionService:
    return RetentionService(RetentionStore(database), StorageHealth(Alerts(), texts), clock)


def test_every_rule_is_tried_here() -> None:
    assert set(KEPT) == set(RULES)
    told = {name: (rule.months, rule.days, rule.hours) for name, rule in RULES.items()}
    assert told == {
        "need_texts": (12, 0, 0), "follow_ups": (0, 30, 0), "notices": (0, 30, 0), "roles": (12, 0, 0),
        "sessions": (12, 0, 0), "update_ids": (0, 7, 0), "preferences": (12, 0, 0), "invitations": (0, 0, 24),
        "relays": (0, 14, 0),
        "desk_history": (12, 0, 0), "desk_drafts": (0, 7, 0),
        "communes": (12, 0, 0),
    }  # fmt: skip


@pytest.mark.parametrize("name", KEPT)
async def test_each_thing_is_there_on_its_last_day_and_gone_on_the_next(database: Database, name: str) -> None:
    sql, last, table = KEPT[name]
    clock = MovableClock(START)
    await put(database, sql)
    clock.now = last
    assert (await service(database, clock).enforce())[name] == 0
    assert (await database.rows(COUNT[table]))[0][0] == 1
    clock.now = last + timedelta(minutes=1)
    assert sum((await service(database, clock).enforce()).values()) == 1
    assert (await database.rows(COUNT[table]))[0][0] == 0


async def test_of_old_needs_only_numbers_are_left(database: Database) -> None:
    store = NeedStore(database)
    near = (Candidate("rsa", 0.4), Candidate("apa", 0.2))
    for number, (text, candidates) in enumerate([("zinzolin", near), ("amarante", near), ("garance", ())]):
        await store.add(Need(DAY, text, "unknown", candidates), number, f"eraser {number}")
    await store.add(Need(DAY, "indigo", "refused", near, topic="caf"), 9)
    clock = MovableClock(START)
    for _ in range(2):  # a second cleaning counts nothing twice
        clock.now = START + timedelta(days=366)
        await service(database, clock).enforce()
    assert await store.since() == []
    counts = {(row[0], row[1], row[2]): row[3] for row in await database.rows("SELECT day, what, topic, n FROM counts")}
    assert counts == {
        ("2026-11-22", "need_unknown", "rsa"): 2,
        ("2026-11-22", "need_unknown", ""): 1,
        ("2026-11-22", "need_refused", "caf"): 1,
    }
    assert await database.rows("SELECT * FROM need_erasers") == []
    content = b"".join(path.read_bytes() for path in database.path.parent.glob("base.db*"))
    for word in (b"zinzolin", b"amarante", b"garance", b"indigo"):
        assert word not in content


async def test_a_database_that_fails_is_cleaned_the_next_day(database: Database) -> None:
    clock = MovableClock(START + timedelta(days=400))
    await put(database, KEPT["need_texts"][0])
    await put(database, "ALTER TABLE updates RENAME COLUMN day TO jour")
    await service(database, clock).enforce()
    await put(database, "ALTER TABLE updates RENAME COLUMN jour TO day")
    await put(database, KEPT["update_ids"][0])
    clock.advance(days=1)
    assert (await service(database, clock).enforce())["update_ids"] == 1


async def test_the_nightly_job_and_the_answered_follow_ups(sandbox: Sandbox, tmp_path: Path) -> None:
    clock = MovableClock(START)
    assembly = await assemble(settings_for(sandbox, tmp_path), sandbox.token, clock=clock)
    try:
        schedule_cleaning(assembly.application)
        assert assembly.application.job_queue is not None
        [job] = assembly.application.job_queue.get_jobs_by_name("cleaning")
        await put(assembly.database, KEPT["need_texts"][0])
        await put(assembly.database, "INSERT INTO people VALUES (7, 'follow_up', '1', '2027-11-22')")
        await put(assembly.database, "INSERT INTO people VALUES (8, 'follow_up', '2', '2027-11-22')")
        assert await assembly.services.follow_ups.publish([1], text="réponse") == 1
        clock.advance(days=30)
        await job.run(assembly.application)
        assert len(await assembly.database.rows("SELECT * FROM people")) == 2
        clock.advance(days=1)
        await job.run(assembly.application)
        assert [row[0] for row in await assembly.database.rows("SELECT person FROM people")] == [8]
        clock.advance(days=366)
        await job.run(assembly.application)
        assert await assembly.database.rows("SELECT * FROM needs") == []
        assert await assembly.database.rows("SELECT * FROM people") == []
    finally:
        await assembly.close()


def test_months_end_where_the_shorter_month_ends() -> None:
    assert months_later(datetime(2028, 2, 29, tzinfo=PARIS).date(), 12).isoformat() == "2029-02-28"
    assert months_later(datetime(2026, 11, 22, tzinfo=PARIS).date(), -12).isoformat() == "2025-11-22"
    assert paris_day(MovableClock(START)) == DAY
