"""Who may do what. Every command and every kind of button, as each role, with forged and replayed data."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.app import assemble
from bot.sandbox import Bubble, Person
from handlers.button_fields import digest
from handlers.callback_data import Action
from handlers.personal_data_buttons import Kind
from handlers.place_data import PlaceAction
from handlers.relay_data import RelayAction
from handlers.render.desk_data import DeskAction
from handlers.session_data import SessionAction
from handlers.settings_data import Setting
from tests.e2e.test_buttons import forged
from tests.support.assistant import Assistant, say, settings_for

# Whatever stands in no list is for staff: a new command is closed until somebody opens it here.
RESIDENTS = {
    "start", "help", "aide", "themes", "urgence", "settings", "reglages", "lieux",
    "mesdonnees", "effacer", "stop", "confidentialite", "privacy",
}  # fmt: skip
MEDIATORS = {"seance", "besoin", "fin", "bilan", "fiche", "relais"}


async def commands(assistant: Assistant, folder: Path) -> set[str]:
    """Every command that some handler takes."""
    assembly = await assemble(settings_for(assistant.sandbox, folder / "autre"), assistant.sandbox.token)
    try:
        found: set[str] = set()
        for handler in assembly.application.handlers[0]:
            if isinstance(handler, CommandHandler):
                found |= handler.commands
        return found
    finally:
        await assembly.close()


async def asks(person: Person, assistant: Assistant, text: str) -> tuple[str, tuple[str, ...]]:
    """What somebody sees after a command; a minute passes, so that nobody writes too fast."""
    assistant.clock.advance(minutes=1)
    assistant.sandbox.world.rooms.clock = lambda: assistant.clock().timestamp()
    await person.writes(text)
    shown = await person.reply()
    return shown.text, tuple(shown.buttons)


def mediator(assistant: Assistant) -> Person:
    return assistant.sandbox.mediators[0]


async def invitation(assistant: Assistant, role: str) -> str:
    """A fresh link's payload, as staff see it."""
    text, _ = await asks(assistant.staff, assistant, f"/inviter {role}")
    link = text.splitlines()[-1]
    assert link.startswith("https://t.me/acces_droits_bot?start=inv-")
    return link.partition("start=")[2]


async def joins(assistant: Assistant, name: str, role: str) -> Person:
    """Someone who accepted an invitation."""
    payload = await invitation(assistant, role)
    person = assistant.sandbox.person(name)
    await person.starts(payload)
    assert "novembre 2027" in (await person.reply()).text
    return person


async def test_every_command_as_each_role(assistant: Assistant, tmp_path: Path) -> None:
    known = await commands(assistant, tmp_path)
    assert known >= RESIDENTS | {"file", "inviter", "equipe"}
    marie = assistant.marie
    unknown = await asks(marie, assistant, "/nimporte")
    for person, allowed in ((marie, RESIDENTS), (mediator(assistant), RESIDENTS | MEDIATORS)):
        for command in sorted(known - allowed):
            for text in (f"/{command}", f"/{command.upper()}", f"/{command} equipe", f"/{command}@acces_droits_bot"):
                assert await asks(person, assistant, text) == unknown, text
        for command in sorted(allowed & known):
            assert await asks(person, assistant, f"/{command}") != unknown, command
    for command in sorted(known - MEDIATORS):
        assert await asks(assistant.staff, assistant, f"/{command}") != unknown, command
    assert len(assistant.rows("SELECT * FROM invitations")) == 0


async def test_every_handler_is_walked(assistant: Assistant, tmp_path: Path) -> None:
    """What takes presses is one of those that the next test walks."""
    assembly = await assemble(settings_for(assistant.sandbox, tmp_path / "autre"), assistant.sandbox.token)
    try:
        takers = [h for h in assembly.application.handlers[0] if isinstance(h, CallbackQueryHandler)]
    finally:
        await assembly.close()
    prefixes = {str(getattr(h.pattern, "pattern", h.pattern)) for h in takers}
    assert prefixes == {
        "(?:ef|ed):",
        "(?:pv|ps):",
        "(?:rv|ri):",
        "None",
        "^(?:bi|bd):",
        "^ca:",
        "^et:",
        "^fi:",
        "^lg:",
        "^li:",
        "^pi:",
        "^pq:",
        "^rg:",
        "^rl:",
        "^se:",
        "^vo:",
    }


def guarded_rows(assistant: Assistant) -> list[tuple[object, ...]]:
    """What only its owner or staff may change."""
    questions = (
        "SELECT * FROM people",
        "SELECT * FROM invitations",
        "SELECT * FROM need_erasers",
        "SELECT * FROM needs",
        "SELECT * FROM sessions",
        "SELECT * FROM relays",
        "SELECT * FROM cards",
        "SELECT * FROM desk_history",
        "SELECT * FROM desk_drafts",
        "SELECT * FROM notices",
    )
    return [tuple(row) for question in questions for row in assistant.rows(question)]


