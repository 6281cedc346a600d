"""What stands behind the buttons of a relay: what to do, the topic, and what is ticked. Nothing of it is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.models import Topic
from bot.domain.relays import Relay, bits, numbers, version
from handlers.button_fields import NAMED, digest, named, pack, unpack

PREFIX = "rl"
PATTERN = re.compile(rf"^{PREFIX}:")
_BITS = r"[0-9a-f]{1,6}"


class RelayAction(StrEnum):
    """What a button of a relay does."""

    BEGIN = "b"
    TICK = "t"
    CODE = "c"


@dataclass(frozen=True, slots=True)
class RelayPressed:
    """A button: its action, and the relay as it would be after it."""

    action: RelayAction
    topic: Topic
    relay: Relay


def encode(action: RelayAction, relay: Relay) -> str:
    """The data of a button, 1 to 64 bytes."""
    return pack(PREFIX, action.value, digest(relay.topic), f"{bits(relay.done):x}", f"{bits(relay.missing):x}")


def decode(data: str | None, topics: Mapping[str, Topic]) -> RelayPressed | None:
    """What was pressed; None when the data is not ours or its topic is gone. Numbers that the topic lacks are none."""
    fields = unpack(data, PREFIX, "|".join(RelayAction), NAMED, _BITS, _BITS)
    topic = topics.get(named(fields[1], topics) or "") if fields else None
    if fields is None or topic is None:
        return None
    done = numbers(int(fields[2], 16)) & frozenset(range(len(topic.steps)))
    missing = numbers(int(fields[3], 16)) & frozenset(range(len(topic.documents)))
    return RelayPressed(RelayAction(fields[0]), topic, Relay(topic.id, version(topic), done, missing))
