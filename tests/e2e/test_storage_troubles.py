"""A database that is held by another program or a disk that is full: residents still get their answers."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from tests.support.assistant import Assistant, answer, assistant_process, say, unknown


async def test_a_locked_database_costs_the_need_but_not_the_reply(
    impatient_database: None, assistant: Assistant
) -> None:
    marie, staff = assistant.marie, assistant.staff
    with assistant.locked():
        await marie.writes(unknown())
        typing = await assistant.sandbox.wait_for_call("sendChatAction")  # this answer takes its time
        shown = (await marie.replies(1, within=15))[0]
        assert typing.parameters["action"] == "typing"
        assert say("inconnu_garde_bientot") in shown.text
        assert "05 53 35 86 00" in shown.text
        told = (await staff.replies(1, within=15))[0]
        assert "un autre programme occupe la base" in told.text
    await assistant.sandbox.person("Karim").writes(answer())
    await assistant.sandbox.person("Karim").replies(1, within=15)
    await marie.writes(unknown())
    assert say("inconnu_suite") in (await marie.replies(1, within=15))[0].text
    assert (await staff.reply()).text == say("equipe_stockage_repare")
    await assistant.stop()
    assert assistant.needs == [unknown()] * 2  # the first one too, as soon as it could be kept


async def test_what_waits_for_the_database_can_be_erased_before_it_is_stored(
    impatient_database: None, assistant: Assistant
) -> None:
    marie = assistant.marie
    with assistant.locked():
        await marie.writes(unknown())
        assert say("inconnu_garde_bientot") in (await marie.replies(1, within=15))[0].text
        await marie.presses(say("bouton_effacer"))
        await marie.sees(say("garde_efface"), within=15)
    await assistant.stop()
    assert assistant.needs == []


@pytest.mark.slow
async def test_a_full_disk(sandbox: Sandbox, tmp_path: Path) -> None:
    """The process may not write one byte more: what a full disk is to SQLite."""
    marie, staff = sandbox.person("Marie"), sandbox.staff[0]
    async with assistant_process(sandbox, tmp_path) as process:
        await process.says("ready")
        await marie.writes(unknown())
        assert say("inconnu_suite") in (await marie.reply()).text
        await sandbox.wait_until_taken()
        size = (tmp_path / "acces-droits.db-wal").stat().st_size
        _, hard = resource.prlimit(process.inner.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(process.inner.pid, resource.RLIMIT_FSIZE, (size, hard))
        for text in (unknown(), answer(), unknown()):
            await marie.writes(text)
            shown = await marie.reply()
            if text == unknown():
                assert say("inconnu_garde_bientot") in shown.text
            else:
                assert shown.text.startswith("Demander le RSA")
        await sandbox.wait_until_quiet()
        told = [bubble.text for bubble in staff.bubbles if bubble.from_bot]
        assert len(told) == 1  # once, not for each message
        assert say("equipe_stockage", raison="").split("(")[0] in told[0]
        assert "disque" in told[0]

        resource.prlimit(process.inner.pid, resource.RLIMIT_FSIZE, (hard, hard))
        await marie.writes(unknown())
        assert say("inconnu_suite") in (await marie.reply()).text
        assert (await staff.reply()).text == say("equipe_stockage_repare")
        process.terminate()
        code, errors = await process.ends()
    assert code == 0
    assert "Traceback" not in errors
