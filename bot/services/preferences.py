"""What residents chose for themselves, kept under a pseudonym; a broken database means the defaults."""

from __future__ import annotations

from bot.services.clock import Clock, paris_day
from bot.services.pseudonyms import pseudonym
from bot.services.retention import PREFERENCES
from bot.services.storage_health import StorageHealth
from bot.storage.errors import StorageError
from bot.storage.preferences import PreferenceStore

_PURPOSE = "preferences"
_SHORT = "short_answers"


class PreferenceService:
    """Reads and sets a person's choices."""

    def __init__(self, store: PreferenceStore, key: bytes, health: StorageHealth, clock: Clock) -> None:
        self._store = store
        self._key = key
        self._health = health
        self._clock = clock

    async def short_answers(self, user_id: int) -> bool:
        """Whether this person wants the short form of answers."""
        try:
            return await self._store.get(self.pseudonym(user_id), _SHORT) == "yes"
        except StorageError as error:
            await self._health.failed(error)
            return False

    async def choose_short_answers(self, user_id: int, chosen: bool) -> None:
        """Remember the choice; raises StorageError when it cannot be kept, so that the person is told."""
        expires = PREFERENCES.last_day(paris_day(self._clock))
        await self._store.put(self.pseudonym(user_id), _SHORT, "yes" if chosen else "no", expires)

    def pseudonym(self, user_id: int) -> str:
        """The name under which a person's choices are kept."""
        return pseudonym(self._key, user_id, _PURPOSE)
