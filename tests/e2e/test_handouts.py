"""The card to take home, by command and by button, in two sizes; when it cannot be made, that is said."""

from __future__ import annotations

import sys
from io import BytesIO

import pytest
from pypdf import PdfReader

from bot.sandbox import Bubble, Person
from bot.services.handouts import service
from handlers.button_fields import digest
from tests.e2e.test_buttons import forged
from tests.support.assistant import Assistant, answer, choice, danger_and_answer, say, unknown
from tests.unit.test_handouts import codes


def mediator(assistant: Assistant) -> Person:
    return assistant.sandbox.mediators[0]


def file_of(assistant: Assistant, bubble: Bubble) -> bytes:
    stored = assistant.sandbox.world.files.by_id(bubble.message["document"]["file_id"])
    assert stored is not None
    return stored.content


async def test_a_mediator_types_a_subject(assistant: Assistant) -> None:
    person = mediator(assistant)
    await assistant.settled(await person.writes(f"/fiche {answer()}"))
    sent = person.last
    assert sent.message["document"]["file_name"] == "fiche-rsa-A4.pdf"
    assert sent.message["document"]["mime_type"] == "application/pdf"
    assert sent.message["caption"] == say("fiche_legende", sujet="RSA")
    assert codes(file_of(assistant, sent)) == ["https://t.me/acces_droits_bot?start=rsa", "https://www.exemple.fr/rsa"]
    assert assistant.needs == []
    assert assistant.counted("handout") == 1


async def test_the_small_sheet_is_one_tap_or_one_word_away(assistant: Assistant) -> None:
    person = mediator(assistant)
    await assistant.settled(await person.writes(f"/fiche {answer()}"))
    await assistant.settled(await person.presses(say("bouton_fiche_a5")))
    assert person.last.message["document"]["file_name"] == "fiche-rsa-A5.pdf"
    assert round(float(PdfReader(BytesIO(file_of(assistant, person.last))).pages[0].mediabox.width)) == 420
    await assistant.settled(await person.writes(f"/fiche {answer()} en A5"))
    assert person.last.buttons == [say("bouton_fiche_a4")]


async def test_a_resident_takes_the_card_of_an_answer(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(answer())
    await marie.reply()
    await assistant.settled(await marie.presses(say("bouton_fiche")))
    assert marie.last.message["document"]["file_name"] == "fiche-rsa-A4.pdf"


async def test_the_command_does_not_exist_for_residents(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes("/fiche rsa")
    assert (await marie.reply()).text == say("commande_inconnue")
    assert assistant.needs == []


async def test_several_subjects_are_a_choice_of_cards(assistant: Assistant) -> None:
    person = mediator(assistant)
    await assistant.settled(await person.writes(f"/fiche {choice()} a5"))
    asked = person.last
    assert asked.text.startswith(say("fiche_laquelle"))
    assert 2 <= len(asked.buttons) <= 3
    await assistant.settled(await person.presses(asked.buttons[0], message=asked))
    assert person.last.message["document"]["file_name"].endswith("-A5.pdf")


async def test_an_unknown_subject_is_said_and_kept(assistant: Assistant) -> None:
    person = mediator(assistant)
    await person.writes(f"/fiche {unknown()}")
    assert (await person.reply()).text.startswith(say("inconnu"))
    assert len(assistant.needs) == 1


async def test_without_a_subject_it_is_the_last_answer(assistant: Assistant) -> None:
    person = mediator(assistant)
    await person.writes("/fiche")
    assert (await person.reply()).text == say("fiche_consigne")
    await person.writes(answer())
    await person.reply()
    await assistant.settled(await person.writes("/fiche"))
    assert person.last.message["document"]["file_name"] == "fiche-rsa-A4.pdf"


async def test_danger_stands_above_the_card(assistant: Assistant) -> None:
    person = mediator(assistant)
    await assistant.settled(await person.writes(f"/fiche {danger_and_answer()}"))
    first, *_, last = person.bubbles[-2:]
    assert "17" in first.text
    assert last.message["document"]["file_name"] == "fiche-rsa-A4.pdf"
    assert assistant.needs == []


async def test_a_session_notes_what_was_handed_out(assistant: Assistant) -> None:
    person = mediator(assistant)
    await assistant.settled(await person.writes("/seance individuelle"))
    await assistant.settled(await person.writes(f"/fiche {answer()}"))
    await assistant.settled(await person.writes("/fin"))
    assert any(f"{say('coop_fiches')}\n- RSA" in bubble.text for bubble in person.bubbles)


@pytest.mark.parametrize(("source", "patience"), [("raise SystemExit(1)", 12.0), ("import time; time.sleep(600)", 0.3)])
async def test_a_card_that_fails_is_said_and_the_answer_stays(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, source: str, patience: float
) -> None:
    monkeypatch.setattr(service, "COMMAND", (sys.executable, "-c", source))
    monkeypatch.setattr(service, "PATIENCE_SECONDS", patience)
    marie = assistant.marie
    await marie.writes(answer())
    shown = await marie.reply()
    await assistant.settled(await marie.presses(say("bouton_fiche")))
    assert marie.last.text == say("fiche_echec")
    assert marie.last.buttons == ["RSA"]
    assert shown.text in marie.screen
    await marie.presses("RSA")
    assert (await marie.reply()).text == shown.text


@pytest.mark.parametrize("data", ["ca:", "ca::A4", f"ca:{'0' * 10}:A4", f"ca:{digest('rsa')}:A3", "ca:x:y:z"])
async def test_forged_cards_get_a_kind_sentence(assistant: Assistant, data: str) -> None:
    marie = assistant.marie
    await marie.writes(answer())
    press = forged(marie, await marie.reply(), data)
    assert await marie.gets_alert() == say("ancien_bouton")
    await assistant.settled(press)
