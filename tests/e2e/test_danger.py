"""People first: numbers before anything else, and nothing of such a message is kept."""

from __future__ import annotations

import pytest

from tests.support.assistant import Assistant, answer, danger_and_answer, say

CERTAIN = "au secours il me frappe avec un marteau"
DOUBTFUL = "à quoi bon continuer"


async def test_numbers_come_first_and_at_once(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(danger_and_answer())
    danger, other = await marie.replies(2)
    for number in ("17", "114", "3919"):
        assert f"\n{number}" in danger.text
    assert "Violences au couple" in danger.buttons
    assert danger.buttons[-1] == say("bouton_quitter_vite")
    assert other.text.startswith(say("danger_autre_besoin"))
    assert "Demander le RSA" in other.text or "RSA" in other.buttons
    first = assistant.sandbox.calls("sendChatAction", "sendMessage")[0]
    assert first.method == "sendMessage"  # not even a typing sign stands before the numbers


@pytest.mark.parametrize("text", [CERTAIN, DOUBTFUL, "il me frappe, comment adopter un hérisson zorglub"])
async def test_a_danger_message_is_never_stored(assistant: Assistant, text: str) -> None:
    marie = assistant.marie
    update = await marie.writes(text)
    await marie.reply()
    await assistant.settled(update)
    assert assistant.needs == []
    assert assistant.counted("danger") == 1
    stored = assistant.file_bytes()
    assert b"frappe" not in stored
    assert "à quoi bon".encode() not in stored


async def test_not_even_after_a_refused_answer(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(danger_and_answer())
    other = (await marie.replies(2))[1]
    label = say("bouton_aucune") if say("bouton_aucune") in other.buttons else say("bouton_pas_ca")
    press = await marie.presses(label, message=other)
    shown = await marie.reply()
    await assistant.settled(press)
    if say("bouton_aucune") in shown.buttons:
        press = await marie.presses(say("bouton_aucune"), message=shown)
        shown = await marie.reply()
        await assistant.settled(press)
    assert assistant.rows("SELECT * FROM needs") == []  # not even that somebody was not served
    assert b"frappe" not in assistant.file_bytes()
    assert "est gardée" not in shown.text
    assert say("inconnu_humain") in shown.text
    assert say("bouton_effacer") not in shown.buttons


async def test_a_second_refusal_beside_danger_says_that_nothing_is_kept(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(danger_and_answer())
    offered = (await marie.replies(2))[1]
    await marie.presses(say("bouton_pas_ca"), message=offered)
    choice = await marie.reply()
    if say("bouton_aucune") in choice.buttons:
        await marie.presses(choice.buttons[0], message=choice)
        second = await marie.reply()
        await assistant.settled(await marie.presses(say("bouton_pas_ca"), message=second))
        choice = await marie.reply()
    assert choice.text.startswith(say("pas_ca_non_garde"))
    assert say("inconnu_humain") in choice.text
    assert assistant.rows("SELECT * FROM needs") == []


async def test_a_doubtful_wording_is_asked_about_with_the_numbers_in_sight(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(DOUBTFUL)
    asked = await marie.reply()
    assert say("danger_question") in asked.text
    assert "3114" in asked.text
    await marie.presses(say("bouton_danger_oui"), message=asked)
    shown = await marie.reply()
    assert say("danger_oui") in shown.text
    assert "\n3114 :" in shown.text
    assert shown.buttons == [say("bouton_quitter_vite")]  # whoever comes in must not read this list either
    await marie.presses(say("bouton_danger_non"), message=asked)
    assert (await marie.reply()).text == say("danger_non")
    await marie.writes(answer())
    assert (await marie.reply()).text.startswith("Demander le RSA")


async def test_leaving_fast(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(CERTAIN)
    shown = await marie.reply()
    await marie.presses(say("bouton_quitter_vite"))
    after = await marie.change()
    assert after.id == shown.id
    assert after.text.startswith(say("quitter_vite"))
    assert after.buttons == []
    again = await marie.presses(say("bouton_quitter_vite"), message=shown)
    await assistant.settled(again)
    assert say("erreur") not in marie.screen


async def test_danger_is_answered_while_nothing_can_be_stored(assistant: Assistant) -> None:
    marie = assistant.marie
    with assistant.locked():
        await marie.writes(CERTAIN)
        assert "\n17" in (await marie.reply(within=3)).text


async def test_an_edit_that_tells_of_danger_gets_the_numbers(assistant: Assistant) -> None:
    marie = assistant.marie
    message = await marie.writes(answer())
    await marie.reply()
    await marie.edits(message, CERTAIN)
    assert "\n17" in (await marie.reply()).text


async def test_danger_in_a_callers_long_text_is_seen(assistant: Assistant) -> None:
    marie = assistant.marie
    text = "je voudrais savoir pour mes papiers " * 90 + ". Il me bat tous les soirs."
    await marie.writes(text)
    assert "3919" in (await marie.reply()).text


async def test_who_is_in_no_danger_gets_the_answer_to_what_they_wrote(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(f"{DOUBTFUL} le rsa")
    asked = await marie.reply()
    assert say("danger_question") in asked.text
    await marie.presses(say("bouton_danger_non"), message=asked)
    assert (await marie.reply()).text == say("danger_non_reponse")
    assert (await marie.reply()).text.startswith("Demander le RSA")
    assert assistant.rows("SELECT * FROM needs") == []


async def test_danger_under_a_picture_is_answered_first(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.sends_photo(b"GIF89a\x02\x00\x02\x00", caption=CERTAIN)
    assert "\n17 :" in (await marie.reply()).text
    await marie.sends_photo(b"GIF89a\x02\x00\x02\x00", caption=answer())
    assert say("recu_photo") in (await marie.reply()).text
