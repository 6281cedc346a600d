"""`acces-droits check --links`: what people read, and the exit code."""

from __future__ import annotations

import json
from functools import partial

import httpx
import pytest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application

from bot.__main__ import main
from bot.cli import check_links
from bot.knowledge_base.link_check import LinkChecker, LinkReport, LinkState
from tests.knowledge.loopback_web import LoopbackTransport, LoopbackWeb, WebState
from tests.knowledge.small_base import SmallBase


@pytest.fixture
def answers(base: SmallBase, monkeypatch: pytest.MonkeyPatch) -> dict[str, LinkReport]:
    """The command with a web of our own: what each address answers."""
    found: dict[str, LinkReport] = {}

    async def ask(urls: list[str]) -> dict[str, LinkReport]:
        return {url: found.get(url, LinkReport(url, LinkState.ALIVE)) for url in urls}

    monkeypatch.setattr(check_links, "ask_the_web", ask)
    monkeypatch.setenv("BOT_KNOWLEDGE", str(base.folder))
    return found


@pytest.mark.usefixtures("answers")
def test_command_when_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--links"]) == 0
    assert capsys.readouterr().out == "1 lien : 0 à corriger, 0 à revoir à la main.\n"


def test_command_tells_places(
    base: SmallBase, answers: dict[str, LinkReport], capsys: pytest.CaptureFixture[str]
) -> None:
    name = "sujets/aides/un.yaml"
    base.replace(name, "    url: https://www.service-public.gouv.fr", "    url: https://a.example/absent")
    base.replace(name, "  - Appelez la mairie.\n", "  - Allez sur service-public.com.\n")
    url = "https://a.example/absent"
    answers[url] = LinkReport(url, LinkState.DEAD, "cette page n'existe plus (erreur 404)")
    sure = "https://www.service-public.gouv.fr"
    answers[sure] = LinkReport(sure, LinkState.UNSURE, "le site répond par une erreur (403)")
    assert main(["check", "--links"]) == 1
    captured = capsys.readouterr()
    assert captured.out.splitlines() == [
        f"knowledge/{name}:8: le site « service-public.com » ressemble à service-public.gouv.fr : est-ce le vrai ?",
        f"knowledge/{name}:14: lien mort : {url} : cette page n'existe plus (erreur 404)",
        f"knowledge/sujets/aides/deux.yaml:14: lien incertain : {sure} : le site répond par une erreur (403)",
    ]
    assert captured.err == "2 liens : 2 à corriger, 1 à revoir à la main.\n"
    assert main(["check", "--links", "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["links"], len(report["problems"]), len(report["remarks"])) == (2, 2, 1)
    assert set(report["problems"][0]) == {"file", "line", "message"}


def test_command_without_internet(answers: dict[str, LinkReport], capsys: pytest.CaptureFixture[str]) -> None:
    url = "https://www.service-public.gouv.fr"
    answers[url] = LinkReport(url, LinkState.DEAD, "ce site n'existe pas ou plus", answered=False)
    assert main(["check", "--links"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.endswith("aucun site ne répond : vérifiez l'accès à internet, puis recommencez\n")


async def test_progress_goes_to_standard_error(
    transport: LoopbackTransport, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # as on a terminal: elsewhere no bar is drawn
    client = httpx.AsyncClient(transport=transport, trust_env=False)
    reports = await check_links.ask_the_web(["https://a.example/page", "https://b.example/absent"], client)
    assert [report.state for report in reports.values()] == [LinkState.ALIVE, LinkState.DEAD]
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Liens" in printed.err
    assert "2/2" in printed.err


def test_the_whole_command_against_a_server(
    base: SmallBase, state: WebState, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Dead, moved, slow and deceptive at once, each with its file and line."""
    ask = check_links.ask_the_web

    async def ask_loopback(urls: list[str]) -> dict[str, LinkReport]:
        listening, port = bind_unused_port()
        server = HTTPServer(Application([(r"/.*", LoopbackWeb)], state=state, log_function=lambda _: None))
        server.add_socket(listening)
        try:
            return await ask(urls, httpx.AsyncClient(transport=LoopbackTransport(port), trust_env=False))
        finally:
            server.stop()
            await server.close_all_connections()

    monkeypatch.setattr(check_links, "ask_the_web", ask_loopback)
    monkeypatch.setattr(check_links, "LinkChecker", partial(LinkChecker, sleep=state.sleep, clock=state.clock))
    monkeypatch.setenv("BOT_KNOWLEDGE", str(base.folder))
    one, two = "sujets/aides/un.yaml", "sujets/aides/deux.yaml"
    link = "    url: https://www.service-public.gouv.fr\n"
    more = "  - titre: Autre\n    url: {}\n".format
    base.replace(one, link, "    url: https://a.example/absent\n" + more("https://b.example/moved"))
    base.replace(two, link, "    url: https://lent.example/\n" + more("https://impots-gouv.com/page"))
    monkeypatch.setattr(LoopbackTransport, "ends", (".example", "impots-gouv.com"))
    assert main(["check", "--links"]) == 1
    printed = capsys.readouterr()
    found = [line.removeprefix("knowledge/sujets/aides/").split(" : ")[0] for line in printed.out.splitlines()]
    assert found == [
        "deux.yaml:16: le site « impots-gouv.com » ressemble à gouv.fr",
        "un.yaml:14: lien mort",
        "un.yaml:16: lien déplacé",
        "deux.yaml:14: lien incertain",
    ]
    assert printed.err.endswith("4 liens : 3 à corriger, 1 à revoir à la main.\n")
