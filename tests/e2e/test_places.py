"""/lieux as a resident lives it: a shared position, a commune with mistakes, a need; maps and contact cards."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.domain.places import Place
from bot.knowledge_base.loader import load_knowledge
from bot.sandbox import Bubble, Sandbox
from handlers.place_data import PlaceAction, PlacePressed, encode
from tests.support.assistant import ROOT, Assistant, answer, say, settings_for

_VERGT = (45.0262, 0.7192)


@pytest.fixture
async def guide(sandbox: Sandbox, knowledge_copy: Path, tmp_path: Path) -> AsyncIterator[Assistant]:
    """The assistant with the small base and the places that are shipped."""
    shutil.copytree(ROOT / "knowledge" / "lieux", knowledge_copy / "lieux")
    shutil.copy(ROOT / "knowledge" / "communes.yaml", knowledge_copy)
    assistant = Assistant(sandbox, settings_for(sandbox, tmp_path, knowledge=knowledge_copy))
    await assistant.start()
    try:
        yield assistant
    finally:
        await assistant.stop()


def _venue(bubble: Bubble) -> str:
    return str(bubble.message.get("venue", {}).get("title", ""))


def _last_venue(bubbles: list[Bubble]) -> dict[str, Any]:
    return dict([bubble for bubble in bubbles if _venue(bubble)][-1].message["venue"])


def _places(guide: Assistant) -> list[Place]:
    """The places of the base that the assistant reads."""
    return list(load_knowledge(guide.settings.knowledge).places.places.values())


async def _opens(guide: Assistant, name: str) -> None:
    """Marie presses the button of a place."""
    marie = guide.marie
    await marie.writes("Vergt")
    card = await marie.reply()
    query = {
        "id": name, "from": marie.user, "chat_instance": "1", "message": card.message,
        "data": encode(PlacePressed(PlaceAction.PLACE, name)),
    }  # fmt: skip
    await guide.settled(guide.sandbox.world.updates.add("callback_query", query))


async def test_a_shared_position_gives_the_nearest_first(guide: Assistant) -> None:
    marie = guide.marie
    await marie.writes("/lieux")
    asked, needs = await marie.replies(2)
    assert asked.text == say("lieux_consigne")
    assert marie.keyboard == [say("bouton_position")]
    assert needs.buttons == ["Aides", "Urgence et danger"]

    update = await marie.sends_location(*_VERGT)
    await guide.settled(update)
    listed = marie.last
    assert marie.keyboard == []
    assert any(_venue(bubble) == "France Services de Vergt (à la mairie)" for bubble in marie.bubbles)
    first = listed.text.split("\n\n")[1].splitlines()
    assert first[0] == f"France Services de Vergt (à la mairie) – {say('lieux_tout_pres')}"
    assert first[1] == "3 place Charles Mangold, 24380 Vergt"
    assert first[2] == "05 33 09 58 98"
    assert say("lieux_horaires_releves", date="août 2024") in listed.text
    assert "à environ" in listed.text
    assert say("lieux_loin") not in listed.text
    assert listed.buttons[-2:] == [say("bouton_lieux_suite"), say("bouton_lieux_besoin")]


async def test_a_place_without_exact_position_stands_at_the_centre_of_its_commune(guide: Assistant) -> None:
    marie = guide.marie
    await _opens(guide, "restos-coeur-24")
    venue = _last_venue(marie.bubbles)
    assert venue["title"] == "Restos du Cœur de la Dordogne"
    assert (venue["location"]["latitude"], venue["location"]["longitude"]) == (45.1939, 0.7105)  # communes.yaml
    assert venue["address"] == say(
        "lieux_point_commune", commune="Périgueux", adresse="Route d'Angoulême, 24000 Périgueux"
    )
    await _opens(guide, "adil-24")  # of which not even the street was read
    assert _last_venue(marie.bubbles)["address"] == say("lieux_point_sans_adresse", commune="Périgueux")


async def test_an_exact_point_says_nothing_of_a_centre(guide: Assistant) -> None:
    await _opens(guide, "france-services-vergt")
    venue = _last_venue(guide.marie.bubbles)
    assert venue["address"] == "3 place Charles Mangold, 24380 Vergt"


async def test_a_place_without_a_commune_is_told_in_words(guide: Assistant) -> None:
    await _opens(guide, "defenseur-droits-24")
    assert not any(_venue(bubble) for bubble in guide.marie.bubbles)
    assert "09 69 39 00 00" in guide.marie.last.text


async def test_a_list_shows_each_place_on_the_map_and_no_rough_distance_without_about(guide: Assistant) -> None:
    marie = guide.marie
    await guide.settled(await marie.sends_location(45.19, 0.72))
    listed = marie.last
    names = [entry.splitlines()[0].split(" – ")[0] for entry in listed.text.split("\n\n")[1:4]]
    assert [_venue(bubble) for bubble in marie.bubbles if _venue(bubble)] == names
    rough = {place.name for place in _places(guide) if place.position is None}
    for entry in listed.text.split("\n\n")[1:4]:
        name, _, distance = entry.splitlines()[0].partition(" – ")
        if name in rough and distance:
            assert "environ" in distance


async def test_where_somebody_is_is_not_kept(guide: Assistant) -> None:
    update = await guide.marie.sends_location(*_VERGT)
    await guide.settled(update)
    assert b"45.02" not in guide.file_bytes()
    assert guide.needs == []


async def test_a_live_position_is_answered_once(guide: Assistant) -> None:
    marie = guide.marie
    update = await marie.sends_location(*_VERGT)
    await guide.settled(update)
    seen = len(marie.bubbles)
    moved = guide.sandbox.world.updates.add("edited_message", update["message"] | {"edit_date": 1})
    await guide.settled(moved)
    assert len(marie.bubbles) == seen


async def test_far_away_is_said(guide: Assistant) -> None:
    await guide.marie.sends_location(48.85, 2.35)
    await guide.marie.sees(say("lieux_loin"))


async def test_more_places_then_one_place_then_its_card(guide: Assistant) -> None:
    marie = guide.marie
    await guide.settled(await marie.sends_location(*_VERGT))
    await guide.settled(await marie.presses(say("bouton_lieux_suite")))
    assert say("lieux_tout_pres") not in marie.last.text
    await guide.settled(await marie.presses("France Services Vergt"))
    shown = marie.last
    assert shown.text.startswith("France Services de Vergt")
    assert say("appeler", numero="+33533095898") in shown.text
    assert "Liste officielle des France services (ANCT) (août 2024)" in shown.text
    await guide.settled(await marie.presses(say("bouton_contact"), message=shown))
    contact = marie.last.message["contact"]
    assert contact["phone_number"].replace(" ", "") == "0533095898"
    assert contact["first_name"] == "France Services de Vergt (à la mairie)"


@pytest.mark.parametrize(
    "written", ["coulouniex chamié", "j'habite à Coulounieix", "24660 chamiers", "/lieux chamiers"]
)
async def test_a_commune_with_mistakes_tells_who_is_competent(guide: Assistant, written: str) -> None:
    marie = guide.marie
    await marie.writes(written)
    shown = await marie.reply()
    assert shown.text.startswith(say("lieux_commune_titre", commune="Coulounieix-Chamiers"))
    for key in ("mairie", "france_services", "caf", "departement", "agglo"):
        assert say(f"lieux_role_{key}") in shown.text
    assert "05 53 35 57 57" in shown.text
    assert "05 53 35 86 00" in shown.text
    assert guide.needs == []


async def test_a_town_hall_without_a_checked_number_sends_to_the_switchboard(guide: Assistant) -> None:
    await guide.marie.writes("La Douze")
    shown = await guide.marie.reply()
    assert say("lieux_sans_numero", numero="05 53 35 86 00") in shown.text
    assert "05 53 06 71 33" not in shown.text  # read on an undated page: still to be checked


async def test_a_postal_code_of_many_communes_is_a_choice(guide: Assistant) -> None:
    marie = guide.marie
    await marie.writes("/lieux 24330")
    shown = await marie.reply()
    assert shown.text == say("lieux_commune_laquelle")
    assert len(shown.buttons) == 4
    await marie.presses(shown.buttons[1])
    assert (await marie.reply()).text.startswith(say("lieux_commune_titre", commune=shown.buttons[1]))


async def test_an_unknown_commune_is_said(guide: Assistant) -> None:
    await guide.marie.writes("/lieux bordeaux")
    assert (await guide.marie.reply()).text == say("lieux_commune_inconnue")


async def test_a_need_near_a_commune(guide: Assistant) -> None:
    marie = guide.marie
    await marie.writes("Périgueux")
    card = await marie.reply()
    await marie.presses(say("bouton_lieux_besoin"))
    menu = await marie.reply()
    await marie.presses("Aides")
    themed = await marie.change()
    assert themed.id == menu.id
    assert themed.text.endswith(say("lieux_besoin_theme"))
    await guide.settled(await marie.presses(themed.buttons[0]))
    assert marie.last.text.startswith(say("lieux_pour", sujet=themed.buttons[0]))
    assert say("lieux_dire_ou") not in marie.last.text
    await guide.settled(await marie.presses(say("bouton_lieux_commune"), message=card))
    assert marie.last.text.startswith(say("lieux_dans", commune="Périgueux"))


async def test_a_need_without_a_place_to_start_from(guide: Assistant) -> None:
    marie = guide.marie
    await marie.writes("/lieux")
    await marie.replies(2)
    await marie.presses("Aides")
    themed = await marie.change()
    await guide.settled(await marie.presses(themed.buttons[0]))
    assert say("lieux_dire_ou") in marie.last.text


async def test_a_question_is_still_a_question(guide: Assistant) -> None:
    marie = guide.marie
    await marie.writes("/lieux")
    await marie.replies(2)
    await marie.writes(answer())
    assert (await marie.reply()).text.startswith("Demander le RSA")


async def test_danger_stands_before_communes(guide: Assistant) -> None:
    marie = guide.marie
    await marie.writes("/lieux")
    await marie.replies(2)
    await marie.writes("je vais me tuer")
    assert "3114" in (await marie.reply()).text


async def test_a_refused_map_costs_no_answer(guide: Assistant) -> None:
    marie = guide.marie
    guide.sandbox.faults.refuse("sendVenue", 400, "Bad Request: venue refused")
    await guide.settled(await marie.sends_location(*_VERGT))
    assert say("lieux_pres") in marie.last.text


async def test_forged_buttons_are_answered_kindly(guide: Assistant) -> None:
    marie = guide.marie
    await marie.writes("Vergt")
    card = await marie.reply()
    for data in ("li:p:0000000000::0", "li:v::99999:0", "li:n:::0", "li:x:::0", "li:", "li:t:::0"):
        query = {
            "id": f"forged-{data}", "from": marie.user, "chat_instance": "1", "data": data, "message": card.message,
        }  # fmt: skip
        await guide.settled(guide.sandbox.world.updates.add("callback_query", query))
    assert len(guide.sandbox.calls("answerCallbackQuery")) == 6
    assert say("erreur") not in marie.screen


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "knowledge" / "lieux").glob("*.yaml"))[:60:7])
async def test_places_are_shown_whole(guide: Assistant, name: str) -> None:
    """A sample of the shipped places: each within Telegram's limits, with its source."""
    await _opens(guide, name)
    marie = guide.marie
    assert "Source :" in marie.last.text
    assert all(len(label) <= 24 for label in marie.last.buttons)
