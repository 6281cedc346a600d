"""From a question that nobody could answer to a published answer, at the desk: what is written and who is told."""

from __future__ import annotations

from pathlib import Path

from bot.sandbox import Person
from tests.e2e.test_desk import ALIKE, assistant, opened, presses, queue, states
from tests.e2e.test_roles import asks
from tests.support.assistant import Assistant, say, unknown
from tests.support.notices import nobody_waits

__all__ = ["assistant"]  # the fixture

MISSPELT = "coment adopté un erisson"
STEPS = (
    "Adopter un hérisson",
    "Un hérisson est un animal protégé. Personne ne peut en garder un chez soi.",
    "- Laissez-le où il est.\n- S'il est blessé, appelez un centre de soins.",
    "https://www.lpo.fr",
    "LPO Dordogne, 05 56 91 33 81",
    "site de la LPO, 2026-10-02",
)


def yaml_files(folder: Path) -> set[Path]:
    return set(folder.rglob("*.yaml"))


async def waits(assistant: Assistant, name: str, text: str) -> Person:
    person = assistant.sandbox.person(name)
    await asks(person, assistant, text)
    await person.presses(say("bouton_prevenir"))
    await person.reply()
    return person


async def writes_topic(assistant: Assistant) -> None:
    """All the steps, up to the preview."""
    staff = assistant.staff
    shown = await presses(staff, say("bouton_file_creer"))
    assert shown.text == say("file_creer_theme")
    await presses(staff, shown.buttons[0])
    for number, text in enumerate(STEPS):
        await staff.writes(text)
        if number < len(STEPS) - 1:
            await staff.reply()
    answer, below = await staff.replies(2)
    assert answer.text.startswith("Adopter un hérisson\n\nUn hérisson est un animal protégé.")
    assert "1. Laissez-le où il est." in answer.text
    assert "05 56 91 33 81" in answer.text
    assert below.text == say("file_apercu")


async def yes(staff: Person) -> str:
    """Every yes that is asked for, and what came of it."""
    shown = await staff.reply(within=90)  # the replay takes some seconds, in a process of its own
    while say("bouton_file_annuler") not in shown.buttons:
        await staff.presses(shown.buttons[0])
        shown = await staff.change(within=90)  # the base is read again before the gesture is said to be done
    return shown.text


async def test_from_a_miss_to_an_answer_for_everyone(assistant: Assistant, knowledge_copy: Path) -> None:
    staff = assistant.staff
    before = yaml_files(knowledge_copy)
    marie = await waits(assistant, "Marie", unknown())
    await asks(assistant.sandbox.person("Karim"), assistant, ALIKE)
    shown = await queue(assistant)
    assert say("file_attendent", nombre=1) in shown.text
    await opened(assistant)
    await writes_topic(assistant)
    await staff.presses(say("bouton_file_publier"))
    assert say("file_creer_fait", titre=STEPS[0]) in await yes(staff)
    told = await marie.sees("Un hérisson est un animal protégé.", within=30)
    assert unknown() in told.text
    await nobody_waits(assistant)
    lea = assistant.sandbox.person("Léa")
    text, _ = await asks(lea, assistant, MISSPELT)
    assert text.startswith("Adopter un hérisson")
    assert say("equipe_file_vide") in (await queue(assistant)).text
    new = yaml_files(knowledge_copy) - before
    topics = [path for path in new if "sujets" in path.parts]
    assert len(topics) == 1
    assert "Un hérisson est un animal protégé." in topics[0].read_text(encoding="utf-8")


async def test_a_new_topic_is_taken_back(assistant: Assistant, knowledge_copy: Path) -> None:
    staff = assistant.staff
    before = yaml_files(knowledge_copy)
    await asks(assistant.marie, assistant, unknown())
    await opened(assistant)
    await writes_topic(assistant)
    await staff.presses(say("bouton_file_publier"))
    await yes(staff)
    assert states(assistant) == ["done"]
    await staff.presses(say("bouton_file_annuler"))
    assert (await staff.change(within=90)).text == say("file_annule")
    text, _ = await asks(assistant.marie, assistant, unknown())
    assert say("inconnu") in text
    assert yaml_files(knowledge_copy) == before
    assert say("file_titre", nombre=1) in (await queue(assistant)).text


