"""The calls that the bot made, for tests to look at."""

import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

_KEPT = 5000


@dataclass(slots=True)
class Call:
    """One call: when it came on the monotonic clock, and the status it got (0 while it runs)."""

    method: str
    parameters: Mapping[str, str]
    uploads: tuple[str, ...]
    at: float = field(default_factory=time.monotonic)
    status: int = 0
    description: str = ""


@dataclass(slots=True)
class Journal:
    """The last calls, oldest first; polling is counted but not kept."""

    calls: "deque[Call]" = field(default_factory=lambda: deque(maxlen=_KEPT))
    polls: int = 0

    def add(self, call: Call) -> None:
        """Records a call."""
        if call.method == "getUpdates":
            self.polls += 1
        else:
            self.calls.append(call)

    def of(self, *methods: str) -> list[Call]:
        """The calls of some methods, oldest first."""
        return [call for call in self.calls if call.method in methods]

    def keep_nothing(self) -> None:
        """From now on calls are not kept: they hold what was said."""
        self.calls = deque(maxlen=0)

    def clear(self) -> None:
        """Forgets everything."""
        self.calls.clear()
        self.polls = 0
