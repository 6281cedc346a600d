"""The queue of updates for the bot: kept until confirmed, delivered again until then."""

import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.sandbox.news import News
from bot.sandbox.wire import Json

MOST_AT_ONCE = 100
_MOST_WAITING = 10_000
# Telegram sends these only where they are asked for by name.
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True, eq=False)
class Pending:
    """An update on its way; an `extra` one ignores confirmation until it has been sent once."""

    update: Json
    extra: bool = False
    sent: bool = False

    @property
    def number(self) -> int:
        """The update_id."""
        return int(self.update["update_id"])


@dataclass(slots=True)
class Updates:
    """What waits for the bot, in the order of delivery."""

    news: News
    allowed: frozenset[str] = frozenset()
    # Numbers go on from one run to the next, as Telegram's do: a database that outlives the sandbox sees none twice.
    last: int = field(default_factory=lambda: int(time.time()) - 1_000_000_000)
    pending: "deque[Pending]" = field(default_factory=lambda: deque(maxlen=_MOST_WAITING))
    _held: list[Json] | None = None

    def add(self, kind: str, content: Json) -> Json:
        """Queues an update, unless the bot asked not to get its kind; returns it either way."""
        self.last += 1
        update: Json = {"update_id": self.last, kind: content}
        if self._wanted(kind):
            if self._held is None:
                self._queue(update)
            else:
                self._held.append(update)
        return update

    def repeat(self, update: Json) -> None:
        """Queues an update once more under its old number, whether or not the bot has confirmed it."""
        self._queue(update, extra=True)

    @contextmanager
    def held(self) -> "Iterator[list[Json]]":
        """Holds updates back; the list, reordered at will, is delivered at the end."""
        held: list[Json] = []
        self._held = held
        try:
            yield held
        finally:
            self._held = None
            for update in held:
                self._queue(update, extra=True)

    def confirm(self, offset: int) -> None:
        """Drops what an offset confirms; a negative one keeps only so many of the last."""
        if offset < 0:
            kept = list(self.pending)[offset:]
        else:
            kept = [p for p in self.pending if not self._confirmed(p, offset)]
        if len(kept) != len(self.pending):
            self.pending.clear()
            self.pending.extend(kept)
            self.news.wake()

    def batch(self, limit: int) -> list[Pending]:
        """The next updates; the caller marks them as sent once they have left."""
        return [self.pending[i] for i in range(min(limit, len(self.pending)))]

    def drop(self, pending: Iterable[Pending]) -> None:
        """Drops what has arrived through a webhook."""
        for one in pending:
            if one in self.pending:
                self.pending.remove(one)
        self.news.wake()

    def forget(self, person_id: int) -> None:
        """Drops what one person did and the bot has not confirmed."""
        self.drop([one for one in self.pending if _person_of(one.update) == person_id])

    def clear(self) -> None:
        """Drops everything."""
        self.pending.clear()
        self.news.wake()

    @staticmethod
    def _confirmed(pending: Pending, offset: int) -> bool:
        return pending.sent if pending.extra else pending.number < offset

    def _queue(self, update: Json, *, extra: bool = False) -> None:
        self.pending.append(Pending(update, extra))
        self.news.publish("update", update_id=update["update_id"])

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in _ON_REQUEST


def _person_of(update: Json) -> object:
    return next((content.get("from", {}).get("id") for content in update.values() if isinstance(content, dict)), None)
