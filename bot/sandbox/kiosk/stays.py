"""The people at the kiosks: each has an unguessable key for the time of their stay, and leaves nothing behind."""

import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.sandbox.cast import Cast
from bot.sandbox.errors import SandboxError
from bot.sandbox.forgetting import forget
from bot.sandbox.kiosk.pace import Pace
from bot.sandbox.people import Person
from bot.sandbox.world import World

IDLE_SECONDS = 180.0
WARNING_SECONDS = 60.0
MOST_STAYS = 60
_NAME = "Habitant"
# Telegram's ids have at most 52 bits. A number that nobody had before: what was kept under an older one, if a
# machine was switched off before it was erased, never becomes the next person's.
_FIRST_ID = 2**51
_IDS = 2**50
_log = logging.getLogger(__name__)

Farewell = Callable[[int], Awaitable[None]]


class GoneError(SandboxError):
    """The conversation of this key has been erased."""


class FullError(SandboxError):
    """As many people are there as this machine serves."""


@dataclass(slots=True, eq=False)
class Stay:
    """One person's time at a kiosk."""

    key: str = field(repr=False)
    person: Person = field(repr=False)
    last_active: float
    pace: Pace = field(repr=False)


async def _nobody_else(_person_id: int) -> None:
    """Nothing is kept elsewhere."""


@dataclass(slots=True)
class Stays:
    """Everyone at the kiosks of one machine; `farewell` erases what the assistant keeps of a person."""

    world: World
    cast: Cast
    idle_seconds: float = IDLE_SECONDS
    most: int = MOST_STAYS
    clock: Callable[[], float] = time.monotonic
    farewell: Farewell = _nobody_else
    _by_key: dict[str, Stay] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._by_key)

    async def begin(self) -> Stay:
        """A new conversation; raises FullError."""
        await self.sweep()
        if len(self._by_key) >= self.most:
            unused = next((stay for stay in self._by_key.values() if not stay.person.room.messages), None)
            if unused is None:
                raise FullError("Toutes les places sont prises. Réessayez dans trois minutes.")
            await self.end(unused.key)
        now = self.clock()
        person = self.cast.add(_NAME, user_id=_FIRST_ID + secrets.randbelow(_IDS))
        stay = Stay(secrets.token_urlsafe(32), person, now, Pace(now))
        self._by_key[stay.key] = stay
        return stay

    async def find(self, key: str) -> Stay:
        """The stay of a key; raises GoneError once it is over."""
        stay = self._by_key.get(key)
        if stay is not None and self._is_over(stay):
            await self.end(key)
            stay = None
        if stay is None:
            raise GoneError("Cette conversation a été effacée.")
        return stay

    def goes_on(self, stay: Stay) -> None:
        """The person is still there."""
        stay.last_active = self.clock()

    def is_there(self, stay: Stay) -> bool:
        """Whether the stay has not ended meanwhile."""
        return stay.key in self._by_key

    async def end(self, key: str) -> None:
        """Erases a conversation, here and in the assistant."""
        stay = self._by_key.pop(key, None)
        if stay is None:
            return
        forget(self.world, self.cast, stay.person.id)
        self.world.news.wake()  # whoever waits for news of this conversation learns that it is over
        try:
            await self.farewell(stay.person.id)
        except Exception as error:  # noqa: BLE001 - the next person must be served; what is left expires by itself
            _log.error("what is kept of a person who left could not be erased: %s", type(error).__name__)

    async def sweep(self) -> None:
        """Erases the conversations of those who have gone without a word."""
        for key in [key for key, stay in self._by_key.items() if self._is_over(stay)]:
            await self.end(key)

    async def end_all(self) -> None:
        """Erases everything, as the machine stops."""
        for key in list(self._by_key):
            await self.end(key)

    def _is_over(self, stay: Stay) -> bool:
        return self.clock() - stay.last_active >= self.idle_seconds
