"""The subject of each conversation's last answer, so that "et quels papiers ?" can be understood.

In memory only, for half an hour: nothing of it is ever stored.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

KEPT_SECONDS = 30 * 60
_MOST_CHATS = 10_000


class RecentTopics:
    """One topic for each chat, forgotten after half an hour."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._topics: OrderedDict[int, tuple[str, float]] = OrderedDict()

    def remember(self, chat_id: int, topic: str) -> None:
        self._topics[chat_id] = (topic, self._clock())
        self._topics.move_to_end(chat_id)
        while len(self._topics) > _MOST_CHATS:
            self._topics.popitem(last=False)

    def last(self, chat_id: int) -> str | None:
        """The topic of the last answer in this chat, if it is fresh."""
        found = self._topics.get(chat_id)
        if found is None:
            return None
        topic, since = found
        if self._clock() - since > KEPT_SECONDS:
            del self._topics[chat_id]
            return None
        return topic

    def forget(self, chat_id: int) -> None:
        self._topics.pop(chat_id, None)


class RecentCommunes(RecentTopics):
    """The commune (its INSEE code) that each conversation chose last in /lieux, for half an hour too."""
