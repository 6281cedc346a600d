"""`acces-droits places import|export`: places in the two public schemas."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import track

from bot.knowledge_base.place_files import read_directory, read_places, write_place
from bot.knowledge_base.place_schema import PlaceEntry
from bot.knowledge_base.problems import KnowledgeError, ProblemList
from bot.services.place_exchange import (
    SCHEMAS,
    Change,
    ExchangeError,
    LineProblem,
    Planner,
    gaps,
    is_ours,
    read_rows,
    write_rows,
)
from bot.settings import read_settings

_KINDS = {"new": "nouveau", "changed": "changé", "same": "inchangé"}
_SHOWN_CHARACTERS = 160
Item = TypeVar("Item")


def run(options: argparse.Namespace) -> int:
    folder = read_settings().knowledge
    entries = _entries(folder)
    if options.action == "export":
        return _export(options, entries)
    return _import(options, folder, entries)


def _entries(folder: Path) -> list[PlaceEntry]:
    problems = ProblemList(folder)
    files = read_places(folder, problems)
    if problems:
        raise KnowledgeError(problems)
    return [file.entry for file in files]


def _import(options: argparse.Namespace, folder: Path, entries: list[PlaceEntry]) -> int:
    path = Path(options.file)
    schema, rows = read_rows(path, SCHEMAS.get(options.schema or ""))
    console = Console(stderr=True)
    planner = Planner(entries, schema)
    changes: list[Change] = []
    problems: list[LineProblem] = []
    for row in _progress(rows, "Lecture", console):
        planned = planner.plan(row)
        if isinstance(planned, Change):
            changes.append(planned)
        else:
            problems += planned
    directory = read_directory(folder, (), ProblemList(folder))
    known = {entry.id for entry in entries}
    far = 0 if options.everywhere else len(changes)
    if not options.everywhere:
        changes = [one for one in changes if one.entry.id in known or is_ours(one.entry, directory)]
        far -= len(changes)
    for problem in problems:
        print(f"{path}:{problem.line}: {problem.message}", file=sys.stderr)
    for change in changes:
        _print_change(change)
    to_write = [change for change in changes if change.kind != "same"]
    if not options.dry_run:
        for change in _progress(to_write, "Écriture", console):
            write_place(folder, change.entry)
    refused = len({problem.line for problem in problems})
    counts = {kind: sum(change.kind == kind for change in changes) for kind in _KINDS}
    done = "à blanc, rien n'est écrit" if options.dry_run else "fait"
    print(
        f"Import {done} : {counts['new']} nouveau(x), {counts['changed']} changé(s), "
        f"{counts['same']} inchangé(s), {refused} ligne(s) refusée(s), {far} lieu(x) hors du Grand Périgueux laissé(s)."
    )
    return 1 if problems else 0


def _progress(items: Sequence[Item], label: str, console: Console) -> Iterable[Item]:
    """A progress bar where there is a terminal to draw it on."""
    return track(items, description=label, console=console, disable=not console.is_terminal)


def _print_change(change: Change) -> None:
    if change.kind == "same":
        return
    print(f"{change.entry.id} : {_KINDS[change.kind]} ({change.entry.nom})")
    for one in change.differences:
        print(f"  {one.field} : {_short(one.before)} → {_short(one.after)}")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"


def _export(options: argparse.Namespace, entries: list[PlaceEntry]) -> int:
    schema = SCHEMAS[options.schema]
    text = write_rows(entries, schema, options.format, own=not options.strict)
    if options.file == "-":
        sys.stdout.write(text)
    else:
        try:
            Path(options.file).write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise ExchangeError(f"{options.file} ne peut pas être écrit ({error.strerror or error})") from error
    for column, count in gaps(entries, schema).items():
        print(f"Remarque : « {column} » est obligatoire dans ce schéma et manque à {count} lieu(x).", file=sys.stderr)
    print(f"{len(entries)} lieux écrits dans {options.file}.", file=sys.stderr)
    return 0
