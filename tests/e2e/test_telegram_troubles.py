"""A bad day at Telegram's, or a person who left: answers come late rather than never."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.app import unconfirmed as unconfirmed_module
from bot.sandbox import Sandbox
from tests.support.assistant import Assistant, answer, say, unknown

TROUBLES: dict[str, Callable[[Sandbox], None]] = {
    "429": lambda sandbox: sandbox.faults.too_many_requests("sendMessage", retry_after=1),
    "500": lambda sandbox: sandbox.faults.server_error("sendMessage", times=2),
    "502": lambda sandbox: sandbox.faults.bad_gateway("sendMessage"),
    "half a response": lambda sandbox: sandbox.faults.drop("sendMessage"),
    "half a response, taken": lambda sandbox: sandbox.faults.drop("sendMessage", executed=True),
    "500, taken": lambda sandbox: sandbox.faults.server_error("sendMessage", executed=True),
}


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES.keys())
async def test_the_answer_comes_all_the_same(assistant: Assistant, trouble: Callable[[Sandbox], None]) -> None:
    marie = assistant.marie
    trouble(assistant.sandbox)
    update = await marie.writes(unknown())
    await assistant.settled(update)
    assert say("inconnu") in marie.screen
    assert say("erreur") not in marie.screen
    assert assistant.needs == [unknown()]


async def test_no_answer_within_the_time_out(assistant: Assistant) -> None:
    marie = assistant.marie
    assistant.sandbox.faults.hang("sendMessage")
    update = await marie.writes(unknown())
    await marie.replies(1, within=15)
    await assistant.settled(update)
    assert say("inconnu") in marie.screen
    assert assistant.needs == [unknown()]


@pytest.fixture
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute passes in a moment."""
    monkeypatch.setattr(unconfirmed_module, "_PAUSES", (0.05,))


@pytest.mark.usefixtures("short_pauses")
async def test_a_message_waits_while_telegram_takes_no_reply(assistant: Assistant) -> None:
    marie, karim = assistant.marie, assistant.sandbox.person("Karim")
    assistant.sandbox.faults.server_error("sendMessage", times=8)
    update = await marie.writes(unknown())
    await assistant.sandbox.wait_for_call("sendMessage", count=3)
    await karim.writes(answer())  # nobody else waits for Marie
    await karim.reply(within=20)
    await marie.replies(1, within=20)
    await assistant.settled(update)
    assert marie.screen.count(say("inconnu")) == 1
    assert karim.screen.count("Demander le RSA") == 1
    assert assistant.needs == [unknown()]
    assert assistant.counted("unknown") == 1
    await assistant.sandbox.wait_until_taken()


async def test_a_message_that_could_not_be_answered_is_there_after_a_restart(assistant: Assistant) -> None:
    marie = assistant.marie
    assistant.sandbox.faults.server_error("sendMessage", times=3)
    update = await marie.writes(unknown())
    await assistant.sandbox.wait_for_call("sendMessage", count=3)
    await assistant.stop()
    assert say("inconnu") not in marie.screen
    await assistant.start()
    await assistant.settled(update)
    assert marie.screen.count(say("inconnu")) == 1
    assert assistant.needs == [unknown()]


async def test_a_typing_sign_that_fails_costs_nothing(impatient_database: None, assistant: Assistant) -> None:
    assistant.sandbox.faults.hang("sendChatAction")
    with assistant.locked():
        await assistant.marie.writes(unknown())
        assert say("inconnu_garde_bientot") in (await assistant.marie.replies(1, within=15))[0].text


