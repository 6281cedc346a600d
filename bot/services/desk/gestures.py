"""What staff do with a card: each gesture once, by whoever has the card in hand, with the way to take it back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.domain.cards import Card, State
from bot.domain.contributions import Change, TopicDraft
from bot.services.clock import Clock, paris_day
from bot.services.contribution_errors import AlreadyLearntError, ContributionError
from bot.services.contributions import ContributionService
from bot.services.desk.errors import CardTakenError, DeskError
from bot.services.desk.grouping import GroupingService
from bot.services.desk.staff_names import StaffNames
from bot.services.follow_ups import FollowUpService
from bot.services.knowledge import KnowledgeService
from bot.services.retention import moment
from bot.storage.desk import ActRow, CardStore, GroupingStore, HistoryStore
from bot.storage.errors import StorageError

LEASE_MINUTES = 10
UNDO_MINUTES = 10
MOST_LEARNT = 12  # wordings of one card that are attached: the clearest ones
_HISTORY_PAGE = 12


@dataclass(frozen=True, slots=True)
class Done:
    """A gesture that was done: the act that `undo` takes back, and how many people will be told."""

    act: int
    told: int = 0


class GestureService:
    """The caller has checked the role, and knows by whom: `by` is a Telegram id, kept nowhere.

    Every method raises StorageError, DeskError, and ContributionError where files are written; then nothing is done.
    """

    def __init__(
        self,
        store: CardStore,
        groups: GroupingStore,
        history: HistoryStore,
        grouping: GroupingService,
        contributions: ContributionService,
        follow_ups: FollowUpService,
        knowledge: KnowledgeService,
        names: StaffNames,
        clock: Clock,
    ) -> None:
        self._store = store
        self._groups = groups
        self._history = history
        self._grouping = grouping
        self._contributions = contributions
        self._follow_ups = follow_ups
        self._knowledge = knowledge
        self._names = names
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()

    async def take(self, card: int, *, by: int) -> None:
        """Have a card in hand for ten minutes, or longer if one goes on with it."""
        until = moment(self._clock() + timedelta(minutes=LEASE_MINUTES))
        if not await self._store.take(card, self._names.of(by), self._now, until):
            raise await self._refusal(card)

    async def release(self, card: int, *, by: int) -> None:
        await self._store.release(card, self._names.of(by))

    async def attach(self, card: int, wordings: Sequence[str], topic: str, *, by: int) -> Done:
        """Learn a card's wordings for a topic; whoever waits gets the topic."""
        async with self._one_at_a_time:
            found = await self._mine(card, by)
            changes = await self._learn(wordings, topic, by)
            await self._reload()
            return await self._answered(found, "rattacher", topic, by, changes=changes, topic=topic)

    async def answer(self, card: int, text: str, *, by: int) -> Done:
        """A short answer to those who wait; the base does not change."""
        async with self._one_at_a_time:
            found = await self._mine(card, by)
            return await self._answered(found, "repondre", text[:200], by, text=text)

    async def create(self, card: int, draft: TopicDraft, wordings: Sequence[str], *, by: int) -> Done:
        """Publish a new topic that the card's wordings lead to."""
        async with self._one_at_a_time:
            found = await self._mine(card, by)
            change = await self._contributions.add_topic(draft, tuple(wordings), by=by)
            await self._reload()
            return await self._answered(found, "creer", draft.titre, by, changes=[change], topic=change.topic)

    async def correct(self, card: int, topic: str, field: str, value: str, *, by: int) -> Done:
        """Change one text of a topic; whoever waits gets the corrected topic."""
        async with self._one_at_a_time:
            found = await self._mine(card, by)
            change = await self._contributions.correct(topic, field, value, by=by)
            await self._reload()
            return await self._answered(found, "corriger", topic, by, changes=[change], topic=topic)

    async def off_topic(self, card: int, wordings: Sequence[str], *, by: int) -> Done:
        """Nothing that the service is for: the wordings are learnt as such."""
        async with self._one_at_a_time:
            found = await self._mine(card, by)
            changes: list[Change] = []
            for wording in wordings[:MOST_LEARNT]:
                with suppress(AlreadyLearntError):
                    changes.append(await self._off_topic(wording, changes, by))
            await self._reload()
            return await self._closed(found, "hors_champ", by, "done", changes=changes)

    async def ignore(self, card: int, wordings: Sequence[str], *, by: int) -> Done:
        """For ever: these wordings never come back, nor what will be said like them."""
        async with self._one_at_a_time:
            found = await self._mine(card, by)
            undo = await self._undo_of([found.id])
            await self._store.ignore(card, wordings[:40])
            return await self._note("ignorer", found, "", by, undo)

    async def postpone(self, card: int, days: int, *, by: int) -> Done:
        """Look at it again in some days."""
        async with self._one_at_a_time:
            found = await self._mine(card, by)
            undo = await self._undo_of([found.id])
            until = paris_day(self._clock) + timedelta(days=days)
            await self._store.set(card, "postponed", until)
            return await self._note("reporter", found, until.isoformat(), by, undo)

    async def merge(self, gone: int, into: int, *, by: int) -> Done:
        """Two cards are one, for ever."""
        async with self._one_at_a_time:
            if gone == into:
                raise DeskError("file_meme_fiche")
            found, other = await self._mine(gone, by), await self._mine(into, by)
            undo = await self._undo_of([gone, into])
            await self._store.merge(gone, into)
            self._grouping.merged(gone, into)
            return await self._note("fusionner", other, found.title, by, undo)

    async def split(self, card: int, need_ids: Sequence[int], texts: Sequence[str], *, by: int) -> Done:
        """Some wordings are a card of their own, for ever."""
        async with self._one_at_a_time:
            found = await self._mine(card, by)
            if not need_ids or len(set(need_ids)) == len(set(await self._store.need_ids(card))):
                raise DeskError("file_separer_tout")
            undo = await self._undo_of([card])
            new = self._grouping.new_card()
            await self._groups.move(new, need_ids, paris_day(self._clock))
            self._grouping.moved(texts, new)
            return await self._note("separer", found, str(len(texts)), by, undo)

    async def undo(self, act: int, *, by: int) -> bool:
        """Take an act back within its ten minutes; False when that is over. Who was told already stays told."""
        async with self._one_at_a_time:
            found = await self._history.undo(act, self._now)
            if found is None:
                return False
            _, undo = found
            try:
                for change in reversed(undo.get("changes", [])):
                    if not await self._contributions.undo(change, by=by):
                        raise ContributionError("Le fichier a changé depuis : rien n'est annulé.")
                if undo.get("changes"):
                    await self._reload()
                if undo.get("told"):
                    await self._follow_ups.take_back(undo["told"])
                needs = {int(card): ids for card, ids in undo["needs"].items()}
                await self._store.restore(undo["cards"], needs)
                for card, texts in undo["texts"].items():
                    self._grouping.moved(texts, int(card))
            except BaseException:
                await self._history.not_undone(act)
                raise
            return True

    async def history(self, page: int = 0) -> list[ActRow]:
        """The latest acts."""
        return await self._history.latest(self._now, _HISTORY_PAGE, page * _HISTORY_PAGE)

    async def forget_undo(self) -> None:
        """Drop what can no longer be taken back, with the wordings in it."""
        await self._history.forget_undo(self._now)

    @property
    def _now(self) -> str:
        return moment(self._clock())

    async def _mine(self, card: int, by: int) -> Card:
        """The card, in hand from now on."""
        await self.take(card, by=by)
        found = await self._store.one(card, paris_day(self._clock), self._now)
        if found is None:
            raise DeskError("file_disparue")
        return found

    async def _refusal(self, card: int) -> DeskError:
        found = await self._store.one(card, paris_day(self._clock), self._now)
        return CardTakenError(found.holder) if found is not None and found.holder else DeskError("file_disparue")

    async def _learn(self, wordings: Sequence[str], topic: str, by: int) -> list[Change]:
        """Learn wordings; all are taken back when one is refused."""
        changes: list[Change] = []
        for wording in wordings[:MOST_LEARNT]:
            try:
                changes.append(await self._contributions.learn(wording, topic, by=by))
            except AlreadyLearntError:
                continue
            except ContributionError:
                await self._take_back(changes, by)
                raise
        return changes

    async def _off_topic(self, wording: str, before: list[Change], by: int) -> Change:
        try:
            return await self._contributions.off_topic(wording, by=by)
        except AlreadyLearntError:
            raise
        except ContributionError:
            await self._take_back(before, by)
            raise

    async def _take_back(self, changes: Sequence[Change], by: int) -> None:
        for change in reversed(changes):
            await self._contributions.undo(change.id, by=by)

    async def _answered(
        self,
        card: Card,
        act: str,
        detail: str,
        by: int,
        *,
        changes: Sequence[Change] = (),
        topic: str | None = None,
        text: str | None = None,
    ) -> Done:
        """The card is done, and whoever waits will be told."""
        try:
            ids = await self._store.need_ids(card.id)
            undo = await self._undo_of([card.id], changes, ids)
            await self._store.set(card.id, "done")
            number = await self._note(act, card, detail, by, undo)
            return Done(number.act, await self._follow_ups.publish(ids, topic=topic, text=text) if ids else 0)
        except StorageError:
            await self._take_back(changes, by)  # half of a gesture would be a lie: the files say as before
            await self._reload()
            raise

    async def _closed(self, card: Card, act: str, by: int, state: State, *, changes: Sequence[Change]) -> Done:
        undo = await self._undo_of([card.id], changes)
        await self._store.set(card.id, state)
        return await self._note(act, card, "", by, undo)

    async def _undo_of(
        self, cards: Sequence[int], changes: Sequence[Change] = (), told: Sequence[int] = ()
    ) -> dict[str, Any]:
        """How to take back what is about to be done with some cards."""
        wordings = await self._store.wordings(cards)
        return {
            "cards": await self._store.snapshot(cards),
            "needs": {card: [need for one in wordings.get(card, []) for need in one.need_ids] for card in cards},
            "texts": {card: [one.text for one in wordings.get(card, [])] for card in cards} if len(cards) else {},
            "changes": [change.id for change in changes],
            "told": list(told),
        }

    async def _note(self, act: str, card: Card, detail: str, by: int, undo: dict[str, Any]) -> Done:
        until = moment(self._clock() + timedelta(minutes=UNDO_MINUTES))
        number = await self._history.add(self._now, self._names.of(by), act, card.id, detail, undo, until)
        return Done(number)

    async def _reload(self) -> None:
        """What was written is in use at once; a base that is refused keeps the old state, and staff are told."""
        await self._knowledge.reload()
