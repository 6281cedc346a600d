"""`acces-droits contributions`: what staff taught in conversation, shown and taken over into the editors' files."""

from __future__ import annotations

import argparse
import sys

from bot.services.contribution_review import Conflict, Plan, apply_review, plan_review
from bot.settings import read_settings


def run(options: argparse.Namespace) -> int:
    """Exit 0 when everything can be (or was) taken over, 1 when an editor has to decide."""
    folder = read_settings().knowledge
    write = options.action == "apply" and not options.dry_run
    plan = apply_review(folder) if write else plan_review(folder)
    sys.stdout.writelines(plan.diff())
    for conflict in plan.conflicts:
        _print_conflict(plan, conflict)
    print(_summary(plan, written=write, dry=options.action == "apply"), file=sys.stderr)
    return 1 if plan.conflicts else 0


def _print_conflict(plan: Plan, conflict: Conflict) -> None:
    path = conflict.path.relative_to(plan.folder.parent).as_posix()
    print(f"\nConflit : {path}, « {conflict.where} » : {conflict.reason}.")
    for title, text in (("dans la base", conflict.base), ("proposé par l'équipe", conflict.wanted)):
        print(f"  {title} :")
        for line in text.splitlines() or ["(rien)"]:
            print(f"    {line}")


def _summary(plan: Plan, *, written: bool, dry: bool) -> str:
    if not plan.taken_over and not plan.conflicts:
        return "Aucune contribution en attente."
    done = "reprise(s) dans la base" if written else "à reprendre" + (", rien n'est écrit" if dry else "")
    return f"{plan.taken_over} contribution(s) {done}, {len(plan.conflicts)} conflit(s)."
