"""The kiosk's addresses: one resident's view, and nothing left of whoever was there before."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.kiosk import Kiosk
from bot.sandbox.kiosk.pace import Pace
from tests.support.kiosk import Tablet, kiosk_in_front_of, tablet_at
from tests.support.sandbox_bot import bot_of

SECRET = "Germaine Dupont habite rue des Lilas"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(staff_ids=(), mediator_ids=(), for_kiosk=True) as running:
        yield running


@pytest.fixture
async def kiosk(sandbox: Sandbox) -> AsyncIterator[Kiosk]:
    async with kiosk_in_front_of(sandbox) as running:
        yield running


@pytest.fixture
async def tablet(kiosk: Kiosk) -> AsyncIterator[Tablet]:
    async with tablet_at(kiosk) as one:
        yield one


class MovableTime:
    """A clock that stands where it is put."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


async def test_a_conversation(tablet: Tablet, sandbox: Sandbox) -> None:
    assert (await tablet.does("send", text="bonjour")).is_success
    async with bot_of(sandbox) as bot:
        markup = {"inline_keyboard": [[{"text": "Oui", "callback_data": "oui"}]]}
        sent = await bot.send_message(tablet.me, "Bonjour à vous", api_kwargs={"reply_markup": markup})
        news = (await tablet.reads("news", since=0)).json()
        assert [event["message"]["text"] for event in news["events"]] == ["bonjour", "Bonjour à vous"]
        assert (await tablet.does("press", message_id=sent.message_id, data="oui")).is_success
        waiting = asyncio.create_task(tablet.reads("news", since=news["number"]))
        *_, press = await bot.get_updates(timeout=5)
        assert press.callback_query is not None
        await bot.answer_callback_query(press.callback_query.id, "Merci")
        [event] = (await waiting).json()["events"]
        assert (event["kind"], event["text"]) == ("alert", "Merci")


async def test_nothing_of_another_persons_conversation(kiosk: Kiosk, tablet: Tablet, sandbox: Sandbox) -> None:
    await tablet.does("send", text=SECRET)
    voice = await tablet.web.post(
        "/kiosk/voice", content=b"OggS", headers=tablet.headers | {"Content-Type": "application/octet-stream"}
    )
    assert voice.is_success
    message = (await tablet.reads("screen")).json()["messages"][-1]
    file_id = message["voice"]["file_id"]
    assert (await tablet.reads("file", id=file_id)).content == b"OggS"
    async with tablet_at(kiosk) as other:
        assert other.me != tablet.me
        assert await other.screen() == ""
        await other.does("send", text="bonjour")
        assert SECRET not in (await other.reads("news", since=0)).text
        assert (await other.reads("file", id=file_id)).status_code == 404
        assert (await other.does("press", message_id=message["message_id"], data="x")).status_code == 400


async def test_only_the_residents_view_is_served(tablet: Tablet, sandbox: Sandbox) -> None:
    for path in (
        "/trial/state", "/trial/messages", "/trial/events", "/index.html", "/kiosk.html",
        f"/bot{sandbox.token}/getMe", f"/file/bot{sandbox.token}/voice/file_1.ogg",
    ):  # fmt: skip
        assert (await tablet.web.get(path)).status_code == 404, path
    for action in ("person", "block", "location", "contact", "inline", "edit", "upload"):
        assert (await tablet.web.post(f"/trial/{action}", json={})).status_code == 404
        assert (await tablet.does(action)).status_code == 404
    async with bot_of(sandbox) as bot:  # and the Bot API's own port serves no page
        assert (await tablet.web.get(f"{sandbox.page_url}trial/state")).status_code == 404
        assert (await tablet.web.get(sandbox.page_url)).status_code == 404
        assert bot.username


@pytest.mark.parametrize("way", ["leaves", "waits"])
async def test_after_the_end_nothing_is_left(sandbox: Sandbox, way: str) -> None:
    clock, forgotten = MovableTime(), list[int]()

    async def farewell(person: int) -> None:
        forgotten.append(person)

    async with kiosk_in_front_of(sandbox) as kiosk, tablet_at(kiosk) as tablet:
        kiosk.stays.clock = clock
        kiosk.stays.farewell = farewell
        await tablet.begins()
        await tablet.does("send", text=SECRET)
        await tablet.web.post(
            "/kiosk/voice",
            content=SECRET.encode(),
            headers=tablet.headers | {"Content-Type": "application/octet-stream"},
        )
        assert holds_the_secret(sandbox)
        old, me = tablet.key, tablet.me
        if way == "leaves":
            assert (await tablet.does("leave")).is_success
            assert (await tablet.does("leave")).is_success
        else:
            clock.now += 179.9
            assert (await tablet.does("stay")).is_success
            clock.now += 179.9
            assert (await tablet.reads("screen")).is_success  # reading is no sign of life
            clock.now += 0.2
        for action in ("send", "press", "stay"):
            gone = await tablet.does(action, text="encore", message_id=1, data="x")
            assert (gone.status_code, gone.json()) == (410, {"error": "Cette conversation a été effacée."}), action
        for address in ("screen", "news", "file"):
            assert (await tablet.reads(address, since=0, id="x")).status_code == 410, address
        assert forgotten == [me]
        await tablet.begins()
        assert tablet.key != old
        assert tablet.me != me
        assert await tablet.screen() == ""
        await tablet.does("send", text="bonjour")
        assert SECRET not in (await tablet.reads("news", since=0)).text
    assert not holds_the_secret(sandbox)


