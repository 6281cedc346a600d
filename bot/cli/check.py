"""`acces-droits check`: the whole knowledge base, every problem as `file:line: problème`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from importlib import import_module

from bot.domain.knowledge import Knowledge
from bot.knowledge_base.json_schema import check_schemas, write_schemas
from bot.knowledge_base.loader import inspect_knowledge
from bot.knowledge_base.problems import Problem, ProblemList
from bot.knowledge_base.readability import Readability, measure, resident_texts
from bot.settings import read_settings


def run(options: argparse.Namespace) -> int:
    if options.links:
        code: int = import_module("bot.cli.check_links").run(options)  # httpx and rich are for this one only
        return code
    folder = read_settings().knowledge
    if options.write_schema:
        write_schemas(folder)
    knowledge, problems = inspect_knowledge(folder)
    if knowledge is not None:
        stale = ProblemList(folder)
        check_schemas(folder, stale)
        problems = sorted([*problems, *stale])
    wrong = sum(not problem.hint for problem in problems)
    if options.json:
        print(json.dumps(_report(knowledge, problems), ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            print(problem)
        if knowledge is not None:
            _print_readability(knowledge)
        count = len(knowledge.topics) if knowledge else 0
        verdict = "aucun problème" if not wrong else f"{wrong} problème(s)"
        print(f"{count} sujet{'s' if count > 1 else ''} : {verdict}.", file=sys.stderr if wrong else sys.stdout)
    return 1 if wrong else 0


def _readability(knowledge: Knowledge) -> Iterable[tuple[str, Readability]]:
    for theme in knowledge.themes:
        topics = knowledge.theme_topics(theme.id)
        if topics:
            yield theme.id, measure(text for topic in topics for text in resident_texts(topic))
    yield "ensemble", measure(text for topic in knowledge.topics.values() for text in resident_texts(topic))


def _print_readability(knowledge: Knowledge) -> None:
    print(f"{'thème':<12}{'phrases':>9}{'mots/phrase':>13}{'longues':>9}{'Kandel-Moles':>14}")
    for name, found in _readability(knowledge):
        share = f"{100 * found.long / found.sentences:.1f} %" if found.sentences else "-"
        print(f"{name:<12}{found.sentences:>9}{found.mean_words:>13.1f}{share:>9}{found.kandel_moles:>14.0f}")


def _report(knowledge: Knowledge | None, problems: list[Problem]) -> dict[str, object]:
    readability = {
        name: {"sentences": r.sentences, "mean_words": round(r.mean_words, 2), "long": r.long,
               "kandel_moles": round(r.kandel_moles, 1)}
        for name, r in (_readability(knowledge) if knowledge else ())
    }  # fmt: skip
    return {
        "topics": len(knowledge.topics) if knowledge else 0,
        "problems": [{"file": p.file, "line": p.line, "message": p.message} for p in problems if not p.hint],
        "hints": [{"file": p.file, "line": p.line, "message": p.message} for p in problems if p.hint],
        "readability": readability,
    }
