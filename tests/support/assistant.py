"""The whole assistant against a local Bot API: real polling, real HTTP, a database and a clock of its own."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.app.running import run
from bot.context import Services
from bot.domain.decision import Answer, Choices, Unknown
from bot.domain.understanding import Understanding
from bot.knowledge_base.fingerprint import fingerprint
from bot.knowledge_base.loader import load_knowledge
from bot.sandbox import Person, Sandbox
from bot.services.clock import PARIS
from bot.services.reading import read_apart
from bot.settings import Settings, read_settings
from bot.storage import database

ROOT = Path(__file__).resolve().parents[2]
KNOWLEDGE = ROOT / "tests" / "data" / "knowledge"
PATIENCE = 20.0  # for what waits on a process that starts, on a machine that does other things

# Which message comes to which decision follows what is tuned elsewhere: the first that fits is taken.
_CANDIDATES: dict[type[object], tuple[str, ...]] = {
    Answer: ("Comment demander le RSA ?",),
    Choices: ("je veux de l'argent pour mon enfant", "argent bébé collège", "aide caf enfant", "prêt ou bourse"),
    Unknown: ("comment adopter un hérisson", "où acheter un parapluie violet", "qui a construit la tour Eiffel"),
}
_MIXED = (
    "mon mari me frappe et je veux demander le rsa",
    "Mon mari me frappe. Comment demander le RSA ?",
    "il me frappe tous les soirs. Sinon, où déposer le dossier du RSA, revenu de solidarité active ?",
    "il me bat. comment demander le rsa",
)


@dataclass
class MovableClock:
    """A wall clock in Périgueux that stands where it is put."""

    now: datetime = datetime(2026, 11, 22, 10, 30, tzinfo=PARIS)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Assistant:
    """The running Application, the sandbox that it talks to, and the file that it writes."""

    sandbox: Sandbox
    settings: Settings
    clock: MovableClock = field(default_factory=MovableClock)
    beside: Callable[[Services], AbstractAsyncContextManager[object]] | None = None
    _stop: asyncio.Event | None = None
    _task: asyncio.Task[None] | None = None
    _before: set[asyncio.Task[Any]] = field(default_factory=set)

    @property
    def marie(self) -> Person:
        """A resident who has never written before."""
        return self.sandbox.person("Marie")

    @property
    def staff(self) -> Person:
        return self.sandbox.staff[0]

    async def start(self) -> None:
        """Run until `stop`; returns once the command menus are set, the last thing that a start does."""
        assert self._task is None
        self.sandbox.journal.clear()
        self._before = asyncio.all_tasks()
        self._stop = asyncio.Event()
        token = self.sandbox.token
        self._task = asyncio.create_task(run(self.settings, token, self._stop, clock=self.clock, beside=self.beside))
        team = self.settings.staff_ids | self.settings.mediator_ids
        menus = asyncio.create_task(self.sandbox.wait_for_call("setMyCommands", count=1 + len(team), within=PATIENCE))
        await asyncio.wait({self._task, menus}, return_when=asyncio.FIRST_COMPLETED)
        if self._task.done():
            menus.cancel()
            await self._task
        await menus

    async def stop(self) -> None:
        """End in order; nothing of it may be left on the loop."""
        task, self._task = self._task, None
        if task is None or self._stop is None:
            return
        self._stop.set()
        await asyncio.wait_for(task, PATIENCE)
        left = asyncio.all_tasks() - self._before - {asyncio.current_task()}
        assert not left, left

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    def rows(self, sql: str, *values: object) -> list[Any]:
        """What the database file holds at this moment."""
        with closing(sqlite3.connect(self.settings.database, timeout=10)) as connection:
            connection.row_factory = sqlite3.Row
            return list(connection.execute(sql, values))

    @contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        """The database file, to be changed while the assistant is stopped."""
        with closing(sqlite3.connect(self.settings.database, timeout=10)) as connection, connection:
            yield connection

    @property
    def needs(self) -> list[str]:
        """The texts of the needs, oldest first."""
        return [str(row["text"]) for row in self.rows("SELECT text FROM needs ORDER BY id")]

    def counted(self, what: str) -> int:
        """How often something was counted."""
        return int(self.rows("SELECT coalesce(sum(n), 0) AS n FROM counts WHERE what = ?", what)[0]["n"])

    async def settled(self, update: dict[str, Any]) -> None:
        """Returns once an update is marked as done in the database."""
        number = update["update_id"]

        def done() -> bool:
            return bool(self.rows("SELECT 1 FROM updates WHERE update_id = ? AND done = 1", number))

        # What is finished is confirmed by the next poll, and every poll wakes those who wait for news.
        await self.sandbox.world.news.until(done, PATIENCE, lambda: f"update {number} was never done")

    def locked(self) -> AbstractContextManager[None]:
        """Another program holds the database for writing."""
        return locked(self.settings.database)

    def file_bytes(self) -> bytes:
        """Everything in the database's files, the write-ahead log included."""
        folder, name = self.settings.database.parent, self.settings.database.name
        return b"".join(path.read_bytes() for path in sorted(folder.glob(f"{name}*")))


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program holds a database for writing."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            connection.execute("ROLLBACK")