async def test_an_acknowledgement_that_fails_costs_nothing(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(answer())
    await marie.reply()
    assistant.sandbox.faults.bad_gateway("answerCallbackQuery")
    await marie.presses("Aide alimentaire")
    assert (await marie.reply()).text.startswith("Manger quand")


async def test_someone_who_blocked_the_bot_harms_nobody(assistant: Assistant) -> None:
    marie, karim = assistant.marie, assistant.sandbox.person("Karim")
    with assistant.sandbox.held_back():
        update = await marie.writes(unknown())
        await marie.blocks()
        await karim.writes(answer())
    assert (await karim.reply()).text.startswith("Demander le RSA")
    await assistant.settled(update)
    assert assistant.needs == [unknown()]
    assert say("inconnu") not in marie.screen
    assert not any(bubble.from_bot for bubble in assistant.staff.bubbles)
    await marie.unblocks()
    await marie.writes(answer())
    assert (await marie.reply()).text.startswith("Demander le RSA")


@pytest.mark.parametrize("trouble", ["429", "hang"])
async def test_one_persons_trouble_is_not_everybodys(assistant: Assistant, trouble: str) -> None:
    """Karim, who writes after Marie, is answered while Telegram still keeps Marie waiting."""
    marie, karim = assistant.marie, assistant.sandbox.person("Karim")
    if trouble == "429":
        assistant.sandbox.faults.too_many_requests("sendMessage", retry_after=3)
    else:
        assistant.sandbox.faults.hang("sendMessage")
    update = await marie.writes(unknown())
    await assistant.sandbox.world.news.until(lambda: assistant.sandbox.calls("sendMessage"), 5, lambda: "not tried")
    await karim.writes(answer())
    assert (await karim.reply()).text.startswith("Demander le RSA")
    assert say("inconnu") not in marie.screen
    await marie.sees(say("inconnu"), within=20)
    await assistant.settled(update)
    assert assistant.needs == [unknown()]


async def test_a_pause_too_long_is_tried_again_later(assistant: Assistant) -> None:
    marie = assistant.marie
    assistant.sandbox.faults.too_many_requests("sendMessage", retry_after=3600)
    update = await marie.writes(unknown())
    await marie.sees(say("inconnu"), within=20)
    await assistant.settled(update)
    assert assistant.needs == [unknown()]
    assert marie.screen.count(say("inconnu")) == 1


async def test_someone_who_blocked_the_bot_loses_no_need_and_no_erasure(assistant: Assistant) -> None:
    """The person is gone before the reply: what they asked is kept, what they wanted erased is erased."""
    marie = assistant.marie
    await marie.writes(unknown())
    await marie.reply()
    with assistant.sandbox.held_back():
        press = await marie.presses(say("bouton_effacer"))
        update = await marie.writes(f"{unknown()} encore")
        await marie.blocks()
    for one in (press, update):
        await assistant.settled(one)
    assert assistant.needs == [f"{unknown()} encore"]


async def test_a_reply_that_telegram_refuses_is_apologised_for(assistant: Assistant) -> None:
    marie = assistant.marie
    assistant.sandbox.faults.refuse("sendMessage", 400, "Bad Request: can't parse entities")
    update = await marie.writes(unknown())
    assert (await marie.reply()).text == say("erreur")
    await assistant.settled(update)
    assert assistant.needs == [unknown()]


async def test_polling_goes_on_after_troubles(assistant: Assistant) -> None:
    marie = assistant.marie
    assistant.sandbox.faults.bad_gateway("getUpdates")
    assistant.sandbox.faults.drop("getUpdates", executed=True)
    await marie.writes(answer())
    assert (await marie.reply(within=20)).text.startswith("Demander le RSA")
    assert marie.screen.count("Demander le RSA") == 1


async def test_two_bots_with_one_token_are_told_apart_from_a_crash(assistant: Assistant) -> None:
    assistant.sandbox.faults.refuse("getUpdates", 409, "Conflict: terminated by other getUpdates request")
    await assistant.marie.writes(answer())
    assert (await assistant.marie.reply(within=20)).text.startswith("Demander le RSA")


async def test_a_start_waits_until_telegram_can_be_reached(quiet_assistant: Assistant) -> None:
    quiet_assistant.sandbox.faults.bad_gateway("getMe", times=1)
    await quiet_assistant.start()
    await quiet_assistant.marie.writes(answer())
    assert (await quiet_assistant.marie.reply()).text.startswith("Demander le RSA")


async def test_menus_that_telegram_refuses_stop_nothing(quiet_assistant: Assistant) -> None:
    quiet_assistant.sandbox.faults.refuse("setMyCommands", 400, "Bad Request: too many", times=2)
    await quiet_assistant.start()
    await quiet_assistant.marie.writes(answer())
    assert (await quiet_assistant.marie.reply()).text.startswith("Demander le RSA")
