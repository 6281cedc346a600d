"""The page's own addresses: what it can do, what other sites cannot."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.sandbox import Sandbox, SandboxError
from tests.support.sandbox_bot import bot_of, web_client


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as running:
        yield running


@pytest.fixture
async def web(sandbox: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    async with web_client(sandbox) as client:
        yield client


async def test_the_page_loads_nothing_from_elsewhere(web: httpx.AsyncClient) -> None:
    page = await web.get("/?start=rsa")
    assert page.status_code == 200
    assert '<html lang="fr"' in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in page.headers
    assert "http://" not in page.text.replace("http://www.w3.org/", "")
    assert "https://" not in page.text
    assert (await web.get("/absent.js")).status_code == 404
    assert (await web.get("/../server.py")).status_code == 404


async def test_roles_and_newcomers(web: httpx.AsyncClient) -> None:
    state = (await web.get("/trial/state")).json()
    assert [p["role"] for p in state["people"]] == ["resident"] * 3 + ["mediator", "staff"]
    lou = (await web.post("/trial/person", json={"name": " Lou  "})).json()
    assert (await web.post("/trial/person", json={"name": "Lou"})).json()["id"] == lou["id"]
    assert (await web.post("/trial/person", json={"name": " "})).json() == {"error": "Donnez un prénom."}


async def test_everything_a_thumb_can_do(web: httpx.AsyncClient, sandbox: Sandbox) -> None:
    person = sandbox.person("Marie")
    who = {"person": person.id}
    sent = (await web.post("/trial/send", json=who | {"text": "/start rsa"})).json()
    number = sent["message"]["message_id"]
    assert (await web.post("/trial/edit", json=who | {"message_id": number, "text": "x"})).is_success
    for action, body in (
        ("location", {"latitude": 45.1, "longitude": 0.7}),
        ("contact", {"phone_number": "+33553000000"}),
        ("sticker", {"emoji": "👍"}),
        ("block", {"blocked": True}),
        ("block", {"blocked": False}),
    ):
        assert (await web.post(f"/trial/{action}", json=who | body)).is_success, action
    for kind in ("voice", "document", "audio"):
        answer = await web.post(
            "/trial/upload", params=who | {"kind": kind, "name": "é.ogg"}, content=b"OggS",
            headers={"Content-Type": "application/octet-stream"},
        )  # fmt: skip
        assert answer.is_success, kind
    screen = (await web.get("/trial/messages", params=who)).json()
    kinds = ["text", "location", "contact", "sticker", "voice", "document", "audio"]
    assert [next(k for k in kinds if k in m) for m in screen["messages"]] == kinds
    file = await web.get("/trial/file", params={"id": screen["messages"][5]["document"]["file_id"]})
    assert file.content == b"OggS"
    assert "sandbox" in file.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("action", "body", "sentence"),
    [
        ("send", {"person": 1, "text": "x"}, "Cette personne n'existe pas."),
        ("send", {"text": "  "}, "Un message vide ne part pas."),
        ("press", {"message_id": 9, "data": "x"}, "Ce message n'est plus là."),
        ("edit", {"message_id": 9, "text": "x"}, "On ne modifie que ses propres messages."),
        ("location", {"latitude": "x"}, "Donnez une latitude et une longitude."),
        ("choose", {"id": "1"}, "Cette recherche n'est plus là."),
    ],
)
async def test_mistakes_get_a_sentence(
    web: httpx.AsyncClient, sandbox: Sandbox, action: str, body: dict[str, object], sentence: str
) -> None:
    answer = await web.post(f"/trial/{action}", json={"person": sandbox.person("Marie").id} | body)
    assert (answer.status_code, answer.json()) == (400, {"error": sentence})


async def test_news_are_pushed(web: httpx.AsyncClient, sandbox: Sandbox) -> None:
    marie = sandbox.person("Marie")
    await marie.starts()
    async with bot_of(sandbox) as bot, web.stream("GET", "/trial/events", params={"since": 0}) as stream:
        lines = stream.aiter_lines()
        await bot.send_chat_action(marie.id, "typing")
        await bot.send_message(marie.id, "bonjour")
        kinds: list[str] = []
        async with asyncio.timeout(5):
            async for line in lines:
                if line.startswith("data: "):
                    kinds.append(json.loads(line[6:])["kind"])
                if len(kinds) > 2 and kinds[-1] == "message" and "action" in kinds:
                    break
    assert kinds[-3:] == ["message", "action", "message"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://exemple.fr"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Host": "exemple.fr"},
        {"Host": "127.0.0.1.exemple.fr"},
    ],
)
async def test_other_sites_are_kept_out(web: httpx.AsyncClient, sandbox: Sandbox, headers: dict[str, str]) -> None:
    body = {"person": sandbox.person("Marie").id, "text": "x"}
    assert (await web.post("/trial/send", json=body, headers=headers)).status_code == 403
    if "Host" in headers:
        for path in ("/", "/trial/state", f"/bot{sandbox.token}/getMe", f"/file/bot{sandbox.token}/x"):
            assert (await web.get(path, headers=headers)).status_code == 403, path


async def test_forms_of_other_sites_are_kept_out(web: httpx.AsyncClient, sandbox: Sandbox) -> None:
    answer = await web.post("/trial/send", data={"person": sandbox.person("Marie").id, "text": "x"})
    assert answer.status_code == 415


async def test_our_own_page_is_let_in(web: httpx.AsyncClient, sandbox: Sandbox) -> None:
    body = {"person": sandbox.person("Marie").id, "text": "x"}
    origin = sandbox.page_url.rstrip("/")
    headers = {"Origin": origin, "Sec-Fetch-Site": "same-origin"}
    assert (await web.post("/trial/send", json=body, headers=headers)).is_success


async def test_a_taken_port_is_told() -> None:
    async with Sandbox() as first:
        with pytest.raises(SandboxError, match=f"Impossible d'écouter sur 127.0.0.1:{first.port}"):
            await Sandbox(port=first.port).start()


async def test_several_at_once_and_again_on_the_same_port() -> None:
    async with Sandbox() as first, Sandbox() as second:
        assert first.port != second.port
    async with Sandbox(port=first.port) as again:
        assert again.base_url == f"http://127.0.0.1:{first.port}/bot"
