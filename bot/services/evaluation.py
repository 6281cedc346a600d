"""The measures of understanding on labelled messages, with 95 % intervals (Wilson, 1927)."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.decision import Answer, Choices
from bot.domain.understanding import Talk, Understanding, Understood
from bot.errors import AccesDroitsError

_Z = 1.959964  # 95 %


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
        return ((middle - half) / (1 + _Z * _Z / n), (middle + half) / (1 + _Z * _Z / n))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one message came to: the measures that hold for it, and what was decided."""

    message: Labelled
    decision: str
    shown: tuple[str, ...]
    measures: dict[str, bool]

    @property
    def failed(self) -> bool:
        """Whether a resident would have been served badly."""
        bad = ("wrong", "missed", "offered", "false alarm")
        return any(self.measures.get(name, False) for name in bad) or self.measures.get("recall") is False


@dataclass(slots=True)
class Report:
    """Measures over all messages and by register (or kind), and the outcomes behind them."""

    outcomes: list[Outcome] = field(default_factory=list)

    def groups(self) -> Iterator[tuple[str, dict[str, Share]]]:
        """("tous", …), then each register, then each kind of message that no topic covers."""
        yield "tous", self.measures(lambda _outcome: True)
        for name in sorted({o.message.register for o in self.outcomes if o.message.register}):
            yield name, self.measures(lambda outcome, name=name: outcome.message.register == name)  # type: ignore[misc]
        for name in sorted({o.message.kind for o in self.outcomes if o.message.kind}):
            yield name, self.measures(lambda outcome, name=name: outcome.message.kind == name)  # type: ignore[misc]

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


def read_labelled(path: Path) -> list[Labelled]:
    """The messages of a JSON Lines file; raises LabelledFileError with the line that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LabelledFileError(f"le fichier {path} ne peut pas être lu") from error
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            found.append(
                Labelled(
                    row["q"], row["id"], row.get("register", ""), tuple(row.get("also", ())),
                    row.get("urgent"), row.get("kind"),
                )
            )  # fmt: skip
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise LabelledFileError(f"{path}:{number}: ce n'est pas un message étiqueté ({error})") from None
    return found


def evaluate(understanding: Understanding, messages: Iterable[Labelled]) -> Report:
    """Ask every message and measure what came of it."""
    report = Report()
    for message in messages:
        report.outcomes.append(judge(message, understanding.read(message.text)))
    return report


def judge(message: Labelled, understood: Understood) -> Outcome:
    """The measures of one message: see the interface's definitions."""
    outcome = understood.outcome
    shown: tuple[str, ...] = ()
    if isinstance(outcome, Answer):
        decision, shown = "answer", (outcome.topic,)
    elif isinstance(outcome, Choices):
        decision, shown = "choices", outcome.topics
    elif isinstance(outcome, Talk):
        decision, shown = "smalltalk", (outcome.id,)
    else:
        decision = "unknown"
    if message.urgent is not None:
        measures = {"recall" if message.urgent else "false alarm": understood.danger is not None}
        if message.urgent and understood.danger is not None:
            measures["right kind"] = understood.danger.kind in message.right
        return Outcome(message, "danger" if understood.danger else decision, shown, measures)
    if not message.topic:
        caught = decision in ("unknown", "smalltalk")
        measures = {"caught": caught, "offered": decision == "choices", "wrong answer": decision == "answer"}
        return Outcome(message, decision, shown, measures)
    if understood.danger is not None:  # its numbers come first: a resident whose need they are is served
        shown = (understood.danger.kind, *shown)
    right = bool(message.right & set(shown))
    measures = {
        "served": right,
        "wrong": decision == "answer" and not right,
        "missed": not right and decision != "answer",
    }
    if not isinstance(outcome, Talk):
        best = [scored.topic for scored in understood.ranking]
        measures["top-1"] = bool(best) and best[0] in message.right
        measures["top-3"] = bool(message.right & set(best[:3]))
    return Outcome(message, decision, shown, measures)