async def test_a_draft_with_a_mistake_cannot_be_published_until_it_is_mended(assistant: Assistant) -> None:
    staff = assistant.staff
    await asks(assistant.marie, assistant, unknown())
    await opened(assistant)
    shown = await presses(staff, say("bouton_file_creer"))
    await presses(staff, shown.buttons[0])
    for text in (*STEPS[:3], "pas une adresse", *STEPS[4:]):
        await staff.writes(text)
        below = await staff.reply()
    below = await staff.reply()
    assert say("file_a_corriger") in below.text
    assert say("bouton_file_publier") not in below.buttons
    await assistant.restart()
    await staff.presses(say("bouton_file_champ_lien"), message=below)
    await staff.reply()
    await staff.writes(STEPS[3])
    _, mended = await staff.replies(2)
    assert say("bouton_file_publier") in mended.buttons


async def test_a_title_too_long_for_a_button_does_not_stop_the_publishing(assistant: Assistant) -> None:
    staff = assistant.staff
    await asks(assistant.marie, assistant, unknown())
    await opened(assistant)
    shown = await presses(staff, say("bouton_file_creer"))
    await presses(staff, shown.buttons[0])
    for text in ("Soigner un hérisson trouvé blessé", *STEPS[1:]):
        await staff.writes(text)
        answer = await staff.reply()
    below = await staff.reply()
    assert answer.buttons == ["La page officielle"]  # staff see and open the link before they publish it
    assert below.text == say("file_apercu")
    assert say("bouton_file_publier") in below.buttons


async def test_a_card_is_attached_to_a_topic_at_once(assistant: Assistant) -> None:
    staff = assistant.staff
    marie = await waits(assistant, "Marie", unknown())
    await opened(assistant)
    await presses(staff, say("bouton_file_rattacher"))
    await presses(staff, say("bouton_file_chercher"))
    await staff.writes("demander le rsa")
    found = await staff.reply()
    await staff.presses(found.buttons[0])
    assert say("file_rattacher_fait", sujet="Demander le RSA") in await yes(staff)
    assert "Demander le RSA" in (await marie.sees("Demander le RSA", within=30)).text
    text, _ = await asks(assistant.sandbox.person("Léa"), assistant, unknown())
    assert text.startswith("Demander le RSA")
    await queue(assistant)
    await presses(staff, say("bouton_file_historique"))
    await staff.presses(say("bouton_file_annuler_acte", nombre=1))
    assert (await staff.change(within=90)).text == say("file_annule")
    text, _ = await asks(assistant.sandbox.person("Zoé"), assistant, unknown())
    assert say("inconnu") in text


async def test_off_topic_is_learnt_and_taken_back(assistant: Assistant, knowledge_copy: Path) -> None:
    staff = assistant.staff
    await asks(assistant.marie, assistant, unknown())
    await opened(assistant)
    await presses(staff, say("bouton_file_hors_champ"))
    await staff.presses(say("bouton_file_oui"))
    done = await staff.change(within=90)
    assert say("file_hors_champ_fait") in done.text
    assert states(assistant) == ["done"]
    written = "".join(path.read_text(encoding="utf-8") for path in yaml_files(knowledge_copy / "contributions"))
    assert unknown() in written
    await staff.presses(say("bouton_file_annuler"))
    await staff.change(within=90)
    assert say("file_titre", nombre=1) in (await queue(assistant)).text


async def test_an_entry_is_corrected_from_a_card(assistant: Assistant) -> None:
    staff = assistant.staff
    assistant.clock.advance(days=900)
    await assistant.restart()
    await queue(assistant)
    card = await presses(staff, staff.last.buttons[0])
    title = card.text.splitlines()[0]
    await presses(staff, say("bouton_file_corriger"))
    await presses(staff, staff.last.buttons[0])
    await presses(staff, say("bouton_file_partie_reponse"))
    await staff.writes("Cette réponse est toute neuve. Elle tient en deux phrases courtes.")
    shown = await staff.reply()
    assert say("file_avant") in shown.text
    await staff.presses(say("bouton_file_publier"))
    assert say("file_corriger_fait", sujet=title) in await yes(staff)
    await assistant.sandbox.person("Léa").writes(title)
    assert "toute neuve" in (await assistant.sandbox.person("Léa").reply()).text
