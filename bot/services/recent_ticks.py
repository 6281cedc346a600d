"""The last state of each list of papers, so that two quick taps both count.

The state stands in the buttons; but the second of two taps comes from buttons that do not show the first one yet.
In memory only, and few: after a restart the buttons alone say how far somebody was.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

_MOST_LISTS = 2_000


class ListPlace(NamedTuple):
    """One list of papers: the message it stands in, and which list it is."""

    chat: int
    message: int
    papers: str


class RecentTicks:
    """Ticks by message, the oldest forgotten first."""

    def __init__(self) -> None:
        self._ticks: OrderedDict[ListPlace, int] = OrderedDict()

    def remember(self, place: ListPlace, ticks: int) -> None:
        self._ticks[place] = ticks
        self._ticks.move_to_end(place)
        while len(self._ticks) > _MOST_LISTS:
            self._ticks.popitem(last=False)

    def last(self, place: ListPlace, shown: int) -> int:
        """The ticks of a list; those that its buttons show when nothing is remembered."""
        return self._ticks.get(place, shown)
