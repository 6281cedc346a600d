"""Which voice was sent for which message, in memory only: whoever has to leave quickly leaves no voice behind."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

_MOST = 2000


@dataclass(slots=True)
class _Voices:
    sent: list[int] = field(default_factory=list)
    left: bool = False


class RecentVoices:
    """By chat and message: the voices that read it."""

    def __init__(self) -> None:
        self._voices: OrderedDict[tuple[int, int], _Voices] = OrderedDict()

    def sent(self, chat_id: int, message_id: int, voice_id: int) -> None:
        """Note a voice that reads a message."""
        self._of(chat_id, message_id).sent.append(voice_id)

    def left(self, chat_id: int, message_id: int) -> bool:
        """Whether the person has left this message in the meantime."""
        voices = self._voices.get((chat_id, message_id))
        return voices is not None and voices.left

    def leave(self, chat_id: int, message_id: int) -> list[int]:
        """The voices to take back; no other is sent for this message."""
        voices = self._of(chat_id, message_id)
        voices.left = True
        sent, voices.sent = voices.sent, []
        return sent

    def _of(self, chat_id: int, message_id: int) -> _Voices:
        voices = self._voices.setdefault((chat_id, message_id), _Voices())
        self._voices.move_to_end((chat_id, message_id))
        while len(self._voices) > _MOST:
            self._voices.popitem(last=False)
        return voices
