"""`acces-droits check --links`: dead, moved and deceptive links, each as `file:line: problème`."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Mapping
from pathlib import Path

import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.errors import AccesDroitsError
from bot.knowledge_base.link_check import TIMEOUT, LinkChecker, LinkReport, LinkState
from bot.knowledge_base.links import LinkPlace, collect_links, look_alike, official_domains
from bot.knowledge_base.problems import Problem, ProblemList
from bot.settings import read_settings

_AGENT = "Mozilla/5.0 (compatible; acces-droits-check; +https://www.grandperigueux.fr)"


class NoInternetError(AccesDroitsError):
    """Not one site answered: nothing can be said of any link."""


def run(options: argparse.Namespace) -> int:
    """Exit 1 when a link is dead, moved or deceptive; a site that is only slow or closed to robots is a remark."""
    folder = read_settings().knowledge
    links = collect_links(folder)
    reports = asyncio.run(ask_the_web(sorted({link.url for link in links if link.url})))
    if reports and not any(report.answered for report in reports.values()):
        raise NoInternetError("aucun site ne répond : vérifiez l'accès à internet, puis recommencez")
    problems, remarks = judge(folder, links, reports)
    if options.json:
        print(json.dumps(_report(len(reports), problems, remarks), ensure_ascii=False, indent=2))
    else:
        for line in (*problems, *remarks):
            print(line)
        count = f"{len(reports)} lien{'s' if len(reports) > 1 else ''}"
        verdict = f"{count} : {len(problems)} à corriger, {len(remarks)} à revoir à la main."
        print(verdict, file=sys.stderr if problems else sys.stdout)
    return 1 if problems else 0


async def ask_the_web(urls: list[str], client: httpx.AsyncClient | None = None) -> dict[str, LinkReport]:
    """The report of each address, with a progress bar on standard error."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    async with client or httpx.AsyncClient(timeout=TIMEOUT, headers={"User-Agent": _AGENT}) as web:
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("Liens", total=len(urls))
            found = await LinkChecker(web).check(urls, done=lambda: progress.advance(task))
    return {report.url: report for report in found}


def judge(
    folder: Path, links: list[LinkPlace], reports: Mapping[str, LinkReport]
) -> tuple[list[Problem], list[Problem]]:
    """What must be mended, and what a person should look at, both at their places."""
    problems, remarks = ProblemList(folder), ProblemList(folder)
    official = official_domains(links)
    told: set[tuple[Path, int, str]] = set()
    for link in links:
        near = look_alike(link.host, official)
        if near and (link.path, link.line, link.host) not in told:
            told.add((link.path, link.line, link.host))
            problems.report(link.path, link.line, f"le site « {link.host} » ressemble à {near} : est-ce le vrai ?")
        report = reports.get(link.url)
        if report and report.state is not LinkState.ALIVE:
            target = remarks if report.state is LinkState.UNSURE else problems
            target.report(link.path, link.line, f"lien {report.state.value} : {link.url} : {report.reason}")
    return sorted(problems), sorted(remarks)


def _report(count: int, problems: list[Problem], remarks: list[Problem]) -> dict[str, object]:
    return {
        "links": count,
        "problems": [{"file": p.file, "line": p.line, "message": p.message} for p in problems],
        "remarks": [{"file": p.file, "line": p.line, "message": p.message} for p in remarks],
    }
