"""One step at a time: chosen in /reglages, turned in place, kept across a restart, and nothing else remembered."""

from __future__ import annotations

import pytest

from bot.sandbox import Bubble, Person
from tests.e2e.test_buttons import forged
from tests.support.assistant import Assistant, answer, say, small_understanding

RSA = small_understanding().knowledge.topics["rsa"]
NEXT, BEFORE = say("bouton_etape_apres"), say("bouton_etape_avant")


async def one_step(assistant: Assistant) -> tuple[Person, Bubble]:
    """Marie chose it, and has her first answer in that form."""
    marie = assistant.marie
    await marie.writes("/reglages")
    assert say("reglages_etapes") in (await marie.reply()).text
    await marie.presses(say("bouton_une_etape"))
    assert say("reglages_une_etape") in (await marie.change()).text
    await marie.writes(answer())
    return marie, await marie.reply()


def progress(number: int) -> str:
    return say("etape_progres", numero=number, total=len(RSA.steps))


async def test_steps_are_turned_forward_and_back_in_place(assistant: Assistant) -> None:
    marie, shown = await one_step(assistant)
    assert len(RSA.steps) > 1
    assert RSA.answer in shown.text
    assert f"{progress(1)}\n{RSA.steps[0]}" in shown.text
    assert BEFORE not in shown.buttons
    for number, step in enumerate(RSA.steps[1:], 2):
        await marie.presses(NEXT)
        turned = await marie.change()
        assert turned.id == shown.id
        assert f"{progress(number)}\n{step}" in turned.text
    assert NEXT not in turned.buttons
    assert all(contact.name in turned.text for contact in RSA.contacts)
    await marie.presses(BEFORE)
    assert progress(len(RSA.steps) - 1) in (await marie.change()).text


async def test_only_the_choice_is_kept_and_an_old_button_still_turns_after_a_restart(assistant: Assistant) -> None:
    marie, _ = await one_step(assistant)
    await marie.presses(NEXT)
    turned = await marie.change()
    assert [(row["name"], row["value"]) for row in assistant.rows("SELECT * FROM preferences")] == [("one_step", "yes")]
    await assistant.restart()
    await marie.presses(BEFORE, message=turned)
    assert progress(1) in (await marie.change()).text
    await marie.writes("/mesdonnees")
    assert say("donnees_une_etape") in (await marie.reply()).text


async def test_saying_that_it_helped_leaves_the_steps(assistant: Assistant) -> None:
    marie, _ = await one_step(assistant)
    await marie.presses(say("bouton_aide"))
    after = await marie.change()
    assert say("bouton_aide") not in after.buttons
    assert NEXT in after.buttons


async def test_all_steps_come_back_and_others_never_lost_them(assistant: Assistant) -> None:
    marie, _ = await one_step(assistant)
    karim = assistant.sandbox.person("Karim")
    await karim.writes(answer())
    whole = await karim.reply()
    assert all(step in whole.text for step in RSA.steps)
    await marie.writes("/reglages")
    await marie.reply()
    await marie.presses(say("bouton_toutes_les_etapes"))
    await marie.change()
    await marie.writes(answer())
    assert (await marie.reply()).text == whole.text


@pytest.mark.parametrize(
    "data",
    ["et:", "et::0", "et:0123456789:0", "et:x:1", "et:0123456789:99999", "rg:", "rg:e:", "rg:e:peutetre", "rg:l:xx",
     "rg:r:oui", "rg:m:fr", "rg:z:oui", "rg:l:"],
)  # fmt: skip
async def test_forged_buttons_end_in_a_kind_sentence(assistant: Assistant, data: str) -> None:
    marie, shown = await one_step(assistant)
    before = marie.screen
    press = forged(marie, shown, data)
    assert await marie.gets_alert() == say("ancien_bouton")
    await assistant.settled(press)
    assert marie.screen == before
    assert [row["value"] for row in assistant.rows("SELECT value FROM preferences")] == ["yes"]
