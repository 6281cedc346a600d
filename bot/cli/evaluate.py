"""`acces-droits evaluate`: the measures of understanding on labelled messages."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from rich import box
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.domain.knowledge import Knowledge
from bot.domain.understanding import Understanding
from bot.knowledge_base.loader import load_knowledge
from bot.services.evaluation import Labelled, Outcome, Report, Share, judge, read_labelled
from bot.services.replay import evaluation_messages
from bot.settings import read_settings

_Measures = dict[str, Share]
_WITH_TOPIC = {
    "top-1": "top-1", "top-3": "top-3", "served": "bien servis", "wrong": "réponse fausse", "missed": "manqués",
}  # fmt: skip
_WITHOUT_TOPIC = {"caught": "reconnus", "offered": "choix proposés", "wrong answer": "réponse à tort"}
_DANGER = {"recall": "reconnus", "right kind": "bons numéros", "false alarm": "fausses alertes"}
_SMALL_TALK = "bavardage"
_PAIRS = 15
_WIDTH = 160  # of what does not go to a terminal


def run(options: argparse.Namespace) -> int:
    folder = read_settings().knowledge
    messages = [message for name in options.files for message in read_labelled(Path(name))]
    if not options.files:
        messages = evaluation_messages(folder)
    if not messages:
        sys.stderr.write("acces-droits : aucun message étiqueté à mesurer\n")
    knowledge = load_knowledge(folder)
    themes = topic_themes(knowledge)
    _warn_of_unknown_ids(messages, themes)
    report = _measured(Understanding(knowledge), messages) if messages else Report()
    if options.json:
        print(json.dumps(_as_json(report, themes, failures=options.failures), ensure_ascii=False, indent=2))
        return 0
    console = Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False)
    for table in _tables(report, themes):
        console.print(table)
    if options.failures:
        for outcome in filter(lambda one: one.failed, report.outcomes):
            print(failure_line(outcome))
    return 0


def topic_themes(knowledge: Knowledge) -> dict[str, str]:
    """The theme of each topic id; small talk is one of its own."""
    themes = dict.fromkeys(knowledge.small_talk, _SMALL_TALK)
    return themes | {topic.id: topic.theme for topic in knowledge.topics.values()}


def failure_line(outcome: Outcome) -> str:
    """What was expected, what was decided instead, and the message on one line."""
    message = outcome.message
    expected = message.topic or message.kind or "—"
    shown = f" {', '.join(outcome.shown)}" if outcome.shown else ""
    score = "" if outcome.score is None else f" ({_number(outcome.score, 2)})"
    text = "".join(c if c.isprintable() else " " for c in message.text)
    return f"[{message.register or '—'}] {expected} ← {outcome.decision}{shown}{score} : {' '.join(text.split())}"


def _warn_of_unknown_ids(messages: Iterable[Labelled], themes: Mapping[str, str]) -> None:
    unknown = sorted({name for message in messages for name in message.right} - themes.keys())
    if unknown:
        sys.stderr.write(f"acces-droits : sujets que la base ne connaît pas : {', '.join(unknown)}\n")


def _measured(understanding: Understanding, messages: list[Labelled]) -> Report:
    progress = Console(stderr=True)
    shown = track(messages, "Messages", console=progress, disable=not sys.stderr.isatty())
    return Report([judge(message, understanding.read(message.text)) for message in shown])


def _tables(report: Report, themes: Mapping[str, str]) -> Iterable[Table]:
    everything = [("tous", report.measures(lambda _outcome: True))]
    registers, kinds, by_theme = list(report.registers()), list(report.kinds()), list(report.themes(themes))
    for title, columns, counted, sections in (
        ("Messages qui ont un sujet", _WITH_TOPIC, ("served",), (everything, registers, by_theme)),
        ("Messages sans sujet", _WITHOUT_TOPIC, ("caught",), (everything, registers, kinds)),
        ("Danger", _DANGER, ("recall", "false alarm"), (everything, registers)),
    ):
        table = _table(f"{title} (%, intervalle à 95 %)", columns, counted, sections)
        if table.row_count:
            yield table
    if confusions := report.confusions():
        yield _confusions(confusions)
    if report.reliability():
        yield _reliability(report)


def _table(
    title: str, columns: Mapping[str, str], counted: Iterable[str], sections: Iterable[list[tuple[str, _Measures]]]
) -> Table:
    """One row a group; the number of its messages is the total of the measures `counted`."""
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left")
    table.add_column("groupe")
    for label in ("n", *columns.values()):
        table.add_column(label, justify="right")
    for section in sections:
        for group, measures in section:
            if total := sum(measures[name].total for name in counted if name in measures):
                table.add_row(group, str(total), *(_cell(measures.get(name)) for name in columns))
        table.add_section()
    return table


def _cell(share: Share | None) -> str:
    if share is None or not share.total:
        return ""
    low, high = share.interval
    return f"{_percent(share.value)} [{_percent(low)}–{_percent(high)}]"


def _percent(value: float) -> str:
    return _number(100 * value, 1)


def _number(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}".replace(".", ",")


def _confusions(confusions: list[tuple[str, str, int]]) -> Table:
    left = sum(count for *_, count in confusions[_PAIRS:])
    table = Table(title="Confusions", box=box.SIMPLE_HEAD, title_justify="left")
    for column in ("attendu", "montré", "fois"):
        table.add_column(column)
    for expected, shown, count in confusions[:_PAIRS]:
        table.add_row(expected, shown, str(count))
    if left:
        table.add_row("autres", "", str(left))
    return table


def _reliability(report: Report) -> Table:
    error = _number(report.calibration_error or 0.0, 3)
    title = f"Fiabilité du score (erreur de calibration {error})"
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left")
    for column in ("score", "n", "dit, en moyenne", "juste en fait"):
        table.add_column(column, justify="right")
    for one in report.reliability():
        scores = f"{_number(one.low, 1)}–{_number(one.high, 1)}"
        table.add_row(scores, str(one.was.total), _percent(one.said), _cell(one.was))
    return table


def _as_json(report: Report, themes: Mapping[str, str], *, failures: bool) -> dict[str, object]:
    error = report.calibration_error
    result: dict[str, object] = {
        "messages": len(report.outcomes),
        "overall": _shares(report.measures(lambda _outcome: True)),
        "registers": {name: _shares(measures) for name, measures in report.registers()},
        "kinds": {name: _shares(measures) for name, measures in report.kinds()},
        "themes": {name: _shares(measures) for name, measures in report.themes(themes)},
        "confusions": [{"id": right, "shown": shown, "count": count} for right, shown, count in report.confusions()],
        "reliability": [
            {"low": one.low, "high": one.high, "said": round(one.said, 4), **_share(one.was)}
            for one in report.reliability()
        ],
        "calibration_error": None if error is None else round(error, 4),
    }
    if failures:
        result["failures"] = [
            {"q": one.message.text, "id": one.message.topic, "register": one.message.register,
             "kind": one.message.kind, "decision": one.decision, "shown": list(one.shown),
             "score": None if one.score is None else round(one.score, 4)}
            for one in report.outcomes if one.failed
        ]  # fmt: skip
    return result


def _shares(measures: _Measures) -> dict[str, dict[str, float]]:
    return {name: _share(share) for name, share in measures.items()}


def _share(share: Share) -> dict[str, float]:
    low, high = share.interval
    return {"value": round(share.value, 4), "low": round(low, 4), "high": round(high, 4), "n": share.total}
