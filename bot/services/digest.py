"""The weekly digest: on Monday at nine in Périgueux, or as soon as the assistant runs again that week."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.domain.periods import Period, Span, period_of
from bot.services.clock import PARIS, Clock
from bot.storage.digests import DigestStore

NINE = time(9, tzinfo=PARIS)
MONDAY = 1  # as python-telegram-bot counts days


class DigestService:
    """Says which week is to be told of now. Every method raises StorageError."""

    def __init__(self, store: DigestStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def take(self) -> Period | None:
        """The week to tell of, once: whoever takes it sends it, then says `sent` or `not_sent`."""
        now = self._clock().astimezone(PARIS)
        monday = now.date() - timedelta(days=now.weekday())
        first = not await self._store.any()
        if not first and now < datetime.combine(monday, NINE):
            return None
        if not await self._store.claim(monday) or first:  # nothing to tell of before the first Monday
            return None
        return period_of(Span.WEEK, monday).before if await self._store.wanted() else None

    async def sent(self, told: Period) -> None:
        await self._store.sent(told.after.start)

    async def not_sent(self, told: Period) -> None:
        """Telegram surely did not take it: it is tried again, this week."""
        await self._store.release(told.after.start)

    async def wanted(self) -> bool:
        """Whether staff want the digest."""
        return await self._store.wanted()

    async def want(self, wanted: bool) -> None:
        await self._store.want(wanted)
