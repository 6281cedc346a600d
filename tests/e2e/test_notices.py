"""Answers on their way to those who wait: each person once, whatever Telegram, the disk or the editors do meanwhile."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from bot.services.follow_ups import EmptyAnswerError
from bot.storage.errors import StorageError
from tests.support.assistant import PATIENCE, Assistant, answer, say, settings_for, unknown
from tests.support.notices import crowd, follow_ups, ids_kept, nobody_waits, publish, times_told, waits

TEXT = "Le guichet est ouvert le mardi."


async def test_a_short_answer_is_plain_text_below_the_question(assistant: Assistant) -> None:
    marie = assistant.marie
    await waits(marie)
    broken = "Le <b>mardi & le <i>jeudi</b> <script>, voir &lt;mairie&gt;"
    assert await publish(assistant, text=broken) == 1
    told = await marie.reply()
    asked = f"{say('avis_demande')}\n{unknown()}"
    assert told.text == "\n\n".join((asked, say("avis_equipe"), broken, say("avis_suite")))
    await nobody_waits(assistant)


async def test_an_answer_longer_than_a_message_comes_whole_and_in_order(assistant: Assistant) -> None:
    marie = assistant.marie
    await waits(marie)
    long = " ".join(f"mot{number}<&😀" for number in range(900))
    await publish(assistant, text=long)
    await nobody_waits(assistant)
    parts = [bubble for bubble in marie.bubbles if "mot" in bubble.text]
    assert len(parts) > 1
    assert all(len(part.text.encode("utf-16-le")) // 2 <= 4096 for part in parts)
    assert long in " ".join(" ".join(part.text for part in parts).split())
    assert times_told(marie) == 1
    assert [bool(part.buttons) for part in parts] == [*[False] * (len(parts) - 1), True]


async def test_who_asked_twice_is_told_once(assistant: Assistant) -> None:
    marie = assistant.marie
    await waits(marie)
    await waits(marie, f"{unknown()} bleu")
    assert await publish(assistant, topic="rsa") == 1
    assert f"{unknown()} bleu" in (await marie.reply()).text
    await nobody_waits(assistant)
    await marie.hears_nothing()
    assert times_told(marie) == 1


async def test_only_those_who_wait_for_it_are_told(assistant: Assistant) -> None:
    marie, karim = assistant.marie, assistant.sandbox.person("Karim")
    await waits(marie)
    await waits(karim, f"{unknown()} bleu")
    first, second = (int(row["id"]) for row in assistant.rows("SELECT id FROM needs ORDER BY id"))
    assert await publish(assistant, second, text=TEXT) == 1
    assert TEXT in (await karim.reply()).text
    await marie.hears_nothing()
    assert ids_kept(assistant) == [marie.user["id"]]
    async with follow_ups(assistant.settings.database) as service:
        assert (await service.waiting([first]), await service.waiting([second]), await service.waiting([])) == (1, 0, 0)


async def test_who_taps_after_the_answer_was_published_has_it_at_once(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(unknown())
    shown = await marie.reply()
    assert await publish(assistant, text=TEXT) == 0
    await marie.presses(say("bouton_prevenir"), message=shown)
    await marie.sees(TEXT)
    await nobody_waits(assistant)


async def test_an_erased_question_is_waited_for_by_nobody(assistant: Assistant) -> None:
    marie = assistant.marie
    await waits(marie)
    await marie.presses(say("bouton_effacer"), message=marie.bubbles[1])
    await marie.sees(say("garde_efface"))
    assert ids_kept(assistant) == []
    shown = marie.last
    await marie.presses(say("bouton_ne_plus_prevenir"), message=shown)
    assert await marie.gets_alert() == say("avis_deja_arrete")


async def test_the_last_of_thirty_days_and_the_next(assistant: Assistant) -> None:
    marie, karim = assistant.marie, assistant.sandbox.person("Karim")
    await waits(marie)
    assistant.clock.advance(days=1)
    await waits(karim, f"{unknown()} bleu")
    assistant.clock.advance(days=30)  # before any cleaning
    assert await publish(assistant, text=TEXT) == 1
    assert TEXT in (await karim.reply()).text
    await marie.hears_nothing()
    assert times_told(marie) == 0


async def test_who_blocked_the_bot_is_skipped_and_forgotten(assistant: Assistant) -> None:
    marie, karim, lou = assistant.marie, assistant.sandbox.person("Karim"), assistant.sandbox.person("Lou")
    for number, person in enumerate((marie, karim, lou)):
        await waits(person, f"{unknown()} {'bleu' * number}")
    await karim.blocks()
    assert await publish(assistant, text=TEXT) == 3
    for person in (marie, lou):
        assert TEXT in (await person.reply()).text
    await nobody_waits(assistant)
    assert (assistant.counted("notice"), assistant.counted("notice_gone")) == (2, 1)
    await karim.unblocks()
    await karim.hears_nothing()
    assert not any(bubble.from_bot for bubble in assistant.staff.bubbles)


def _twin(topic: str) -> str:
    """The file of another topic, with wordings of its own."""
    head, phrases, tail = re.split(r"(?<=phrases:\n)|(?=mots: )", topic)
    phrases = re.sub(r"(?<=  - )(\"?)", r"\1deux fois ", phrases)
    tail = re.sub(r"mots: .*", 'mots: ["rsa de secours"]', tail)
    text = f"{head}{phrases}{tail}"
    return text.replace("id: rsa\n", "id: rsa-bis\n").replace("Demander le RSA", "Demander le RSA bis")


async def test_a_topic_that_is_not_loaded_yet_is_waited_for(
    sandbox: Sandbox, tmp_path: Path, knowledge_copy: Path
) -> None:
    assistant = Assistant(sandbox, settings_for(sandbox, tmp_path, knowledge=knowledge_copy))
    rsa = knowledge_copy / "sujets" / "aides" / "rsa.yaml"
    content = rsa.read_text(encoding="utf-8")
    await assistant.start()
    try:
        marie = assistant.marie
        await waits(marie)
        await publish(assistant, topic="rsa-bis")
        await marie.hears_nothing()
        assert ids_kept(assistant) == [marie.user["id"]]
        (rsa.parent / "rsa-bis.yaml").write_text(_twin(content), encoding="utf-8")
        told = (await marie.replies(1, within=PATIENCE * 2))[0]
        assert "Demander le RSA bis" in told.text
        await nobody_waits(assistant)
    finally:
        await assistant.stop()


async def test_nothing_is_published_by_halves(impatient_database: None, assistant: Assistant) -> None:
    marie = assistant.marie
    await waits(marie)
    with assistant.locked(), pytest.raises(StorageError):
        await publish(assistant, text=TEXT)
    assert assistant.rows("SELECT * FROM notices") == []
    assert ids_kept(assistant) == [marie.user["id"]]
    assert await publish(assistant, text=TEXT) == 1
    assert TEXT in (await marie.reply()).text


@pytest.mark.parametrize("content", [{}, {"text": " "}, {"topic": "rsa", "text": TEXT}])
async def test_an_answer_is_a_topic_or_a_text(assistant: Assistant, content: dict[str, str]) -> None:
    with pytest.raises(EmptyAnswerError):
        await publish(assistant, 1, **content)


async def test_a_database_that_cannot_erase_holds_the_others_up(impatient_database: None, assistant: Assistant) -> None:
    """Whoever was told would be told again as long as their id stands there."""
    people = [assistant.sandbox.person(name) for name in ("Ana", "Bao", "Lou")]
    for number, person in enumerate(people):
        await waits(person, f"{unknown()} {'bleu' * number}")
    assistant.sandbox.faults.delay("sendMessage", seconds=0.3)
    await publish(assistant, text=TEXT)
    await people[0].sees(TEXT)  # Telegram has it, and has not said so yet
    with assistant.locked():
        told = (await assistant.staff.replies(1, within=PATIENCE))[0]
        assert "un autre programme occupe la base" in told.text
        assert [times_told(person) for person in people] == [1, 0, 0]
    await nobody_waits(assistant)
    assert [times_told(person) for person in people] == [1, 1, 1]


async def test_an_interruption_doubles_one_message_at_most(assistant: Assistant) -> None:
    """Telegram takes a message, its answer is lost, and then it cannot be reached for a while."""
    people = [assistant.sandbox.person(name) for name in ("Ana", "Bao", "Lou")]
    for number, person in enumerate(people):
        await waits(person, f"{unknown()} {'bleu' * number}")
    assistant.sandbox.faults.bad_gateway("sendMessage", executed=True)
    assistant.sandbox.faults.drop("getMe", times=2)
    await publish(assistant, text=TEXT)
    await nobody_waits(assistant)
    assert [times_told(person) for person in people] == [2, 1, 1]
    assert len(assistant.sandbox.calls("getMe")) == 1 + 3  # once at the start; the third try got through


async def test_too_many_requests_lose_nobody_and_hold_nobody_else_up(assistant: Assistant) -> None:
    people = [assistant.sandbox.person(name) for name in ("Ana", "Bao", "Lou")]
    for number, person in enumerate(people):
        await waits(person, f"{unknown()} {'bleu' * number}")
    assistant.sandbox.faults.too_many_requests("sendMessage", retry_after=2)
    await publish(assistant, text=TEXT)
    await assistant.sandbox.world.news.until(
        lambda: any(call.status == 429 for call in assistant.sandbox.calls("sendMessage")), 10, lambda: "no 429"
    )
    await assistant.marie.writes(answer())
    assert (await assistant.marie.reply()).text.startswith("Demander le RSA")
    assert [times_told(person) for person in people] == [0, 0, 0]
    await nobody_waits(assistant)
    assert [times_told(person) for person in people] == [1, 1, 1]


async def test_who_stops_while_others_are_being_told_is_not_told(assistant: Assistant) -> None:
    people = [assistant.sandbox.person(name) for name in ("Ana", "Bao", "Lou")]
    for number, person in enumerate(people):
        await waits(person, f"{unknown()} {'bleu' * number}")
    assistant.sandbox.faults.too_many_requests("sendMessage", retry_after=2)
    await publish(assistant, text=TEXT)
    await assistant.sandbox.world.news.until(
        lambda: any(call.status == 429 for call in assistant.sandbox.calls("sendMessage")), 10, lambda: "no 429"
    )
    await people[2].writes("/stop")
    await people[2].reply()
    await nobody_waits(assistant)
    assert [times_told(person) for person in people] == [1, 1, 0]


async def test_an_answer_taken_back_goes_to_nobody(assistant: Assistant) -> None:
    marie = assistant.marie
    await waits(marie)
    await assistant.stop()
    await publish(assistant, text=TEXT)
    async with follow_ups(assistant.settings.database) as service:
        await service.take_back([int(row["id"]) for row in assistant.rows("SELECT id FROM needs")])
    await assistant.start()
    await marie.hears_nothing()
    assert ids_kept(assistant) == [marie.user["id"]]
    await publish(assistant, topic="rsa")
    assert "Demander le RSA" in (await marie.reply()).text


async def test_a_stop_in_the_middle_and_a_conversation_meanwhile(quiet_assistant: Assistant) -> None:
    assistant = quiet_assistant
    people = await crowd(assistant.sandbox, assistant.settings.database, 40)
    await assistant.start()
    await assistant.sandbox.wait_for_call("sendMessage", count=5)
    await assistant.marie.writes(answer())
    assert (await assistant.marie.reply()).text.startswith("Demander le RSA")
    assert any(times_told(person) == 0 for person in people)  # she did not wait for all of them
    await assistant.restart()
    await nobody_waits(assistant)
    assert [times_told(person) for person in people] == [1] * len(people)


async def test_a_notice_that_telegram_refuses_is_told_to_staff(assistant: Assistant) -> None:
    marie = assistant.marie
    await waits(marie)
    assistant.sandbox.faults.refuse("sendMessage", 400, "Bad Request: message is too strange")
    await publish(assistant, text=TEXT)
    assert (await assistant.staff.reply()).text == say("equipe_avis_refuse")
    await nobody_waits(assistant)
    assert (assistant.counted("notice"), assistant.counted("notice_refused")) == (0, 1)


async def test_markup_that_telegram_cannot_read_is_left_out(assistant: Assistant) -> None:
    marie = assistant.marie
    await waits(marie)
    assistant.sandbox.faults.refuse("sendMessage", 400, "Bad Request: can't parse entities")
    await publish(assistant, text=TEXT)
    assert TEXT in (await marie.reply()).text
    await nobody_waits(assistant)
    assert not any(bubble.from_bot for bubble in assistant.staff.bubbles)
