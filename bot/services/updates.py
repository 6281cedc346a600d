"""One update, one reply: knows which updates were dealt with, and counts what they came to."""

from __future__ import annotations

import logging
from collections import OrderedDict
from typing import NamedTuple

from bot.domain.figures import Question
from bot.services.clock import Clock, paris_day
from bot.services.meters import OTHER, Meters
from bot.services.storage_health import StorageHealth
from bot.storage.errors import StorageError
from bot.storage.updates import UpdateLog

_REMEMBERED = 10_000  # update ids kept in memory for when the database cannot tell
_log = logging.getLogger(__name__)


class Said(NamedTuple):
    """What a button says about one message: said twice, by two thumbs or on a slow network, it counts once."""

    chat: int
    message: int
    action: str


class UpdateService:
    """Guards against an update that Telegram delivers twice, also across restarts."""

    def __init__(self, log: UpdateLog, health: StorageHealth, clock: Clock, meters: Meters) -> None:
        self._meters = meters
        self._log = log
        self._health = health
        self._clock = clock
        self._done: OrderedDict[int, None] = OrderedDict()
        self._ask_up_to: int | None = None  # what is above and not in memory was never answered
        self._counted: dict[int, list[tuple[str, str]]] = {}
        self._questions: dict[int, Question] = {}
        self._not_answered: set[int] = set()
        self._said: OrderedDict[Said, None] = OrderedDict()  # in memory only: it tells who pressed

    def count(self, update_id: int, what: str, topic: str = "") -> None:
        """Remember what an update came to; written when it is finished."""
        self._counted.setdefault(update_id, []).append((what, topic))

    def count_question(self, update_id: int, question: Question) -> None:
        """Remember what kind of question an update was; one update is one question."""
        self._questions[update_id] = question

    def not_answered(self, update_id: int) -> None:
        """The reply could not reach Telegram: the update is to be tried again."""
        self._not_answered.add(update_id)

    def was_not_answered(self, update_id: int) -> bool:
        """Whether an update is to be tried again; it then counts for nothing yet."""
        if update_id not in self._not_answered:
            return False
        self._not_answered.discard(update_id)
        self._counted.pop(update_id, None)
        self._questions.pop(update_id, None)
        return True

    def note(self, said: Said) -> None:
        """Remember what a button said, until others push it out."""
        self._said[said] = None
        while len(self._said) > _REMEMBERED:
            self._said.popitem(last=False)

    def was_said(self, said: Said) -> bool:
        return said in self._said

    async def is_done(self, update_id: int) -> bool:
        """Whether this update was already answered. A database that fails never stops an answer."""
        if update_id in self._done:
            return True
        try:
            if self._ask_up_to is None:
                self._ask_up_to = await self._log.last_done()
            return update_id <= self._ask_up_to and await self._log.is_done(update_id)
        except StorageError as error:
            await self._health.failed(error)
            return False

    async def finish(self, update_id: int) -> None:
        """The update was answered to the end."""
        self._done[update_id] = None
        while len(self._done) > _REMEMBERED:
            forgotten, _ = self._done.popitem(last=False)
            if self._ask_up_to is not None:
                self._ask_up_to = max(self._ask_up_to, forgotten)
        counted, question = self._counted.pop(update_id, []), self._questions.pop(update_id, None)
        self._meters.outcomes[question.outcome if question else OTHER] += 1
        try:
            await self._log.finish(update_id, paris_day(self._clock), counted, question)
        except StorageError as error:
            _log.error("an update could not be marked as done: %s", error)
            await self._health.failed(error)
