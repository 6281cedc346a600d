"""What staff write step by step: kept in the database at each step, found again after a restart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.services.clock import Clock, paris_day
from bot.services.desk.staff_names import StaffNames
from bot.services.retention import DESK_DRAFTS, moment
from bot.storage.desk import DraftRow, DraftStore

ACTIVE_MINUTES = 30  # later, what a person writes is a question again


class DraftService:
    """Which draft a person is writing into stands in memory too: it is asked at every message."""

    def __init__(self, store: DraftStore, names: StaffNames, clock: Clock) -> None:
        self._store = store
        self._names = names
        self._clock = clock
        self._active: dict[str, DraftRow] = {}

    async def load(self) -> None:
        """Find again who was writing what before this start; raises StorageError."""
        self._active = {draft.who: draft for draft in await self._store.active()}

    def writing(self, person: int) -> DraftRow | None:
        """The draft that what a person writes now goes into."""
        who = self._names.of(person)
        found = self._active.get(who)
        if found is None or (found.active or "") <= moment(self._clock()):
            self._active.pop(who, None)
            return None
        return found

    async def start(self, person: int, card: int, kind: str, step: str, content: Mapping[str, Any]) -> DraftRow:
        """Begin a draft, or go on with the one that is there; raises StorageError."""
        who = self._names.of(person)
        found = await self._store.get(who, card, kind)
        expired = found is not None and found.expires < paris_day(self._clock)
        if found is None or expired:
            found = DraftRow(who, card, kind, step, paris_day(self._clock), dict(content))
        return await self._keep(found)

    async def found(self, person: int, card: int, kind: str) -> DraftRow | None:
        """A draft that was begun."""
        found = await self._store.get(self._names.of(person), card, kind)
        return found if found is not None and found.expires >= paris_day(self._clock) else None

    async def go_on(self, draft: DraftRow, step: str, content: Mapping[str, Any] | None = None) -> DraftRow:
        """Keep what was written and ask for the next thing."""
        return await self._keep(replace(draft, step=step, content=dict(draft.content if content is None else content)))

    async def put_aside(self, person: int) -> bool:
        """What this person writes is a question again; the draft stays. False when there was none."""
        who = self._names.of(person)
        await self._store.put_aside(who)
        return self._active.pop(who, None) is not None

    async def finish(self, draft: DraftRow) -> None:
        """It was published or given up."""
        await self._store.delete(draft.who, draft.card, draft.kind)
        if (now := self._active.get(draft.who)) is not None and (now.card, now.kind) == (draft.card, draft.kind):
            del self._active[draft.who]

    async def _keep(self, draft: DraftRow) -> DraftRow:
        active = moment(self._clock() + timedelta(minutes=ACTIVE_MINUTES))
        draft = replace(draft, active=active, expires=DESK_DRAFTS.last_day(paris_day(self._clock)))
        await self._store.put(draft)
        self._active[draft.who] = draft
        return draft
