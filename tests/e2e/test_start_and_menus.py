"""What a resident finds before any question: the start, deep links, help, themes, emergencies, settings."""

from __future__ import annotations

import pytest

from bot.sandbox import Bubble
from tests.support.assistant import Assistant, answer, say

THEMES = ["Aides", "Internet", "Urgence et danger"]


async def test_start_says_who_what_and_privacy_in_three_short_sentences(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.starts()
    welcome = await marie.reply()
    first = welcome.text.split("\n\n")[0]
    sentences = [one for one in first.replace("! ", ". ").split(". ") if one]
    assert len(sentences) == 3
    assert all(len(one.split()) <= 20 for one in sentences), sentences
    assert welcome.buttons == THEMES


async def test_a_deep_link_opens_its_topic(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.starts("cheque-energie")
    shown = await marie.reply()
    assert shown.text.startswith("Payer l'énergie avec le chèque énergie")


@pytest.mark.parametrize("payload", ["nulle-part", "x" * 64, "RSA", "_", "rsa-"])
async def test_a_deep_link_to_nowhere_offers_the_themes(assistant: Assistant, payload: str) -> None:
    marie = assistant.marie
    await marie.starts(payload)
    shown = await marie.reply()
    assert shown.text == say("sujet_inconnu")
    assert shown.buttons == THEMES


@pytest.mark.parametrize("command", ["/help", "/aide", "/AIDE"])
async def test_help_names_a_human_and_the_themes(assistant: Assistant, command: str) -> None:
    marie = assistant.marie
    await marie.writes(command)
    shown = await marie.reply()
    assert say("aide_humain") in shown.text
    assert "/urgence" in shown.text
    assert shown.buttons == THEMES


async def test_themes_are_turned_page_by_page_in_place_and_back(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes("/themes")
    menu = await marie.reply()
    assert menu.buttons == THEMES

    await marie.presses("Aides")
    page = await marie.change()
    assert page.id == menu.id
    assert say("page", numero=1, total=2) in page.text
    assert len(page.buttons) == 10  # eight topics, the next page, back
    first = page.buttons[:8]

    await marie.presses(say("bouton_suivant"))
    page = await marie.change()
    assert page.id == menu.id
    assert say("page", numero=2, total=2) in page.text
    assert say("bouton_suivant") not in page.buttons
    assert not set(first) & set(page.buttons)

    await marie.presses(say("bouton_precedent"))
    assert (await marie.change()).buttons[:8] == first

    await marie.presses(say("bouton_retour"))
    assert (await marie.change()).buttons == THEMES

    await marie.presses("Internet")
    page = await marie.change()
    assert "Page" not in page.text
    await marie.presses("Mot de passe perdu")
    shown = await marie.reply()
    assert shown.text.startswith("Mot de passe perdu")
    assert shown.id != menu.id
    assert menu.id in {bubble.id for bubble in marie.bubbles}


async def test_a_question_may_be_written_while_buttons_are_shown(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes("/themes")
    await marie.reply()
    await marie.presses("Aides")
    await marie.change()
    await marie.writes(answer())
    assert (await marie.reply()).text.startswith("Demander le RSA")


async def test_urgence_shows_numbers_and_topics_without_any_question(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes("/urgence")
    shown = await marie.reply()
    for number in ("15", "17", "18", "112", "114", "115", "119", "3114", "3919"):
        assert f"\n{number} :" in shown.text
    assert shown.buttons == ["Danger, vite", "Violences au couple", say("bouton_quitter_vite")]
    await marie.presses("Violences au couple")
    assert "3919" in (await marie.reply()).text


async def test_leaving_fast_puts_something_harmless_in_place_of_the_message(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes("/urgence")
    shown = await marie.reply()
    await marie.presses(say("bouton_quitter_vite"))
    after = await marie.change()
    assert after.id == shown.id
    assert after.text.startswith(say("quitter_vite"))
    assert after.buttons == []
    assert "3919" not in after.text


@pytest.mark.parametrize("command", ["/settings", "/reglages"])
async def test_short_answers_are_chosen_and_kept_across_a_restart(assistant: Assistant, command: str) -> None:
    marie = assistant.marie
    await marie.writes(answer())
    long = await marie.reply()
    await marie.writes(command)
    shown = await marie.reply()
    assert say("reglages_vide") in shown.text
    await marie.presses(say("bouton_reponses_courtes"))
    changed = await marie.change()
    assert say("reglages_courtes") in changed.text
    assert changed.buttons == [say("bouton_reponses_completes"), say("bouton_une_etape"), say("bouton_langue")]

    await assistant.restart()
    await marie.writes(answer())
    short = await marie.reply()
    assert len(short.text) < len(long.text)
    assert "Source" in short.text
    assert short.buttons == long.buttons

    await assistant.sandbox.person("Karim").writes(answer())
    assert (await assistant.sandbox.person("Karim").reply()).text == long.text  # a choice of one's own

    await marie.presses(say("bouton_reponses_completes"))
    assert say("reglages_vide") in (await marie.change()).text
    await marie.writes(answer())
    assert (await marie.reply()).text == long.text


async def test_the_same_setting_pressed_twice_is_no_error(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes("/settings")
    menu = await marie.reply()
    await marie.presses(say("bouton_reponses_courtes"), message=menu)
    await marie.change()
    again = await marie.presses(say("bouton_reponses_courtes"), message=menu)
    await assistant.settled(again)
    assert say("erreur") not in marie.screen


async def test_menus_are_in_french_and_by_scope(assistant: Assistant) -> None:
    assert {"start", "themes", "urgence", "reglages", "aide"} <= set(assistant.marie.commands)
    assert "file" in assistant.staff.commands
    assert set(assistant.marie.commands) < set(assistant.staff.commands)
    assert assistant.sandbox.calls("setMyDescription")


async def test_a_command_of_staff_looks_unknown_to_a_resident(assistant: Assistant) -> None:
    marie = assistant.marie
    seen: list[Bubble] = []
    for command in ("/file", "/nimporte", "/FILE", "/file tout", "/bilan", "/export", "/inviter equipe"):
        await marie.writes(command)
        seen.append(await marie.reply())
    assert {(one.text, tuple(one.buttons)) for one in seen} == {(say("commande_inconnue"), tuple(THEMES))}


async def test_a_group_gets_one_sentence_and_no_answer(assistant: Assistant) -> None:
    marie = assistant.marie
    [seat] = assistant.sandbox.group("Voisins", marie)
    await seat.writes("/start")
    assert (await seat.reply()).text == say("groupe")
    update = await seat.writes(answer())
    await assistant.settled(update)
    await seat.hears_nothing()
    update = await seat.writes("mon voisin me frappe, je vais me tuer")
    await assistant.settled(update)
    assert assistant.needs == []