async def test_every_kind_of_button_as_each_role_forged_and_replayed(assistant: Assistant) -> None:
    """Data of the right shape, data of somebody else's buttons, data that was used: nothing moves, nothing fails."""
    staff, nadia = assistant.staff, mediator(assistant)
    invited = await joins(assistant, "Lou", "equipe")
    await invitation(assistant, "mediateur")
    await asks(staff, assistant, "/equipe")
    team = staff.last
    real = [button["callback_data"] for row in team.rows for button in row]
    assert sorted(data[:3] for data in real) == ["ri:", "rv:"]
    people = (assistant.marie, nadia)
    screens: dict[int, Bubble] = {}
    for person in people:
        await asks(person, assistant, "/themes")
        screens[person.id] = person.last
    before = guarded_rows(assistant)
    kinds = [*(kind.value for kind in Kind), *(kind.value for kind in Action)]
    made_up = [f"{kind}:{value}" for kind in kinds for value in ("", "A" * 22, "0" * 32, "0" * 10 + ":0", "peut-être")]
    made_up += [f"li:{kind.value}:{'0' * 10}::0" for kind in PlaceAction] + ["li:", "li:p:x:y:z"]
    made_up += [f"se:{kind.value}:{number}:{'0' * 10}" for kind in SessionAction for number in (0, 1)] + ["se:b:1:"]
    made_up += ["bi:", "bi:v:s:20261332", "bi:x:z:20261101", "bd:", "bd:2"]
    made_up += ["pq:", f"pq:{'0' * 10}:f:", f"pq::f:{'A' * 22}", f"pq:{digest('rsa')}:z:", f"pq:{digest('rsa')}:f:A"]
    made_up += ["lg:", "lg:t:en:", "lg:t:xx:0123456789", "lg:u:zz:", "lg:u:ar-latn:", "lg:z:en:"]
    made_up += ["et:0123456789:1", "et::", *(f"rg:{setting.value}:xx" for setting in Setting)]
    made_up += [f"fi:{kind.value}:1:{code}::2" for kind in DeskAction for code in ("", "b")]
    made_up += ["fi:", "fi:c:1:::", f"fi:at:1::{digest('rsa')}:2"]
    made_up += ["ca:", f"ca:{'0' * 10}:A4", f"ca:{digest('rsa')}:A3"]
    made_up += ["vo:", "vo:e:2", "rg:v:", "rg:v:peut", "vo:c:A", f"vo:z:{'A' * 22}", "vo:e:1:1"]
    made_up += ["pi:", f"pi:a:{digest('rsa')}:0000:zz:0", f"pi:n:{'0' * 10}:0000:0:0"]
    made_up += [f"rl:{kind.value}:{name}:{bits}" for kind in RelayAction for name in ("0" * 10, digest("rsa"))
                for bits in ("0:0:0", "ffffffff:0", "0:-1", "g:0", "")]  # fmt: skip
    for person in people:
        for data in (*real, *made_up):
            press = forged(person, screens[person.id], data)
            said = await person.gets_alert()
            if data in real:
                assert said == say("ancien_bouton"), data  # as if the button did not exist
            await assistant.settled(press)
        assert say("erreur") not in person.screen
    assert guarded_rows(assistant) == before

    for data in made_up:  # staff may press, but made-up data opens nothing for them either
        await assistant.settled(forged(staff, team, data))
    assert guarded_rows(assistant) == before
    assert say("erreur") not in staff.screen

    for data in real:  # and what is real works once
        await assistant.settled(forged(staff, team, data))
        assert await staff.gets_alert() == say("equipe_retire")
        await assistant.settled(forged(staff, team, data))
        assert await staff.gets_alert() == say("equipe_deja_retire")
    assert assistant.rows("SELECT * FROM people") == []
    assert assistant.rows("SELECT * FROM invitations") == []
    press = forged(invited, team, real[0])
    assert await invited.gets_alert() == say("ancien_bouton")
    await assistant.settled(press)


async def test_an_invitation_gives_its_role_once(assistant: Assistant) -> None:
    marie, karim = assistant.marie, assistant.sandbox.person("Karim")
    unknown = await asks(marie, assistant, "/file")
    payload = await invitation(assistant, "equipe")
    await marie.starts(payload)
    welcome = await marie.reply()
    assert welcome.text == say("invitation_acceptee", role=say("role_equipe"), date="22 novembre 2027")
    assert await asks(marie, assistant, "/file") != unknown
    await assistant.sandbox.wait_until_quiet()
    assert "equipe" in marie.commands

    assert (await asks(karim, assistant, f"/start {payload}"))[0] == say("invitation_perdue")
    assert await asks(karim, assistant, "/file") == unknown
    assert (await asks(marie, assistant, f"/start {payload}"))[0] == say("invitation_perdue")
    await assistant.restart()
    assert await asks(marie, assistant, "/file") != unknown
    [row] = assistant.rows("SELECT * FROM people")
    assert (row["person"], row["purpose"], row["expires"]) == (marie.user["id"], "staff", "2027-11-22")


