"""Eight languages beside French: start, help, emergencies, danger, the unknown reply and a human, by what people
write, by their telephone, or by their choice."""

from __future__ import annotations

import pytest

from bot.domain.models import Topic
from bot.domain.speech import Speech
from bot.sandbox import Bubble, Person
from tests.e2e.test_buttons import forged
from tests.e2e.test_languages import MESSAGES, bare, language, themes_in
from tests.support.assistant import Assistant, answer, say, small_understanding

CODES = ["en", "ar", "pt", "es", "tr", "uk", "ru", "fa"]
TOPIC: Topic = small_understanding().knowledge.topics["violences-conjugales"]
DANGER = {
    "en": "please help me, my husband hits me",
    "ar": "أريد أن أموت",
    "uk": "моя дитина не дихає",
    "es": "mi marido me pega",
    "ru": "я хочу умереть",
}


def speech(code: str) -> Speech:
    found = language(code).speech
    assert found is not None
    return found


def holds(shown: Bubble, code: str, *keys: str) -> None:
    for key in keys:
        assert speech(code).say(key) in bare(shown.text), key


async def chooses(assistant: Assistant, code: str) -> Person:
    """Marie, whose telephone speaks French, chooses a language."""
    marie = assistant.marie
    await marie.writes("/reglages")
    await marie.reply()
    await marie.presses(say("bouton_langue"))
    await marie.change()
    await marie.presses(speech(code).name)
    holds(await marie.change(), code, "langue_choisie")
    return marie


def test_all_eight_are_spoken() -> None:
    assert {one.code for one in small_understanding().knowledge.languages.spoken} == set(CODES)
    assert set(TOPIC.translations) == set(CODES)


@pytest.mark.parametrize("code", CODES)
async def test_the_choice_of_the_settings_holds_for_every_screen(assistant: Assistant, code: str) -> None:
    marie = await chooses(assistant, code)
    await assistant.restart()
    await marie.writes("/start")
    shown = await marie.reply()
    holds(shown, code, "accueil", "accueil_consigne", "inconnu_humain")
    assert say("accueil")[:30] not in shown.text
    assert language(code).not_proofread in bare(shown.text)
    assert shown.buttons == themes_in(code)
    await marie.writes("/help")
    holds(await marie.reply(), code, "aide", "aide_commandes", "inconnu_humain")
    await marie.writes("/themes")
    assert (await marie.reply()).buttons == themes_in(code)
    await marie.writes("comment adopter un hérisson")
    shown = await marie.reply()
    holds(shown, code, "inconnu", "inconnu_suite", "inconnu_humain")
    assert "hérisson" in shown.text  # what is kept is shown, whatever the language
    await marie.writes(answer())
    holds(await marie.reply(), code, "reponse_en_francais")


@pytest.mark.parametrize("code", CODES)
async def test_an_emergency_topic_is_read_in_it_and_in_french_again(assistant: Assistant, code: str) -> None:
    person = assistant.sandbox.person("Olena", language=code)
    await person.writes("/urgence")
    shown = await person.reply()
    holds(shown, code, "urgence_titre", "urgence", "urgence_suite")
    assert language(code).not_proofread in bare(shown.text)
    await person.presses(TOPIC.translations[code].button)
    told = await person.reply()
    translation = TOPIC.translations[code]
    for text in (translation.title, translation.answer, *translation.steps, TOPIC.contacts[0].name, "3919"):
        assert text in bare(told.text)
    assert language(code).not_proofread in bare(told.text)
    assert say("source", sources="").split(":")[0] in told.text
    await person.presses(speech(code).say("bouton_lire_en_francais"))
    assert TOPIC.answer in (await person.reply()).text


@pytest.mark.parametrize("code", CODES)
async def test_the_telephones_language_stands_below_the_french(assistant: Assistant, code: str) -> None:
    person = assistant.sandbox.person("Olena", language=code)
    await person.writes("/help")
    shown = await person.reply()
    assert shown.text.startswith(say("aide")[:40])
    holds(shown, code, "aide", "inconnu_humain")
    assert shown.buttons == themes_in(code)
    await person.writes("comment adopter un hérisson")
    shown = await person.reply()
    assert shown.text.startswith(say("inconnu")[:40])
    holds(shown, code, "inconnu", "inconnu_suite", "inconnu_humain")


