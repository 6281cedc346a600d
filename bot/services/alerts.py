"""What staff must hear of, said once for each trouble and once when it is over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

Send = Callable[[str], Awaitable[None]]


async def _nowhere(_text: str) -> None:
    """Without a staff chat, alerts stand in the log only."""


class Alerts:
    """Keeps which troubles are under way, so that a broken disk makes one message and not a thousand."""

    def __init__(self, send: Send = _nowhere) -> None:
        self.send = send
        self._under_way: set[str] = set()

    @property
    def under_way(self) -> frozenset[str]:
        """The names of the troubles that staff know of and that are not over."""
        return frozenset(self._under_way)

    async def trouble(self, name: str, text: str) -> bool:
        """Tell staff of a trouble unless they know of it; returns whether it was told."""
        if name in self._under_way:
            return False
        self._under_way.add(name)
        await self.send(text)
        return True

    async def over(self, name: str, text: str) -> bool:
        """Tell staff that a trouble they were told of is over."""
        if name not in self._under_way:
            return False
        self._under_way.discard(name)
        await self.send(text)
        return True
