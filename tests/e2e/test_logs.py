"""A whole day of conversations, then its log: no message text, no name, no id, no token of any kind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.app.slow_lane import MOST_WAITING
from bot.sandbox import Bubble, Person, Sandbox
from tests.support.assistant import answer, assistant_process, say, unknown
from tests.support.notices import follow_ups

pytestmark = pytest.mark.slow
CERTAIN = "au secours il me frappe avec un marteau"


def data_of(bubble: Bubble) -> list[str]:
    """What stands behind the buttons of a message."""
    return [button["callback_data"] for row in bubble.rows for button in row if "callback_data" in button]


async def resident_part(odette: Person, database: Path) -> set[str]:
    """All that a resident does; gives the tokens that were on their screen."""
    for text in ("/start", answer(), CERTAIN, "/themes", "/confidentialite", "/nimporte", "/stop"):
        await odette.writes(text)
        await odette.reply()
    await odette.writes("/mesdonnees")
    await odette.replies(2)
    await odette.writes(f"{unknown()} zinzolin, je m'appelle Zébulon Tournesol, 06 39 98 12 34")
    kept = await odette.reply()
    if say("bouton_aucune") in kept.buttons:
        await odette.presses(say("bouton_aucune"))
        kept = await odette.reply()
    await odette.presses(say("bouton_prevenir"), message=kept)
    await odette.sees(say("bouton_ne_plus_prevenir"))
    async with follow_ups(database) as service:
        await service.publish([1], topic="rsa")
    await odette.sees(say("avis_demande"), within=20)
    await odette.presses(say("bouton_effacer"), message=kept)
    await odette.sees(say("garde_efface"))
    await odette.sends_contact("+33639981234", "Zébulon Tournesol")
    await odette.reply()
    await odette.sends_location(45.184931, 0.721847)
    await odette.reply()
    await odette.sends_photo(b"GIF89a\x02\x00\x02\x00", caption="zinzolin")
    await odette.reply()
    return {data.partition(":")[2] for data in data_of(kept) if data.startswith("ef:")}


async def staff_part(staff: Person, karim: Person) -> set[str]:
    """Staff invite somebody and take the role back; gives the tokens that were on their screen."""
    await staff.writes("/inviter equipe")
    payload = (await staff.reply()).text.partition("start=")[2]
    await karim.starts(payload)
    await karim.reply()
    await staff.writes("/equipe")
    team = await staff.reply()
    await staff.presses(say("bouton_retirer", nom="Karim"))
    await staff.change()
    for text in ("/file", "/effacer"):
        await staff.writes(text)
        await staff.reply()
    return {payload.removeprefix("inv-"), *(data.partition(":")[2] for data in data_of(team))}


async def bad_day(sandbox: Sandbox, odette: Person, karim: Person) -> None:
    """A flood, refusals, stumbles, and somebody who leaves."""
    for _ in range(25):
        await karim.writes("zinzolin")
    await karim.sees(say("ralenti", nombre=MOST_WAITING))
    sandbox.faults.refuse("sendMessage", 400, "Bad Request: can't parse entities in zinzolin", times=8)
    await odette.writes(unknown())
    await sandbox.wait_until_quiet()
    sandbox.faults.clear()
    sandbox.faults.server_error("sendMessage", times=2)
    sandbox.faults.drop("sendMessage")
    sandbox.faults.too_many_requests("sendMessage", retry_after=1)
    await odette.writes(answer())
    await odette.replies(1, within=20)
    with sandbox.held_back():
        await odette.writes(unknown())
        await odette.blocks()
    await sandbox.wait_until_quiet()


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
async def test_nothing_of_a_person_is_in_the_log(sandbox: Sandbox, tmp_path: Path, level: str) -> None:
    odette = sandbox.person("Odette", user_id=7_391_846_205, username="odette_de_perigueux")
    karim = sandbox.person("Karim", user_id=6_184_502_937)
    staff = sandbox.staff[0]
    secrets = {
        *("Odette", "odette_de_perigueux", "Karim", "7391846205", "6184502937", str(staff.user["id"])),
        *(sandbox.token, sandbox.token.partition(":")[2]),
        *("Tournesol", "06 39 98 12 34", "0639981234", "hérisson", "marteau", "45.18", "RSA", "zinzolin"),
    }
    async with assistant_process(sandbox, tmp_path, BOT_LOG_LEVEL=level) as process:
        await process.says("ready")
        secrets |= await resident_part(odette, tmp_path / "acces-droits.db")
        secrets |= await staff_part(staff, karim)
        await bad_day(sandbox, odette, karim)
        await process.says("a person blocked the bot")
        process.terminate()
        code, _ = await process.ends(within=30)
    log = "".join(process.lines)
    assert code == 0
    assert "an update failed: BadRequest" in log  # it is the log of that day
    found = {secret for secret in secrets if secret in log}
    assert not found, "\n".join(line for line in log.splitlines() if any(secret in line for secret in found))
    assert not re.search(r"\d{9,}", log)