@pytest.mark.parametrize("code", CODES)
async def test_what_is_written_decides_and_its_emergency_button_keeps_the_language(
    assistant: Assistant, code: str
) -> None:
    marie = assistant.marie
    await marie.writes(MESSAGES[code])
    shown = await marie.reply()
    holds(shown, code, "inconnu")
    await marie.presses(themes_in(code)[2])
    holds(await marie.reply(), code, "urgence_titre")


@pytest.mark.parametrize("code", DANGER)
async def test_danger_is_answered_in_the_language_it_is_told_in(assistant: Assistant, code: str) -> None:
    marie = assistant.marie
    await marie.writes(DANGER[code])
    shown = await marie.reply()
    assert bare(shown.text).startswith(language(code).emergency)
    holds(shown, code, "danger_appeler")
    assert language(code).human in bare(shown.text)
    assert say("danger_appeler") not in shown.text
    assert shown.buttons[-1] == speech(code).say("bouton_quitter_vite")


@pytest.mark.parametrize("code", CODES)
async def test_danger_told_in_french_is_answered_in_both(assistant: Assistant, code: str) -> None:
    person = assistant.sandbox.person("Olena", language=code)
    await person.writes("mon mari me frappe")
    shown = await person.reply()
    assert say("danger_appeler") in shown.text
    holds(shown, code, "danger_appeler")
    assert TOPIC.translations[code].button in shown.buttons


async def test_choosing_french_silences_the_telephones_language(assistant: Assistant) -> None:
    person = assistant.sandbox.person("Olena", language="uk")
    await person.writes("/reglages")
    await person.reply()
    await person.presses(say("bouton_langue"))
    await person.change()
    await person.presses(say("bouton_francais"))
    await person.change()
    await person.starts()
    shown = await person.reply()
    assert shown.text == f"{say('accueil')}\n\n{say('accueil_consigne')}"
    await person.writes(MESSAGES["en"])  # what they write is still answered in its language
    holds(await person.reply(), "en", "inconnu")


async def test_the_choice_is_kept_under_a_pseudonym_with_its_last_day_and_erased(assistant: Assistant) -> None:
    marie = await chooses(assistant, "fa")
    [row] = assistant.rows("SELECT * FROM preferences")
    assert (row["name"], row["value"], row["expires"]) == ("language", "fa", "2027-11-22")
    assert str(marie.user["id"]) not in row["pseudonym"]
    await marie.writes("/mesdonnees")
    assert say("donnees_langue", langue="fa") in (await marie.reply()).text
    await marie.reply()  # the file
    await marie.writes("/effacer")
    await marie.reply()
    await marie.presses(say("bouton_effacer_oui"))
    await marie.change()
    assert assistant.rows("SELECT * FROM preferences") == []


async def test_a_written_french_question_stays_french_with_the_way_to_the_translation(assistant: Assistant) -> None:
    person = assistant.sandbox.person("Ana", language="pt-br")
    await person.writes(answer())
    shown = await person.reply()
    assert shown.text.startswith("Demander le RSA")
    assert speech("pt").name not in shown.buttons  # this one has no translation


@pytest.mark.parametrize("code", ["ar", "fa"])
async def test_numbers_keep_their_order_in_lines_from_right_to_left(assistant: Assistant, code: str) -> None:
    marie = await chooses(assistant, code)
    await marie.writes("/start")
    text = (await marie.reply()).text
    assert "05 53 35 86 00\u2069" in text
    await marie.writes("/help")
    assert "\u2068/themes\u2069" in (await marie.reply()).text
    await marie.writes("/urgence")
    text = (await marie.reply()).text
    assert text.count("\u2068") == text.count("\u2069") > 10


@pytest.mark.parametrize("data", ["lg:", "lg:t:en:", "lg:t:en:0123456789", "lg:u:zz:", "lg:t:fr:", "lg:u:en:x"])
async def test_forged_buttons_end_in_a_kind_sentence(assistant: Assistant, data: str) -> None:
    marie = assistant.marie
    await marie.writes("/urgence")
    press = forged(marie, await marie.reply(), data)
    assert await marie.gets_alert() == say("ancien_bouton")
    await assistant.settled(press)
