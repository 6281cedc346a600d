"""A mediator's session from /seance to /fin: counted, corrected, interrupted, forgotten; never a word of the person."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.sandbox import Bubble, Person
from bot.services.clock import PARIS
from tests.e2e.test_buttons import forged
from tests.support.assistant import Assistant, answer, choice, danger_and_answer, say, unknown

CARD = "Sujets gardés : RSA"
QUESTIONS = (
    "Comment demander le RSA ?", "combien c'est le rsa", "comment adopter un hérisson", "Comment demander le RSA ?",
)  # fmt: skip


def mediator(assistant: Assistant) -> Person:
    return assistant.sandbox.mediators[0]


def minute_later(assistant: Assistant, **by: float) -> None:
    """Time passes for the assistant and for Telegram, so that nobody writes too fast."""
    assistant.clock.advance(**(by or {"minutes": 1}))
    assistant.sandbox.world.rooms.clock = lambda: assistant.clock().timestamp()


async def asks(assistant: Assistant, person: Person, text: str, **by: float) -> Bubble:
    minute_later(assistant, **by)
    await person.writes(text)
    return await person.reply()


async def begins(assistant: Assistant, kind: str = "bouton") -> Person:
    """A mediator with an open individual session at home, by two taps."""
    person = mediator(assistant)
    shown = await asks(assistant, person, "/seance")
    assert shown.text.startswith(say("seance_quelle"))
    await person.presses(say("seance_individuelle"))
    where = await person.change()
    assert say("seance_lieu_question") in where.text
    await person.presses("À domicile", message=where)
    assert "Lieu : À domicile" in (await person.change()).text
    return person


async def ends(assistant: Assistant, person: Person, **by: float) -> Bubble:
    return await asks(assistant, person, "/fin", **by)


async def test_a_workshop_of_forty_minutes(assistant: Assistant) -> None:
    """Twelve questions, three needs, two sheets: all of it in the draft, each step two taps or one line."""
    person = mediator(assistant)
    shown = await asks(assistant, person, "/seance atelier Vergt", seconds=1)
    assert say("seance_atelier") in shown.text
    assert "Lieu : Autre lieu, Vergt" in shown.text
    for number in range(12):
        await asks(assistant, person, f"{QUESTIONS[number % 4]} {'svp' * (number // 4)}", minutes=2)
    kept = next(one for one in reversed(person.bubbles) if say("bouton_garder") in one.buttons)
    await person.presses(say("bouton_garder"), message=kept)
    assert await person.gets_alert() == say("seance_garde")
    for text in (
        "pas de téléphone pour le code",
        "née en 1957, ne sait pas scanner",
        "Mme Zébulon, 06 39 98 12 34, perdue",
    ):
        await asks(assistant, person, f"/besoin {text}", minutes=2)
    for sheet in ("/fiche Comment demander le RSA ?", "/fiche aide alimentaire"):
        minute_later(assistant)
        await assistant.settled(await person.writes(sheet))
    await asks(assistant, person, "/seance", minutes=1)
    for field, option in (("autonomie", "Vous faites, je guide"), ("orientation", "France services")):
        await person.presses(say(f"bouton_seance_{field}"))
        choices = await person.change()
        await person.presses(option, message=choices)
        await person.change()
    await person.presses(say("bouton_seance_materiel"))
    choices = await person.change()
    await person.presses("Ordinateur", message=choices)
    choices = await person.change()
    await person.presses("Tablette", message=choices)
    await person.change()
    minutes = round((assistant.clock.now - datetime(2026, 11, 22, 10, 30, 1, tzinfo=PARIS)).total_seconds() / 60)
    draft = (await ends(assistant, person, minutes=40 - minutes)).text
    for line in (
        "Type : Atelier collectif",
        "Date de l’accompagnement : 22/11/2026",
        "Durée : 45 min (mesurée : 40 min)",
        "Lieu de l’accompagnement : Autre lieu, Vergt",
        "Matériel numérique utilisé : Ordinateur, Tablette",
        "Thématique(s) d’accompagnement de médiation numérique : Aide aux démarches administratives",
        "Thématique(s) de la démarche administrative : Social - Santé",
        "Niveau d’autonomie du bénéficiaire : Autonome avec guidage en cas de besoin",
        "Le bénéficiaire est-il orienté vers une autre structure ? : Oui",
        "Structure de redirection : Structure d’aide aux démarches administratives (France Services…)",
        "- pas de téléphone pour le code",
        "- née en [année], ne sait pas scanner",
    ):
        assert line in draft, line
    assert "Questions : 12. Besoins notés : 3. Fiches remises : 2." in draft
    assert f"{say('coop_fiches')}\n- RSA\n- Aide alimentaire" in draft
    assert draft.count("- Comment demander le RSA ?") == 6
    stored = assistant.file_bytes()
    for secret in ("en 1957", "Zébulon", "06 39 98 12 34", str(person.user["id"])):
        assert secret.encode() not in stored, secret
        assert secret not in draft, secret
    notes = assistant.rows("SELECT text FROM session_notes UNION SELECT text FROM needs")
    assert not any("1957" in row["text"] for row in notes)
    needs = [tuple(row) for row in assistant.rows("SELECT channel, text FROM needs")]
    assert ("session", "pas de téléphone pour le code") in needs
    assert {channel for channel, _ in needs} == {"session"}
    assert assistant.rows("SELECT * FROM session_notes WHERE update_id IS NOT NULL") == []


async def test_an_answer_adds_what_the_mediator_needs_and_residents_never_see_it(assistant: Assistant) -> None:
    await assistant.marie.writes(answer())
    plain = await assistant.marie.reply()
    person = mediator(assistant)
    before = await asks(assistant, person, answer())
    assert before.text == plain.text
    await begins(assistant)
    shown = await asks(assistant, person, answer())
    for words in (
        say("mediateur_titre"), say("mediateur_blocages"), "Papiers à vérifier ensemble :", "Sans internet :",
        "Lien direct : https://", "Je montre :", "Vous faites, je guide :", "Seul :",
    ):  # fmt: skip
        assert words in shown.text, words
        assert words not in plain.text
    assert shown.buttons[:2] == [say("bouton_lien_direct"), say("bouton_garder")]
    await asks(assistant, person, "/seance")
    await person.presses(say("bouton_seance_autonomie"))
    await person.presses("Seul", message=await person.change())
    await person.change()
    shown = await asks(assistant, person, answer())
    assert "Seul :" in shown.text
    assert "Je montre :" not in shown.text
    assert say("bouton_garder") not in (await asks(assistant, assistant.marie, answer())).buttons


async def test_keeping_a_topic_is_one_tap_and_so_is_letting_it_go(assistant: Assistant) -> None:
    person = await begins(assistant)
    shown = await asks(assistant, person, answer())
    await person.presses(say("bouton_garder"), message=shown)
    await person.change()
    assert CARD in (await asks(assistant, person, "/seance")).text
    turned = next(one for one in person.bubbles if one.id == shown.id)
    assert say("bouton_garder") not in turned.buttons
    await person.presses(say("bouton_aide"), message=turned)  # the session's button outlives the others
    assert say("bouton_retirer_sujet") in (await person.change()).buttons
    await person.presses(say("bouton_retirer_sujet"), message=next(one for one in person.bubbles if one.id == shown.id))
    await person.change()
    assert CARD not in (await asks(assistant, person, "/seance")).text


async def test_two_telephones_open_one_session_and_keep_a_topic_once(assistant: Assistant) -> None:
    person = mediator(assistant)
    first = await asks(assistant, person, "/seance")
    second = await asks(assistant, person, "/seance")
    for screen in (first, second):
        press = await person.presses(say("seance_individuelle"), message=screen)
        await assistant.settled(press)
    assert say("seance_deja") in person.screen
    answers = [await asks(assistant, person, answer()) for _ in range(2)]
    for shown in answers:
        await assistant.settled(await person.presses(say("bouton_garder"), message=shown))
    assert len(assistant.rows("SELECT * FROM sessions")) == 1
    assert len(assistant.rows("SELECT * FROM session_notes WHERE what = 'kept'")) == 1


async def test_fin_twice_and_from_the_card_ends_once(assistant: Assistant) -> None:
    person = await begins(assistant)
    card = await asks(assistant, person, "/seance")
    first = await ends(assistant, person, minutes=15)
    ended = assistant.rows("SELECT * FROM sessions")[0]["ended"]
    again = await ends(assistant, person, minutes=30)
    assert first.text.startswith(say("seance_finie"))
    assert again.text == first.text.replace(say("seance_finie"), say("seance_deja_finie"))
    await person.presses(say("bouton_seance_fin"), message=card)
    assert (await person.reply()).text == again.text
    assert [row["ended"] for row in assistant.rows("SELECT ended FROM sessions")] == [ended]


async def test_an_update_delivered_twice_counts_once(assistant: Assistant) -> None:
    person = await begins(assistant)
    assistant.sandbox.faults.server_error("sendMessage")
    minute_later(assistant)
    update = await person.writes(answer())
    await person.reply()
    await assistant.settled(update)
    assistant.sandbox.repeat(update)
    await assistant.sandbox.wait_until_taken()
    assert len(assistant.rows("SELECT * FROM session_notes")) == 1


async def test_a_restart_in_mid_session_loses_nothing(assistant: Assistant) -> None:
    person = await begins(assistant)
    shown = await asks(assistant, person, answer())
    await asks(assistant, person, "/besoin imprimante en panne")
    await assistant.restart()
    await person.presses(say("bouton_garder"), message=shown)
    await person.change()
    await asks(assistant, person, answer())
    draft = (await ends(assistant, person, minutes=5)).text
    assert "Questions : 2. Besoins notés : 1." in draft
    assert CARD in draft


async def test_a_role_revoked_in_mid_session(assistant: Assistant) -> None:
    """What was done stays; nothing more can be seen or added; the role back, the session goes on."""
    staff, lou = assistant.staff, assistant.sandbox.person("Lou")
    link = (await asks(assistant, staff, "/inviter mediateur")).text.partition("start=")[2]
    await lou.starts(link)
    await lou.reply()
    await asks(assistant, lou, "/seance individuelle à domicile")
    shown = await asks(assistant, lou, answer())
    await asks(assistant, staff, "/equipe")
    await staff.presses(say("bouton_retirer", nom="Lou"))
    await staff.change()
    assert say("mediateur_titre") not in (await asks(assistant, lou, answer())).text
    for command in ("/fin", "/seance", "/besoin rien", "/bilan"):
        assert (await asks(assistant, lou, command)).text == say("commande_inconnue")
    await lou.presses(say("bouton_garder"), message=shown)
    assert await lou.gets_alert() == say("ancien_bouton")
    assert len(assistant.rows("SELECT * FROM session_notes")) == 1

    link = (await asks(assistant, staff, "/inviter mediateur")).text.partition("start=")[2]
    await lou.starts(link)
    await lou.reply()
    draft = (await ends(assistant, lou)).text
    assert draft.startswith(say("seance_finie"))
    assert "Questions : 1." in draft


async def test_a_forgotten_session_of_a_revoked_mediator_is_closed_all_the_same(assistant: Assistant) -> None:
    staff, lou = assistant.staff, assistant.sandbox.person("Lou")
    link = (await asks(assistant, staff, "/inviter mediateur")).text.partition("start=")[2]
    await lou.starts(link)
    await lou.reply()
    await asks(assistant, lou, "/seance individuelle à domicile")
    await asks(assistant, staff, "/equipe")
    await staff.presses(say("bouton_retirer", nom="Lou"))
    await staff.change()
    minute_later(assistant, hours=5)
    await assistant.restart()
    assert [row["by_itself"] for row in assistant.rows("SELECT * FROM sessions")] == [1]
    await lou.hears_nothing()


async def test_a_forgotten_session_closes_by_itself_with_a_message(assistant: Assistant) -> None:
    person = await begins(assistant)
    await asks(assistant, person, answer(), minutes=20)
    minute_later(assistant, hours=4)
    await assistant.restart()
    shown = await person.sees("depuis 4 heures")
    assert say("seance_oubliee", duree="20 min") in shown.text
    assert "Durée : 15 min (mesurée : 20 min)" in shown.text
    await assistant.restart()
    assert person.screen.count("depuis 4 heures") == 1
    await person.presses(say("bouton_seance_duree"), message=shown)
    choices = await person.change()
    await person.presses("30 min", message=choices)
    assert "Durée : 30 min" in (await person.change()).text


async def test_what_is_asked_after_four_hours_is_no_part_of_the_forgotten_session(assistant: Assistant) -> None:
    person = await begins(assistant)
    minute_later(assistant, hours=4, minutes=1)
    await person.writes(answer())
    closed, shown = await person.replies(2)
    assert "depuis 4 heures" in closed.text
    assert say("mediateur_titre") not in shown.text
    assert assistant.rows("SELECT * FROM session_notes") == []
    assert (await asks(assistant, person, "/seance")).text.startswith(say("seance_quelle"))


async def test_a_workshop_across_midnight(assistant: Assistant) -> None:
    assistant.clock.now = datetime(2026, 11, 22, 23, 40, tzinfo=PARIS)
    person = mediator(assistant)
    await asks(assistant, person, "/seance atelier Vergt", minutes=5)
    draft = (await ends(assistant, person, minutes=45)).text
    assert "Date de l’accompagnement : 22/11/2026" in draft
    assert "Durée : 45 min\n" in draft
    assert [row["day"] for row in assistant.rows("SELECT day FROM sessions")] == ["2026-11-22"]


@pytest.mark.parametrize("day", [(2027, 3, 28), (2026, 10, 25)])
async def test_across_the_change_of_summer_time(quiet_assistant: Assistant, day: tuple[int, int, int]) -> None:
    assistant = quiet_assistant
    assistant.clock.now = datetime(*day, 1, 30, tzinfo=PARIS)
    await assistant.start()
    person = mediator(assistant)
    await asks(assistant, person, "/seance atelier Vergt")
    utc = assistant.clock.now.timestamp() + 90 * 60
    assistant.clock.now = datetime.fromtimestamp(utc, tz=PARIS)
    await person.writes("/fin")
    assert "Durée : 1 h 30\n" in (await person.reply()).text


async def test_one_tap_deletes_a_session_for_good(assistant: Assistant) -> None:
    person = await begins(assistant)
    await asks(assistant, person, "/besoin imprimante zinzolin en panne")
    shown = await ends(assistant, person)
    await person.presses(say("bouton_seance_supprimer"), message=shown)
    assert (await person.change()).text == say("seance_supprimee")
    assert assistant.rows("SELECT * FROM sessions") == []
    assert assistant.rows("SELECT * FROM session_notes") == []
    await assistant.settled(forged(person, shown, shown.button(say("bouton_seance_lieu"))["callback_data"]))  # type: ignore[index]
    assert await person.gets_alert() == say("seance_disparue")


async def test_nobody_touches_the_session_of_somebody_else(assistant: Assistant) -> None:
    person = await begins(assistant)
    shown = await ends(assistant, person)
    staff = assistant.staff
    theirs = await asks(assistant, staff, "/seance")
    for row in shown.rows:
        for button in row:
            press = forged(staff, theirs, button["callback_data"])
            assert await staff.gets_alert() == say("seance_disparue")
            await assistant.settled(press)
    assert len(assistant.rows("SELECT * FROM sessions")) == 1


async def test_danger_in_a_session_is_answered_and_never_kept(assistant: Assistant) -> None:
    person = await begins(assistant)
    minute_later(assistant)
    await person.writes(danger_and_answer())
    await person.replies(2)
    minute_later(assistant)
    for command in ("/besoin", "/seance"):
        minute_later(assistant)
        await person.writes(f"{command} la dame dit que son mari la frappe et veut la tuer")
        assert "17" in (await person.reply()).text
    assert "Lieu : À domicile" in (await asks(assistant, person, "/seance")).text
    assert assistant.rows("SELECT * FROM session_notes") == []
    assert assistant.needs == []


async def test_what_is_typed_as_a_place_says_nothing_of_a_person(assistant: Assistant) -> None:
    person = mediator(assistant)
    shown = await asks(assistant, person, "/seance individuelle chez Mme Zébulon, 12 rue des Lilas, 06 39 98 12 34")
    assert "Zébulon" not in shown.text
    for secret in ("Zébulon", "Lilas", "06 39"):
        assert secret.encode() not in assistant.file_bytes()
    await ends(assistant, person)
    await asks(assistant, person, "/seance individuelle Vergt")
    await ends(assistant, person)
    await asks(assistant, person, "/seance")
    await person.presses(say("seance_individuelle"))
    assert (await person.change()).buttons[0] == "Vergt"  # the last place first


async def test_a_need_without_a_session_goes_to_the_team_alone(assistant: Assistant) -> None:
    person = mediator(assistant)
    assert (await asks(assistant, person, "/besoin")).text == say("besoin_mode")
    shown = await asks(assistant, person, f"/besoin {unknown()}")
    assert say("besoin_sans_seance") in shown.text
    assert assistant.needs == [unknown()]
    assert (await ends(assistant, person)).text == say("seance_aucune")


async def test_a_long_draft_comes_as_a_file(assistant: Assistant) -> None:
    person = mediator(assistant)
    await asks(assistant, person, "/seance distance")
    for number in range(25):
        await asks(assistant, person, f"/besoin {number} " + "un formulaire trop long, " * 12)
    minute_later(assistant)
    await person.writes("/fin")
    shown, file = await person.replies(2)
    assert "Type :" not in shown.text
    stored = assistant.sandbox.world.files.by_id(file.message["document"]["file_id"])
    assert stored is not None
    text = stored.content.decode()
    assert text.startswith("Type : Accompagnement individuel\n")
    assert "Lieu de l’accompagnement : À distance" in text
    assert text.count("un formulaire trop long") >= 25


async def test_sessions_are_shown_exported_and_erased_with_the_rest(assistant: Assistant) -> None:
    person = await begins(assistant)
    await asks(assistant, person, "/besoin imprimante zinzolin en panne")
    await ends(assistant, person)
    minute_later(assistant)
    await person.writes("/mesdonnees")
    text, file = await person.replies(2)
    assert say("donnees_seances", nombre=1, date="22 novembre 2027") in text.text
    stored = assistant.sandbox.world.files.by_id(file.message["document"]["file_id"])
    assert stored is not None
    assert b"zinzolin" in stored.content
    await asks(assistant, person, "/effacer")
    await person.presses(say("bouton_effacer_oui"))
    await person.change()
    assert assistant.rows("SELECT * FROM sessions") == []
    execute_needs = [text for text in assistant.needs if "zinzolin" in text]
    assert len(execute_needs) == 1  # the need belongs to nobody


async def test_a_mediator_sees_their_own_month_only(assistant: Assistant) -> None:
    person = await begins(assistant)
    await asks(assistant, person, answer())
    await ends(assistant, person, minutes=29)
    minute_later(assistant)
    await person.writes("/bilan")
    shown, file = await person.replies(2)
    assert say("bilan_titre", mois="novembre 2026") in shown.text
    assert "Séances : 1. Temps passé : 30 min." in shown.text
    assert "Social - Santé : 1" in shown.text
    stored = assistant.sandbox.world.files.by_id(file.message["document"]["file_id"])
    assert stored is not None
    header, row = stored.content.decode("utf-8-sig").splitlines()[:2]
    assert header.startswith("Date;Type;Canaux d’accompagnement;Lieu;Durée (min);Matériel numérique utilisé;")
    assert row.startswith("22/11/2026;Accompagnement individuel;À domicile;;30;;")
    assert "Temps passé" not in (await asks(assistant, assistant.staff, "/bilan")).text


async def test_a_database_that_fails_never_costs_the_answer(
    impatient_database: None, quiet_assistant: Assistant
) -> None:
    assistant = quiet_assistant
    await assistant.start()
    person = await begins(assistant)
    with assistant.locked():
        minute_later(assistant)
        await person.writes(answer())
        assert "RSA" in (await person.replies(1, within=20))[0].text
    assert (await asks(assistant, person, "/fin")).text.startswith(say("seance_finie"))


async def test_a_choice_says_what_the_question_was_about(assistant: Assistant) -> None:
    person = await begins(assistant)
    shown = await asks(assistant, person, choice())
    await person.presses(shown.buttons[0], message=shown)
    assert say("bouton_garder") in (await person.reply()).buttons
    [row] = assistant.rows("SELECT topic, text FROM session_notes")
    assert row["topic"]
    assert row["text"] == choice()


async def test_a_corrected_question_counts_once(assistant: Assistant) -> None:
    person = await begins(assistant)
    minute_later(assistant)
    update = await person.writes("commen demandé")
    await person.reply()
    await person.edits(update, answer())
    await person.reply()
    assert len(assistant.rows("SELECT * FROM session_notes")) == 1


async def test_what_is_refused_in_a_session_is_a_need_of_the_session(assistant: Assistant) -> None:
    person = await begins(assistant)
    shown = await asks(assistant, person, choice())
    await person.presses(say("bouton_aucune"), message=shown)
    await person.reply()
    await asks(assistant, person, f"{unknown()}, née en 1957")
    needs = assistant.rows("SELECT channel, text FROM needs ORDER BY id")
    assert [row["channel"] for row in needs] == ["session", "session"]
    assert needs[0]["text"] == choice()
    assert "1957" not in needs[1]["text"]


async def test_the_team_finds_what_a_mediator_told(assistant: Assistant) -> None:
    person = await begins(assistant)
    await asks(assistant, person, f"/besoin {unknown()}")
    minute_later(assistant)
    await assistant.staff.writes("/file")
    await assistant.staff.sees(unknown())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("individuelle à domicile", "Lieu : À domicile"),
        ("atelier collectif Vergt", "Lieu : Autre lieu, Vergt"),
        ("distance", "Lieu : À distance"),
        ("atelier la salle bleue", "Lieu : Autre lieu, la salle bleue"),
    ],
)
async def test_a_whole_session_begins_with_one_line(assistant: Assistant, typed: str, shown: str) -> None:
    assert shown in (await asks(assistant, mediator(assistant), f"/seance {typed}")).text
    assert len(assistant.rows("SELECT * FROM sessions")) == 1


async def test_every_button_of_a_session_reads_alone(assistant: Assistant) -> None:
    person = await begins(assistant)
    await asks(assistant, person, answer())
    for field in ("lieu", "autonomie", "materiel", "orientation"):
        await asks(assistant, person, "/seance")
        await person.presses(say(f"bouton_seance_{field}"))
        await person.change()
    ours = [
        label
        for bubble in person.bubbles
        for row in bubble.rows
        for button in row
        if str(button.get("callback_data", "")).startswith("se:")
        for label in [button["text"]]
    ]
    assert ours
    assert all(len(label) <= 24 for label in ours)
