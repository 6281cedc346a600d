"""The link check against a server on loopback: no request of a test leaves the machine."""

from __future__ import annotations

import json
import socket
from collections import Counter
from collections.abc import AsyncIterator

import httpx
import pytest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler

from bot.__main__ import main
from bot.cli import check_links
from bot.knowledge_base.link_check import LinkChecker, LinkReport, LinkState
from bot.knowledge_base.links import collect_links, look_alike, official_domains
from tests.knowledge.conftest import ROOT
from tests.knowledge.small_base import SmallBase

REDIRECTS = {
    "/moved": (301, "https://nouveau.example/page"),
    "/moved-twice": (308, "/moved"),
    "/today": (302, "/page"),
    "/today-then-moved": (302, "/moved"),
    "/home": (302, "/"),
    "/slash": (301, "/slash/"),
    "/loop": (301, "/loop"),
    "/lost": (301, "https://absent.example/"),
    "/odd": (301, "mailto:a@b.example"),
}


class _Web(RequestHandler):
    def prepare(self) -> None:
        state: _State = self.settings["state"]
        state.seen.append((self.request.method or "", self.request.host, self.request.path))

    def head(self) -> None:
        path = self.request.path
        if path in {"/no-head", "/gone", "/absent", "/broken"}:
            self.set_status(405 if path == "/no-head" else 404)
        elif path in REDIRECTS:
            status, target = REDIRECTS[path]
            self.set_status(status)
            self.set_header("Location", target)

    def get(self) -> None:
        self.set_status({"/gone": 410, "/absent": 404, "/broken": 503, "/robots": 403}.get(self.request.path, 200))
        self.write("x" * 1000)


class _State:
    """What the server saw, and the time that the checker believes in."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, str]] = []
        self.now = 0.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now


class _Loopback(httpx.AsyncBaseTransport):
    """Every `.example` site stands on one loopback server; `absent.example` does not exist."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._inner = httpx.AsyncHTTPTransport()
        self.open: Counter[str] = Counter()
        self.most = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        if host == "absent.example":
            raise httpx.ConnectError("no") from socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        if host == "hors-ligne.example":
            raise httpx.ConnectError("no") from socket.gaierror(socket.EAI_AGAIN, "Temporary failure")
        if host == "lent.example":
            raise httpx.ReadTimeout("slow", request=request)
        if host == "certificat.example":
            raise httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED]")
        assert host.endswith(".example"), f"a test tried to reach {host}"
        self.open[host] += 1
        assert self.open[host] == 1, f"two requests at a time to {host}"
        self.most = max(self.most, sum(self.open.values()))
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self._port)
        try:
            return await self._inner.handle_async_request(request)
        finally:
            self.open[host] -= 1

    async def aclose(self) -> None:
        await self._inner.aclose()


@pytest.fixture
def state() -> _State:
    return _State()


@pytest.fixture
async def transport(state: _State) -> AsyncIterator[_Loopback]:
    listening, port = bind_unused_port()
    server = HTTPServer(Application([(r"/.*", _Web)], state=state, log_function=lambda _: None))
    server.add_socket(listening)
    yield _Loopback(port)
    server.stop()
    await server.close_all_connections()


@pytest.fixture
async def checker(transport: _Loopback, state: _State) -> AsyncIterator[LinkChecker]:
    async with httpx.AsyncClient(transport=transport, trust_env=False) as client:
        yield LinkChecker(client, at_once=3, sleep=state.sleep, clock=state.clock)


@pytest.mark.parametrize(
    ("url", "expected", "said"),
    [
        ("https://a.example/page", LinkState.ALIVE, ""),
        ("https://a.example/no-head", LinkState.ALIVE, ""),
        ("https://a.example/today", LinkState.ALIVE, ""),
        ("https://a.example/slash", LinkState.ALIVE, ""),
        ("https://a.example/absent", LinkState.DEAD, "n'existe plus (erreur 404)"),
        ("https://a.example/gone", LinkState.DEAD, "n'existe plus (erreur 410)"),
        ("https://absent.example/", LinkState.DEAD, "ce site n'existe pas ou plus"),
        ("https://a.example/lost", LinkState.DEAD, "ce site n'existe pas ou plus"),
        ("https://[a.example/", LinkState.DEAD, "n'est pas correcte"),
        ("https://a.example/odd", LinkState.DEAD, "n'est pas correcte"),
        ("https://a.example/moved", LinkState.MOVED, "la nouvelle adresse est https://nouveau.example/page"),
        ("https://a.example/moved-twice", LinkState.MOVED, "la nouvelle adresse est https://nouveau.example/page"),
        ("https://a.example/today-then-moved", LinkState.ALIVE, ""),
        ("https://a.example/home", LinkState.MOVED, "renvoie à son accueil"),
        ("https://a.example/broken", LinkState.UNSURE, "par une erreur (503)"),
        ("https://a.example/loop", LinkState.UNSURE, "sans fin"),
        ("https://lent.example/", LinkState.UNSURE, "pas assez vite"),
        ("https://hors-ligne.example/", LinkState.UNSURE, "pas d'accès à internet"),
        ("https://certificat.example/", LinkState.UNSURE, "certificat"),
    ],
)
async def test_one_link(url: str, expected: LinkState, said: str, checker: LinkChecker) -> None:
    report = (await checker.check([url]))[0]
    assert report.state is expected, report
    assert said in report.reason
    assert report.answered or report.state in {LinkState.DEAD, LinkState.UNSURE}


