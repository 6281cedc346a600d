"""What the danger rules are made of, as values that a reader of YAML or the code itself may build."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.danger.points import DangerPoints


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """A number that saves, as it is dialled; `sms` when one writes to it instead of calling."""

    number: str
    label: str
    sms: bool = False


@dataclass(frozen=True, slots=True)
class Combination:
    """Families of words that mean danger only together: each group needs one of its families, close by."""

    groups: tuple[tuple[str, ...], ...]
    ordered: bool = False
    distance: int = 12
    unless: tuple[str, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class DangerKind:
    """One kind of danger: what to say, whom to call, and how people tell it.

    `phrases` speak for themselves; `keywords` too, unless the message only asks for information about the subject;
    `doubtful` ones make the assistant ask; `signs` are families that mean something only when several meet.
    """

    id: str
    message: str
    numbers: tuple[EmergencyNumber, ...]
    phrases: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    combinations: tuple[Combination, ...] = ()
    signs: tuple[tuple[str, ...], ...] = ()
    look_alikes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DangerRules:
    """Everything the detector knows. The order of `kinds` decides between equals."""

    kinds: tuple[DangerKind, ...]
    families: tuple[tuple[str, tuple[str, ...]], ...] = ()
    curiosity: tuple[str, ...] = ()
    ordinary: tuple[str, ...] = ()
    look_alikes: tuple[str, ...] = ()
    signs_needed: int = 3
    points: DangerPoints | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Danger:
    """What a message tells of. `certain` is false when the wording is doubtful: the bot then asks, numbers in sight."""

    kind: str
    certain: bool
    message: str
    numbers: tuple[EmergencyNumber, ...]
    words: tuple[str, ...]
