"""A question and its answer: what stands in it, whether it helped, what comes next when it did not."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.sandbox import Sandbox
from bot.sandbox.html_entities import utf16_length
from tests.support.assistant import KNOWLEDGE, Assistant, answer, choice, say, settings_for, unknown


def _bold(text: str, entities: list[dict[str, object]]) -> list[str]:
    units = text.encode("utf-16-le")
    found = [(e["offset"], e["length"]) for e in entities if e["type"] == "bold"]
    return [units[2 * int(str(o)) : 2 * (int(str(o)) + int(str(n)))].decode("utf-16-le") for o, n in found]


async def test_an_answer_says_what_to_do_with_whom_and_since_when(assistant: Assistant) -> None:
    marie = assistant.marie
    update = await marie.writes(answer())
    shown = await marie.reply()
    parts = shown.text.split("\n\n")
    assert parts[0] == "Demander le RSA"
    assert parts[1].startswith("Le RSA aide les personnes")
    assert parts[2].splitlines() == [
        say("titre_etapes"), "1. Faites la simulation.", "2. Déposez la demande.",
        "3. Déclarez vos revenus tous les trois mois.",
    ]  # fmt: skip
    assert parts[3].splitlines() == [say("titre_pieces"), "• Pièce d'identité", "• Relevé d'identité bancaire"]
    assert parts[4].startswith(say("titre_contacts"))
    assert "Guide inventé pour les essais (octobre 2026)" in parts[5]
    assert say("verifie", date="2 novembre 2026") in parts[5]
    bold = _bold(shown.text, shown.entities)
    assert bold == [
        "Demander le RSA", say("titre_etapes"), say("titre_pieces"), say("titre_contacts"), "05 36 49 00 10", "3230",
    ]  # fmt: skip
    assert shown.message["reply_to_message"]["message_id"] == update["message"]["message_id"]


async def test_the_phone_number_stands_in_the_form_that_telegram_links(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(answer())
    shown = await marie.reply()
    assert "+33536490010" in shown.text
    offset = utf16_length(shown.text[: shown.text.index("+33536490010")])
    assert {"type": "phone_number", "offset": offset, "length": 12} in shown.entities
    assert not any(str(b.get("url", "")).startswith("tel:") for row in shown.rows for b in row)


async def test_the_buttons_under_an_answer(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(answer())
    shown = await marie.reply()
    # The link's whole name has 25 letters: a button holds 24, and shows its short one.
    assert shown.rows[0][0] == {"text": "Simuler & demander", "url": "https://www.exemple.fr/rsa"}
    assert [b["text"] for b in shown.rows[1]] == [say("bouton_aide"), say("bouton_pas_ca")]
    for label in ("Aide au loyer, APL", "Aide alimentaire", say("bouton_themes"), say("bouton_contact")):
        assert label in shown.buttons
    [call] = assistant.sandbox.calls("sendMessage")
    assert '"is_disabled": true' in call.parameters["link_preview_options"]


async def test_an_answer_that_is_there_at_once_waits_for_no_typing_sign(assistant: Assistant) -> None:
    await assistant.marie.writes(answer())
    await assistant.marie.reply()
    assert not assistant.sandbox.calls("sendChatAction")


async def test_a_contact_card_comes_when_asked_for(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(answer())
    await marie.reply()
    await marie.presses(say("bouton_contact"))
    cards = await marie.replies(2)
    assert [one.message["contact"]["first_name"] for one in cards] == ["Accueil des droits", "Caf des essais"]
    assert cards[0].message["contact"]["phone_number"].replace(" ", "") in ("0536490010", "+33536490010")


async def test_further_details_come_when_asked_for_and_lead_back(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(answer())
    await marie.reply()
    await marie.presses(say("bouton_precisions"))
    shown = await marie.reply()
    assert "Demandez un dossier papier" in shown.text
    assert "Comptez un mois." in shown.text
    await marie.presses("RSA", message=shown)
    assert (await marie.reply()).text.startswith("Demander le RSA")


async def test_helped_is_counted_once_and_the_buttons_go(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(answer())
    shown = await marie.reply()
    first = await marie.presses(say("bouton_aide"), message=shown)
    assert await marie.gets_alert() == say("merci_aide")
    after = await marie.change()
    assert after.id == shown.id
    assert say("bouton_aide") not in after.buttons
    assert say("bouton_contact") in after.buttons
    second = await marie.presses(say("bouton_aide"), message=shown)  # two thumbs
    await assistant.settled(first)
    await assistant.settled(second)
    assert assistant.needs == []
    assert assistant.counted("helped") == 1
    assert say("erreur") not in marie.screen


async def test_a_related_topic_opens(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(answer())
    await marie.reply()
    await marie.presses("Aide alimentaire")
    assert (await marie.reply()).text.startswith("Manger quand on n'a plus d'argent")


async def test_themes_under_an_answer_leave_the_answer_where_it_is(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(answer())
    shown = await marie.reply()
    await marie.presses(say("bouton_themes"))
    menu = await marie.reply()
    assert menu.id != shown.id
    assert menu.buttons == ["Aides", "Internet", "Urgence et danger"]
    await marie.presses("Aides", message=menu)
    assert (await marie.change()).id == menu.id


async def test_not_that_offers_others_and_then_keeps_the_need(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(answer())
    shown = await marie.reply()
    await marie.presses(say("bouton_pas_ca"), message=shown)
    others = await marie.reply()
    assert others.text.startswith(say("choix_suite"))
    assert "RSA" not in others.buttons
    assert others.buttons[-1] == say("bouton_aucune")
    assert assistant.needs == []

    await marie.presses(others.buttons[0], message=others)
    second = await marie.reply()
    assert say("bouton_pas_ca") in second.buttons
    await marie.presses(say("bouton_pas_ca"), message=second)
    last = await marie.reply()
    assert say("pas_ca_suite") in last.text
    assert "05 53 35 86 00" in last.text
    assert assistant.needs == [answer()]
    [row] = assistant.rows("SELECT * FROM needs")
    assert row["reason"] == "refused"
    assert row["day"] == "2026-11-22"
    assert row["topic"]


async def test_not_that_pressed_twice_keeps_one_need(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(answer())
    await marie.reply()
    await marie.presses(say("bouton_pas_ca"))
    others = await marie.reply()
    await marie.presses(others.buttons[0], message=others)
    second = await marie.reply()
    presses = [await marie.presses(say("bouton_pas_ca"), message=second) for _ in range(2)]
    for press in presses:
        await assistant.settled(press)
    assert assistant.needs == [answer()]
    assert await marie.gets_alert() == say("deja_compte")
    assert marie.screen.count(say("pas_ca_suite")) == 1


async def test_a_choice_explains_each_topic_and_opens_the_one_picked(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(choice())
    shown = await marie.reply()
    assert shown.text.startswith(say("choix"))
    assert 2 <= len(shown.buttons) - 1 <= 3
    assert shown.text.count("•") == len(shown.buttons) - 1
    await marie.presses(shown.buttons[0], message=shown)
    picked = await marie.reply()
    assert say("bouton_pas_ca") in picked.buttons
    assert assistant.needs == []


async def test_none_of_these_keeps_the_need(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(choice())
    await marie.reply()
    press = await marie.presses(say("bouton_aucune"))
    shown = await marie.reply()
    assert say("inconnu_suite") in shown.text
    assert assistant.needs == [choice()]
    [row] = assistant.rows("SELECT * FROM needs")
    assert row["reason"] == "none"
    await assistant.settled(press)


async def test_none_of_these_pressed_twice_keeps_one_need(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(choice())
    shown = await marie.reply()
    presses = [await marie.presses(say("bouton_aucune"), message=shown) for _ in range(3)]
    for press in presses:
        await assistant.settled(press)
    assert assistant.needs == [choice()]


async def test_a_long_answer_comes_in_parts_with_the_buttons_under_the_last(sandbox: Sandbox, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge"))
    file = folder / "sujets" / "aides" / "rsa.yaml"
    sentence = "apportez <b>vos</b> papiers & 😀 revenez le jour suivant"
    steps = "".join(f'  - "Étape {n} : {sentence}."\n' for n in range(120))
    file.write_text(file.read_text(encoding="utf-8").replace("etapes:\n", f"etapes:\n{steps}"), encoding="utf-8")
    assistant = Assistant(sandbox, settings_for(sandbox, tmp_path, knowledge=folder))
    await assistant.start()
    try:
        marie = assistant.marie
        update = await marie.writes(answer())
        await assistant.settled(update)
        parts = [bubble for bubble in marie.bubbles if bubble.from_bot]
        assert len(parts) > 1
        assert all(utf16_length(part.text) <= 4096 for part in parts)
        assert [bool(part.buttons) for part in parts] == [*[False] * (len(parts) - 1), True]
        together = " ".join(" ".join(part.text for part in parts).split())
        assert all(f"Étape {n} : {sentence}" in together for n in range(120))
        await marie.presses(say("bouton_pas_ca"))
        assert (await marie.reply()).text.startswith(say("choix_suite"))  # the question is still known
    finally:
        await assistant.stop()


async def test_small_talk_is_answered_and_never_a_need(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes("Bonjour !")
    assert (await marie.reply()).text == "Bonjour ! Quelle est votre question ?"
    await marie.writes("je veux parler à quelqu'un")
    assert "05 53 35 86 00" in (await marie.reply()).text
    await marie.writes("merci")
    assert (await marie.reply()).buttons == []
    assert assistant.needs == []


async def test_an_edited_message_is_answered_again(assistant: Assistant) -> None:
    marie = assistant.marie
    wrong = await marie.writes(unknown())
    assert say("inconnu") in (await marie.reply()).text
    edit = await marie.edits(wrong, answer())
    shown = await marie.reply()
    assert shown.text.startswith("Demander le RSA")
    assert shown.message["reply_to_message"]["message_id"] == wrong["message"]["message_id"]
    await assistant.settled(edit)
    assert assistant.needs == [unknown()]


async def test_many_people_at_once_each_get_their_own_answer(assistant: Assistant) -> None:
    people = [assistant.sandbox.person(f"Personne {n}") for n in range(40)]
    for number, person in enumerate(people):
        await person.writes((answer(), choice(), "mot de passe oublié caf")[number % 3])
    starts = ("Demander le RSA", say("choix"), "Mot de passe perdu")
    for number, person in enumerate(people):
        shown = (await person.replies(1, within=20))[0]
        assert shown.text.startswith(starts[number % 3])


async def test_one_persons_messages_are_answered_in_order(assistant: Assistant) -> None:
    marie = assistant.marie
    for text in (answer(), "mot de passe oublié caf", "dossier de surendettement"):
        await marie.writes(text)
    await marie.sees("Trop de dettes", within=20)
    titles = [bubble.text.split("\n")[0] for bubble in marie.bubbles if bubble.from_bot]
    assert titles == ["Demander le RSA", "Mot de passe perdu", "Trop de dettes"]