async def test_an_invitation_ends_after_a_day_and_a_role_after_a_year(assistant: Assistant) -> None:
    marie = assistant.marie
    payload = await invitation(assistant, "equipe")
    assistant.clock.advance(hours=24)
    assert (await asks(marie, assistant, f"/start {payload}"))[0] == say("invitation_perdue")
    unknown = await asks(marie, assistant, "/file")
    lou = await joins(assistant, "Lou", "equipe")
    assistant.clock.advance(days=364)
    assert await asks(lou, assistant, "/file") != unknown
    assistant.clock.advance(days=2)
    assert await asks(lou, assistant, "/file") == unknown  # before any cleaning


async def test_only_a_hash_of_128_bits_is_kept(assistant: Assistant) -> None:
    payload = await invitation(assistant, "mediateur")
    token = payload.removeprefix("inv-")
    [row] = assistant.rows("SELECT * FROM invitations")
    assert row["hash"] == hashlib.sha256(token.encode()).hexdigest()
    assert len(token) * 6 >= 128
    assert len(payload) <= 64  # Telegram's limit for a link
    assert token.encode() not in assistant.file_bytes()
    assert row["expires"] == "2026-11-23T09:31:00"


@pytest.mark.parametrize("payload", ["inv-", "inv-" + "A" * 22, "inv-" + "A" * 23, "inv-é", "INV-" + "A" * 22])
async def test_forged_invitations_give_nothing(assistant: Assistant, payload: str) -> None:
    marie = assistant.marie
    unknown = await asks(marie, assistant, "/file")
    text, _ = await asks(marie, assistant, f"/start {payload}")
    assert text in (say("invitation_perdue"), say("sujet_inconnu"))
    assert await asks(marie, assistant, "/file") == unknown
    assert assistant.rows("SELECT * FROM people") == []


async def test_who_has_the_role_already_leaves_the_invitation_to_others(assistant: Assistant) -> None:
    payload = await invitation(assistant, "mediateur")
    assert (await asks(assistant.staff, assistant, f"/start {payload}"))[0] == say("invitation_inutile")
    assert (await asks(mediator(assistant), assistant, f"/start {payload}"))[0] == say("invitation_inutile")
    marie = assistant.marie
    text, _ = await asks(marie, assistant, f"/start {payload}")
    assert text == say("invitation_acceptee", role=say("role_mediateur"), date="22 novembre 2027")


async def test_the_team_is_listed_and_taken_back(assistant: Assistant) -> None:
    staff = assistant.staff
    lou = await joins(assistant, "Lou", "equipe")
    await joins(assistant, "Anselme-Barthélemy de la Ferronnière", "mediateur")
    payload = await invitation(assistant, "equipe")
    await asks(staff, assistant, "/equipe")
    shown = staff.last
    assert say("equipe_membre", nom="Lou", role=say("role_equipe"), date="22 novembre 2027") in shown.text
    assert say("equipe_reglages", role=say("role_mediateur"), nombre=1) in shown.text
    assert str(lou.user["id"]) not in f"{shown.message}"
    assert all(len(label) <= 24 for label in shown.buttons)
    assert "Ferronnière".encode() not in assistant.file_bytes()  # names come from Telegram, each time

    await staff.presses(say("bouton_retirer", nom="Lou"))
    after = await staff.change()
    assert "Lou" not in after.text
    await assistant.sandbox.wait_until_quiet()
    assert "equipe" not in lou.commands
    assert (await asks(lou, assistant, "/equipe"))[0] == say("commande_inconnue")
    await staff.presses(say("bouton_annuler_invitation", nombre=1), message=after)
    assert "équipe, ouverte" not in (await staff.change()).text
    assert (await asks(assistant.marie, assistant, f"/start {payload}"))[0] == say("invitation_perdue")
    await assistant.restart()
    assert (await asks(lou, assistant, "/equipe"))[0] == say("commande_inconnue")


async def test_an_invited_person_sees_and_erases_their_role(assistant: Assistant) -> None:
    lou = await joins(assistant, "Lou", "equipe")
    await lou.writes("/mesdonnees")
    text, _ = await lou.replies(2)
    assert say("donnees_role", role=say("role_equipe"), date="22 novembre 2027") in text.text
    await lou.writes("/effacer")
    await lou.reply()
    await lou.presses(say("bouton_effacer_oui"))
    assert (await lou.change()).text.startswith(say("effacer_fait"))
    assert assistant.rows("SELECT * FROM people") == []
    assert (await asks(lou, assistant, "/file"))[0] == say("commande_inconnue")


async def test_staff_who_take_back_their_own_role_see_no_more(assistant: Assistant) -> None:
    lou = await joins(assistant, "Lou", "equipe")
    await asks(lou, assistant, "/equipe")
    await lou.presses(say("bouton_retirer", nom="Lou"))
    assert (await lou.change()).text == say("equipe_retire")


async def test_an_unclear_invitation_says_how(assistant: Assistant) -> None:
    for text in ("/inviter", "/inviter chef", "/inviter mediateur equipe"):
        assert (await asks(assistant.staff, assistant, text))[0] == say("equipe_inviter_mode")
    assert assistant.rows("SELECT * FROM invitations") == []
