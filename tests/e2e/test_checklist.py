"""The list of papers as somebody ticks it: in place, twice, after a restart, with forged data, after an edit."""

from __future__ import annotations

import pytest

from bot.sandbox import Bubble, Person
from handlers.button_fields import digest
from handlers.checklist_data import PaperAction, PaperPressed, encode, papers_name
from tests.e2e.test_buttons import forged
from tests.support.assistant import Assistant, answer, say

_PAPERS = ("Pièce d'identité", "Relevé d'identité bancaire")  # those of "rsa" in the small base
_FIRST, _SECOND = "1. Pièce d'identité", "2. Relevé d'identité…"


async def opens(person: Person) -> Bubble:
    """Somebody asks, and opens the list under the answer."""
    await person.writes(answer())
    await person.reply()
    await person.presses(say("bouton_pieces"))
    return await person.reply()


@pytest.mark.parametrize("role", ["resident", "mediator"])
async def test_papers_are_ticked_in_place(assistant: Assistant, role: str) -> None:
    person = assistant.marie if role == "resident" else assistant.sandbox.mediators[0]
    shown = await opens(person)
    assert say("pieces_manque", nombre=2) in shown.text
    assert shown.buttons == [f"☐ {_FIRST}", f"☐ {_SECOND}", "RSA"]
    await person.presses(f"☐ {_SECOND}")
    changed = await person.change()
    assert changed.id == shown.id
    assert say("pieces_manque_un") in changed.text
    assert changed.buttons[:2] == [f"☐ {_FIRST}", f"☑ {_SECOND}"]
    await person.presses(f"☐ {_FIRST}")
    assert say("pieces_complet") in (await person.change()).text
    await person.presses(f"☑ {_SECOND}")
    assert say("pieces_manque_un") in (await person.change()).text


async def test_a_double_tap_ticks_once(assistant: Assistant) -> None:
    marie = assistant.marie
    shown = await opens(marie)
    taps = [await marie.presses(f"☐ {_FIRST}", message=shown) for _ in range(3)]
    for tap in taps:
        await assistant.settled(tap)
    assert marie.last.buttons[:2] == [f"☑ {_FIRST}", f"☐ {_SECOND}"]
    assert marie.last.id == shown.id  # "message is not modified" is no reason to send a second list
    assert say("erreur") not in marie.screen


async def test_quick_taps_on_two_papers_both_count(assistant: Assistant) -> None:
    """The second press comes from the keyboard that does not show the first one yet."""
    marie = assistant.marie
    shown = await opens(marie)
    for label in (_FIRST, _SECOND):
        await assistant.settled(await marie.presses(f"☐ {label}", message=shown))
    assert say("pieces_complet") in marie.last.text


async def test_ticks_outlive_a_restart_and_stand_nowhere_else(assistant: Assistant) -> None:
    marie = assistant.marie
    await opens(marie)
    await assistant.settled(await marie.presses(f"☐ {_FIRST}"))
    await assistant.restart()
    await assistant.settled(await marie.presses(f"☐ {_SECOND}"))
    assert say("pieces_complet") in marie.last.text
    assert b"pi:" not in assistant.file_bytes()
    assert [row["topic"] for row in assistant.rows("SELECT topic FROM counts WHERE what = 'checklist'")] == ["rsa"]


async def test_forged_lists_get_a_kind_sentence(assistant: Assistant) -> None:
    marie = assistant.marie
    shown = await opens(marie)
    before, name, topic = marie.screen, papers_name(_PAPERS), digest("rsa")
    for data in (
        "pi:", "pi:a", f"pi:z:{topic}:{name}:0:0", f"pi:a::{name}:0:0", f"pi:a:{'0' * 10}:{name}:0:0",
        f"pi:a:{topic}:{name}:f:0", f"pi:a:{topic}:{name}:0:2", f"pi:p:{topic}:{name}:0:999",
        f"pi:n:{digest('urgence-vitale')}:{name}:0:0", f"pi:a:{topic}:{name}:-1:0",
    ):  # fmt: skip
        press = forged(marie, shown, data)
        assert await marie.gets_alert() == say("ancien_bouton"), data
        await assistant.settled(press)
    assert marie.screen == before


async def test_a_list_that_staff_changed_starts_again(assistant: Assistant) -> None:
    """Ticks of other papers would be wrong: the new list is shown, and it is said."""
    marie = assistant.marie
    shown = await opens(marie)
    await assistant.settled(await marie.presses(f"☐ {_FIRST}"))
    old = encode(PaperPressed(PaperAction.HAVE, "rsa", papers_name(("Un RIB",)), 1, 0))
    press = forged(marie, shown, old)
    assert await marie.gets_alert() == say("pieces_changees")
    await assistant.settled(press)
    assert marie.last.buttons[:2] == [f"☐ {_FIRST}", f"☐ {_SECOND}"]
    assert say("pieces_manque", nombre=2) in marie.last.text