async def test_get_only_after_a_refused_head(checker: LinkChecker, state: _State) -> None:
    await checker.check(["https://a.example/page", "https://a.example/no-head"])
    assert [(method, path) for method, _, path in state.seen] == [
        ("HEAD", "/page"),
        ("HEAD", "/no-head"),
        ("GET", "/no-head"),
    ]


async def test_a_pause_between_requests_to_one_site(checker: LinkChecker, state: _State) -> None:
    await checker.check([f"https://a.example/{number}" for number in range(4)])
    assert state.slept == [1.0, 1.0, 1.0]
    state.slept.clear()
    await checker.check(["https://b.example/", "https://c.example/"])
    assert state.slept == []


async def test_never_more_at_once_than_allowed(checker: LinkChecker, transport: _Loopback) -> None:
    count: list[int] = []
    urls = [f"https://{site}.example/{page}" for site in "abcdefgh" for page in range(2)]
    reports = await checker.check([*urls, urls[0]], done=lambda: count.append(1))
    assert [report.url for report in reports] == urls
    assert len(count) == len(urls)
    assert 1 < transport.most <= 3


def test_places_of_links(base: SmallBase) -> None:
    base.replace("sujets/aides/un.yaml", "  - Appelez la mairie.\n", "  - Allez sur caf-fr.com ou www.caf.fr.\n")
    base.replace("sujets/aides/un.yaml", "  - question numéro 2 sur un\n", "  - sms de ameli-vitale.com reçu\n")
    base.write("sujets/aides/casse.yaml", "url: [https://a.example")
    found = {(link.path.name, link.host, link.url) for link in collect_links(base.folder)}
    assert found == {
        ("un.yaml", "service-public.gouv.fr", "https://www.service-public.gouv.fr"),
        ("deux.yaml", "service-public.gouv.fr", "https://www.service-public.gouv.fr"),
        ("un.yaml", "caf-fr.com", ""),
        ("un.yaml", "caf.fr", ""),
    }
    lines = {link.line for link in collect_links(base.folder) if link.host == "caf-fr.com"}
    assert lines == {base.line("sujets/aides/un.yaml", "caf-fr.com")}


OFFICIAL = ["caf.fr", "ameli.fr", "francetravail.fr", "impots.gouv.fr", "ants.gouv.fr", "service-public.gouv.fr"]


@pytest.mark.parametrize(
    ("host", "near"),
    [
        ("impots-gouv.com", "impots.gouv.fr"),
        ("impots.gouv.com", "impots.gouv.fr"),
        ("ants-gouv.fr", "ants.gouv.fr"),
        ("amende-gouv.fr", "gouv.fr"),
        ("caf.com", "caf.fr"),
        ("caf.fr.mon-compte.com", "caf.fr"),
        ("amelie.fr", "ameli.fr"),
        ("ameli.info", "ameli.fr"),
        ("france-travai1.fr", "francetravail.fr"),
        ("service-publlc.fr", "service-public.gouv.fr"),
        ("cаf.fr", "un nom en lettres ordinaires"),
        ("xn--caf-abc.fr", "un nom en lettres ordinaires"),
        ("caf.fr", None),
        ("connect.caf.fr", None),
        ("demarches.ants.gouv.fr", None),
        ("maf.fr", None),
        ("perigueux.fr", None),
        ("sante.fr", None),
        ("réfugiés.info", None),
    ],
)
def test_look_alikes(host: str, near: str | None) -> None:
    assert look_alike(host, OFFICIAL) == near


def test_shipped_base_names_no_look_alike() -> None:
    links = collect_links(ROOT / "knowledge")
    official = official_domains(links)
    assert {"caf.fr", "ameli.fr", "impots.gouv.fr", "grandperigueux.fr"} <= official
    assert {link.host for link in links if look_alike(link.host, official)} == set()


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


async def test_progress_goes_to_standard_error(transport: _Loopback, capsys: pytest.CaptureFixture[str]) -> None:
    client = httpx.AsyncClient(transport=transport, trust_env=False)
    reports = await check_links.ask_the_web(["https://a.example/page", "https://b.example/absent"], client)
    assert [report.state for report in reports.values()] == [LinkState.ALIVE, LinkState.DEAD]
    assert capsys.readouterr().out == ""
