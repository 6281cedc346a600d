"""How fast one person may act: a thumb never notices, a stuck key or a program is slowed down."""

from dataclasses import dataclass

_AT_ONCE = 10.0
_EACH_SECOND = 0.5


@dataclass(slots=True)
class Pace:
    """Ten actions at once, then one every two seconds."""

    now: float
    _left: float = _AT_ONCE

    def allows(self, now: float) -> bool:
        """Whether one more action is fine now; counts it when it is."""
        self._left = min(_AT_ONCE, self._left + (now - self.now) * _EACH_SECOND)
        self.now = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
