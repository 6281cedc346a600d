"""A precise question after an answer, a subject that changes, and what staff must read again."""

from __future__ import annotations

from bot.services.recent_topics import KEPT_SECONDS
from tests.support.assistant import Assistant, answer, say, unknown


async def test_a_precise_question_is_about_the_last_answer(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(answer())
    first = await marie.reply()
    await marie.writes("sa prend combien de tan")
    shown = await marie.reply()
    assert shown.text.startswith("Demander le RSA\n\nCombien de temps : ")
    assert len(shown.text) < len(first.text)
    assert say("verifie", date="2 novembre 2026") in shown.text
    await marie.presses("Demander le RSA" if "Demander le RSA" in shown.buttons else shown.buttons[0])
    assert (await marie.reply()).text == first.text
    assert assistant.needs == []


async def test_another_person_is_asked_what_it_is_about(assistant: Assistant) -> None:
    await assistant.marie.writes(answer())
    await assistant.marie.reply()
    karim = assistant.sandbox.person("Karim")
    await karim.writes("quels papiers ?")
    assert say("quelle_demarche") in (await karim.reply()).text
    assert assistant.needs == []


async def test_a_new_subject_is_never_swallowed(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(answer())
    await marie.reply()
    await marie.writes(unknown())
    assert say("inconnu") in (await marie.reply()).text


async def test_the_last_answer_is_not_remembered_across_a_restart(assistant: Assistant) -> None:
    assert KEPT_SECONDS == 1800
    marie = assistant.marie
    await marie.writes(answer())
    await marie.reply()
    await assistant.restart()
    await marie.writes("c'est combien ?")
    assert say("quelle_demarche") in (await marie.reply()).text


async def test_staff_see_what_must_be_read_again(assistant: Assistant) -> None:
    assistant.clock.advance(days=900)
    staff = assistant.staff
    await staff.writes("/verifier")
    shown = await staff.reply()
    assert "Fraîcheur : 0 sur 100" in shown.text
    await staff.presses(shown.buttons[0])
    assert "à confirmer au" in (await staff.reply()).text


async def test_a_resident_learns_nothing_from_a_command_of_staff(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes("/verifier")
    first = (await marie.reply()).text
    await marie.writes("/nimporte")
    assert (await marie.reply()).text == first
