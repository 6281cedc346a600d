"""Bad days of a whole machine, with the real process: needs are kept, danger is answered, staff hear of it once."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from tests.support.assistant import (
    PATIENCE,
    Assistant,
    answer,
    locked,
    logged_process,
    say,
    unknown,
)

pytestmark = pytest.mark.slow
DANGER = "je veux mourir ce soir"
_LOCKED_SECONDS = 20.0
_START = 90.0  # for the first answer of a process, on a machine that does other things


def told_staff(sandbox: Sandbox) -> list[str]:
    """What the staff chat got from the bot."""
    return [bubble.text for bubble in sandbox.staff[0].bubbles if bubble.from_bot]


async def staff_are_told(sandbox: Sandbox, words: str, after: int = 0) -> None:
    """Returns once one of the messages to staff, `after` so many, holds the words."""

    def told() -> bool:
        return any(words in one for one in told_staff(sandbox)[after:])

    await sandbox.world.news.until(told, 60, lambda: f"staff were not told {words!r}: {told_staff(sandbox)}")


def stored(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "acces-droits.db", timeout=10)) as connection:
        return sorted(row[0] for row in connection.execute("SELECT text FROM needs"))


def take_away(folder: Path) -> None:
    """No database any more."""
    for file in folder.glob("acces-droits.db*"):
        file.unlink()


async def test_another_program_holds_the_database_for_twenty_seconds(sandbox: Sandbox, tmp_path: Path) -> None:
    """Danger and answers come at once; what was told meanwhile is there afterwards."""
    marie, karim, jeanne = (sandbox.person(name) for name in ("Marie", "Karim", "Jeanne"))
    async with logged_process(sandbox, tmp_path) as process:
        await marie.writes(answer())
        await marie.replies(1, within=_START)
        await sandbox.wait_until_taken(within=PATIENCE)
        with locked(tmp_path / "acces-droits.db"):
            until = asyncio.get_running_loop().time() + _LOCKED_SECONDS
            await marie.writes(unknown())
            await karim.writes(DANGER)
            assert "3114" in (await karim.reply()).text
            await jeanne.writes(answer())
            assert (await jeanne.replies(1, within=10))[0].text.startswith("Demander le RSA")
            assert say("inconnu") in (await marie.replies(1, within=10))[0].text
            await jeanne.writes(f"{unknown()} zz")
            assert say("inconnu") in (await jeanne.replies(1, within=15))[0].text
            await karim.writes(DANGER)
            assert "3114" in (await karim.reply()).text
            await asyncio.sleep(max(0.0, until - asyncio.get_running_loop().time()))
        await sandbox.world.news.until(
            lambda: say("equipe_stockage_repare") in told_staff(sandbox), PATIENCE, lambda: "never repaired"
        )
        assert len(told_staff(sandbox)) == 2  # the trouble, and its end
        process.terminate()
        assert (await process.ends())[0] == 0
    assert stored(tmp_path) == sorted([unknown(), f"{unknown()} zz"])


@pytest.mark.parametrize("trouble", ["deleted", "corrupted"])
async def test_the_database_file_goes_bad_while_it_is_used(sandbox: Sandbox, tmp_path: Path, trouble: str) -> None:
    """People are answered on; staff hear of it once; once it is put back or taken away, a start works again."""
    marie = sandbox.person("Marie")
    path = tmp_path / "acces-droits.db"
    async with logged_process(sandbox, tmp_path) as process:
        await marie.writes(unknown())
        await marie.replies(1, within=_START)
        await sandbox.wait_until_taken(within=PATIENCE)
        if trouble == "deleted":
            take_away(tmp_path)
        else:
            with path.open("r+b") as torn:
                torn.seek(100)
                torn.write(b"\xff" * (path.stat().st_size - 100))
            (tmp_path / "acces-droits.db-wal").write_bytes(b"")
        wanted = [unknown()]
        for number in range(5):  # pages that SQLite still remembers hide for a while what became of the file
            for text, head in (
                (DANGER, "3114"),
                (answer(), "Demander le RSA"),
                (f"{unknown()} {'z' * (number + 3)}", say("inconnu")),
            ):
                person = sandbox.person(f"Personne {number} {head}")
                await person.writes(text)
                assert head in (await person.replies(1, within=30))[0].text
            wanted.append(text)
            if told_staff(sandbox):
                break
        await sandbox.wait_until_taken(within=_START)
        if trouble == "deleted":  # made again from what is still open: nothing is lost
            await staff_are_told(sandbox, say("equipe_stockage", raison="").split("(")[0])
            await staff_are_told(sandbox, say("equipe_stockage_repare"))
            assert stored(tmp_path) == sorted(wanted)
        assert sum(say("equipe_stockage_repare") not in one for one in told_staff(sandbox)) <= 1
        process.terminate()
        assert (await process.ends())[0] == 0
    take_away(tmp_path)
    async with logged_process(sandbox, tmp_path) as process:
        await marie.writes(unknown())
        assert say("inconnu_suite") in (await marie.replies(1, within=_START))[0].text
        process.terminate()
        assert (await process.ends())[0] == 0
    assert stored(tmp_path) == [unknown()]


async def test_the_knowledge_folder_goes_bad_in_every_way(
    sandbox: Sandbox, tmp_path: Path, knowledge_copy: Path
) -> None:
    """Half written, emptied, a file in its place, unreadable, replaced: the last good state answers all along."""
    good = shutil.copytree(knowledge_copy, tmp_path / "good")
    topic = knowledge_copy / "sujets" / "aides" / "rsa.yaml"

    def half_written() -> None:
        topic.write_bytes(topic.read_bytes()[:300])

    def emptied() -> None:
        shutil.rmtree(knowledge_copy)
        knowledge_copy.mkdir()

    def a_file_instead() -> None:
        shutil.rmtree(knowledge_copy)
        knowledge_copy.write_bytes(b"\0\xff")

    def a_folder_instead_of_a_file() -> None:
        topic.unlink()
        topic.mkdir()

    def a_loop() -> None:
        topic.unlink()
        topic.symlink_to(topic.name)

    def put_back() -> None:
        if knowledge_copy.is_dir():
            shutil.rmtree(knowledge_copy)
        else:
            knowledge_copy.unlink()
        shutil.copytree(good, knowledge_copy)

    people = (sandbox.person(f"Voisine {number}") for number in count())
    async with logged_process(sandbox, tmp_path, BOT_KNOWLEDGE=str(knowledge_copy)) as process:
        await sandbox.person("Marie").writes(answer())
        await sandbox.person("Marie").replies(1, within=_START)
        for broken in (half_written, emptied, a_file_instead, a_folder_instead_of_a_file, a_loop):
            for change, sentence in ((broken, "equipe_base_cassee"), (put_back, "equipe_base_reparee")):
                before = len(told_staff(sandbox))
                change()
                words = say(sentence, nombre=12) if change is put_back else say(sentence)
                await staff_are_told(sandbox, words, before)
                person = next(people)
                await person.writes(answer())
                assert (await person.replies(1, within=PATIENCE))[0].text.startswith("Demander le RSA")
                await person.writes(DANGER)
                assert "3114" in (await person.replies(1, within=PATIENCE))[0].text
        process.terminate()
        assert (await process.ends())[0] == 0


async def test_telegram_stumbles_at_random_while_people_write(sandbox: Sandbox, tmp_path: Path) -> None:
    """429, 500, 502, half answers, resets and late answers together: everybody is answered, nothing is lost."""
    people = [sandbox.person(f"Personne {number}") for number in range(40)]
    faults = sandbox.faults
    async with logged_process(sandbox, tmp_path) as process:
        await people[0].writes(answer())
        await people[0].replies(1, within=_START)
        wanted: list[str] = []
        troubles: tuple[Callable[[], None], ...] = (
            lambda: faults.too_many_requests("sendMessage"), lambda: faults.server_error("sendMessage"),
            lambda: faults.drop("sendMessage"), lambda: faults.reset("sendMessage"),
            lambda: faults.delay("sendMessage", seconds=0.5), lambda: faults.bad_gateway("sendMessage"),
        )  # fmt: skip
        faults.bad_gateway("getUpdates")
        faults.reset("getUpdates")
        faults.drop("getUpdates", executed=True)
        for number, person in enumerate(people):
            troubles[number % len(troubles)]()
            text = DANGER if number % 5 == 0 else f"{unknown()} {'z' * (number % 7 + 3)}"
            await person.writes(text)
            wanted += [text] if text != DANGER else []
        for number, person in enumerate(people):
            await person.sees("3114" if number % 5 == 0 else say("inconnu"), within=90)
        await sandbox.wait_until_taken(within=90)
        process.terminate()
        assert (await process.ends())[0] == 0
    assert stored(tmp_path) == sorted(wanted)
    for number, person in enumerate(people):
        assert person.screen.count("3114" if number % 5 == 0 else say("inconnu")) == 1, number
        assert say("erreur") not in person.screen


async def test_the_clock_steps_by_two_hours(assistant: Assistant) -> None:
    """Forward, as after a first contact with a time server, and back: everybody is answered, nothing counts twice."""
    for number, hours in enumerate((0, 2, -2, -2, 2)):
        assistant.clock.advance(hours=hours)
        person = assistant.sandbox.person(f"Personne {number}")
        for text, head in ((DANGER, "3114"), (answer(), "Demander le RSA"), (f"{unknown()} z", say("inconnu_suite"))):
            update = await person.writes(text)
            assert head in (await person.reply()).text
            await assistant.settled(update)
        assistant.sandbox.repeat(update)
    await assistant.sandbox.wait_until_taken()
    await assistant.sandbox.wait_until_quiet()
    assert len(assistant.needs) == 5
    assert assistant.counted("unknown") == 5
    assert not told_staff(assistant.sandbox)
