"""Keeps what could not be answered: redacted first, stored before the reply that speaks of it."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import date

from bot.domain.decision import Scored
from bot.domain.language import Language, without_names
from bot.domain.needs import Candidate, Need, Reason, Why
from bot.domain.privacy import redact
from bot.services.clock import Clock, paris_day
from bot.services.later_needs import LaterNeeds
from bot.services.retention import NEED_TEXTS
from bot.services.storage_health import StorageHealth
from bot.services.tokens import hash_token, is_token, new_token
from bot.storage.errors import StorageError
from bot.storage.needs import NeedStore

_log = logging.getLogger(__name__)
# A message of four thousand spaces would keep the redaction busy for a second.
_SPACES = re.compile(r"\s{2,}")
_MAX_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a need: `stored` is false when the database refused it; then `later` says that it waits in memory.

    `text` is exactly what is kept, `until` its last day, and `eraser` the token that erases it; `may_tell` is false
    where whoever asked cannot be told of an answer later.
    """

    text: str
    stored: bool
    until: date | None = None
    eraser: str | None = None
    may_tell: bool = True
    later: bool = False


class NeedService:
    """The one way into the needs: nothing reaches the store with a name or a number in it."""

    def __init__(
        self,
        store: NeedStore,
        health: StorageHealth,
        clock: Clock,
        *,
        may_tell: bool = True,
        later: LaterNeeds | None = None,
    ) -> None:
        self._may_tell = may_tell
        self._later = later
        self._store = store
        self._health = health
        self._clock = clock

    async def keep(
        self,
        text: str,
        *,
        update_id: int,
        reason: Reason,
        ranking: tuple[Scored, ...] = (),
        topic: str | None = None,
        channel: str = "chat",
        language: Language | None = None,
        why: Why | None = None,
        commune: str = "",
    ) -> Kept:
        """Redact and store; a database that refuses never costs the resident their reply."""
        text = _SPACES.sub(" ", text)
        masked = redact(without_names(text, language) if language else text).text
        need = Need(
            day=paris_day(self._clock),
            text=masked,
            reason=reason,
            candidates=tuple(Candidate(one.topic, one.score) for one in ranking[:_MAX_CANDIDATES]),
            topic=topic,
            channel=channel,
            language=language.code if language else None,
            why=why,
            commune=commune or None,
            told_at=self._clock(),
        )
        eraser = new_token()
        until = NEED_TEXTS.last_day(need.day)
        try:
            await self._store.add(need, update_id, hash_token(eraser))
        except StorageError as error:
            _log.error("a need could not be stored: %s", error)
            await self._health.failed(error)
            if self._later is None or not self._later.add(need, update_id, hash_token(eraser)):
                return Kept(masked, stored=False)
            return Kept(masked, stored=False, until=until, eraser=eraser, may_tell=False, later=True)
        await self._health.worked()
        return Kept(masked, stored=True, until=until, eraser=eraser, may_tell=self._may_tell)

    async def explain(self, eraser: str, why: Why) -> bool:
        """Note why the answer to a kept need was refused; raises StorageError."""
        return is_token(eraser) and await self._store.explain(hash_token(eraser), why)

    async def erase(self, eraser: str) -> bool:
        """Delete the need that a token belongs to, once; raises StorageError."""
        if not is_token(eraser):
            return False
        waited = self._later is not None and self._later.erase(hash_token(eraser))
        return waited or await self._store.erase(hash_token(eraser))
