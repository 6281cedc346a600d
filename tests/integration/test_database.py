"""The database file: made, migrated, guarded, and never half written."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.domain.needs import Candidate, Need
from bot.storage.database import Database, migrations
from bot.storage.errors import NewerDatabaseError, StorageError
from bot.storage.needs import NeedStore
from bot.storage.preferences import PreferenceStore
from bot.storage.updates import UpdateLog

DAY = date(2026, 11, 22)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A new database."""
    opened = await Database.open(tmp_path / "base.db")
    try:
        yield opened
    finally:
        await opened.close()


def need(text: str = "où est la mairie", **values: object) -> Need:
    return Need(day=DAY, text=text, reason="unknown", candidates=(Candidate("rsa", 0.3),), **values)  # type: ignore[arg-type]


async def test_a_new_file_is_private_and_at_todays_schema(tmp_path: Path) -> None:
    path = tmp_path / "un" / "dossier" / "base.db"
    database = await Database.open(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert (await database.rows("PRAGMA user_version"))[0][0] == migrations()[-1][0]
    assert (await database.rows("PRAGMA journal_mode"))[0][0] == "wal"
    assert (await database.rows("PRAGMA foreign_keys"))[0][0] == 1
    await database.close()


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [number for number, _, _ in migrations()] == list(range(1, len(migrations()) + 1))


@pytest.mark.parametrize("known", range(len(migrations()) + 1))
async def test_every_older_schema_is_brought_up_to_date(tmp_path: Path, known: int) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        for number, _, sql in migrations()[:known]:
            connection.executescript(f"BEGIN;{sql};PRAGMA user_version = {number};COMMIT;")
        if known:
            connection.execute("INSERT INTO needs (day, text, reason) VALUES ('2026-01-02', 'gardé', 'unknown')")
            connection.commit()
    database = await Database.open(path)
    try:
        assert [one.text for one in await NeedStore(database).since()] == (["gardé"] if known else [])
        await NeedStore(database).add(need("nouveau"), 1)
    finally:
        await database.close()
    again = await Database.open(path)
    await again.close()


async def test_a_migration_that_fails_leaves_the_old_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "base.db"
    good = migrations()
    broken = [*good, (len(good) + 1, "9999_x.sql", "CREATE TABLE neuf (a); INSERT INTO nulle_part VALUES (1);")]
    await (await Database.open(path)).close()
    monkeypatch.setattr("bot.storage.database.migrations", lambda: broken)
    with pytest.raises(StorageError):
        await Database.open(path)
    monkeypatch.setattr("bot.storage.database.migrations", lambda: good)
    database = await Database.open(path)
    assert not await database.rows("SELECT 1 FROM sqlite_master WHERE name = 'neuf'")
    await database.close()


async def test_a_newer_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "base.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 999")
    before = path.read_bytes()
    with pytest.raises(NewerDatabaseError, match="plus récente"):
        await Database.open(path)
    assert path.read_bytes()[100:] == before[100:]


@pytest.mark.parametrize("kind", ["folder", "no database", "empty name", "under a file"])
async def test_what_is_no_database_is_refused_in_french(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "base.db"
    if kind == "folder":
        path.mkdir()
    elif kind == "no database":
        path.write_text("des notes\n" * 200, encoding="utf-8")
    elif kind == "under a file":
        path.write_text("", encoding="utf-8")
        path = path / "x.db"
    else:
        path = tmp_path / ("x" * 300)
    with pytest.raises(StorageError, match="ne peut pas être utilisée"):
        await Database.open(path)


async def test_a_transaction_is_all_or_nothing(database: Database) -> None:
    async def insert(times: int, trouble: Exception | None = None) -> None:
        async with database.transaction() as connection:
            for _ in range(times):
                await connection.execute("INSERT INTO counts (day, what, n) VALUES ('2026-11-22', 'answer', 1)")
            if trouble is not None:
                raise trouble

    with pytest.raises(RuntimeError, match="halfway"):
        await insert(1, RuntimeError("halfway"))
    with pytest.raises(StorageError):
        await insert(2)
    assert await database.rows("SELECT * FROM counts") == []
    await insert(1)  # and the next one works
    assert len(await database.rows("SELECT * FROM counts")) == 1


async def test_a_cancelled_transaction_leaves_nothing_and_blocks_nobody(database: Database) -> None:
    inside = asyncio.Event()

    async def hangs() -> None:
        async with database.transaction() as connection:
            await connection.execute("INSERT INTO counts (day, what) VALUES ('2026-11-22', 'answer')")
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hangs())
    await inside.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await database.rows("SELECT * FROM counts") == []
    assert await NeedStore(database).add(need(), 1)


async def test_many_writers_take_turns(database: Database) -> None:
    log = UpdateLog(database)
    await asyncio.gather(*(log.finish(number, DAY, [("answer", "rsa")]) for number in range(200)))
    assert (await database.rows("SELECT n FROM counts"))[0][0] == 200
    assert all([await log.is_done(number) for number in range(200)])


async def test_a_full_file_is_told_and_recovers(database: Database) -> None:
    store = NeedStore(database)
    pages = (await database.rows("PRAGMA page_count"))[0][0]
    await database.rows(f"PRAGMA max_page_count = {pages}")

    async def fill() -> None:
        for number in range(200):
            await store.add(need("x" * 900), number)

    with pytest.raises(StorageError, match="le disque est plein"):
        await fill()
    kept = len(await store.since())
    await database.rows("PRAGMA max_page_count = 1000000")
    assert await store.add(need("après"), 1000)
    assert len(await store.since()) == kept + 1


async def test_a_need_is_kept_once_for_each_update(database: Database) -> None:
    store, log = NeedStore(database), UpdateLog(database)
    assert await store.add(need("un"), 7)
    assert not await store.add(need("un"), 7)
    assert not await log.is_done(7)
    await log.finish(7, DAY, [])
    assert await log.is_done(7)
    await log.finish(8, DAY, [])
    assert await store.add(need("deux"), 8)  # done, but it had made none
    [first, second] = await store.since()
    assert (first.text, second.text) == ("un", "deux")
    assert first.candidates == (Candidate("rsa", 0.3),)
    assert await store.since(date(2026, 11, 23)) == []


async def test_a_preference_is_one_value_for_each_person_and_name(database: Database) -> None:
    store = PreferenceStore(database)
    await store.put("p", "short_answers", "yes", DAY)
    await store.put("p", "short_answers", "no", DAY)
    assert await store.get("p", "short_answers") == "no"
    assert await store.get("q", "short_answers") is None


async def test_updates_that_finish_together_are_written_together_and_counted_one_by_one(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "a.db")
    try:
        log = UpdateLog(database)
        assert await log.last_done() == -1
        await asyncio.gather(*(log.finish(number, date(2026, 11, 22), [("answer", "rsa")]) for number in range(50)))
        assert await log.last_done() == 49
        assert [tuple(row) for row in await database.rows("SELECT what, topic, n FROM counts")] == [
            ("answer", "rsa", 50)
        ]
    finally:
        await database.close()


async def test_a_trouble_is_told_to_everybody_who_was_being_written(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "a.db")
    try:
        log = UpdateLog(database)
        await database.rows("DROP TABLE counts")
        finishing = [log.finish(number, date(2026, 11, 22), [("answer", "rsa")]) for number in range(5)]
        found = await asyncio.gather(*finishing, return_exceptions=True)
        assert all(isinstance(one, StorageError) for one in found)
        assert await log.last_done() == -1
    finally:
        await database.close()
