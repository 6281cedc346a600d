"""What residents chose for themselves, kept under a pseudonym; a broken database means the defaults."""

from __future__ import annotations

from bot.domain.preferences import Choices
from bot.services.clock import Clock, paris_day
from bot.services.pseudonyms import pseudonym
from bot.services.retention import PREFERENCES
from bot.services.storage_health import StorageHealth
from bot.storage.errors import StorageError
from bot.storage.preferences import PreferenceStore

_PURPOSE = "preferences"
_SHORT, _ONE_STEP, _LANGUAGE, _ALOUD = "short_answers", "one_step", "language", "read_aloud"


class PreferenceService:
    """Reads and sets a person's choices. Setting raises StorageError, so that the person is told."""

    def __init__(self, store: PreferenceStore, key: bytes, health: StorageHealth, clock: Clock) -> None:
        self._store = store
        self._key = key
        self._health = health
        self._clock = clock

    async def choices(self, user_id: int | None) -> Choices:
        """Everything that this person chose."""
        if user_id is None:
            return Choices()
        try:
            found = {one.name: one.value for one in await self._store.of(self.pseudonym(user_id))}
        except StorageError as error:
            await self._health.failed(error)
            return Choices()
        return Choices(
            found.get(_SHORT) == "yes", found.get(_ONE_STEP) == "yes", found.get(_LANGUAGE), found.get(_ALOUD) == "yes"
        )

    async def short_answers(self, user_id: int) -> bool:
        """Whether this person wants the short form of answers."""
        return (await self.choices(user_id)).short

    async def choose_short_answers(self, user_id: int, chosen: bool) -> None:
        await self._put(user_id, _SHORT, "yes" if chosen else "no")

    async def choose_one_step(self, user_id: int, chosen: bool) -> None:
        await self._put(user_id, _ONE_STEP, "yes" if chosen else "no")

    async def choose_read_aloud(self, user_id: int, chosen: bool) -> None:
        await self._put(user_id, _ALOUD, "yes" if chosen else "no")

    async def choose_language(self, user_id: int, code: str) -> None:
        await self._put(user_id, _LANGUAGE, code)

    async def _put(self, user_id: int, name: str, value: str) -> None:
        expires = PREFERENCES.last_day(paris_day(self._clock))
        await self._store.put(self.pseudonym(user_id), name, value, expires)

    def pseudonym(self, user_id: int) -> str:
        """The name under which a person's choices are kept."""
        return pseudonym(self._key, user_id, _PURPOSE)
