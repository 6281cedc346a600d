"""`acces-droits evaluate`: the measures of understanding on labelled messages."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.domain.understanding import Understanding
from bot.knowledge_base.loader import load_knowledge
from bot.services.evaluation import Outcome, Report, Share, judge, read_labelled
from bot.settings import read_settings

_COLUMNS = ("top-1", "top-3", "served", "wrong", "missed", "caught", "offered", "wrong answer", "recall", "false alarm")
_PAIRS = 15


def run(options: argparse.Namespace) -> int:
    messages = [message for name in options.files for message in read_labelled(Path(name))]
    understanding = Understanding(load_knowledge(read_settings().knowledge))
    report = Report()
    progress = Console(stderr=True)
    for message in track(messages, "Messages", console=progress, disable=not sys.stderr.isatty()):
        report.outcomes.append(judge(message, understanding.read(message.text)))
    if options.json:
        print(json.dumps(_as_json(report, failures=options.failures), ensure_ascii=False, indent=2))
        return 0
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(_table(report))
    console.print(_confusions(report))
    if options.failures:
        for outcome in filter(lambda one: one.failed, report.outcomes):
            print(_failure(outcome))
    return 0


def _table(report: Report) -> Table:
    table = Table(title="Compréhension (intervalle à 95 %)")
    table.add_column("groupe")
    groups = list(report.groups())
    columns = [name for name in _COLUMNS if name in groups[0][1]]
    for name in columns:
        table.add_column(name, justify="right")
    for group, measures in groups:
        table.add_row(group, *(_cell(measures.get(name)) for name in columns))
    return table


def _cell(share: Share | None) -> str:
    if share is None or not share.total:
        return ""
    low, high = share.interval
    return f"{share.value:.3f} [{low:.2f}–{high:.2f}]"


def _confusions(report: Report) -> Table:
    pairs = Counter(
        (outcome.message.topic or "—", outcome.shown[0])
        for outcome in report.outcomes
        if outcome.measures.get("wrong") or outcome.measures.get("wrong answer")
    )
    table = Table(title="Confusions")
    for column in ("attendu", "répondu", "fois"):
        table.add_column(column)
    for (expected, shown), count in pairs.most_common(_PAIRS):
        table.add_row(expected, shown, str(count))
    return table


def _failure(outcome: Outcome) -> str:
    expected = outcome.message.topic or outcome.message.kind or "—"
    shown = f" {', '.join(outcome.shown)}" if outcome.shown else ""
    return f"{expected} ← {outcome.decision}{shown} : {outcome.message.text}"


def _as_json(report: Report, *, failures: bool) -> dict[str, object]:
    result: dict[str, object] = {
        group: {
            name: {"value": round(share.value, 4), "low": round(share.interval[0], 4),
                   "high": round(share.interval[1], 4), "n": share.total}
            for name, share in measures.items()
        }
        for group, measures in report.groups()
    }  # fmt: skip
    if failures:
        result["failures"] = [
            {"q": o.message.text, "id": o.message.topic, "decision": o.decision, "shown": list(o.shown)}
            for o in report.outcomes
            if o.failed
        ]
    return result
