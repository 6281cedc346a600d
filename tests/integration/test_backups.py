"""Backups: made while others write, checked before they count, and put back without losing what stood there."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.domain.needs import Need
from bot.domain.texts import Texts
from bot.services.alerts import Alerts
from bot.services.backups.errors import BackupError
from bot.services.backups.folder import backups_in, drop_oldest
from bot.services.backups.making import make_backup, make_in_folder
from bot.services.backups.restoring import restore
from bot.services.backups.service import BackupPlan, BackupService
from bot.services.clock import PARIS
from bot.storage.backup_file import BackupRefusedError, check_backup
from bot.storage.database import Database, migrations
from bot.storage.errors import NewerDatabaseError, StorageError
from bot.storage.lock import DatabaseLock, InUseError
from bot.storage.needs import NeedStore
from tests.support.assistant import MovableClock, process_environment

NOW = datetime(2026, 11, 22, 4, 10, tzinfo=PARIS)
KEY = b"une cle"


def filled(path: Path, *texts: str) -> Path:
    """A database with these needs."""

    async def fill() -> None:
        database = await Database.open(path)
        for number, text in enumerate(texts, 1):
            await NeedStore(database).add(Need(day=date(2026, 11, 22), text=text, reason="unknown"), number)
        await database.close()

    asyncio.run(fill())
    return path


def needs(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT text FROM needs ORDER BY id")]


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return filled(tmp_path / "base.db", "un", "deux")


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A folder with one contribution."""
    overlay = tmp_path / "knowledge" / "contributions" / "sujets" / "aides"
    overlay.mkdir(parents=True)
    (overlay / "neuf.yaml").write_text("titre: Neuf\n", encoding="utf-8")
    return tmp_path / "knowledge"


def everything(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, as it is."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_backup_is_one_private_file_that_sqlite_can_read(base: Path, knowledge: Path, tmp_path: Path) -> None:
    made = make_backup(base, knowledge, KEY, tmp_path / "s" / "b.db")
    assert [path.name for path in (tmp_path / "s").iterdir()] == ["b.db"]
    assert made.stat().st_mode & 0o777 == 0o600
    assert made.parent.stat().st_mode & 0o777 == 0o700
    assert needs(made) == ["un", "deux"]
    assert check_backup(made)["contributions/sujets/aides/neuf.yaml"] == b"titre: Neuf\n"
    assert KEY not in made.read_bytes()


def test_a_backup_comes_back_with_its_contributions_and_the_old_state_is_kept(
    base: Path, knowledge: Path, tmp_path: Path
) -> None:
    made = make_backup(base, knowledge, KEY, tmp_path / "b.db")
    with closing(sqlite3.connect(base)) as connection, connection:
        connection.execute("UPDATE needs SET text = 'autre'")
    overlay = knowledge / "contributions"
    (overlay / "sujets" / "aides" / "neuf.yaml").unlink()
    (overlay / "plus-tard.yaml").write_text("a: b\n", encoding="utf-8")
    done = restore(made, base, knowledge, KEY, NOW)
    assert needs(base) == ["un", "deux"]
    assert list(everything(overlay)) == ["sujets/aides/neuf.yaml"]
    assert (done.sealed, done.other_key, done.contributions) == (True, False, 1)
    assert done.aside is not None
    assert needs(done.aside / base.name) == ["autre", "autre"]
    assert (done.aside / "contributions" / "plus-tard.yaml").is_file()
    assert base.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(base)) as connection:
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'backup_parts'").fetchall()


def test_a_log_of_the_old_base_is_not_played_into_the_new_one(base: Path, knowledge: Path, tmp_path: Path) -> None:
    made = make_backup(base, knowledge, KEY, tmp_path / "b.db")
    holder = sqlite3.connect(base)
    holder.execute("SELECT count(*) FROM needs").fetchone()
    with closing(sqlite3.connect(base)) as connection, connection:
        connection.execute("UPDATE needs SET text = 'dans le journal'")
    wal = base.with_name(f"{base.name}-wal")
    kept, log = base.read_bytes(), wal.read_bytes()
    holder.close()
    base.write_bytes(kept)
    wal.write_bytes(log)  # what a killed process leaves
    done = restore(made, base, knowledge, KEY, NOW)
    assert needs(base) == ["un", "deux"]
    assert done.aside is not None
    assert needs(done.aside / base.name) == ["dans le journal"] * 2