def everything_in(value: object, seen: set[int]) -> Iterator[object]:
    """A value and all that hangs on it, within this program's own objects."""
    if id(value) in seen:
        return
    seen.add(id(value))
    yield value
    if isinstance(value, dict):
        inner: list[object] = [*value, *value.values()]
    elif isinstance(value, list | tuple | set | frozenset | deque):
        inner = list(value)
    elif type(value).__module__.startswith("bot."):
        names = {name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())}
        inner = [
            getattr(value, name, None) for name in (names | vars(value).keys() if hasattr(value, "__dict__") else names)
        ]
    else:
        inner = []
    for one in inner:
        yield from everything_in(one, seen)


def holds_the_secret(sandbox: Sandbox) -> bool:
    """Whether the sandbox still knows what was said, anywhere."""
    found = everything_in([sandbox, sandbox.world], set())
    return any(
        SECRET in one if isinstance(one, str) else SECRET.encode() in one
        for one in found
        if isinstance(one, str | bytes)
    )


async def test_whoever_waits_for_news_learns_of_the_end(tablet: Tablet, kiosk: Kiosk) -> None:
    number = kiosk.stays.world.news.number
    waiting = asyncio.create_task(tablet.reads("news", since=number))
    async with tablet_at(kiosk) as other:
        await other.does("send", text="un signe que l'attente a commencé")
        await tablet.does("leave")
    assert (await waiting).status_code == 410


async def test_a_silent_tablet_is_swept_without_being_asked(sandbox: Sandbox) -> None:
    async with kiosk_in_front_of(sandbox, idle_seconds=0.1) as kiosk, tablet_at(kiosk):
        await sandbox.world.news.until(lambda: len(kiosk.stays) == 0, 10, lambda: "it was never swept")
        assert sandbox.world.rooms.all() == []


async def test_the_bot_cannot_write_to_whoever_left(tablet: Tablet, sandbox: Sandbox) -> None:
    await tablet.does("send", text="bonjour")
    await tablet.does("leave")
    async with bot_of(sandbox) as bot:
        assert await bot.get_updates(timeout=0) == ()
        with pytest.raises(Exception, match="Chat not found"):
            await bot.send_message(tablet.me, "Bonjour")


async def test_too_fast_is_slowed_down_and_only_that_person(kiosk: Kiosk, tablet: Tablet) -> None:
    kiosk.stays.clock = clock = MovableTime()
    await tablet.begins()
    codes = [(await tablet.does("send", text="a")).status_code for _ in range(12)]
    assert codes == [200] * 10 + [429] * 2
    async with tablet_at(kiosk) as other:
        assert (await other.does("send", text="a")).status_code == 200
    clock.now += 2
    assert [(await tablet.does("send", text="a")).status_code for _ in range(2)] == [200, 429]


def test_a_pace_never_saves_up_more_than_its_measure() -> None:
    pace = Pace(0.0)
    assert [pace.allows(1e9) for _ in range(11)] == [True] * 10 + [False]


async def test_unused_places_give_way_and_used_ones_do_not(kiosk: Kiosk, tablet: Tablet) -> None:
    kiosk.stays.most = 2
    await tablet.does("send", text="a")
    async with tablet_at(kiosk) as idle, tablet_at(kiosk) as third:
        assert (await idle.reads("screen")).status_code == 410
        await third.does("send", text="a")
        full = await third.web.post("/kiosk/begin", json={})
        assert full.status_code == 503
        assert "Réessayez" in full.json()["error"]
    assert (await tablet.reads("screen")).is_success


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"X-Stay": ""}, 410),
        ({"X-Stay": "a" * 43}, 410),
        ({"Host": "borne.perigueux.example", "Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
async def test_who_may_ask(tablet: Tablet, headers: dict[str, str], status: int) -> None:
    given = tablet.headers | {"Content-Type": "application/json"} | headers
    answer = await tablet.web.post("/kiosk/send", content='{"text":"x"}', headers=given)
    assert answer.status_code == status


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"text":1}', b'{"text":" "}', b'{"text":"' + b"a" * 4097 + b'"}'])
async def test_what_cannot_be_sent_gets_a_sentence(tablet: Tablet, body: bytes) -> None:
    answer = await tablet.web.post(
        "/kiosk/send", content=body, headers=tablet.headers | {"Content-Type": "application/json"}
    )
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")


async def test_a_browser_keeps_nothing(tablet: Tablet) -> None:
    for path in ("/kiosk/about", "/kiosk/screen", "/kiosk/absent.js"):
        answer = await tablet.web.get(path, headers=tablet.headers)
        if answer.is_success:
            assert answer.headers["Cache-Control"] == "no-store", path
        assert "Set-Cookie" not in answer.headers
        assert "Etag" not in answer.headers
        assert tablet.key not in str(answer.url)
