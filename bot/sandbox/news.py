"""What happened in the sandbox, in order: the page listens to it, and tests wait for it without sleeping."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from bot.sandbox.errors import SilenceError
from bot.sandbox.wire import Json

Kind = Literal[
    "message", "edited", "deleted", "action", "alert", "commands", "people", "keyboard", "pinned", "reaction",
    "call", "update", "inline", "forgotten",
]  # fmt: skip
_KEPT = 2000
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; `chat` is 0 where it concerns no chat."""

    number: int
    kind: Kind
    chat: int
    content: Json


@dataclass(slots=True)
class News:
    """The last events and those who wait for the next one."""

    number: int = 0
    events: "deque[Event]" = field(default_factory=lambda: deque(maxlen=_KEPT))
    _waiting: "set[asyncio.Future[None]]" = field(default_factory=set)

    def publish(self, kind: Kind, chat: int = 0, **content: object) -> None:
        """Records an event and wakes everyone who waits."""
        self.number += 1
        self.events.append(Event(self.number, kind, chat, content))
        self.wake()

    def wake(self) -> None:
        """Lets everyone who waits look again."""
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    def since(self, number: int) -> list[Event]:
        """The events after a number, oldest first."""
        missing = min(self.number - number, len(self.events))
        if missing <= 0:
            return []
        return [self.events[i] for i in range(len(self.events) - missing, len(self.events))]

    def forget(self, chat: int) -> None:
        """Empties the events of one chat; their numbers stay, since others count by them."""
        for i, event in enumerate(self.events):
            if event.chat == chat:
                self.events[i] = Event(event.number, "forgotten", 0, {})

    def next(self) -> "asyncio.Future[None]":
        """Done at the next event; it listens from now on, whether or not it is awaited at once."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        future.add_done_callback(self._waiting.discard)
        return future

    async def until(self, look: Callable[[], Found | None], within: float, failure: Callable[[], str]) -> Found:
        """The first thing that `look` finds, now or at a later event; raises SilenceError after a while."""
        try:
            async with asyncio.timeout(within):
                while True:
                    found = look()
                    if found:
                        return found
                    await self.next()
        except TimeoutError:
            raise SilenceError(failure()) from None

    async def quiet(self, for_seconds: float) -> None:
        """Returns once nothing has happened for so long."""
        while True:
            try:
                async with asyncio.timeout(for_seconds):
                    await self.next()
            except TimeoutError:
                return
