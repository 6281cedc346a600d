"""The measures of understanding on labelled messages, with 95 % intervals (Wilson, 1927).

The definitions, for a message that says which topic is right (`also` names others that are right too):

- **top-1**, **top-3**: a right topic is first, or among the first three, of the ranking. Small talk has no ranking:
  its id stands alone in it, so that every measure is taken over the same messages.
- **served**: a right topic was answered, or stood among the choices offered. A message of danger whose numbers are
  those of a right topic is served too: the resident reads first what they need. Small talk ids (`merci`,
  `salutation` …) are topics like others: served when that very small talk was recognised.
- **wrong**: a topic was answered and nothing that was shown is right. **missed**: the rest.

For a message that no topic covers: **caught** when it is unknown, or small talk; **offered** when choices were;
**wrong answer** when a topic was answered. Danger's numbers shown to it are none of the three.

For a message about danger or its look-alikes (`urgent` is given) only danger is measured: **recall** over those that
are urgent, **false alarm** over those that are not, and **right kind**, over danger recognised, of its numbers.

The **score** shown for the first topic says how likely it is right: the reliability table compares the two, over
messages whose ranking decided (neither small talk nor danger), those without a topic included.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.domain.decision import Answer, Choices
from bot.domain.understanding import Talk, Understanding, Understood
from bot.errors import AccesDroitsError

HIGHER_IS_BETTER = frozenset({"top-1", "top-3", "served", "caught", "recall", "right kind"})
_Z = 1.959964  # 95 %
_BINS = 10


class LabelledFileError(AccesDroitsError):
    """A file of labelled messages cannot be read."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One message with its right answer; `topic` None: no topic covers it. `urgent` None: not about danger."""

    text: str
    topic: str | None
    register: str = ""
    also: tuple[str, ...] = ()
    urgent: bool | None = None
    kind: str | None = None

    @property
    def right(self) -> frozenset[str]:
        return frozenset((self.topic, *self.also)) if self.topic else frozenset()


@dataclass(frozen=True, slots=True)
class Share:
    """A proportion and its interval."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval at 95 %."""
        if not self.total:
            return (0.0, 1.0)
        p, n = self.value, self.total
        middle = p + _Z * _Z / (2 * n)
        half = _Z * math.sqrt(p * (1 - p) / n + _Z * _Z / (4 * n * n))
        low, high = ((middle - half) / (1 + _Z * _Z / n), (middle + half) / (1 + _Z * _Z / n))
        return (max(0.0, low), min(1.0, high))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one message came to: the measures that hold for it, and what was decided.

    `score` is that of the first topic, None when no ranking decided; `first_right` whether that topic is right.
    """

    message: Labelled
    decision: str
    shown: tuple[str, ...]
    measures: dict[str, bool]
    score: float | None = None
    first_right: bool = False

    @property
    def failed(self) -> bool:
        """Whether a resident would have been served badly."""
        good = ("served", "caught", "recall")
        return self.measures.get("false alarm", False) or any(self.measures.get(name) is False for name in good)

    @property
    def bad_measures(self) -> tuple[str, ...]:
        """The measures that this message pulls down, served badly or not."""
        return tuple(name for name, holds in self.measures.items() if holds != (name in HIGHER_IS_BETTER))


@dataclass(frozen=True, slots=True)
class Bin:
    """The messages whose score is from `low` to `high`: the mean score said, and how many were right."""

    low: float
    high: float
    said: float
    was: Share


@dataclass(slots=True)
class Report:
    """Measures over all messages and by register (or kind), and the outcomes behind them."""

    outcomes: list[Outcome] = field(default_factory=list)

    def groups(self) -> Iterator[tuple[str, dict[str, Share]]]:
        """("tous", …), then each register, then each kind of message that no topic covers."""
        yield "tous", self.measures(lambda _outcome: True)
        yield from self.registers()
        yield from self.kinds()

    def registers(self) -> Iterator[tuple[str, dict[str, Share]]]:
        """How people write: `sms`, `phonetique` …"""
        return self._by(lambda outcome: outcome.message.register)

    def kinds(self) -> Iterator[tuple[str, dict[str, Share]]]:
        """Why no topic covers a message: `voisin`, `hors-sujet`, `bruit`."""
        return self._by(lambda outcome: outcome.message.kind)

    def themes(self, themes: Mapping[str, str]) -> Iterator[tuple[str, dict[str, Share]]]:
        """By the theme of the right topic; `themes` gives that of each topic id."""
        return self._by(lambda outcome: themes.get(outcome.message.topic or ""))

    def measures(self, chosen: Callable[[Outcome], bool]) -> dict[str, Share]:
        """Each measure over the outcomes it is defined for."""
        hits: dict[str, int] = defaultdict(int)
        totals: dict[str, int] = defaultdict(int)
        for outcome in self.outcomes:
            if chosen(outcome):
                for name, holds in outcome.measures.items():
                    hits[name] += holds
                    totals[name] += 1
        return {name: Share(hits[name], totals[name]) for name in totals}

    def confusions(self) -> list[tuple[str, str, int]]:
        """What was expected ("—": nothing), what was answered or which numbers were shown instead, how often."""
        pairs = Counter(
            (outcome.message.topic or "—", outcome.shown[0])
            for outcome in self.outcomes
            if outcome.decision in ("answer", "danger")
            and not outcome.message.right & set(outcome.shown)
            and (outcome.message.urgent is not False or outcome.decision == "danger")
        )
        return [(expected, shown, count) for (expected, shown), count in pairs.most_common()]

    def reliability(self) -> list[Bin]:
        """The scores in ten equal bins, empty ones left out."""
        bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
        for outcome in self.outcomes:
            if outcome.score is not None:
                bins[min(int(outcome.score * _BINS), _BINS - 1)].append((outcome.score, outcome.first_right))
        return [
            Bin(
                number / _BINS,
                (number + 1) / _BINS,
                sum(score for score, _ in held) / len(held),
                Share(sum(right for _, right in held), len(held)),
            )
            for number, held in sorted(bins.items())
        ]

    @property
    def calibration_error(self) -> float | None:
        """Expected calibration error (Naeini, Cooper and Hauskrecht, 2015); None when nothing was scored."""
        bins = self.reliability()
        total = sum(one.was.total for one in bins)
        return sum(abs(one.said - one.was.value) * one.was.total for one in bins) / total if total else None

    def _by(self, name_of: Callable[[Outcome], str | None]) -> Iterator[tuple[str, dict[str, Share]]]:
        parts: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in self.outcomes:
            parts[name_of(outcome) or ""].append(outcome)
        for name in sorted(parts.keys() - {""}):
            yield name, Report(parts[name]).measures(lambda _outcome: True)


def read_labelled(path: Path) -> list[Labelled]:
    """The messages of a JSON Lines file; raises LabelledFileError with the line that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # not splitlines: U+2028 may stand in a message
    except FileNotFoundError:
        raise LabelledFileError(f"le fichier {path} n'existe pas") from None
    except UnicodeDecodeError:
        raise LabelledFileError(f"le fichier {path} n'est pas du texte en UTF-8") from None
    except (OSError, ValueError):
        raise LabelledFileError(f"le fichier {path} ne peut pas être lu") from None
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(_labelled(json.loads(line)))
        except json.JSONDecodeError as error:
            raise LabelledFileError(f"{path}:{number}: ce n'est pas du JSON (colonne {error.colno})") from None
        except (ValueError, RecursionError) as error:
            raise LabelledFileError(f"{path}:{number}: ce n'est pas un message étiqueté ({error})") from None
    return found