def test_another_key_is_told(base: Path, knowledge: Path, tmp_path: Path) -> None:
    made = make_backup(base, knowledge, KEY, tmp_path / "b.db")
    assert restore(made, base, knowledge, b"une autre", NOW).other_key
    assert restore(made, tmp_path / "neuf" / "base.db", tmp_path / "k", None, NOW).other_key


def test_writers_go_on_while_a_backup_is_made(base: Path, knowledge: Path, tmp_path: Path) -> None:
    over = threading.Event()
    written = 0

    def write() -> None:
        nonlocal written
        with closing(sqlite3.connect(base, timeout=10)) as connection:
            while not over.is_set():
                with connection:  # always two at a time: a backup never holds one of them
                    connection.execute("INSERT INTO counts (day, what, topic) VALUES (?, 'a', '')", (str(written),))
                    connection.execute("INSERT INTO counts (day, what, topic) VALUES (?, 'b', '')", (str(written),))
                written += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [make_backup(base, knowledge, KEY, tmp_path / f"{number}.db") for number in range(10)]
    finally:
        over.set()
        writer.join()
    assert written
    for path in made:
        check_backup(path)
        with closing(sqlite3.connect(path)) as connection:
            [(a, b)] = connection.execute("SELECT sum(what = 'a'), sum(what = 'b') FROM counts")
        assert a == b


