"""The committed figures of understanding, the known failures, and what may not get worse: see README.md beside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.cli.evaluate import topic_themes
from bot.domain.understanding import Understanding
from bot.knowledge_base.loader import load_knowledge
from bot.services.evaluation import HIGHER_IS_BETTER, Outcome, Report, Share, evaluate, read_labelled

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data"
SETS = {"questions": DATA / "questions.jsonl", "danger": DATA / "danger.jsonl"}
DEVELOPMENT = ROOT.parent / "shared" / "knowledge" / "dev-questions.jsonl"
FIGURES = DATA / "understanding-figures.json"
KNOWN = DATA / "known-failures.jsonl"

# A share over fewer messages moves too much with one of them to say anything.
FEWEST_MESSAGES = 30
# Lines of the known failures that no longer fail, before someone must run the update: one line in ten. Adding one
# phrase in twenty to the base mends up to nine messages of ninety (and breaks three to five others).
STALE_SHARE = 0.10

MOST_NAMED = 40  # messages under one figure

Figures = dict[str, dict[str, Share]]


@dataclass(frozen=True)
class Evaluated:
    """The project's own sets, and the development messages where they are at hand."""

    sets: dict[str, Report]
    development: Report | None
    themes: dict[str, str]


@dataclass(frozen=True)
class Failure:
    """A message that pulls measures down, and which."""

    set: str
    text: str
    topic: str | None
    bad: tuple[str, ...]

    def line(self) -> str:
        row = {"set": self.set, "q": self.text, "id": self.topic, "bad": list(self.bad)}
        return json.dumps(row, ensure_ascii=False)


@dataclass
class Committed:
    """What the two files say. `count` is the number of known failures at the last update."""

    figures: dict[str, Figures] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    count: int = 0


def evaluate_all() -> Evaluated:
    """Every message asked once, with the base that the project ships."""
    knowledge = load_knowledge(ROOT / "knowledge")
    understanding = Understanding(knowledge)
    sets = {name: evaluate(understanding, read_labelled(path)) for name, path in SETS.items()}
    development = evaluate(understanding, read_labelled(DEVELOPMENT)) if DEVELOPMENT.exists() else None
    return Evaluated(sets, development, topic_themes(knowledge))


def figures(report: Report) -> Figures:
    """Overall, by register and by kind, where there are messages enough."""
    found = {
        group: {name: share for name, share in measures.items() if share.total >= FEWEST_MESSAGES}
        for group, measures in report.groups()
    }
    return {group: measures for group, measures in found.items() if measures}


def failures(sets: dict[str, Report]) -> list[Failure]:
    """Every message with a bad measure, in the order of the sets."""
    return [
        Failure(name, outcome.message.text, outcome.message.topic, outcome.bad_measures)
        for name, report in sets.items()
        for outcome in report.outcomes
        if outcome.bad_measures
    ]


def read_committed() -> Committed:
    """Empty when nothing was ever committed."""
    if not FIGURES.exists():
        return Committed()
    written = json.loads(FIGURES.read_text(encoding="utf-8"))
    rows = [json.loads(line) for line in KNOWN.read_text(encoding="utf-8").split("\n") if line]
    return Committed(
        {
            name: {group: {m: Share(*pair) for m, pair in measures.items()} for group, measures in groups.items()}
            for name, groups in written["figures"].items()
        },
        [Failure(row["set"], row["q"], row["id"], tuple(row["bad"])) for row in rows],
        written["known failures"],
    )


def write_committed(sets: dict[str, Report]) -> None:
    """Both files, one figure and one message a line so that a change can be read."""
    found = failures(sets)
    parts = []
    for name, report in sets.items():
        groups = [
            f"      {json.dumps(group)}: {{\n" + _joined(_figure(*one) for one in measures.items()) + "\n      }"
            for group, measures in figures(report).items()
        ]
        parts.append(f"    {json.dumps(name)}: {{\n" + _joined(groups) + "\n    }")
    text = f'{{\n  "known failures": {len(found)},\n  "figures": {{\n' + _joined(parts) + "\n  }\n}\n"
    FIGURES.write_text(text, encoding="utf-8")
    KNOWN.write_text("".join(f"{failure.line()}\n" for failure in found), encoding="utf-8")


def worse(measure: str, before: Share, now: Share) -> bool:
    """Whether `now` is worse than `before` by more than half the width of the 95 % interval of `before`."""
    low, high = before.interval
    loss = before.value - now.value if measure in HIGHER_IS_BETTER else now.value - before.value
    return loss > (high - low) / 2


def regressions(committed: Committed, sets: dict[str, Report]) -> Iterator[str]:
    """Each figure that is worse than it may be, with the messages that turned bad in it."""
    known = {(failure.set, failure.text): failure.bad for failure in committed.failures}
    for name, groups in committed.figures.items():
        named: set[str] = set()
        now = dict(sets[name].groups())
        for group, measures in groups.items():
            for measure, before in measures.items():
                share = now.get(group, {}).get(measure)
                if share is None:
                    yield f"{name}, {group}, {measure}: no message left, run `python -m tests.understanding.update`"
                elif worse(measure, before, share):
                    turned = [
                        describe(outcome)
                        for outcome in sets[name].outcomes
                        if group in ("tous", outcome.message.register, outcome.message.kind)
                        and measure in outcome.bad_measures
                        and measure not in known.get((name, outcome.message.text), ())
                    ]
                    lines = [line for line in turned if line not in named][:MOST_NAMED]
                    more = [f"… and {len(turned) - len(lines)} more or named above"] if turned != lines else []
                    named.update(lines)
                    title = f"{name}, {group}, {measure}: {before.value:.3f} was committed, now {share.value:.3f}"
                    yield "\n    ".join([title, *lines, *more])


def stale(committed: Committed, sets: dict[str, Report]) -> list[Failure]:
    """Known failures that fail no more, or are asked no more."""
    failing = {(failure.set, failure.text) for failure in failures(sets)}
    return [failure for failure in committed.failures if (failure.set, failure.text) not in failing]


def new_failures(committed: Committed, sets: dict[str, Report]) -> list[str]:
    """Messages that fail and are not in the file."""
    known = {(failure.set, failure.text) for failure in committed.failures}
    return [
        describe(outcome)
        for name, report in sets.items()
        for outcome in report.outcomes
        if outcome.bad_measures and (name, outcome.message.text) not in known
    ]


def describe(outcome: Outcome) -> str:
    expected = outcome.message.topic or outcome.message.kind or "—"
    decided = " ".join((outcome.decision, ", ".join(outcome.shown))).strip()
    return f"{outcome.message.text}  ({expected} ← {decided}; {', '.join(outcome.bad_measures)})"


def _figure(name: str, share: Share) -> str:
    return f"        {json.dumps(name)}: [{share.hits}, {share.total}]"


def _joined(lines: Iterable[str]) -> str:
    return ",\n".join(lines)
