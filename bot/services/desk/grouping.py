"""Puts every stored need on a card, beside the conversations: a few at a time, so that nobody waits for it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from time import monotonic

from bot.domain.freshness import to_check
from bot.domain.need_features import NeedReader
from bot.domain.need_groups import MOST_KEPT, MOST_WORDINGS, NeedGroups
from bot.services.clock import PARIS, Clock, paris_day
from bot.services.knowledge import KnowledgeService
from bot.services.storage_health import StorageHealth
from bot.storage.desk import GroupingStore, Placed
from bot.storage.errors import StorageError

_BATCH = 25
_BACKGROUND_PHRASES = 10  # of each topic: enough to know which words are common
_LOOK_AGAIN_SECONDS = 20.0
_AT_ONCE_SECONDS = 0.1  # what a person who opens the queue waits at most for needs that came just now
_START_SECONDS = 2.0  # what they wait just after a start
_MONDAY, _NIGHT = 0, range(3, 6)  # when nobody looks at the queue, and before the week's digest
_FRENCH = "fr"
_log = logging.getLogger(__name__)


class GroupingService:
    """The one writer of cards' needs. Needs in another language are compared with those in the same one."""

    def __init__(self, store: GroupingStore, knowledge: KnowledgeService, health: StorageHealth, clock: Clock) -> None:
        self._store = store
        self._knowledge = knowledge
        self._health = health
        self._clock = clock
        self._groups: dict[str, NeedGroups] = {}
        self._next = 0
        self._put_together: date | None = None
        self._ready = asyncio.Event()
        self._stop = asyncio.Event()
        self._working = asyncio.Lock()

    async def run(self, stop: asyncio.Event, beside: Callable[[], Awaitable[None]]) -> None:
        """Keep every need on a card until `stop`, and what else is due; a database that fails is tried again later."""
        self._stop = stop
        while not stop.is_set():
            try:
                await self.catch_up()
                await self._once_a_week()
                await beside()
            except StorageError as error:
                _log.error("needs could not be grouped: %s", error)
                await self._health.failed(error)
            try:
                async with asyncio.timeout(_LOOK_AGAIN_SECONDS):
                    await stop.wait()
            except TimeoutError:
                continue

    async def fresh(self) -> None:
        """Put what came just now on cards before they are looked at, within a moment; raises StorageError."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_START_SECONDS):
                await self._ready.wait()
        if self._ready.is_set() and not self._working.locked():
            await self.catch_up(within=_AT_ONCE_SECONDS)

    async def catch_up(self, *, within: float | None = None) -> int:
        """Group what is not grouped yet; returns how many needs that were. Raises StorageError."""
        async with self._working:
            if not self._ready.is_set():
                await self._load()
            await self._expired()
            end = None if within is None else monotonic() + within
            done = 0
            while not self._stop.is_set() and (end is None or monotonic() < end):
                batch = await self._store.ungrouped(_BATCH)
                if not batch:
                    break
                placed = []
                for need in batch:
                    placed.append(Placed(need.id, self._place(need.text, need.language), need.day))
                    await asyncio.sleep(0)  # messages go first
                await self._store.place(placed)
                done += len(batch)
            return done

    async def put_together(self) -> int:
        """Make one of cards that say the same and that nobody touched; how many went. Raises StorageError."""
        async with self._working:
            free, gone_cards = await self._store.untouched(), 0
            for groups in list(self._groups.values()):
                regrouping = groups.regroup(free)
                for _ in regrouping.steps():
                    await asyncio.sleep(0)  # messages go first
                    if self._stop.is_set():
                        return gone_cards
                for gone, into in regrouping.found:
                    if await self._store.join(gone, into):
                        self.merged(gone, into)
                        gone_cards += 1
            return gone_cards

    def new_card(self) -> int:
        """A number that no card ever had."""
        self._next += 1
        return self._next

    def near(self, text: str, limit: int) -> list[int]:
        """The cards that are most alike."""
        return [one.card for one in self._of(_FRENCH).near(text, limit)]

    def merged(self, gone: int, into: int) -> None:
        """A person put two cards together: what will be said like either follows."""
        for groups in self._groups.values():
            groups.merge(gone, into)

    def moved(self, texts: Sequence[str], card: int) -> None:
        """A person put wordings on another card: what will be said like them follows."""
        for groups in self._groups.values():
            groups.split(texts, card)

    def _place(self, text: str, language: str | None) -> int:
        groups = self._of(language or _FRENCH)
        found = groups.find(text)
        card = self.new_card() if found is None else found
        groups.add(text, card)
        return card

    def _of(self, language: str) -> NeedGroups:
        if language not in self._groups:
            self._groups[language] = NeedGroups(NeedReader(self._knowledge.current.vocabulary))
        return self._groups[language]

    async def _once_a_week(self) -> None:
        now = self._clock().astimezone(PARIS)
        if now.weekday() == _MONDAY and now.hour in _NIGHT and self._put_together != now.date():
            await self.put_together()
            self._put_together = now.date()

    async def _load(self) -> None:
        """Learn what is common in the base's own phrases, then the wordings of every card, most recent first."""
        await self._knowledge.ready()
        self._next = await self._store.highest()
        french = self._of(_FRENCH)
        for topic in list(self._knowledge.current.topics.values()):
            french.learn_background(topic.phrases[:_BACKGROUND_PHRASES])
            if self._stop.is_set():
                return
            await asyncio.sleep(0)
        off_topic = self._knowledge.current.off_topic
        for place in range(0, len(off_topic), _BATCH):
            french.learn_background(off_topic[place : place + _BATCH])
            await asyncio.sleep(0)
        french.finish_background()
        for card, text, language in await self._store.wordings(MOST_WORDINGS, MOST_KEPT):
            self._of(language or _FRENCH).add(text, card)
            self._next = max(self._next, card)
            if self._stop.is_set():
                return
            await asyncio.sleep(0)
        if not self._stop.is_set():
            self._ready.set()

    async def _expired(self) -> None:
        """Entries past their day are cards too."""
        today = paris_day(self._clock)
        overdue = [one.topic.id for one in to_check(self._knowledge.current.topics.values(), today) if one.overdue]
        await self._store.expired(overdue, today)
        self._next = max(self._next, await self._store.highest())