@pytest.mark.parametrize("harm", ["text", "torn", "short", "notes", "newer", "elsewhere", "path", "gone", "empty"])
def test_what_is_refused_changes_nothing(base: Path, knowledge: Path, tmp_path: Path, harm: str) -> None:
    made = make_backup(base, knowledge, KEY, tmp_path / "out" / "b.db")
    content = made.read_bytes()
    if harm == "text":
        made.write_bytes(content.replace(b"deux", b"doux"))
    elif harm == "torn":
        made.write_bytes(content[:8192] + b"\xff" * 4096 + content[12288:])
    elif harm == "short":
        made.write_bytes(content[: len(content) // 2])
    elif harm == "notes":
        made.write_text("des notes\n" * 500, encoding="utf-8")
    elif harm == "empty":
        made.write_bytes(b"")
    elif harm == "gone":
        made.unlink()
    else:
        with closing(sqlite3.connect(made)) as connection, connection:
            if harm == "newer":
                connection.execute("PRAGMA user_version = 999")
            elif harm == "elsewhere":
                connection.execute("DROP TABLE needs")
            else:
                connection.execute("UPDATE backup_parts SET name = 'contributions/../../x.yaml' WHERE name LIKE 'c%'")
    (tmp_path / "base.lock").touch(mode=0o600)
    before = everything(tmp_path)
    with pytest.raises(NewerDatabaseError if harm == "newer" else (BackupRefusedError, BackupError)):
        restore(made, base, knowledge, KEY, NOW)
    assert everything(tmp_path) == before
    assert needs(base) == ["un", "deux"]


def test_nothing_is_restored_while_the_assistant_runs(base: Path, knowledge: Path, tmp_path: Path) -> None:
    made = make_backup(base, knowledge, KEY, tmp_path / "b.db")
    with DatabaseLock(base), pytest.raises(InUseError, match="arrêtez d'abord"):
        restore(made, base, knowledge, KEY, NOW)


@pytest.mark.parametrize("known", range(1, len(migrations())))
def test_a_backup_of_every_older_schema_comes_back_up_to_date(tmp_path: Path, known: int) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        for number, _, sql in migrations()[:known]:
            connection.executescript(f"BEGIN;{sql};PRAGMA user_version = {number};COMMIT;")
        connection.execute("INSERT INTO needs (day, text, reason) VALUES ('2026-01-02', 'gardé', 'unknown')")
        connection.commit()
    made = make_backup(path, tmp_path, KEY, tmp_path / "b.db")
    new = tmp_path / "new" / "base.db"
    restore(made, new, tmp_path, KEY, NOW)
    assert needs(new) == ["gardé"]
    with closing(sqlite3.connect(new)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (migrations()[-1][0],)


def test_a_copy_made_by_hand_is_taken_without_a_seal(base: Path, tmp_path: Path) -> None:
    by_hand = Path(shutil.copy(base, tmp_path / "a-la-main.db"))
    assert not restore(by_hand, tmp_path / "neuf.db", tmp_path, KEY, NOW).sealed


def test_the_oldest_go_and_other_files_stay(base: Path, knowledge: Path, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    for day in (19, 20, 21, 22):
        make_in_folder(base, knowledge, KEY, folder, NOW.replace(day=day), 3)
    (folder / "à garder.db").touch()
    (folder / "acces-droits-20269999-999999.db").touch()
    assert [path.name[13:21] for path in backups_in(folder)] == ["20261120", "20261121", "20261122"]
    drop_oldest(folder, 0)  # never all of them
    assert len(backups_in(folder)) == 1
    assert len(list(folder.iterdir())) == 3


def test_a_backup_that_fails_leaves_nothing(base: Path, knowledge: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for target in (tmp_path / "file" / "b.db", base):
        with pytest.raises(BackupError):
            make_backup(base, knowledge, KEY, target)
    with pytest.raises(BackupError, match="n'existe pas encore"):
        make_backup(tmp_path / "rien.db", knowledge, KEY, tmp_path / "b.db")
    broken = tmp_path / "broken.db"
    broken.write_bytes(base.read_bytes()[:5000])
    with pytest.raises(StorageError):
        make_backup(broken, knowledge, KEY, tmp_path / "b.db")
    assert not list(tmp_path.glob("*b.db*"))
    assert not list(tmp_path.glob(".*"))


async def test_one_backup_a_day_made_up_for_and_told_once_when_it_fails(tmp_path: Path) -> None:
    database = tmp_path / "base.db"
    clock, told = MovableClock(datetime(2026, 11, 22, 3, 59, tzinfo=PARIS)), list[str]()

    async def tell(text: str) -> None:
        told.append(text)

    texts = Texts({"equipe_sauvegarde": "échec : {raison}", "equipe_sauvegarde_faite": "réparée"})
    plan = BackupPlan(database, tmp_path, tmp_path / "s", 2)
    service = BackupService(plan, KEY, Alerts(tell), lambda: texts, clock)
    assert not await service.make_if_due()
    clock.advance(minutes=2)
    assert not await service.make_if_due()  # there is no database yet
    assert not await service.make_if_due()
    assert len(told) == 1
    assert "n'existe pas encore" in told[0]
    await (await Database.open(database)).close()
    assert await service.make_if_due()
    assert told[1:] == ["réparée"]
    assert not await service.make_if_due()
    clock.advance(days=3)
    assert await service.make_if_due()
    assert len(backups_in(tmp_path / "s")) == 2
    last = await service.last()
    assert last is not None
    assert last.date() == date(2026, 11, 25)


def command(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """`acces-droits …` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env=process_environment(None, folder, **settings), cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_commands(tmp_path: Path) -> None:
    base = filled(tmp_path / "acces-droits.db", "un")
    (tmp_path / "base").mkdir()
    base_folder = str(tmp_path / "base")
    made = command(tmp_path, "backup", BOT_KNOWLEDGE=base_folder)
    assert made.returncode == 0, made.stderr
    assert "BOT_SECRET" in made.stdout
    [backup] = backups_in(tmp_path / "sauvegardes")
    assert command(tmp_path, "backup", "une.db", BOT_KNOWLEDGE=base_folder).returncode == 0
    assert needs(tmp_path / "une.db") == ["un"]
    base.unlink()
    done = command(tmp_path, "restore", str(backup), BOT_KNOWLEDGE=base_folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert needs(base) == ["un"]
    other = command(tmp_path, "restore", str(backup), BOT_KNOWLEDGE=base_folder, BOT_SECRET="autre")
    assert other.returncode == 0
    assert "Attention" in other.stderr
    for wrong in (["restore", "rien.db"], ["backup", "x.db", "--keep", "2"], ["backup", "--keep", "0"], ["restore"]):
        refused = command(tmp_path, *wrong, BOT_KNOWLEDGE=base_folder)
        assert refused.returncode == 2
        assert len(refused.stderr.strip().splitlines()) == 1
