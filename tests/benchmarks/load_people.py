"""People who all write to a bot at a given rate, and what became of each thing they did."""

from __future__ import annotations

import asyncio
import random
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle

from bot.sandbox import Person, Sandbox
from bot.sandbox.journal import Call
from tests.benchmarks.latency import sample

_REPLIES = frozenset({"sendMessage", "editMessageText", "editMessageReplyMarkup", "answerInlineQuery"})
_BEHIND = 0.5  # seconds that the writing itself may be late before the figures are those of this program
# What people do, in hundredths; a press needs a message with buttons and an inline search a bot that takes them,
# else a text is written instead.
_MIX = {"text": 76, "press": 15, "voice": 4, "inline": 3, "command": 2}
_COMMANDS = ("/themes", "/aide", "/urgence", "/start")
_VOICE = b"OggS" + bytes(2000)


@dataclass(slots=True)
class Waiting:
    """One thing that somebody did: due at a moment, and the replies to it that were seen already."""

    due: float
    seen: set[tuple[str, str]] = field(default_factory=set)


@dataclass(slots=True)
class Stage:
    """What was measured at one rate."""

    rate: float
    asked: int = 0
    waits: list[float] = field(default_factory=list)
    lost: int = 0
    doubled: int = 0
    late: bool = False
    seconds: float = 0.0


class Crowd:
    """Each person does one thing at a time: whatever comes to them then is the reply to it."""

    def __init__(self, sandbox: Sandbox, count: int, seed: int = 9) -> None:
        self._sandbox = sandbox
        self._chance = random.Random(seed)  # noqa: S311 - a generator for tests
        self._people = deque(sandbox.person(f"Personne {number}") for number in range(count))
        self._texts: Iterator[str] = cycle(sample(1200))
        self._open: dict[int, Waiting] = {}
        self._last: dict[int, Waiting] = {}
        self._queries: dict[str, int] = {}
        self._stage = Stage(0)
        self._drained = asyncio.Event()
        sandbox.journal.calls = Overheard(self)

    def heard(self, call: Call) -> None:
        """A call of the bot arrives: it ends the wait of whoever it is for."""
        if call.method not in _REPLIES:
            return
        given = call.parameters
        person = int(given.get("chat_id") or self._queries.get(given.get("inline_query_id", ""), 0))
        waiting = self._open.pop(person, None)
        if waiting is not None:
            self._stage.waits.append(call.at - waiting.due)
            self._last[person] = waiting
            if not self._open:
                self._drained.set()
        if call.method == "sendMessage" and (last := self._last.get(person)) is not None:
            said = (given.get("reply_parameters", ""), given.get("text", ""))
            self._stage.doubled += said in last.seen
            last.seen.add(said)

    async def write(self, rate: float, seconds: float, patience: float = 20.0) -> Stage:
        """Do things at a rate whether or not the bot keeps up; a wait counts from the moment it was due."""
        self._stage = stage = Stage(rate)
        self._drained.clear()
        began = time.monotonic()
        for number in range(int(rate * seconds)):
            due = began + number / rate
            pause = due - time.monotonic()
            if pause > 0:
                await asyncio.sleep(pause)
            elif pause < -_BEHIND:
                stage.late = True
            person = self._free()
            if person is None:  # everybody waits: the bot is far behind
                break
            self._open[person.id] = Waiting(due)
            stage.asked += 1
            await self._do(person)
        try:
            async with asyncio.timeout(patience):
                while self._open:
                    self._drained.clear()
                    await self._drained.wait()
        except TimeoutError:
            stage.lost = len(self._open)
            self._open.clear()
        stage.seconds = time.monotonic() - began
        return stage

    def _free(self) -> Person | None:
        for _ in range(len(self._people)):
            person = self._people[0]
            self._people.rotate(-1)
            if person.id not in self._open:
                return person
        return None

    async def _do(self, person: Person) -> None:
        [kind] = self._chance.choices(list(_MIX), list(_MIX.values()))
        if kind == "press" and (label := self._button(person)) is not None:
            await person.presses(label)
        elif kind == "voice":
            await person.sends_voice(_VOICE)
        elif kind == "inline" and "inline_query" in self._sandbox.world.updates.allowed:
            world = self._sandbox.world
            query = world.searches.ask(person.id, person.id)
            self._queries[query.id] = person.id
            content = {"id": query.id, "from": person.user, "query": "rsa", "offset": "", "chat_type": "sender"}
            world.updates.add("inline_query", content)
        elif kind == "command":
            await person.writes(self._chance.choice(_COMMANDS))
        else:
            await person.writes(next(self._texts))

    def _button(self, person: Person) -> str | None:
        """The data of a button under the last message; a press that changes nothing visible is left out."""
        if not person.room.messages:
            return None
        rows = person.view.last.rows
        found = [b["callback_data"] for row in rows for b in row if b.get("callback_data", "").startswith("t:")]
        return self._chance.choice(found) if found else None


class Overheard(deque[Call]):
    """The sandbox's journal, kept short, that tells the crowd of each call."""

    def __init__(self, crowd: Crowd) -> None:
        super().__init__(maxlen=100)
        self._crowd = crowd

    def append(self, call: Call) -> None:
        super().append(call)
        self._crowd.heard(call)
