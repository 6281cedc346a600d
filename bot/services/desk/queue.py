"""The queue and its cards, as staff read them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.cards import Card, Wanted, Wording, chosen
from bot.domain.clearest import clearest
from bot.domain.communes import named_in
from bot.domain.decision import Scored, decide
from bot.services.clock import Clock, paris_day
from bot.services.desk.grouping import GroupingService
from bot.services.knowledge import KnowledgeService
from bot.services.retention import moment
from bot.storage.desk import CardStore

PAGE = 6
_COMMUNES_READ = 60  # wordings of a card that are searched for a commune


@dataclass(frozen=True, slots=True)
class Page:
    """Some cards of the queue; `total` of them fit."""

    cards: tuple[Card, ...]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class CardDetail:
    """A card with all that helps to decide."""

    card: Card
    wordings: tuple[Wording, ...]
    channels: dict[str, int]
    communes: dict[str, int]
    nearest: tuple[Scored, ...]


class QueueService:
    """Reads only. Every method raises StorageError."""

    def __init__(self, store: CardStore, grouping: GroupingService, knowledge: KnowledgeService, clock: Clock) -> None:
        self._store = store
        self._grouping = grouping
        self._knowledge = knowledge
        self._clock = clock

    async def page(self, wanted: Wanted, number: int = 0) -> Page:
        """One page of the cards that fit; a page that is not there any more is the last one."""
        await self._grouping.fresh()
        topics = self._knowledge.current.topics
        themes = {topic.id: topic.theme for topic in topics.values()}
        cards = chosen(await self._store.all(paris_day(self._clock), moment(self._clock())), wanted, themes)
        pages = max(1, -(-len(cards) // PAGE))
        number = min(max(number, 0), pages - 1)
        shown = cards[number * PAGE : (number + 1) * PAGE]
        wordings = await self._store.wordings([card.id for card in shown])
        titled = tuple(self._titled(card, wordings.get(card.id, [])) for card in shown)
        return Page(titled, len(cards), number, pages)

    async def card(self, number: int) -> CardDetail | None:
        """One card; None when it is gone (merged, or all its needs erased)."""
        card = await self._store.one(number, paris_day(self._clock), moment(self._clock()))
        if card is None:
            return None
        wordings = clearest((await self._store.wordings([number])).get(number, []))
        if not wordings and card.topic not in self._knowledge.current.topics:
            return None
        channels: dict[str, int] = {}
        for wording in wordings:
            for channel in wording.channels:
                channels[channel] = channels.get(channel, 0) + wording.count
        card = self._titled(card, wordings)
        nearest = self.nearest(wordings[0].text) if wordings and wordings[0].text else ()
        return CardDetail(card, tuple(wordings), channels, self._communes(wordings), nearest)

    def nearest(self, text: str) -> tuple[Scored, ...]:
        """The topics nearest to a text, with their scores, as a resident's message would be ranked."""
        return decide(self._knowledge.understanding.rank(text)).ranking

    async def alike(self, detail: CardDetail, limit: int = 5) -> list[Card]:
        """Cards that one might merge with this one."""
        text = detail.card.title
        numbers = [one for one in self._grouping.near(text, limit + 1) if one != detail.card.id][:limit]
        today, now = paris_day(self._clock), moment(self._clock())
        found = [card for number in numbers if (card := await self._store.one(number, today, now)) is not None]
        wordings = await self._store.wordings([card.id for card in found])
        return [self._titled(card, wordings.get(card.id, [])) for card in found if card.id in wordings]

    def _titled(self, card: Card, wordings: list[Wording]) -> Card:
        """The card under its clearest wording, or the entry's title."""
        topic = self._knowledge.current.topics.get(card.topic or "")
        if topic is not None:
            return replace(card, title=topic.title)
        best = clearest(wordings)
        return replace(card, title=best[0].text, language=best[0].language) if best else card

    def _communes(self, wordings: list[Wording]) -> dict[str, int]:
        """The communes that were named, and how often."""
        communes = self._knowledge.current.places.communes
        found: dict[str, int] = {}
        for wording in wordings[:_COMMUNES_READ]:
            for commune in named_in(wording.text, communes):
                found[commune.name] = found.get(commune.name, 0) + wording.count
        return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))
