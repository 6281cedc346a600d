"""The words of La Coop de la médiation numérique, and the themes that each topic counts for there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.domain.models import Topic

# La Coop shows its administrative themes only once this one is ticked.
PROCEDURES = "Aide aux démarches administratives"
DURATIONS = (15, 30, 45, 60, 90, 120)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be ticked: its code, La Coop's own words, and the label of our button."""

    code: str
    label: str
    button: str


@dataclass(frozen=True, slots=True)
class Coop:
    """What La Coop's form offers, and which of its themes our topics belong to."""

    digital: tuple[str, ...] = ()
    administrative: tuple[str, ...] = ()
    activities: tuple[Option, ...] = ()
    place_types: tuple[Option, ...] = ()
    equipment: tuple[Option, ...] = ()
    autonomy: tuple[Option, ...] = ()
    orientation: tuple[Option, ...] = ()
    by_theme: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by_topic: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def themes_of(self, topic: Topic) -> tuple[str, ...]:
        """The themes of one topic, in La Coop's order; those of its heading when nobody said which."""
        return self.ordered(self.by_topic.get(topic.id) or self.by_theme.get(topic.theme, ()))

    def ordered(self, labels: Iterable[str]) -> tuple[str, ...]:
        """Themes as the form lists them, each once, with the one that opens the administrative ones."""
        chosen = set(labels)
        if chosen & set(self.administrative):
            chosen.add(PROCEDURES)
        return tuple(label for label in (*self.digital, *self.administrative) if label in chosen)


def label_of(options: Iterable[Option], code: str) -> str:
    """La Coop's words for a code; nothing for none."""
    return next((option.label for option in options if option.code == code), "")


def usual_duration(minutes: int) -> int | None:
    """The duration of the form's list that is nearest; None when none is within a quarter of an hour."""
    nearest = min(DURATIONS, key=lambda one: (abs(one - minutes), one))
    return nearest if abs(nearest - minutes) <= 15 else None
