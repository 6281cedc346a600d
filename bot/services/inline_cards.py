"""Inline search: cards to share in any chat, and the themes that are asked for most."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.inline_cards import MOST_CARDS, CardFinder
from bot.domain.models import Theme, Topic
from bot.domain.understanding import Understood
from bot.services.clock import Clock, paris_day
from bot.services.knowledge import KnowledgeService
from bot.services.storage_health import StorageHealth
from bot.storage.errors import StorageError
from bot.storage.updates import UpdateLog

_RECENT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Cards:
    """What a search found; nothing of it is kept."""

    understood: Understood
    topics: tuple[Topic, ...]


class InlineCards:
    """Searches are never stored nor counted: every letter typed makes one. Cards that were chosen are counted."""

    def __init__(self, knowledge: KnowledgeService, log: UpdateLog, health: StorageHealth, clock: Clock) -> None:
        self._knowledge = knowledge
        self._log = log
        self._health = health
        self._clock = clock
        self._finder: CardFinder | None = None

    async def find(self, text: str) -> Cards:
        """The cards for some words; danger is told beside them."""
        understanding = self._knowledge.understanding
        if self._finder is None or self._finder.understanding is not understanding:
            self._finder = await asyncio.to_thread(CardFinder, understanding)
        understood = understanding.read(text)
        found = self._finder.find(text, understood)
        return Cards(understood, tuple(understanding.knowledge.topics[topic] for topic in found))

    async def themes(self) -> list[Theme]:
        """The themes that hold a topic: most asked for in the last months first, then in menu order."""
        knowledge = self._knowledge.current
        asked: Counter[str] = Counter()
        try:
            since = paris_day(self._clock) - _RECENT
            for topic, number in await self._log.counted("answer", since):
                if topic in knowledge.topics:
                    asked[knowledge.topics[topic].theme] += number
        except StorageError as error:
            await self._health.failed(error)
        shown = [theme for theme in knowledge.themes if knowledge.theme_topics(theme.id)]
        return sorted(shown, key=lambda theme: -asked[theme.id])[:MOST_CARDS]