def _labelled(row: Any) -> Labelled:
    """Raises ValueError with what is wrong, in French."""
    if not isinstance(row, dict):
        raise ValueError("il faut un objet { … }")
    if missing := [name for name in ("q", "id") if name not in row]:
        raise ValueError(f"il manque « {missing[0]} »")
    text, topic, urgent, kind = row["q"], row["id"], row.get("urgent"), row.get("kind")
    given = {name: value for name, value in row.items() if value is not None}
    register, also = given.get("register", ""), given.get("also", [])
    if not isinstance(text, str):
        raise ValueError("« q » doit être un texte")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("« q » contient un demi-caractère Unicode")
    if not (topic is None or (isinstance(topic, str) and topic)):
        raise ValueError("« id » doit être un identifiant ou null")
    if not isinstance(register, str) or not (kind is None or isinstance(kind, str)):
        raise ValueError("« register » et « kind » doivent être des textes")
    if not isinstance(also, list) or not all(isinstance(one, str) for one in also):
        raise ValueError("« also » doit être une liste d'identifiants")
    if not (urgent is None or isinstance(urgent, bool)):
        raise ValueError("« urgent » doit être true ou false")
    return Labelled(text, topic, register, tuple(also), urgent, kind)


def evaluate(understanding: Understanding, messages: Iterable[Labelled]) -> Report:
    """Ask every message and measure what came of it."""
    return Report([judge(message, understanding.read(message.text)) for message in messages])


def judge(message: Labelled, understood: Understood) -> Outcome:
    """The measures of one message, as defined above."""
    outcome, danger = understood.outcome, understood.danger
    decision, shown = decided(understood)
    if message.urgent is not None:
        measures = {"recall" if message.urgent else "false alarm": danger is not None}
        if message.urgent and danger is not None:
            measures["right kind"] = danger.kind in message.right
        return Outcome(message, decision, shown, measures)
    ranked = [outcome.id] if isinstance(outcome, Talk) else [scored.topic for scored in outcome.ranking]
    first_right = ranked[:1] != [] and ranked[0] in message.right
    score = None
    if danger is None and not isinstance(outcome, Talk):
        score = outcome.ranking[0].score if outcome.ranking else 0.0
    if not message.topic:
        measures = {
            "caught": decision in ("unknown", "smalltalk"),
            "offered": decision == "choices",
            "wrong answer": isinstance(outcome, Answer),
        }
        return Outcome(message, decision, shown, measures, score)
    right = bool(message.right & set(shown))
    wrong = isinstance(outcome, Answer) and not right
    measures = {
        "top-1": first_right,
        "top-3": bool(message.right & set(ranked[:3])),
        "served": right,
        "wrong": wrong,
        "missed": not right and not wrong,
    }
    return Outcome(message, decision, shown, measures, score, first_right)


def is_right(message: Labelled, decision: str, shown: Sequence[str]) -> bool:
    """Whether a resident is well served by what was decided."""
    if message.urgent is not None:
        return (decision == "danger") == message.urgent
    return bool(message.right & set(shown)) if message.topic else decision in ("unknown", "smalltalk")


def decided(understood: Understood) -> tuple[str, tuple[str, ...]]:
    """The decision as `ask --json` names it, and the ids that the resident sees, danger first."""
    outcome = understood.outcome
    decision = "unknown"
    shown: tuple[str, ...] = ()
    if isinstance(outcome, Answer):
        decision, shown = "answer", (outcome.topic,)
    elif isinstance(outcome, Choices):
        decision, shown = "choices", outcome.topics
    elif isinstance(outcome, Talk):
        decision, shown = "smalltalk", (outcome.id,)
    if understood.danger is not None:
        decision, shown = "danger", (understood.danger.kind, *shown)
    return decision, shown
