"""A message being redacted: detectors read it, claim spans, and never see what is already claimed."""

from bot.domain.privacy.kind import Kind
from bot.domain.privacy.view import BARRIER, View


class Draft:
    """The view of one message and the spans claimed in it so far."""

    def __init__(self, text: str) -> None:
        self._view = View.of(text)
        self._claims: list[tuple[int, int, Kind]] = []
        self.plain = self._view.plain
        self.low = self._view.low

    def claim(self, start: int, end: int, kind: Kind) -> bool:
        """Take a span of the view, without the spaces at its ends; refused where something is claimed."""
        while start < end and self.low[start].isspace():
            start += 1
        while end > start and self.low[end - 1].isspace():
            end -= 1
        if start >= end or BARRIER in self.low[start:end]:
            return False
        self._claims.append((start, end, kind))
        wall = BARRIER * (end - start)
        self.plain = self.plain[:start] + wall + self.plain[end:]
        self.low = self.low[:start] + wall + self.low[end:]
        return True

    def before(self, position: int, width: int) -> str:
        """The folded words that lead to `position`."""
        return self.low[max(0, position - width) : position]

    def written(self, start: int, end: int) -> str:
        """The span as the resident wrote it, accents included."""
        first, last = self._view.original(start, end)
        return self._view.text[first:last]

    def spans(self) -> list[tuple[int, int, Kind]]:
        """Claims as spans of the message, in order; neighbours of one kind are one."""
        merged: list[tuple[int, int, Kind]] = []
        for start, end, kind in sorted(self._claims):
            first, last = self._view.original(start, end)
            if merged:
                earlier, until, same = merged[-1]
                if first < until or (kind is same and not self._view.text[until:first].strip(" ,")):
                    merged[-1] = (earlier, max(until, last), same)
                    continue
            merged.append((first, last, kind))
        return merged
