"""A mediator's session with somebody: what kind, where, how long, and what came up. Never who."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, get_args

Kind = Literal["individual", "workshop", "remote"]
What = Literal["question", "kept", "need", "handout"]
# What the mediator may set by a tap; each holds codes of La Coop, `duration` minutes.
Field = Literal["place_type", "equipment", "autonomy", "orientation", "duration"]

KINDS: tuple[Kind, ...] = get_args(Kind)
FIELDS: tuple[Field, ...] = get_args(Field)
ACTIVITY: dict[Kind, str] = {"individual": "individuel", "workshop": "collectif", "remote": "individuel"}
REMOTE, LISTED, OTHER = "a_distance", "lieu_activite", "autre"
NO_EQUIPMENT = "aucun"
FORGOTTEN_AFTER = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that came up: a question, a topic that was kept, a need, or a sheet that was handed out."""

    what: What
    topic: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """One session, open or ended; moments are UTC."""

    id: int
    kind: Kind
    started: datetime
    last: datetime
    ended: datetime | None = None
    by_itself: bool = False
    given_minutes: int | None = None
    place_type: str = ""
    place: str = ""
    equipment: tuple[str, ...] = ()
    autonomy: str = ""
    orientation: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.ended is None

    @property
    def minutes(self) -> int:
        """How long it lasted: what the mediator said, else from the first to the last moment."""
        if self.given_minutes is not None:
            return self.given_minutes
        return max(1, round(((self.ended or self.last) - self.started).total_seconds() / 60))

    def noted(self, what: What) -> tuple[Note, ...]:
        """What came up of one sort, in order."""
        return tuple(note for note in self.notes if note.what == what)

    @property
    def kept(self) -> tuple[str, ...]:
        """The topics that the mediator kept."""
        return tuple(note.topic for note in self.noted("kept"))

    @property
    def topics(self) -> tuple[str, ...]:
        """What the session was about: the topics kept, else those that were answered."""
        seen = self.kept or tuple(note.topic for note in self.noted("question") if note.topic)
        return tuple(dict.fromkeys(seen))

    def with_equipment(self, code: str) -> Session:
        """One more or one less; "none" and the others exclude each other."""
        if code in self.equipment:
            return replace(self, equipment=tuple(one for one in self.equipment if one != code))
        if code == NO_EQUIPMENT:
            return replace(self, equipment=(code,))
        return replace(self, equipment=(*(one for one in self.equipment if one != NO_EQUIPMENT), code))
