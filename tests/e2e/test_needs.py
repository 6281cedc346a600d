"""What nobody could answer: kept before the reply, without the person, once."""

from __future__ import annotations

from pathlib import Path

from bot.sandbox import Sandbox
from tests.support.assistant import Assistant, answer, choice, say, settings_for, unknown


async def test_the_unknown_reply_says_what_happens_who_helps_and_where_to_look(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(unknown())
    shown = await marie.reply()
    for key in ("inconnu", "inconnu_suite", "inconnu_humain", "inconnu_themes"):
        assert say(key) in shown.text
    assert shown.buttons == [say("bouton_prevenir"), say("bouton_effacer"), "Aides", "Internet", "Urgence et danger"]
    [row] = assistant.rows("SELECT * FROM needs")
    assert (row["day"], row["text"], row["reason"], row["channel"]) == ("2026-11-22", unknown(), "unknown", "chat")


async def test_the_need_is_stored_before_the_reply_leaves(assistant: Assistant) -> None:
    assistant.sandbox.faults.bad_gateway("sendMessage")
    await assistant.marie.writes(unknown())
    await assistant.sandbox.wait_for_call("sendMessage")  # no reply has left yet: this one came to nothing
    assert assistant.needs == [unknown()]
    await assistant.marie.reply()
    assert assistant.needs == [unknown()]


async def test_the_day_is_the_one_in_perigueux(assistant: Assistant) -> None:
    assistant.clock.now = assistant.clock.now.replace(hour=23, minute=59)
    await assistant.marie.writes(unknown())
    await assistant.marie.reply()
    assistant.clock.advance(minutes=2)
    await assistant.marie.writes(unknown())
    await assistant.marie.reply()
    assert [row["day"] for row in assistant.rows("SELECT day FROM needs ORDER BY id")] == ["2026-11-22", "2026-11-23"]


async def test_names_and_numbers_never_reach_the_database(assistant: Assistant) -> None:
    marie = assistant.marie
    await marie.writes(f"{unknown()}, je m'appelle Zébulon Tournesol, 06 39 98 12 34, zebulon@exemple.fr")
    shown = await marie.reply()
    if say("bouton_aucune") in shown.buttons:
        await marie.presses(say("bouton_aucune"))
        await marie.reply()
    [text] = assistant.needs
    assert unknown() in text
    stored = assistant.file_bytes()
    for secret in ("Tournesol", "Zébulon", "06 39 98 12 34", "0639981234", "zebulon@"):
        assert secret not in text
        assert secret.encode() not in stored


async def test_no_user_id_anywhere_in_the_files(assistant: Assistant) -> None:
    person = assistant.sandbox.person("Odette", user_id=7_391_846_205, username="odette_de_perigueux")
    updates = [await person.writes(text) for text in ("/start", unknown(), answer(), choice(), "/settings")]
    for update in updates:
        await assistant.settled(update)
    await person.presses(say("bouton_reponses_courtes"))
    await person.change()
    press = await person.presses(say("bouton_aucune"))
    await assistant.settled(press)
    await assistant.stop()
    stored = assistant.file_bytes()
    number = person.user["id"]
    ids = [str(number).encode(), *(number.to_bytes(size, order) for size in (6, 8) for order in ("big", "little"))]
    for secret in (*ids, b"Odette", b"odette"):
        assert secret not in stored, secret
    assert assistant.needs  # the file is the right one


async def test_an_update_delivered_twice_makes_one_need_and_one_reply(assistant: Assistant) -> None:
    marie = assistant.marie
    update = await marie.writes(unknown())
    await marie.reply()
    await assistant.settled(update)
    assistant.sandbox.repeat(update)
    await assistant.sandbox.wait_until_taken()
    await marie.hears_nothing()
    assert assistant.needs == [unknown()]

    await assistant.restart()
    assistant.sandbox.repeat(update)
    await assistant.sandbox.wait_until_taken()
    after = await marie.writes(answer())  # what comes behind it is answered
    await assistant.settled(after)
    assert marie.screen.count(say("inconnu")) == 1
    assert assistant.needs == [unknown()]


async def test_an_update_delivered_twice_at_once_makes_one_need_and_one_reply(assistant: Assistant) -> None:
    marie = assistant.marie
    with assistant.sandbox.held_back() as held:
        update = await marie.writes(unknown())
        held.append(held[0])
    await assistant.settled(update)
    await assistant.sandbox.wait_until_taken()
    await assistant.sandbox.wait_until_quiet()
    assert marie.screen.count(say("inconnu")) == 1
    assert assistant.needs == [unknown()]


async def test_the_same_question_of_two_people_makes_two_needs(assistant: Assistant) -> None:
    for name in ("Marie", "Karim"):
        await assistant.sandbox.person(name).writes(unknown())
        await assistant.sandbox.person(name).reply()
    assert assistant.needs == [unknown(), unknown()]


async def test_updates_out_of_order_are_all_answered(assistant: Assistant) -> None:
    marie, karim = assistant.marie, assistant.sandbox.person("Karim")
    with assistant.sandbox.out_of_order():
        first = await marie.writes(unknown())
        second = await karim.writes(answer())
        third = await marie.writes(answer())
    for update in (first, second, third):
        await assistant.settled(update)
    assert assistant.needs == [unknown()]
    assert marie.screen.count("Demander le RSA") == 1
    assert karim.screen.count("Demander le RSA") == 1


async def test_staff_see_what_could_not_be_answered(assistant: Assistant) -> None:
    staff = assistant.staff
    await staff.writes("/file")
    assert (await staff.reply()).text == say("equipe_file_vide")
    await assistant.marie.writes(unknown())
    await assistant.marie.reply()
    await assistant.marie.writes(choice())
    await assistant.marie.reply()
    press = await assistant.marie.presses(say("bouton_aucune"))
    await assistant.settled(press)
    await staff.writes("/file")
    shown = await staff.reply()
    assert shown.text.startswith(say("file_titre", nombre=2))
    assert choice() in shown.text
    assert unknown() in shown.text
    assert "22 novembre 2026" in shown.text


async def test_many_long_needs_still_fit_in_the_queue(assistant: Assistant) -> None:
    people = [assistant.sandbox.person(f"Personne {number}") for number in range(12)]
    updates = [await person.writes(f"{unknown()} {'<&> ' * 700}") for person in people]
    for update in updates:
        await assistant.settled(update)
    await assistant.staff.writes("/file")
    shown = await assistant.staff.reply()
    assert shown.text.startswith(say("file_titre", nombre=1))
    assert say("file_nombre", nombre=12) in shown.text


async def test_a_configured_secret_leaves_no_key_file_and_none_makes_one(sandbox: Sandbox, tmp_path: Path) -> None:
    assistant = Assistant(sandbox, settings_for(sandbox, tmp_path))
    await assistant.start()
    await assistant.stop()
    assert not (tmp_path / "acces-droits.key").exists()
    assistant = Assistant(sandbox, settings_for(sandbox, tmp_path, secret=None))
    await assistant.start()
    await assistant.stop()
    key = tmp_path / "acces-droits.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert len(key.read_bytes()) == 32
    assert (tmp_path / "acces-droits.db").stat().st_mode & 0o777 == 0o600


async def test_a_deleted_question_still_makes_a_need_but_without_words(assistant: Assistant) -> None:
    marie = assistant.marie
    question = await marie.writes(choice())
    shown = await marie.reply()
    await marie.deletes(question)
    press = await marie.presses(say("bouton_aucune"), message=shown)
    await assistant.settled(press)
    assert len(assistant.needs) == 1
    assert say("inconnu_suite") in marie.screen
