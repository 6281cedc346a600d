"""/relais: a code without identity that carries a topic, what is done and what is missing; once, for fourteen days."""

from __future__ import annotations

import math
import secrets
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.relays import ALPHABET, LENGTH, bits, grouped, is_code, new_code, numbers, typed_code
from bot.sandbox import Bubble, Person
from bot.services.relays import ALL_GUESSES, PERSON_GUESSES, Guesses
from tests.e2e.test_buttons import forged
from tests.e2e.test_roles import asks, mediator
from tests.support.assistant import Assistant, MovableClock, answer, say, small_understanding

TITLE = small_understanding().knowledge.topics["rsa"].title
WRONG = "AAA-AAA-AA3"


async def ticking(assistant: Assistant) -> tuple[Person, Bubble]:
    """A mediator with a relay about the RSA to tick."""
    person = mediator(assistant)
    await asks(person, assistant, "/relais rsa")
    return person, person.last


async def code_of(assistant: Assistant) -> str:
    """A fresh code, with the first step done and the first paper missing."""
    person, shown = await ticking(assistant)
    await person.presses(say("bouton_etape_a_faire", numero=1), message=shown)
    shown = await person.change()
    await person.presses(say("bouton_papier_la", numero=1), message=shown)
    shown = await person.change()
    await person.presses(say("bouton_donner_code"), message=shown)
    return (await person.change()).text.split("\n\n")[1]


async def opened(assistant: Assistant, person: Person, text: str) -> str:
    """All that a message brings."""
    assistant.clock.advance(minutes=1)
    assistant.sandbox.world.rooms.clock = lambda: assistant.clock().timestamp()
    await assistant.settled(await person.writes(text))
    return "\n".join(bubble.text for bubble in person.bubbles[-2:])


async def test_the_state_travels_to_a_resident_once(assistant: Assistant) -> None:
    code, topic = await code_of(assistant), small_understanding().knowledge.topics["rsa"]
    assert assistant.rows("SELECT * FROM people") == []
    stored = assistant.file_bytes()
    assert code.encode() not in stored
    assert code.replace("-", "").encode() not in stored
    [row] = assistant.rows("SELECT topic, steps, papers, expires, update_id FROM relays")
    assert tuple(row) == ("rsa", 1, 1, "2026-12-06", None)
    seen = await opened(assistant, assistant.marie, code)
    for words in (
        say("relais_etat", titre=TITLE),
        say("relais_un_papier", nombre=1),
        say("relais_etape_faite", numero=1, etape=topic.steps[0]),
        say("relais_etape_a_faire", numero=2, etape=topic.steps[1]),
        say("relais_papier_manque", numero=1, papier=topic.documents[0]),
        say("titre_contacts"),
    ):
        assert words in seen, words
    assert assistant.rows("SELECT * FROM relays") == []
    assert (assistant.counted("relay_made"), assistant.counted("relay_opened")) == (1, 1)
    for person in (assistant.marie, mediator(assistant)):
        assert say("relais_perdu") in (await opened(assistant, person, code))
    assert assistant.needs == []


@pytest.mark.parametrize("form", ["{0}", "{1}", "mon code : {0}", "{2}", "code {3}.", "/relais {0}"])
async def test_however_it_is_typed(assistant: Assistant, form: str) -> None:
    code = await code_of(assistant)
    plain = code.replace("-", "")
    text = form.format(code, plain.lower(), code.lower().replace("-", " "), code.replace("-", " – "))
    assert say("relais_etat", titre=TITLE) in await opened(assistant, mediator(assistant), text)


async def test_the_link_opens_it(assistant: Assistant) -> None:
    await code_of(assistant)
    link = mediator(assistant).last.text.splitlines()[-1]
    assert link.startswith("https://t.me/acces_droits_bot?start=rel-")
    assert say("relais_etat", titre=TITLE) in await opened(
        assistant, assistant.marie, "/start " + link.partition("start=")[2]
    )


async def test_wrong_used_and_old_are_the_same_sentence(assistant: Assistant) -> None:
    old, used = await code_of(assistant), await code_of(assistant)
    await opened(assistant, assistant.marie, used)
    assistant.clock.advance(days=15)
    for text in (old, used, WRONG, "/start rel-" + "A" * 9, "/start rel-", "/start rel-é"):
        person = assistant.sandbox.person(f"Personne {text}")
        assert (await asks(person, assistant, text))[0] == say("relais_perdu"), text
    await assistant.restart()
    assert assistant.rows("SELECT * FROM relays") == []