@cache
def small_understanding() -> Understanding:
    """The reading of messages with the small base."""
    return Understanding(load_knowledge(KNOWLEDGE))


@cache
def message_for(decision: type[object]) -> str:
    """A message that the small base decides so."""
    understanding = small_understanding()
    for text in _CANDIDATES[decision]:
        understood = understanding.read(text)
        if understood.danger is None and isinstance(understood.outcome, decision):
            return text
    raise AssertionError(f"no message of the list comes to {decision.__name__} any more")


def answer() -> str:
    """A message that gets the answer "rsa"."""
    return message_for(Answer)


def danger_and_answer() -> str:
    """A message that tells of danger and asks for something else, which is answered too."""
    understanding = small_understanding()
    for text in _MIXED:
        understood = understanding.read(text)
        if understood.danger is not None and isinstance(understood.outcome, Answer):
            return text
    raise AssertionError("no message of the list tells of danger and gets an answer any more")


def choice() -> str:
    """A message that gets a choice."""
    return message_for(Choices)


def unknown() -> str:
    """A message that nothing covers."""
    return message_for(Unknown)


def say(key: str, **values: object) -> str:
    """One of the bot's own sentences."""
    return small_understanding().knowledge.texts.say(key, **values)


def settings_for(sandbox: Sandbox, folder: Path, **others: object) -> Settings:
    """Settings that point at the sandbox, a temporary database and the small base."""
    values: dict[str, object] = {
        "_env_file": None,
        "token": sandbox.token,
        "api_url": sandbox.base_url,
        "api_file_url": sandbox.base_file_url,
        "database": folder / "acces-droits.db",
        "knowledge": KNOWLEDGE,
        "staff_ids": frozenset(sandbox.staff_ids),
        "mediator_ids": frozenset(sandbox.mediator_ids),
        "staff_chat_id": next(iter(sandbox.staff_ids), None),
        "secret": "clé des essais",
        "voice": False,  # the same on machines with and without the programs; tests of the voice ask for it
    }
    return read_settings(**(values | others))


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy (it would take even loopback away) and no BOT_ setting of whoever runs the tests."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name.startswith("BOT_"):
            monkeypatch.delenv(name)


_read: dict[str, Understanding] = {}


async def read_once(folder: Path, keep: object = None) -> Understanding:
    """The reading of a base, from memory where this state of it was read before."""
    state = fingerprint(folder)
    if state not in _read:
        _read[state] = await read_apart(folder)
    return _read[state]


@pytest.fixture(autouse=True)
def bases_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading takes a process and a second or two: each state of a base is read once for all tests."""
    monkeypatch.setattr("bot.services.knowledge.read_apart", read_once)


@pytest.fixture
def impatient_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """A locked database is given up after a moment; to be asked for before the assistant starts."""
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.7)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A local Telegram."""
    async with Sandbox() as running:
        yield running


