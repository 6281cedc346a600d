"""The link check against a server on loopback: no request of a test leaves the machine."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from tornado.testing import bind_unused_port

from bot.knowledge_base.link_check import LinkChecker, LinkState
from tests.knowledge.loopback_web import LoopbackTransport, WebState


@pytest.fixture
async def checker(transport: LoopbackTransport, state: WebState) -> AsyncIterator[LinkChecker]:
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


async def test_get_only_after_a_refused_head(checker: LinkChecker, state: WebState) -> None:
    await checker.check(["https://a.example/page", "https://a.example/no-head"])
    assert [(method, path) for method, _, path in state.seen] == [
        ("HEAD", "/page"),
        ("HEAD", "/no-head"),
        ("GET", "/no-head"),
    ]


async def test_a_pause_between_requests_to_one_site(checker: LinkChecker, state: WebState) -> None:
    await checker.check([f"https://a.example/{number}" for number in range(4)])
    assert state.slept == [1.0, 1.0, 1.0]
    state.slept.clear()
    await checker.check(["https://b.example/", "https://c.example/"])
    assert state.slept == []


async def test_never_more_at_once_than_allowed(checker: LinkChecker, transport: LoopbackTransport) -> None:
    count: list[int] = []
    urls = [f"https://{site}.example/{page}" for site in "abcdefgh" for page in range(2)]
    reports = await checker.check([*urls, urls[0]], done=lambda: count.append(1))
    assert [report.url for report in reports] == urls
    assert len(count) == len(urls)
    assert 1 < transport.most <= 3


async def test_a_site_that_never_answers_and_one_that_refuses(state: WebState) -> None:
    """Real sockets: the time runs out, the connection is refused; the others are checked all the same."""
    silent, silent_port = bind_unused_port()  # takes the connection, and nothing reads it
    closed, closed_port = bind_unused_port()
    closed.close()
    urls = [f"http://127.0.0.1:{silent_port}/", f"http://localhost:{closed_port}/"]
    async with httpx.AsyncClient(timeout=0.2, trust_env=False) as client:
        slow, refused = await LinkChecker(client, sleep=state.sleep, clock=state.clock).check(urls)
    silent.close()
    assert (slow.state, slow.answered) == (LinkState.UNSURE, False)
    assert "pas assez vite" in slow.reason
    assert refused.state is LinkState.UNSURE
    assert "refuse la connexion" in refused.reason
