"""What is kept of people: shown to them word for word, exported, erased at once; and the privacy notice."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from bot.sandbox import Bubble, Person
from tests.e2e.test_buttons import forged
from tests.support.assistant import Assistant, answer, choice, say, unknown

UNTIL = say("garde_jusqu_au", date="22 novembre 2027")


def execute(assistant: Assistant, sql: str, *values: object) -> None:
    """Put something into the database from outside."""
    with closing(sqlite3.connect(assistant.settings.database, timeout=10)) as connection, connection:
        connection.execute(sql, values)


def eraser(shown: Bubble) -> str:
    """The data of the button that erases."""
    button = shown.button(say("bouton_effacer"))
    assert button is not None
    return str(button["callback_data"])


async def kept_reply(assistant: Assistant, person: Person, text: str) -> Bubble:
    """Write something that nobody can answer, whatever way it takes, and give the reply that says it is kept."""
    await person.writes(text)
    shown = await person.reply()
    if say("bouton_aucune") in shown.buttons:
        await person.presses(say("bouton_aucune"))
        shown = await person.reply()
    return shown


async def test_the_reply_shows_exactly_what_is_kept_and_until_when(assistant: Assistant) -> None:
    text = f"{unknown()}, je m'appelle Zébulon Tournesol & fils <b>, 06 39 98 12 34"
    shown = await kept_reply(assistant, assistant.marie, text)
    [kept] = assistant.needs
    assert "Tournesol" not in kept
    assert f"{say('garde_texte')}\n{kept}\n{UNTIL}" in shown.text
    assert "Tournesol" not in shown.text
    assert len(say("bouton_effacer")) <= 24


async def test_refused_answers_and_choices_show_it_too(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(choice())
    await marie.reply()
    await marie.presses(say("bouton_aucune"))
    shown = await marie.reply()
    [kept] = assistant.needs
    assert f"{say('garde_texte')}\n{kept}\n{UNTIL}" in shown.text


async def test_what_is_answered_or_dangerous_has_nothing_to_erase(assistant: Assistant) -> None:
    marie = assistant.marie
    for text in (answer(), "au secours il me frappe avec un marteau"):
        await marie.writes(text)
        assert say("bouton_effacer") not in (await marie.reply()).buttons


async def test_the_button_erases_that_question_once_and_no_other(assistant: Assistant) -> None:
    marie, karim = assistant.marie, assistant.sandbox.person("Karim")
    mine = await kept_reply(assistant, marie, f"{unknown()} zinzolin")
    await kept_reply(assistant, karim, f"{unknown()} amarante")
    await marie.presses(say("bouton_effacer"), message=mine)
    after = await marie.change()
    assert after.id == mine.id
    assert say("garde_efface") in after.text
    assert "zinzolin" not in after.text
    [left] = assistant.needs
    assert "amarante" in left
    assert b"zinzolin" not in assistant.file_bytes()  # not even in a freed page or in the log of writes

    again = await marie.presses(say("bouton_effacer"), message=mine)
    assert await marie.gets_alert() == say("garde_deja_efface")
    await assistant.settled(again)
    assert assistant.needs == [left]
    assert assistant.rows("SELECT count(*) AS n FROM need_erasers")[0]["n"] == 1


async def test_forged_tokens_erase_nothing(assistant: Assistant) -> None:
    marie, karim = assistant.marie, assistant.sandbox.person("Karim")
    shown = await kept_reply(assistant, marie, unknown())
    token = eraser(shown).removeprefix("ef:")
    [row] = assistant.rows("SELECT hash FROM need_erasers")
    await karim.starts()
    other = await karim.reply()
    well_formed = (f"ef:{'A' * 22}", f"ef:{row['hash'][:22]}", f"ef:{token.swapcase()}")
    for data in well_formed:
        press = forged(karim, other, data)
        assert await karim.gets_alert() == say("garde_deja_efface")
        await assistant.settled(press)
    for data in (
        "ef:",
        "ef:1",
        f"ef:{row['hash']}"[:64],
        f"ef:{token}=",
        f"EF:{token}",
        f"ef:{token[:-1]}",
        "ef:%' OR 1=1",
    ):
        press = forged(karim, other, data)
        assert await karim.gets_alert() == say("ancien_bouton")
        await assistant.settled(press)
    assert assistant.needs == [unknown()]


async def test_only_a_hash_of_a_random_token_is_kept(assistant: Assistant) -> None:
    shown = await kept_reply(assistant, assistant.marie, unknown())
    data = eraser(shown)
    token = data.removeprefix("ef:")
    assert len(data.encode()) <= 64
    assert len(token) * 6 >= 128
    [row] = assistant.rows("SELECT hash FROM need_erasers")
    assert row["hash"] == hashlib.sha256(token.encode()).hexdigest()
    assert token.encode() not in assistant.file_bytes()


async def test_a_need_told_twice_by_telegram_can_be_erased_from_either_reply(assistant: Assistant) -> None:
    """The first reply arrived although Telegram said that it did not."""
    marie = assistant.marie
    assistant.sandbox.faults.server_error("sendMessage", executed=True)
    update = await marie.writes(unknown())
    await assistant.settled(update)
    first, *_ = [bubble for bubble in marie.bubbles if say("bouton_effacer") in bubble.buttons]
    await marie.presses(say("bouton_effacer"), message=first)
    await marie.sees(say("garde_efface"))
    assert assistant.needs == []


async def export(person: Person, assistant: Assistant) -> tuple[str, dict[str, Any]]:
    """What /mesdonnees shows, and its file."""
    await person.writes("/mesdonnees")
    text, file = await person.replies(2)
    stored = assistant.sandbox.world.files.by_id(file.message["document"]["file_id"])
    assert stored is not None
    assert stored.name == "mes-donnees.json"
    assert file.text == say("donnees_fichier")
    return text.text, json.loads(stored.content)


async def test_a_newcomer_has_no_data(assistant: Assistant) -> None:
    marie = assistant.marie
    text, data = await export(marie, assistant)
    assert say("donnees_rien") in text
    assert say("donnees_questions") in text
    assert data == {
        "extrait_le": "2026-11-22", "identifiant_telegram": marie.user["id"], "role": None, "reglages": [],
        "avis_demandes": [], "seances": [],
    }  # fmt: skip


async def chooses_and_waits(assistant: Assistant, person: Person) -> None:
    """Someone with a choice and a notice asked for."""
    await person.writes("/reglages")
    await person.reply()
    await person.presses(say("bouton_reponses_courtes"))
    await person.change()
    execute(assistant, "INSERT INTO people VALUES (?, 'follow_up', '7', '2026-12-20')", person.user["id"])


async def test_everything_tied_to_a_person_is_shown_and_exported(assistant: Assistant) -> None:
    marie = assistant.marie
    await chooses_and_waits(assistant, marie)
    text, data = await export(marie, assistant)
    assert say("donnees_reglage", valeur=say("donnees_courtes"), date="22 novembre 2027") in text
    assert say("donnees_avis", question="7", date="20 décembre 2026") in text
    assert data["reglages"] == [{"nom": "short_answers", "valeur": "yes", "jusqu_au": "2027-11-22"}]
    assert data["avis_demandes"] == [{"question": "7", "jusqu_au": "2026-12-20"}]
    text, data = await export(assistant.sandbox.person("Karim"), assistant)
    assert say("donnees_rien") in text
    text, data = await export(assistant.staff, assistant)
    assert say("donnees_role_reglages", role=say("role_equipe")) in text
    assert data["role"]["nom"] == "staff"


async def test_erasing_is_confirmed_complete_and_at_once(assistant: Assistant) -> None:
    marie, karim = assistant.marie, assistant.sandbox.person("Karim")
    for person in (marie, karim):
        await chooses_and_waits(assistant, person)
    await marie.writes("/effacer")
    asked = await marie.reply()
    assert asked.buttons == [say("bouton_effacer_oui"), say("bouton_effacer_non")]
    await marie.presses(say("bouton_effacer_non"))
    assert (await marie.change()).text == say("effacer_non_fait")
    assert len(assistant.rows("SELECT * FROM preferences")) == 2

    await marie.writes("/effacer")
    asked = await marie.reply()
    await marie.presses(say("bouton_effacer_oui"))
    done = await marie.change()
    assert done.text.startswith(say("effacer_fait"))
    assert say("effacer_role_reglages") not in done.text
    assert [row["person"] for row in assistant.rows("SELECT person FROM people")] == [karim.user["id"]]
    assert len(assistant.rows("SELECT * FROM preferences")) == 1
    assert say("donnees_rien") in (await export(marie, assistant))[0]

    again = await marie.presses(say("bouton_effacer_oui"), message=asked)  # a slow network
    await assistant.settled(again)
    assert len(assistant.rows("SELECT * FROM people")) == 1
    assert say("erreur") not in marie.screen


async def test_nobody_erases_the_data_of_somebody_else(assistant: Assistant) -> None:
    marie, karim = assistant.marie, assistant.sandbox.person("Karim")
    await chooses_and_waits(assistant, marie)
    await marie.writes("/effacer")
    asked = await marie.reply()
    await assistant.settled(forged(karim, asked, "ed:oui"))
    assert len(assistant.rows("SELECT * FROM people")) == 1
    assert len(assistant.rows("SELECT * FROM preferences")) == 1


async def test_a_role_of_the_settings_is_said_to_stay(assistant: Assistant) -> None:
    staff = assistant.staff
    await staff.writes("/effacer")
    await staff.reply()
    await staff.presses(say("bouton_effacer_oui"))
    assert say("effacer_role_reglages") in (await staff.change()).text


async def test_stop_ends_every_notice_and_nothing_else(assistant: Assistant) -> None:
    marie = assistant.marie
    await chooses_and_waits(assistant, marie)
    execute(assistant, "INSERT INTO people VALUES (?, 'follow_up', '9', '2026-12-24')", marie.user["id"])
    await marie.writes("/stop")
    assert (await marie.reply()).text == say("stop_fait")
    assert assistant.rows("SELECT * FROM people") == []
    assert len(assistant.rows("SELECT * FROM preferences")) == 1
    await marie.writes("/stop")
    assert (await marie.reply()).text == say("stop_fait")


@pytest.mark.parametrize("command", ["/confidentialite", "/privacy"])
async def test_the_privacy_notice_answers_every_question(assistant: Assistant, command: str) -> None:
    await assistant.marie.writes(command)
    text = (await assistant.marie.reply()).text
    for words in ("Qui ?", "Quoi ?", "Pourquoi ?", "Combien de temps ?", "Vos droits", "CNIL", "01 53 73 22 22",
                  "/mesdonnees", "/effacer", "/stop", "12 mois", "30 jours", "7 jours", "Telegram"):  # fmt: skip
        assert words in text
    assert " tu " not in f" {text.lower()} "


async def test_every_privacy_sentence_is_short() -> None:
    for key in ("confidentialite", "donnees_questions", "effacer_question", "stop_fait", "ralenti"):
        for sentence in say(key).replace("\n", " ").replace("? ", ". ").replace(": ", ". ").split(". "):
            assert len(sentence.split()) <= 20, sentence


async def test_the_first_start_asks_for_no_name_and_no_number(assistant: Assistant) -> None:
    await assistant.marie.starts()
    assert "N'écrivez ni nom ni numéro" in (await assistant.marie.reply()).text


async def test_a_database_that_fails_is_said_and_told(assistant: Assistant) -> None:
    marie = assistant.marie
    shown = await kept_reply(assistant, marie, unknown())
    with assistant.locked():
        await marie.presses(say("bouton_effacer"), message=shown)
        assert (await marie.replies(1, within=15))[0].text == say("erreur")
    assert assistant.needs == [unknown()]
    await marie.presses(say("bouton_effacer"), message=shown)
    await marie.sees(say("garde_efface"))
    assert assistant.needs == []
