"""Relays: a code made by a mediator, opened once by whoever holds it. Guessing is slowed down."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from collections import OrderedDict, deque
from datetime import datetime, timedelta

from bot.domain.relays import Relay, is_code, new_code
from bot.services.clock import Clock, paris_day
from bot.services.retention import RELAYS
from bot.storage.relays import RelayStore

# With a thousand codes alive, a guess opens one once in a thousand million.
PERSON_GUESSES = 5
ALL_GUESSES = 300
_WINDOW = timedelta(hours=1)
_MOST_PEOPLE = 10_000
_log = logging.getLogger(__name__)


class Guesses:
    """Wrong codes of the last hour, by person and overall. In memory only: it tells who typed something."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._all: deque[datetime] = deque()
        self._people: OrderedDict[int, deque[datetime]] = OrderedDict()

    def too_many(self, person: int) -> bool:
        """Whether nothing is opened any more for a while."""
        since = self._clock() - _WINDOW
        mine = self._people.get(person, deque())
        for guesses in (self._all, mine):
            while guesses and guesses[0] <= since:
                guesses.popleft()
        return len(mine) >= PERSON_GUESSES or len(self._all) >= ALL_GUESSES

    def note(self, person: int) -> None:
        """A wrong code."""
        now = self._clock()
        self._all.append(now)
        self._people.setdefault(person, deque(maxlen=PERSON_GUESSES)).append(now)
        self._people.move_to_end(person)
        while len(self._people) > _MOST_PEOPLE:
            self._people.popitem(last=False)


class RelayService:
    """Makes and opens relays. Who may make one is checked by the caller; anybody may open one. Raises StorageError."""

    def __init__(self, store: RelayStore, key: bytes, clock: Clock) -> None:
        self._store = store
        self._key = key
        self._clock = clock
        self._guesses = Guesses(clock)

    async def make(self, relay: Relay) -> str:
        """A new code; its keyed hash is kept for fourteen days, with numbers of steps and papers."""
        expires = RELAYS.last_day(paris_day(self._clock))
        while True:
            code = new_code(secrets.choice)
            if await self._store.add(self._hash(code), relay, expires):
                _log.info("a relay was made")
                return code

    async def take(self, code: str, person: int, update_id: int) -> Relay | None:
        """What a code carries, for this update only; None for a wrong, used or old code, and after too many of them."""
        if self._guesses.too_many(person):
            return None
        found = await self._store.take(self._hash(code), paris_day(self._clock), update_id) if is_code(code) else None
        if found is None:
            self._guesses.note(person)
        return found

    async def used(self, code: str) -> None:
        """It reached whoever opened it: nobody opens it again."""
        await self._store.delete(self._hash(code))

    def _hash(self, code: str) -> str:
        """Keyed: nobody can try all codes on a stolen database."""
        return hmac.new(self._key, f"relay:{code}".encode(), hashlib.sha256).hexdigest()