async def test_it_lives_to_its_last_day(assistant: Assistant) -> None:
    code = await code_of(assistant)
    assistant.clock.advance(days=14)
    assert say("relais_etat", titre=TITLE) in await opened(assistant, assistant.marie, code)


async def test_guesses_are_limited_for_one_person(assistant: Assistant) -> None:
    code, marie = await code_of(assistant), assistant.marie
    for _ in range(PERSON_GUESSES):
        assert (await asks(marie, assistant, WRONG))[0] == say("relais_perdu")
    assert (await asks(marie, assistant, code))[0] == say("relais_perdu")  # right, but too late
    assert say("relais_etat", titre=TITLE) in await opened(assistant, assistant.sandbox.person("Karim"), code)
    code = await code_of(assistant)
    assistant.clock.advance(hours=1)
    assert say("relais_etat", titre=TITLE) in await opened(assistant, marie, code)


def test_guesses_are_limited_overall() -> None:
    clock = MovableClock()
    guesses = Guesses(clock)
    for person in range(ALL_GUESSES):
        assert not guesses.too_many(-1)
        guesses.note(person)
    assert guesses.too_many(-1)  # who never guessed, too
    clock.advance(hours=1)
    assert not guesses.too_many(-1)


async def test_for_the_last_answer_and_by_a_button_in_a_session(assistant: Assistant) -> None:
    person = mediator(assistant)
    assert (await asks(person, assistant, "/relais"))[0] == say("relais_mode")
    await asks(person, assistant, answer())
    assert TITLE in (await asks(person, assistant, "/relais"))[0]
    await asks(person, assistant, "/seance individuelle")
    await asks(person, assistant, answer())
    await person.presses(say("bouton_relais"))
    assert say("relais_consigne") in (await person.reply()).text


async def test_danger_is_not_a_topic_to_hand_on(assistant: Assistant) -> None:
    text, _ = await asks(mediator(assistant), assistant, "/relais mon mari me frappe")
    assert "3919" in text or "17" in text
    assert assistant.rows("SELECT * FROM relays") == []


async def test_residents_have_neither_the_command_nor_its_buttons(assistant: Assistant) -> None:
    person, shown = await ticking(assistant)
    await asks(assistant.marie, assistant, "/themes")
    for data in [button["callback_data"] for row in shown.rows for button in row]:
        press = forged(assistant.marie, assistant.marie.last, data)
        assert await assistant.marie.gets_alert() == say("ancien_bouton")
        await assistant.settled(press)
    assert assistant.rows("SELECT * FROM relays") == []
    assert say("relais_perdu") in await opened(assistant, person, WRONG)


async def test_what_was_corrected_since_is_not_guessed_at(assistant: Assistant) -> None:
    code = await code_of(assistant)
    with closing(sqlite3.connect(assistant.settings.database)) as connection, connection:
        connection.execute("UPDATE relays SET version = 'autre'")
    seen = await opened(assistant, assistant.marie, code)
    assert say("relais_change") in seen
    assert say("relais_etapes") not in seen


def test_a_code_holds_forty_bits_and_no_look_alikes() -> None:
    figures = sum(sign.isdigit() for sign in ALPHABET)
    assert math.log2(len(ALPHABET) ** LENGTH - (len(ALPHABET) - figures) ** LENGTH) > 40
    assert not set(ALPHABET) & set("O0IL1S5B8Z2QV")
    code = new_code(secrets.choice)
    assert typed_code(grouped(code)) == code


@pytest.mark.parametrize("text", ["demandeur", "cerfa 3474", "carte", "", "rue du 4", "AAA-AAA-AAA", "x" * 5000])
def test_words_are_no_codes(text: str) -> None:
    assert typed_code(text) is None


@given(st.text())
def test_any_text(text: str) -> None:
    code = typed_code(text)
    assert code is None or is_code(code)


@given(st.frozensets(st.integers(0, 23)))
def test_numbers_come_back(some: frozenset[int]) -> None:
    assert numbers(bits(some)) == some
