"""Buttons that are forged, old, foreign, or under a message that is gone."""

from __future__ import annotations

import pytest

from bot.sandbox import Bubble, Person
from bot.sandbox.wire import Json
from handlers.button_fields import digest
from handlers.callback_data import Action, encode
from tests.support.assistant import Assistant, answer, choice, say

RSA = digest("rsa")
FORGED = [
    "x", "::", ":::", "t::0", "t:0000000000:0", f"t:{RSA}:", f"t:{RSA}:-1", f"t:{RSA}:99999", f"t:{RSA}:١",
    f"T:{RSA}:0", f"g:{RSA}:0", f"zz:{RSA}:0", f"x:{RSA}:0", f"m:{RSA}:0", f"s:{RSA}:1", f"t:{digest('aides')}:0",
    "h::0", "n::0", "c::0", "f::0", "g::0", "😀" * 16, "' OR 1=1 --", "<b>", "t:" + "0" * 60, "\u202et:0",
    "null", "0", " ",
]  # fmt: skip


def forged(person: Person, message: Bubble, data: str) -> Json:
    """A press whose data never stood on a button: only a changed client sends that."""
    query = person.world.callbacks.ask(person.user["id"], person.room.id)
    person.pressed = query
    content = {
        "id": query.id, "from": person.user, "chat_instance": "1", "data": data, "message": message.message,
    }  # fmt: skip
    return person.world.updates.add("callback_query", content)


@pytest.mark.parametrize("data", FORGED)
async def test_forged_data_gets_a_kind_sentence(assistant: Assistant, data: str) -> None:
    marie = assistant.marie
    await marie.writes(answer())
    shown = await marie.reply()
    before = marie.screen
    press = forged(marie, shown, data)
    assert await marie.gets_alert() == say("ancien_bouton")
    await assistant.settled(press)
    assert marie.screen == before
    assert assistant.needs == []


async def test_a_press_without_data_or_message_does_no_harm(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(answer())
    await marie.reply()
    query = marie.world.callbacks.ask(marie.user["id"], marie.room.id)
    marie.pressed = query
    game = {"id": query.id, "from": marie.user, "chat_instance": "1", "game_short_name": "jeu"}
    await assistant.settled(marie.world.updates.add("callback_query", game))
    assert await marie.gets_alert() == say("ancien_bouton")
    query = marie.world.callbacks.ask(marie.user["id"], marie.room.id)
    marie.pressed = query
    inline = {
        "id": query.id, "from": marie.user, "chat_instance": "1", "data": encode(Action.THEMES),
        "inline_message_id": "AAAA",
    }  # fmt: skip
    await assistant.settled(marie.world.updates.add("callback_query", inline))
    assert await marie.gets_alert() == say("ancien_bouton")


async def test_every_button_of_a_message_that_is_gone_is_answered(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(choice())
    offered = await marie.reply()
    await marie.writes(answer())
    shown = await marie.reply()
    await marie.writes("/settings")
    settings = await marie.reply()
    await marie.writes("/urgence")
    urgent = await marie.reply()
    bubbles = (offered, shown, settings, urgent)
    for bubble in bubbles:
        await marie.deletes(bubble)
    presses = [
        await marie.presses(button["callback_data"], message=bubble)
        for bubble in bubbles
        for row in bubble.rows
        for button in row
        if "callback_data" in button
    ]
    for press in presses:
        await assistant.settled(press)
    assert say("erreur") not in marie.screen
    assert say("reglages_courtes") in marie.screen  # what was to be changed comes as a new message
    assert say("quitter_vite") in marie.screen
    await marie.writes(answer())
    assert (await marie.reply()).text.startswith("Demander le RSA")


@pytest.mark.parametrize("label", ["bouton_aide", "bouton_reponses_courtes", "bouton_quitter_vite"])
async def test_a_message_deleted_between_press_and_answer(assistant: Assistant, label: str) -> None:
    """Telegram still hands out the message with the press; only editing it fails."""
    marie = assistant.marie
    shown: Bubble | None = None
    for text in (answer(), "/settings", "/urgence"):
        await marie.writes(text)
        bubble = await marie.reply()
        if say(label) in bubble.buttons:
            shown = bubble
    assert shown is not None
    with assistant.sandbox.held_back():
        press = await marie.presses(say(label), message=shown)
        await marie.deletes(shown)
    await assistant.settled(press)
    assert say("erreur") not in marie.screen


async def test_a_press_too_old_for_telegram_still_does_what_it_says(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(choice())
    shown = await marie.reply()
    with assistant.sandbox.held_back():
        await marie.presses(shown.buttons[0], message=shown)
        assistant.sandbox.expire_buttons()
    assert say("bouton_pas_ca") in (await marie.reply()).buttons
    assert say("erreur") not in marie.screen


async def test_a_button_under_a_message_of_last_year_still_works(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(answer())
    shown = await marie.reply()
    assistant.clock.advance(days=400)
    await assistant.restart()
    await marie.presses("Aide alimentaire", message=shown)
    assert (await marie.reply()).text.startswith("Manger quand on n'a plus d'argent")


async def test_an_outdated_answer_says_that_it_must_be_confirmed(assistant: Assistant) -> None:
    assistant.clock.advance(days=400)
    await assistant.marie.writes(answer())
    shown = await assistant.marie.reply()
    assert say("perime", date="2 novembre 2026", telephone="05 36 49 00 10") in shown.text


async def test_somebody_elses_buttons_in_a_group_do_no_harm(assistant: Assistant) -> None:
    marie, karim = assistant.marie, assistant.sandbox.person("Karim")
    await marie.writes("/settings")
    shown = await marie.reply()
    press = forged(karim, shown, encode(Action.SHORT_ANSWERS, number=1))
    await assistant.settled(press)
    await marie.writes(answer())
    assert say("titre_etapes") in (await marie.reply()).text  # Marie's answers did not change