@pytest.fixture
async def quiet_assistant(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[Assistant]:
    """Everything in place, not started yet: for tests that prepare faults, files or settings first."""
    assistant = Assistant(sandbox, settings_for(sandbox, tmp_path))
    try:
        yield assistant
    finally:
        await assistant.stop()


@pytest.fixture
async def assistant(quiet_assistant: Assistant) -> Assistant:
    """The assistant, running."""
    await quiet_assistant.start()
    return quiet_assistant


@pytest.fixture
def knowledge_copy(tmp_path: Path) -> Path:
    """The small base, to be changed at will."""
    return Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge"))


@dataclass
class Process:
    """`python -m bot run` in a process of its own."""

    inner: asyncio.subprocess.Process
    lines: list[str] = field(default_factory=list)

    async def says(self, words: str, *, within: float = PATIENCE) -> str:
        """Waits for a line of its standard error that holds the words."""
        assert self.inner.stderr is not None
        async with asyncio.timeout(within):
            async for line in self.inner.stderr:
                self.lines.append(line.decode())
                if words in self.lines[-1]:
                    return self.lines[-1]
        raise AssertionError(f"it ended without saying {words!r}:\n{''.join(self.lines)}")

    async def prints(self, *, within: float = PATIENCE) -> str:
        """The next line of its standard output."""
        assert self.inner.stdout is not None
        return (await asyncio.wait_for(self.inner.stdout.readline(), within)).decode()

    async def ends(self, *, within: float = PATIENCE) -> tuple[int, str]:
        """Its exit code, once it has ended by itself, and all that it wrote on standard error."""
        _, rest = await asyncio.wait_for(self.inner.communicate(), within)
        self.lines.append((rest or b"").decode())
        assert self.inner.returncode is not None
        return self.inner.returncode, "".join(self.lines)

    async def kill(self) -> None:
        """SIGKILL: no chance to finish anything."""
        if self.inner.returncode is None:
            self.inner.kill()
        await self.inner.communicate()

    def terminate(self) -> None:
        self.inner.terminate()


def process_environment(sandbox: Sandbox | None, folder: Path, **others: str) -> dict[str, str]:
    """The environment of a process: nothing of this machine's settings."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.lower().endswith("_proxy") and not name.startswith("BOT_")
    }
    clean |= {
        "PYTHONPATH": str(ROOT),
        "BOT_DATABASE": str(folder / "acces-droits.db"),
        "BOT_KNOWLEDGE": str(KNOWLEDGE),
        "BOT_SECRET": "clé des essais",
        "BOT_VOICE": "off",
    }
    if sandbox is not None:
        clean |= {
            "BOT_TOKEN": sandbox.token,
            "BOT_API_URL": sandbox.base_url,
            "BOT_API_FILE_URL": sandbox.base_file_url,
            "BOT_STAFF_IDS": ",".join(map(str, sandbox.staff_ids)),
            "BOT_STAFF_CHAT_ID": str(sandbox.staff_ids[0]),
        }
    return clean | others


def assistant_process(sandbox: Sandbox | None, folder: Path, **others: str) -> AbstractAsyncContextManager[Process]:
    """Start the real process; it is killed at the end unless it ended by itself."""
    return _process(sandbox, folder, None, others)


def logged_process(sandbox: Sandbox, folder: Path, **others: str) -> AbstractAsyncContextManager[Process]:
    """The same, for long: what it says stands in the file `log` instead of waiting to be read."""
    return _process(sandbox, folder, folder / "log", others)


@asynccontextmanager
async def _process(
    sandbox: Sandbox | None, folder: Path, log: Path | None, others: dict[str, str]
) -> AsyncIterator[Process]:
    written = log.open("ab") if log is not None else None
    inner = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        env=process_environment(sandbox, folder, **others),
        cwd=folder,  # where no `.env` file is
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE if written is None else written,
    )
    if written is not None:
        written.close()
    process = Process(inner)
    try:
        yield process
    finally:
        await process.kill()
