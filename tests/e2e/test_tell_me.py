""" "Prévenez-moi": asked for after a miss, ended with one tap, answered once."""

from __future__ import annotations

import pytest

from tests.e2e.test_buttons import forged
from tests.e2e.test_personal_data import export
from tests.support.assistant import Assistant, answer, choice, say, unknown
from tests.support.notices import ids_kept, nobody_waits, publish, waits

UNTIL = say("avis_note", date="22 décembre 2026")


async def test_a_miss_offers_it_and_it_is_confirmed_with_its_end(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(unknown())
    shown = await marie.reply()
    assert say("inconnu_prevenir") in shown.text
    await marie.presses(say("bouton_prevenir"))
    noted = await marie.reply()
    assert noted.text == UNTIL
    assert noted.buttons == [say("bouton_ne_plus_prevenir")]
    [row] = assistant.rows("SELECT * FROM people")
    [need] = assistant.rows("SELECT id FROM needs")
    kept = (row["person"], row["purpose"], row["about"], row["expires"])
    assert kept == (marie.user["id"], "follow_up", str(need["id"]), "2026-12-22")
    await marie.no_longer_sees(f"[{say('bouton_prevenir')}]")
    assert say("bouton_effacer") in marie.screen  # the other buttons stay


async def test_a_choice_and_an_answer_that_were_refused_offer_it_too(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(choice())
    await marie.reply()
    await marie.presses(say("bouton_aucune"))
    assert say("bouton_prevenir") in (await marie.reply()).buttons


async def test_two_taps_are_one_wish(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(unknown())
    shown = await marie.reply()
    first = await marie.presses(say("bouton_prevenir"), message=shown)
    second = forged(marie, shown, str(shown.button(say("bouton_prevenir"))["callback_data"]))  # type: ignore[index]
    assert await marie.gets_alert() == say("avis_deja")
    for press in (first, second):
        await assistant.settled(press)
    assert marie.screen.count(UNTIL) == 1
    assert ids_kept(assistant) == [marie.user["id"]]


async def test_a_confirmation_that_did_not_arrive_comes_again(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(unknown())
    shown = await marie.reply()
    assistant.sandbox.faults.server_error("sendMessage", times=3)
    press = await marie.presses(say("bouton_prevenir"), message=shown)
    await marie.sees(UNTIL, within=20)
    await assistant.settled(press)
    assert marie.screen.count(UNTIL) == 1


async def test_one_tap_stops_it_and_a_second_changes_nothing(assistant: Assistant) -> None:
    marie = assistant.marie
    await waits(marie)
    noted = marie.last
    await marie.presses(say("bouton_ne_plus_prevenir"), message=noted)
    assert (await marie.change()).text == say("avis_arrete")
    assert ids_kept(assistant) == []
    again = await marie.presses(say("bouton_ne_plus_prevenir"), message=noted)
    assert await marie.gets_alert() == say("avis_deja_arrete")
    await assistant.settled(again)
    await publish(assistant, topic="rsa")
    assistant.clock.advance(minutes=1)
    await marie.hears_nothing()


async def test_it_is_not_offered_where_nothing_is_kept(impatient_database: None, assistant: Assistant) -> None:
    marie = assistant.marie
    with assistant.locked():
        await marie.writes(unknown())
        shown = (await marie.replies(1, within=15))[0]
        assert say("bouton_prevenir") not in shown.buttons
        assert say("inconnu_prevenir") not in shown.text
    await marie.writes("au secours il me frappe avec un marteau")
    assert say("bouton_prevenir") not in (await marie.reply()).buttons


async def test_a_topic_is_told_as_residents_see_it_below_the_masked_question(assistant: Assistant) -> None:
    marie, karim = assistant.marie, assistant.sandbox.person("Karim")
    await waits(marie, f"{unknown()} <b>, 06 39 98 12 34")
    [kept] = assistant.needs
    assert "06 39" not in kept
    await karim.writes(answer())
    usual = await karim.reply()
    assert await publish(assistant, topic="rsa") == 1
    told = await marie.reply()
    assert told.text == f"{say('avis_demande')}\n{kept}\n\n{usual.text}"
    assert told.rows == usual.rows
    await nobody_waits(assistant)
    assert assistant.counted("notice") == 1


async def test_the_person_sees_what_they_wait_for(assistant: Assistant) -> None:
    marie = assistant.marie
    await waits(marie, f"{unknown()}, 06 39 98 12 34")
    [kept] = assistant.needs
    text, data = await export(marie, assistant)
    assert say("donnees_avis", question=kept, date="22 décembre 2026") in text
    assert data["avis_demandes"] == [{"question": kept, "jusqu_au": "2026-12-22"}]


async def test_nobody_else_can_wait_or_stop_with_a_guessed_token(assistant: Assistant) -> None:
    marie, karim = assistant.marie, assistant.sandbox.person("Karim")
    await waits(marie)
    [row] = assistant.rows("SELECT hash FROM need_erasers")
    await karim.starts()
    other = await karim.reply()
    for data, said in (
        (f"pv:{'A' * 22}", say("avis_perdu")), (f"pv:{row['hash'][:22]}", say("avis_perdu")),
        (f"ps:{'A' * 22}", say("avis_deja_arrete")), ("pv:", say("ancien_bouton")), ("ps:1", say("ancien_bouton")),
        (f"pv:{'A' * 23}", say("ancien_bouton")), ("pv:%' OR 1=1", say("ancien_bouton")),
    ):  # fmt: skip
        press = forged(karim, other, data)
        assert await karim.gets_alert() == said
        await assistant.settled(press)
    assert ids_kept(assistant) == [marie.user["id"]]


async def test_a_wish_that_cannot_be_noted_is_said_and_told(impatient_database: None, assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(unknown())
    shown = await marie.reply()
    with assistant.locked():
        await marie.presses(say("bouton_prevenir"), message=shown)
        assert (await marie.replies(1, within=15))[0].text == say("erreur")
    assert ids_kept(assistant) == []
    await marie.presses(say("bouton_prevenir"), message=shown)
    await marie.sees(UNTIL)
    assert ids_kept(assistant) == [marie.user["id"]]


async def test_the_id_stands_in_one_table_and_leaves_the_file_with_the_answer(assistant: Assistant) -> None:
    odette = assistant.sandbox.person("Odette", user_id=7_391_846_205)
    await waits(odette)
    tables = [row["name"] for row in assistant.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    holding = [
        table
        for table in tables
        if any(odette.user["id"] in tuple(row) for row in assistant.rows(f"SELECT * FROM {table}"))  # noqa: S608
    ]
    assert holding == ["people"]
    await publish(assistant, topic="rsa")
    await odette.reply()
    await nobody_waits(assistant)
    await assistant.stop()
    number = odette.user["id"]
    for secret in (str(number).encode(), number.to_bytes(6, "big"), b"Odette"):
        assert secret not in assistant.file_bytes()


@pytest.mark.parametrize("command", ["/stop", "/effacer"])
async def test_the_commands_end_it(assistant: Assistant, command: str) -> None:
    marie = assistant.marie
    await waits(marie)
    await marie.writes(command)
    await marie.reply()
    if command == "/effacer":
        await marie.presses(say("bouton_effacer_oui"))
        await marie.change()
        assert assistant.needs == []  # what they asked was tied to them as long as they waited
    assert ids_kept(assistant) == []
