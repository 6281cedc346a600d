"""Questions from the screen that the bot must answer soon: buttons pressed and inline searches."""

import itertools
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.errors import bad_request
from bot.sandbox.wire import Json

LIFETIME = 600.0  # seconds; Telegram's own is not published and shorter for inline searches
_MOST_OPEN = 1000


@dataclass(slots=True, eq=False)
class Query:
    """One question, and the answer once it came."""

    id: str
    user_id: int
    room_id: int
    asked_at: float
    answer: Json | None = None


@dataclass(slots=True)
class Queries:
    """The questions still open."""

    lifetime: float = LIFETIME
    clock: Callable[[], float] = time.monotonic
    _open: "OrderedDict[str, Query]" = field(default_factory=OrderedDict)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(4_000_000_001))

    def ask(self, user_id: int, room_id: int) -> Query:
        """Opens a question."""
        query = Query(str(next(self._numbers)), user_id, room_id, self.clock())
        self._open[query.id] = query
        if len(self._open) > _MOST_OPEN:
            self._open.popitem(last=False)
        return query

    def answer(self, query_id: str, answer: Json) -> Query:
        """Records an answer; raises ApiError where it comes too late."""
        query = self._open.get(query_id)
        if query is None or self.clock() - query.asked_at > self.lifetime:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        query.answer = answer
        return query

    def find(self, query_id: str) -> Query | None:
        """A question by its number, if it is still kept."""
        return self._open.get(query_id)

    def forget(self, user_id: int) -> None:
        """Drops the questions of one person."""
        for number in [number for number, query in self._open.items() if query.user_id == user_id]:
            del self._open[number]

    def expire(self) -> None:
        """Makes every open question too old, as after a long absence of the bot."""
        self._open.clear()
