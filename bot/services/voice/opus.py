"""What must be true of a sound before it is sent: Opus in Ogg, and how long it lasts."""

from __future__ import annotations

import struct

_PAGE, _HEAD = b"OggS", b"OpusHead"
_SAMPLES_A_SECOND = 48_000  # of every Opus stream (RFC 7845)


def seconds_of(content: bytes) -> int | None:
    """How long an Opus sound lasts, rounded up; None when it is none."""
    if not content.startswith(_PAGE) or _HEAD not in content[:200]:
        return None
    last = content.rfind(_PAGE)
    if len(content) < last + 14:
        return None
    (samples,) = struct.unpack_from("<q", content, last + 6)
    return max(1, -(-samples // _SAMPLES_A_SECOND)) if samples > 0 else None
