""" "Prévenez-moi": who waits for an answer, and the answers that are published for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.errors import AccesDroitsError
from bot.services.clock import Clock, paris_day
from bot.services.retention import FOLLOW_UPS
from bot.services.tokens import hash_token, is_token
from bot.storage.follow_ups import FollowUpStore


class EmptyAnswerError(AccesDroitsError):
    """An answer was published without a topic and without a text, or with both."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody waits for an answer until a day; `already` when they did before."""

    until: date
    already: bool


class FollowUpService:
    """Every method raises StorageError, and then nothing of it has happened."""

    def __init__(self, store: FollowUpStore, clock: Clock, wake: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._wake = wake

    async def ask(self, token: str, person: int) -> Waiting | None:
        """Let a person wait for the answer to a need, for thirty days.

        `token` is the eraser of the need (`Kept.eraser`): whoever holds it has seen the need. None when there is no
        such need (any more).
        """
        until = FOLLOW_UPS.last_day(paris_day(self._clock))
        new = await self._store.wait(hash_token(token), person, until) if is_token(token) else None
        if new is None:
            return None
        self._wake()  # the answer may be there already
        return Waiting(until, already=not new)

    async def stop_one(self, token: str, person: int) -> bool:
        """A person no longer waits for one answer."""
        return is_token(token) and await self._store.stop(person, hash_token(token)) > 0

    async def stop(self, person: int) -> int:
        """A person no longer waits for any answer; returns how many that were."""
        return await self._store.stop(person)

    async def waiting(self, need_ids: Sequence[int]) -> int:
        """How many people wait for the answer to any of these needs."""
        return await self._store.waiting(need_ids, paris_day(self._clock))

    async def publish(self, need_ids: Sequence[int], *, topic: str | None = None, text: str | None = None) -> int:
        """Queue the answer to these needs, a topic or a short text, and return at once.

        The answer is durable when this returns: everyone who waits gets it once, also across restarts (see
        `bot.services.notices`). A topic that is not loaded yet is waited for. Published again, a need's latest answer
        counts for those who have not been told. Returns how many people will be told.
        """
        if bool(topic) == bool(text and text.strip()):
            raise EmptyAnswerError("une réponse est une fiche ou un texte")
        today = paris_day(self._clock)
        told = await self._store.publish(
            need_ids, topic=topic or None, text=text if not topic else None,
            now=self._clock(), today=today, expires=FOLLOW_UPS.last_day(today),
        )  # fmt: skip
        self._wake()
        return told

    async def take_back(self, need_ids: Sequence[int]) -> None:
        """An answer was published by mistake: who has not been told yet waits on."""
        await self._store.take_back(need_ids)
