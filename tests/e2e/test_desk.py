"""The staff desk: cards, every gesture, two people on one card, drafts, and who may do what."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox import Bubble, Person, Sandbox
from bot.storage.database import Database
from bot.storage.desk import GroupingStore
from handlers.button_fields import digest
from handlers.render.desk_data import DeskAction, encode
from tests.e2e.test_buttons import forged
from tests.e2e.test_roles import asks, joins
from tests.support.assistant import PATIENCE, Assistant, answer, say, settings_for, unknown

OTHER = "cours de tango argentin"
ALIKE = "adopter un hérisson comment faire"


@pytest.fixture
async def assistant(sandbox: Sandbox, tmp_path: Path, knowledge_copy: Path) -> AsyncIterator[Assistant]:
    """With a base of its own: gestures write beside it, and the tests' base is everybody's."""
    running = Assistant(sandbox, settings_for(sandbox, tmp_path, knowledge=knowledge_copy))
    await running.start()
    try:
        yield running
    finally:
        await running.stop()


async def tell(assistant: Assistant, *texts: str) -> None:
    """Residents ask what nobody can answer."""
    for number, text in enumerate(texts):
        person = assistant.sandbox.person(f"Personne {number}")
        await asks(person, assistant, text)


async def queue(assistant: Assistant, person: Person | None = None) -> Bubble:
    person = person or assistant.staff
    await asks(person, assistant, "/file")
    return person.last


async def opened(assistant: Assistant, place: int = 0, person: Person | None = None) -> Bubble:
    """The card that stands at a place of the queue."""
    person = person or assistant.staff
    shown = await queue(assistant, person)
    await person.presses(shown.buttons[place])
    return await person.change()


async def presses(person: Person, label: str) -> Bubble:
    """What a message becomes after a press."""
    await person.presses(label)
    return await person.change()


def states(assistant: Assistant) -> list[str]:
    return [row["state"] for row in assistant.rows("SELECT state FROM cards ORDER BY id")]


async def test_needs_that_say_the_same_are_one_card(assistant: Assistant) -> None:
    await tell(assistant, unknown(), ALIKE, "coment adopté un hérisson", OTHER)
    shown = await queue(assistant)
    assert shown.text.startswith(say("file_titre", nombre=2))
    assert say("file_nombre", nombre=3) in shown.text
    assert all(len(label) <= 24 for label in shown.buttons)
    card = await opened(assistant)
    assert unknown() in card.text
    assert ALIKE in card.text
    assert say("file_canaux", liste=f"{say('file_canal_chat')} (3)") in card.text
    assert all(len(label) <= 24 for label in card.buttons)


async def test_an_empty_queue_says_so(assistant: Assistant) -> None:
    assert say("equipe_file_vide") in (await queue(assistant)).text


async def test_needs_of_before_the_desk_are_grouped_at_start(assistant: Assistant) -> None:
    await tell(assistant, unknown(), ALIKE)
    await assistant.stop()
    with assistant.database() as connection:
        connection.execute("UPDATE needs SET card = NULL")
        connection.execute("DELETE FROM cards")
    await assistant.start()
    assert say("file_titre", nombre=1) in (await queue(assistant)).text


async def test_a_card_is_the_same_after_a_restart_and_takes_new_needs(assistant: Assistant) -> None:
    await tell(assistant, unknown())
    await queue(assistant)
    await assistant.restart()
    await tell(assistant, ALIKE)
    await queue(assistant)
    assert [row["card"] for row in assistant.rows("SELECT card FROM needs")] == [1, 1]


async def test_ignored_for_ever_and_what_is_said_like_it(assistant: Assistant) -> None:
    staff = assistant.staff
    await tell(assistant, unknown())
    await opened(assistant)
    asked = await presses(staff, say("bouton_file_ignorer"))
    assert asked.text == say("file_ignorer")
    done = await presses(staff, say("bouton_file_oui"))
    assert say("file_ignorer_fait") in done.text
    await tell(assistant, ALIKE)
    assert say("equipe_file_vide") in (await queue(assistant)).text
    assistant.clock.advance(days=400)  # the needs themselves are gone by then
    await assistant.restart()
    assert assistant.needs == []
    await tell(assistant, ALIKE)
    assert say("file_sans_texte") not in (await queue(assistant)).text
    found = assistant.rows("SELECT cards.state FROM cards JOIN needs ON needs.card = cards.id")
    assert [row["state"] for row in found] == ["ignored"]


async def test_every_gesture_can_be_taken_back_for_ten_minutes(assistant: Assistant) -> None:
    staff = assistant.staff
    await tell(assistant, unknown())
    await opened(assistant)
    await presses(staff, say("bouton_file_ignorer"))
    done = await presses(staff, say("bouton_file_oui"))
    assert states(assistant) == ["ignored"]
    await staff.presses(say("bouton_file_annuler"))
    assert (await staff.change()).text == say("file_annule")
    assert states(assistant) == ["open"]
    assert assistant.rows("SELECT * FROM ignored_wordings") == []
    undo = str(done.button(say("bouton_file_annuler"))["callback_data"])  # type: ignore[index]
    await assistant.settled(forged(staff, staff.last, undo))
    assert staff.last.text == say("file_trop_tard")

    await opened(assistant)
    await presses(staff, say("bouton_file_ignorer"))
    done = await presses(staff, say("bouton_file_oui"))
    assistant.clock.advance(minutes=11)
    await staff.presses(say("bouton_file_annuler"))
    assert (await staff.change()).text == say("file_trop_tard")
    assert states(assistant) == ["ignored"]


async def test_a_postponed_card_comes_back_on_its_day(assistant: Assistant) -> None:
    staff = assistant.staff
    await tell(assistant, unknown())
    await opened(assistant)
    await presses(staff, say("bouton_file_reporter"))
    done = await presses(staff, say("bouton_file_jours_7"))
    assert say("file_reporter_fait", date="29 novembre 2026") in done.text
    assert say("equipe_file_vide") in (await queue(assistant)).text
    assistant.clock.advance(days=7)
    assert say("file_titre", nombre=1) in (await queue(assistant)).text


async def test_two_cards_are_merged_for_ever_and_apart_again_when_taken_back(assistant: Assistant) -> None:
    staff = assistant.staff
    await tell(assistant, unknown(), OTHER)
    card = await opened(assistant)
    other = OTHER if unknown() in card.text else unknown()
    shown = await presses(staff, say("bouton_file_fusionner"))
    assert other in shown.text
    done = await presses(staff, shown.buttons[0])
    assert say("file_fusionner_fait") in done.text
    assert len({row["card"] for row in assistant.rows("SELECT card FROM needs")}) == 1
    await tell(assistant, ALIKE, "tango argentin cours")
    assert say("file_titre", nombre=1) in (await queue(assistant)).text
    await presses(staff, say("bouton_file_historique"))
    await presses(staff, say("bouton_file_annuler_acte", nombre=1))
    cards = {row["text"]: row["card"] for row in assistant.rows("SELECT text, card FROM needs")}
    assert cards[unknown()] != cards[OTHER]


async def test_a_split_holds_for_what_comes_after(assistant: Assistant) -> None:
    staff = assistant.staff
    await tell(assistant, unknown(), "adopter un hérisson blessé qui le soigne", ALIKE)
    assert say("file_titre", nombre=1) in (await queue(assistant)).text
    await opened(assistant)
    shown = await presses(staff, say("bouton_file_separer"))
    picked = next(label for label in shown.buttons if " bl" in label)
    marked = await presses(staff, picked)
    assert any(label.startswith("✓") for label in marked.buttons)
    done = await presses(staff, say("bouton_file_separer_oui"))
    assert say("file_separer_fait") in done.text
    await tell(assistant, "un hérisson blessé qui le soigne", unknown())
    await assistant.restart()
    await tell(assistant, "hérisson blessé qui soigne", ALIKE)
    await queue(assistant)
    cards = {row["text"]: row["card"] for row in assistant.rows("SELECT text, card FROM needs")}
    hurt = {card for text, card in cards.items() if "bless" in text}
    assert len(hurt) == 1
    assert {card for text, card in cards.items() if "bless" not in text}.isdisjoint(hurt)


DANCES = ("cours de tango argentin", "apprendre la valse", "cours de valse et de tango")


async def monday_night(assistant: Assistant) -> None:
    """It is Monday, four in the morning, and the assistant was just started."""
    days = (7 - assistant.clock().weekday()) % 7
    assistant.clock.now = (assistant.clock() + timedelta(days=days)).replace(hour=4, minute=0)
    await assistant.restart()


async def test_cards_that_nobody_touched_become_one_on_monday_night(assistant: Assistant) -> None:
    await tell(assistant, *DANCES)
    assert say("file_titre", nombre=2) in (await queue(assistant)).text
    await monday_night(assistant)

    def one() -> bool:
        return len({row["card"] for row in assistant.rows("SELECT card FROM needs")}) == 1

    await assistant.sandbox.world.news.until(one, PATIENCE, lambda: "two cards are still two")
    assert say("file_titre", nombre=1) in (await queue(assistant)).text
    await tell(assistant, "apprendre la valse viennoise")
    assert say("file_titre", nombre=1) in (await queue(assistant)).text


async def test_a_card_that_somebody_looked_at_stays_as_it_is(assistant: Assistant) -> None:
    await tell(assistant, *DANCES)
    await opened(assistant)
    [seen] = [row["id"] for row in assistant.rows("SELECT id FROM cards WHERE state = 'open'")]
    await assistant.stop()
    database = await Database.open(assistant.settings.database)
    store = GroupingStore(database)
    [other] = await store.untouched()
    assert not await store.join(other, seen)
    assert not await store.join(seen, other)
    await database.close()
    assert len({row["card"] for row in assistant.rows("SELECT card FROM needs")}) == 2
    await assistant.start()


async def test_two_people_on_one_card_see_who_has_it(assistant: Assistant) -> None:
    staff = assistant.staff
    await tell(assistant, unknown())
    lou = await joins(assistant, "Lou", "equipe")
    card = await opened(assistant)
    seen = await opened(assistant, person=lou)
    assert say("file_prise", nom=staff.name) in seen.text
    ignore = encode(DeskAction.IGNORE_YES, 1)
    await assistant.settled(forged(lou, seen, ignore))
    assert states(assistant) == ["open"]
    assistant.clock.advance(minutes=11)
    assert say("bouton_file_rattacher") in (await opened(assistant, person=lou)).buttons
    await staff.presses(say("bouton_file_ignorer"), message=card)
    await staff.sees(say("file_prise", nom="Lou"))
    await presses(lou, say("bouton_file_retour"))
    assert say("bouton_file_rattacher") in (await opened(assistant)).buttons


async def test_the_history_says_who_without_writing_names(assistant: Assistant) -> None:
    staff = assistant.staff
    await tell(assistant, unknown())
    await opened(assistant)
    await presses(staff, say("bouton_file_reporter"))
    await presses(staff, say("bouton_file_jours_30"))
    await queue(assistant)
    shown = await presses(staff, say("bouton_file_historique"))
    assert f"{staff.name} : {say('file_acte_reporter')}" in shown.text
    [row] = assistant.rows("SELECT * FROM desk_history")
    assert str(staff.user["id"]) not in str(tuple(row))
    assert staff.name not in str(tuple(row))


async def test_filters_by_state_kind_and_theme(assistant: Assistant) -> None:
    staff = assistant.staff
    await tell(assistant, unknown(), OTHER)
    await opened(assistant)
    await presses(staff, say("bouton_file_ignorer"))
    await presses(staff, say("bouton_file_oui"))
    await queue(assistant)
    await presses(staff, say("bouton_file_etat"))
    shown = await presses(staff, say("file_etat_ignored"))
    assert say("file_titre", nombre=1) in shown.text
    assert say("file_etat_ignored") in shown.text
    await presses(staff, say("bouton_file_type"))
    shown = await presses(staff, say("file_type_language"))
    assert say("equipe_file_vide") in shown.text
    await presses(staff, say("bouton_file_theme"))
    await presses(staff, say("file_tous"))
    await presses(staff, say("bouton_file_etat"))
    await presses(staff, say("file_etat_a_traiter"))
    await presses(staff, say("bouton_file_type"))
    shown = await presses(staff, say("file_type_unknown"))
    assert say("file_titre", nombre=1) in shown.text


async def test_an_expired_entry_is_a_card(assistant: Assistant) -> None:
    assistant.clock.advance(days=900)
    await assistant.restart()
    shown = await queue(assistant)
    assert say("file_titre", nombre=len(assistant.rows("SELECT 1 FROM cards"))) in shown.text
    card = await opened(assistant)
    assert say("bouton_file_voir") in card.buttons
    assert say("bouton_file_corriger") in card.buttons


async def test_a_card_that_is_gone_and_forged_data_end_clearly(assistant: Assistant) -> None:
    staff = assistant.staff
    await tell(assistant, unknown())
    shown = await queue(assistant)
    for action in DeskAction:
        for data in (
            encode(action, 999), encode(action, 1, number=9999), encode(action, 1, code="jjj"),
            encode(action, 1, about="rsa"), encode(action, 0),
        ):  # fmt: skip
            await assistant.settled(forged(staff, shown, data))
    for data in ("fi:", "fi:c:x::0", "fi:zz:1:::0", f"fi:at:1::{digest('inconnu')}:0", "fi:c:1::::0"):
        await assistant.settled(forged(staff, shown, data))
        assert await staff.gets_alert() == say("ancien_bouton")
    assert say("erreur") not in staff.screen
    assert assistant.rows("SELECT text FROM needs")


async def test_free_text_outside_a_step_is_answered_as_for_a_resident(assistant: Assistant) -> None:
    staff = assistant.staff
    await tell(assistant, unknown())
    await opened(assistant)
    text, _ = await asks(staff, assistant, answer())
    assert text.startswith("Demander le RSA")


@pytest.mark.parametrize("text", ["<b>gras", "a < b & c > d </i>", "<script>alert(1)</script>"])
async def test_broken_html_in_a_reply_is_shown_as_it_is(assistant: Assistant, text: str) -> None:
    staff, marie = assistant.staff, assistant.marie
    await asks(marie, assistant, unknown())
    await marie.presses(say("bouton_prevenir"))
    await marie.reply()
    await opened(assistant)
    await presses(staff, say("bouton_file_repondre"))
    await staff.writes(text)
    shown, below = await staff.replies(2)
    assert text in shown.text
    assert below.text == say("file_repondre_apercu", nombre=1)
    await presses(staff, say("bouton_file_envoyer"))
    assert text in (await marie.sees(text)).text
    assert states(assistant) == ["done"]


async def test_a_reply_that_is_too_long_is_refused_and_the_step_goes_on(assistant: Assistant) -> None:
    staff = assistant.staff
    await tell(assistant, unknown())
    await opened(assistant)
    await presses(staff, say("bouton_file_repondre"))
    await staff.writes("a " * 2040)
    refused = await staff.reply()
    assert say("file_trop_long", nombre=4080, limite=3000) in refused.text or "Trop long" in refused.text
    await staff.writes("Une réponse courte.")
    shown, _ = await staff.replies(2)
    assert "Une réponse courte." in shown.text
    assert states(assistant) == ["open"]


async def test_a_draft_survives_a_restart_and_annuler(assistant: Assistant) -> None:
    staff = assistant.staff
    await tell(assistant, unknown())
    await opened(assistant)
    await presses(staff, say("bouton_file_repondre"))
    await assistant.restart()
    await staff.writes("Appelez la LPO.")
    shown, _ = await staff.replies(2)
    assert "Appelez la LPO." in shown.text
    assert (await asks(staff, assistant, "/annuler"))[0] == say("file_plus_tard")
    text, _ = await asks(staff, assistant, answer())
    assert text.startswith("Demander le RSA")
    assert (await asks(staff, assistant, "/annuler"))[0] == say("file_rien_a_annuler")
    await opened(assistant)
    again = await presses(staff, say("bouton_file_repondre"))
    assert "Appelez la LPO." in again.text


async def test_a_step_that_nobody_goes_on_with_takes_no_later_question(assistant: Assistant) -> None:
    staff = assistant.staff
    await tell(assistant, unknown())
    await opened(assistant)
    await presses(staff, say("bouton_file_repondre"))
    assistant.clock.advance(minutes=31)
    text, _ = await asks(staff, assistant, answer())
    assert text.startswith("Demander le RSA")


async def test_who_lost_the_role_in_mid_conversation_is_refused(assistant: Assistant) -> None:
    await tell(assistant, unknown())
    lou = await joins(assistant, "Lou", "equipe")
    await opened(assistant, person=lou)
    await presses(lou, say("bouton_file_repondre"))
    await asks(assistant.staff, assistant, "/equipe")
    await assistant.staff.presses(say("bouton_retirer", nom="Lou"))
    await assistant.staff.change()
    assert (await asks(lou, assistant, "Voici la réponse."))[0] == say("file_role_retire")
    press = forged(lou, lou.last, encode(DeskAction.ANSWER_YES, 1))
    assert await lou.gets_alert() == say("ancien_bouton")
    await assistant.settled(press)
    assert assistant.rows("SELECT * FROM notices") == []
    assert (await asks(lou, assistant, answer()))[0].startswith("Demander le RSA")
