"""What Telegram refuses is refused here, with the same codes and words."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.sandbox import Person, Sandbox
from tests.support.sandbox_bot import bot_of, web_client

Attempt = Callable[[Bot, int], Awaitable[object]]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as running:
        yield running


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    async with bot_of(sandbox) as ready:
        yield ready


@pytest.fixture
async def marie(sandbox: Sandbox) -> Person:
    person = sandbox.person("Marie")
    await person.starts()
    return person


def _keys(**button: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton.de_json({"text": "x"} | button)]])


_MANY = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="x")] * 8] * 13)


@pytest.mark.parametrize(
    ("attempt", "reason"),
    [
        (lambda b, m: b.send_message(m, "x" * 4097), "Message is too long"),
        (lambda b, m: b.send_message(m, "<b>" + "😀" * 2049 + "</b>", "HTML"), "Message is too long"),
        (lambda b, m: b.send_message(m, "<b> </b>", "HTML"), "Message text is empty"),
        (lambda b, m: b.send_message(m, ""), "Message text is empty"),
        (lambda b, m: b.send_message(m, "<p>x</p>", "HTML"),
         'Can\'t parse entities: unsupported start tag "p" at byte offset 0'),
        (lambda b, m: b.send_message(m, "x", "XML"), "Unsupported parse_mode"),
        (lambda b, _: b.send_message(99, "x"), "Chat not found"),
        (lambda b, _: b.send_message("", "x"), "Chat_id is empty"),
        (lambda b, m: b.send_message(m, "x", reply_markup=_keys(callback_data="é" * 33)),
         "Button_data_invalid"),
        (lambda b, m: b.send_message(m, "x", reply_markup=_keys(url="tel:+33553000000")),
         "Inline keyboard button url 'tel:+33553000000' is invalid: wrong port number specified in the url"),
        (lambda b, m: b.send_message(m, "x", reply_markup=_keys(url="caf")),
         "Inline keyboard button url 'caf' is invalid: wrong http url"),
        (lambda b, m: b.send_message(m, "x", reply_markup=_MANY), "Reply markup is too long"),
        (lambda b, m: b.send_message(m, "x", reply_to_message_id=999), "Message to be replied not found"),
        (lambda b, m: b.send_document(m, b"abc", caption="x" * 1025), "Message caption is too long"),
        (lambda b, m: b.send_document(m, "nulle-part"), "Wrong file identifier/http url specified"),
        (lambda b, m: b.send_photo(m, b"pas une image"), "Image_process_failed"),
        (lambda b, m: b.edit_message_text("x", m, 999), "Message to edit not found"),
        (lambda b, m: b.edit_message_text("x", m, 1), "Message can't be edited"),
        (lambda b, m: b.delete_message(m, 999), "Message to delete not found"),
        (lambda b, m: b.forward_message(m, m, 999), "Message to forward not found"),
        (lambda b, _: b.answer_callback_query("12"),
         "Query is too old and response timeout expired or query id is invalid"),
        (lambda b, _: b.set_my_commands([BotCommand("Aidé", "x")]), "Bot_command_invalid"),
        (lambda b, _: b.get_file("inconnu"), "Wrong file_id or the file is temporarily unavailable"),
    ],
)  # fmt: skip
async def test_bad_requests(bot: Bot, marie: Person, attempt: Attempt, reason: str) -> None:
    with pytest.raises(BadRequest) as error:
        await attempt(bot, marie.id)
    assert str(error.value).lower() == reason.lower()


async def test_4096_units_pass(bot: Bot, marie: Person) -> None:
    assert await bot.send_message(marie.id, "<b>" + "😀" * 2048 + "</b>", "HTML")


async def test_an_edit_must_change_something(bot: Bot, marie: Person) -> None:
    sent = await bot.send_message(marie.id, "<b>x</b>", "HTML", reply_markup=_keys(callback_data="a"))
    with pytest.raises(BadRequest, match=r"(?i)^message is not modified: specified new message content and reply"):
        await bot.edit_message_text("<b>x</b>", marie.id, sent.message_id, parse_mode="HTML",
                                    reply_markup=_keys(callback_data="a"))  # fmt: skip
    assert await bot.edit_message_text("x", marie.id, sent.message_id)


async def test_blocked(bot: Bot, marie: Person) -> None:
    await marie.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(marie.id, "x")
    await marie.unblocks()
    assert await bot.send_message(marie.id, "x")


async def test_nobody_is_written_to_first(bot: Bot, sandbox: Sandbox) -> None:
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(sandbox.person("Karim").id, "x")
    assert await bot.send_message(sandbox.person("Lou", started=True).id, "x")


async def test_buttons_grow_old(bot: Bot, sandbox: Sandbox, marie: Person) -> None:
    await bot.send_message(marie.id, "x", reply_markup=_keys(callback_data="a"))
    update = await marie.presses("a")
    sandbox.expire_buttons()
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_callback_query(update["callback_query"]["id"])


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        ("bot1000001:trial-token-for-this-machine-only/sendFlowers", 404, "Not Found"),
        ("bot1000001:another-token/getMe", 401, "Unauthorized"),
        ("botnonsense/getMe", 404, "Not Found"),
    ],
)
async def test_unknown_methods_and_tokens(sandbox: Sandbox, path: str, status: int, description: str) -> None:
    async with web_client(sandbox) as web:
        answer = await web.get(f"/{path}")
    assert answer.status_code == status
    assert answer.json() == {"ok": False, "error_code": status, "description": description}


async def test_exact_words_on_the_wire(sandbox: Sandbox, marie: Person) -> None:
    async with web_client(sandbox) as web:
        answer = await web.post(f"/bot{sandbox.token}/sendMessage", json={"chat_id": marie.id, "text": "<b>x"})
        assert answer.json()["ok"]
        answer = await web.post(
            f"/bot{sandbox.token}/SENDMESSAGE",
            data={"chat_id": marie.id, "text": "<b>x", "parse_mode": "HTML"},
        )
        assert answer.json() == {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        }
        answer = await web.post(f"/bot{sandbox.token}/sendMessage", content=b"chat_id=1&text=%ff",
                                headers={"Content-Type": "application/x-www-form-urlencoded"})  # fmt: skip
        assert answer.json()["description"] == "Bad Request: strings must be encoded in UTF-8"


async def test_a_wrong_token_stops_the_client(sandbox: Sandbox) -> None:
    async with Sandbox(token="1000001:another") as other:
        other.token = sandbox.token
        with pytest.raises(InvalidToken):
            async with bot_of(other):
                pass


async def test_too_many_requests_tells_when_to_come_back(
    bot: Bot, sandbox: Sandbox, marie: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    sandbox.faults.too_many_requests("sendMessage", times=2, retry_after=7)
    for _ in range(2):
        with pytest.raises(RetryAfter) as error:
            await bot.send_message(marie.id, "x")
        assert error.value.retry_after == timedelta(seconds=7)
    assert await bot.send_message(marie.id, "x")


async def test_server_troubles(sandbox: Sandbox, marie: Person) -> None:
    async with bot_of(sandbox, read_timeout=0.1) as bot:
        for trouble in ("server_error", "bad_gateway", "hang", "drop"):
            getattr(sandbox.faults, trouble)("sendMessage", executed=trouble == "drop")
            with pytest.raises(TelegramError):
                await bot.send_message(marie.id, trouble)
        assert await bot.send_message(marie.id, "enfin")
    assert marie.screen == "Marie : /start\nAccès droits : drop\nAccès droits : enfin"
    assert [call.status for call in sandbox.calls("sendMessage")] == [500, 502, 0, 0, 200]
