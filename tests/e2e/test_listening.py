"""Answers read aloud: the written words always come first, whatever the programs of the machine do."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import Person
from bot.services.voice import speech
from tests.support.assistant import Assistant, answer, choice, say, unknown
from tests.support.voice import FakePrograms, ends, no_programs_on_this_machine, programs, sound_of

__all__ = ["programs"]
REAL = [name for name in ("espeak-ng", "opusenc", "opusinfo") if shutil.which(name) is None]
LISTEN = say("bouton_ecouter")


async def with_voice(assistant: Assistant) -> Assistant:
    """Start an assistant whose machine has a voice."""
    assistant.settings = assistant.settings.model_copy(update={"voice": True})
    await assistant.start()
    return assistant


def kept(assistant: Assistant) -> list[Path]:
    """The sounds on disk."""
    return sorted(assistant.settings.database.with_suffix(".voice").glob("*"))


def no_space_left(_content: bytes) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


async def asks(person: Person, text: str) -> None:
    await person.writes(text)
    assert (await person.reply()).buttons[0] == LISTEN


@pytest.mark.skipif(bool(REAL), reason=f"not installed here: {', '.join(REAL)}")
async def test_a_real_voice_is_valid_opus(quiet_assistant: Assistant, tmp_path: Path) -> None:
    assistant = await with_voice(quiet_assistant)
    marie = assistant.marie
    await asks(marie, answer())
    await marie.presses(LISTEN)
    voice = await marie.reply()
    path = tmp_path / "voix.ogg"
    path.write_bytes(sound_of(assistant.sandbox, voice))
    told = await asyncio.to_thread(subprocess.run, ["opusinfo", str(path)], capture_output=True, text=True, check=True)
    assert "Opus stream 1" in told.stdout
    assert "WARNING" not in told.stdout + told.stderr
    assert voice.message["voice"]["duration"] > 5


@pytest.mark.skipif(bool(REAL), reason=f"not installed here: {', '.join(REAL)}")
async def test_ten_people_listen_at_once_and_all_have_read_first(quiet_assistant: Assistant) -> None:
    assistant = await with_voice(quiet_assistant)
    people = [assistant.sandbox.person(f"Personne {number}") for number in range(10)]
    texts = [answer(), choice(), unknown()]
    for number, person in enumerate(people):
        await person.writes(texts[number % len(texts)])
    for person in people:
        assert (await person.reply()).buttons[0] == LISTEN
    for person in people:
        await person.presses(LISTEN)
    for person in people:
        assert "voice" in (await person.reply(within=60)).message


async def test_what_is_said_is_prepared_for_the_ear_and_replies_to_the_text(
    quiet_assistant: Assistant, programs: FakePrograms
) -> None:
    programs.voice()
    assistant = await with_voice(quiet_assistant)
    marie = assistant.marie
    await asks(marie, answer())
    shown = marie.last
    await marie.presses(LISTEN)
    assert await marie.gets_alert() == say("voix_prepare")
    voice = await marie.reply()
    assert voice.message["voice"]["duration"] == 2
    assert voice.message["reply_to_message"]["message_id"] == shown.id
    [said] = programs.heard
    assert said.startswith("Demander le R S A.")
    assert "sous la réponse" in said
    assert not any(character.isdigit() for character in said)
    assert assistant.counted("listened") == 1


async def test_the_same_text_is_made_once_even_after_a_restart(
    quiet_assistant: Assistant, programs: FakePrograms
) -> None:
    programs.voice()
    assistant = await with_voice(quiet_assistant)
    for person in (assistant.marie, assistant.sandbox.person("Karim")):
        await asks(person, answer())
        await person.presses(LISTEN)
        assert "voice" in (await person.reply()).message
    await assistant.restart()
    await assistant.marie.presses(LISTEN)
    assert "voice" in (await assistant.marie.reply()).message
    assert len(programs.heard) == 1
    assert [path.suffix for path in kept(assistant)] == [".ogg"]


async def test_the_sound_of_somebody_s_own_words_is_not_kept(
    quiet_assistant: Assistant, programs: FakePrograms
) -> None:
    programs.voice()
    assistant = await with_voice(quiet_assistant)
    await asks(assistant.marie, unknown())
    await assistant.marie.presses(LISTEN)
    assert "voice" in (await assistant.marie.reply()).message
    assert kept(assistant) == []


async def test_always_read_aloud_is_chosen_seen_and_ended(quiet_assistant: Assistant, programs: FakePrograms) -> None:
    programs.voice()
    assistant = await with_voice(quiet_assistant)
    marie = assistant.marie
    await marie.writes("/reglages")
    assert say("reglages_lecture_non") in (await marie.reply()).text
    await marie.presses(say("bouton_lire_toujours"))
    assert say("reglages_lecture_oui") in (await marie.change()).text
    await marie.writes(answer())
    written, voice = await marie.replies(2)
    assert written.text.startswith("Demander le RSA")
    assert "voice" in voice.message
    await marie.writes("/mesdonnees")
    data, _ = await marie.replies(2)
    assert say("donnees_lecture") in data.text
    await marie.writes("/reglages")
    await marie.reply()
    await marie.presses(say("bouton_reponses_courtes"))
    assert say("reglages_lecture_oui") in (await marie.change()).text
    await marie.presses(say("bouton_ne_plus_lire"))
    await marie.change()
    update = await marie.writes(answer())
    assert "voice" not in (await marie.reply()).message
    await assistant.settled(update)
    assert "voice" not in marie.last.message


async def test_the_button_stays_when_the_others_change(quiet_assistant: Assistant, programs: FakePrograms) -> None:
    programs.voice()
    assistant = await with_voice(quiet_assistant)
    marie = assistant.marie
    await asks(marie, answer())
    await marie.presses(say("bouton_aide"))
    assert (await marie.change()).buttons[0] == LISTEN


async def test_a_hanging_voice_holds_nobody_up_and_is_killed_with_what_it_started(
    quiet_assistant: Assistant, programs: FakePrograms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speech, "_SECONDS", 2.0)
    programs.voice(f"sleep 600 & echo $$ $! > {programs.folder}/pids; wait")
    assistant = await with_voice(quiet_assistant)
    marie = assistant.marie
    await asks(marie, answer())
    await marie.presses(LISTEN)
    await marie.gets_alert()
    await marie.writes(choice())
    first, second = await marie.replies(2)
    assert first.buttons[0] == LISTEN  # the next answer did not wait for the voice
    assert second.text == say("voix_panne")
    pids = [int(pid) for pid in programs.note("pids").split()]
    assert len(pids) == 2
    assert all(map(ends, pids))


@pytest.mark.parametrize(
    ("speaking", "encoding"),
    [("kill -9 $$", ""), ("exit 1", ""), ("", "kill -9 $$"), ("", "cat > /dev/null; echo nothing of Opus"),
     ("cat > /dev/null", "cat > /dev/null"), ("", "cat > /dev/null; yes")],
    ids=["killed voice", "failing voice", "killed encoder", "no Opus", "silence", "endless"],
)  # fmt: skip
async def test_a_broken_voice_costs_a_sentence_and_never_the_answer(
    quiet_assistant: Assistant, programs: FakePrograms, speaking: str, encoding: str
) -> None:
    programs.voice(speaking, encoding=encoding)
    assistant = await with_voice(quiet_assistant)
    marie = assistant.marie
    await asks(marie, answer())
    await marie.presses(LISTEN)
    assert (await marie.reply()).text == say("voix_panne")
    assert kept(assistant) == []


async def test_a_full_disk_only_costs_the_keeping(
    quiet_assistant: Assistant, programs: FakePrograms, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs.voice()
    assistant = await with_voice(quiet_assistant)
    real = tempfile.NamedTemporaryFile

    def full(*arguments: Any, **options: Any) -> Any:
        file = real(*arguments, **options)
        if options.get("suffix") == ".part":
            monkeypatch.setattr(file, "write", no_space_left)
        return file

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", full)
    marie = assistant.marie
    for _ in range(2):
        await asks(marie, answer())
        await marie.presses(LISTEN)
        assert "voice" in (await marie.reply()).message
    assert len(programs.heard) == 2
    assert kept(assistant) == []  # nor half of one


async def test_a_machine_without_the_programs_shows_no_button_and_says_so_once(
    quiet_assistant: Assistant, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with no_programs_on_this_machine(tmp_path), caplog.at_level(logging.WARNING):
        assistant = await with_voice(quiet_assistant)
    marie = assistant.marie
    for _ in range(2):
        await marie.writes(answer())
        assert LISTEN not in (await marie.reply()).buttons
    await marie.writes("/reglages")
    assert say("bouton_lire_toujours") not in (await marie.reply()).buttons
    assert [record.message for record in caplog.records if "voice" in record.message] == [
        "no voice: espeak-ng and opusenc (opus-tools) or ffmpeg not found; the button to listen is not shown"
    ]


async def test_piper_speaks_when_a_voice_file_is_named(
    quiet_assistant: Assistant, programs: FakePrograms, tmp_path: Path
) -> None:
    programs.voice("exit 1")
    programs.write("piper", f'echo "$@" > {programs.folder}/asked; cat > {programs.folder}/said-piper; echo wave')
    model = tmp_path / "fr_FR-siwis-medium.onnx"
    model.write_bytes(b"voice")
    quiet_assistant.settings = quiet_assistant.settings.model_copy(update={"voice_model": model})
    assistant = await with_voice(quiet_assistant)
    await asks(assistant.marie, answer())
    await assistant.marie.presses(LISTEN)
    assert "voice" in (await assistant.marie.reply()).message
    assert programs.note("asked") == f"--model {model} --output_file -"


async def test_leaving_quickly_takes_the_voice_back(quiet_assistant: Assistant, programs: FakePrograms) -> None:
    programs.voice()
    assistant = await with_voice(quiet_assistant)
    marie = assistant.marie
    await asks(marie, "mon mari me frappe")
    danger = marie.last
    await marie.presses(LISTEN)
    voice = await marie.reply()
    leaving = await marie.presses(say("bouton_quitter_vite"), message=danger)
    await assistant.settled(leaving)
    assert voice.id not in [bubble.id for bubble in marie.view.bubbles]


async def test_a_person_has_a_few_readings_under_way_at_most(
    quiet_assistant: Assistant, programs: FakePrograms
) -> None:
    gate = programs.folder / "go"
    programs.voice(f"while [ ! -e {gate} ]; do sleep 0.02; done; cat > /dev/null; echo wave")
    assistant = await with_voice(quiet_assistant)
    marie = assistant.marie
    await asks(marie, answer())
    for _ in range(3):
        await marie.presses(LISTEN)
        assert await marie.gets_alert() == say("voix_prepare")
    await marie.presses(LISTEN)
    assert await marie.gets_alert() == say("voix_patience")
    gate.touch()
    assert all("voice" in bubble.message for bubble in await marie.replies(3))


async def test_a_voice_that_is_still_being_made_is_not_sent_to_who_left(
    quiet_assistant: Assistant, programs: FakePrograms
) -> None:
    gate = programs.folder / "go"
    programs.voice(f"while [ ! -e {gate} ]; do sleep 0.02; done; cat > /dev/null; echo wave")
    assistant = await with_voice(quiet_assistant)
    marie = assistant.marie
    await asks(marie, "mon mari me frappe")
    danger = marie.last
    await marie.presses(LISTEN)
    await marie.gets_alert()
    await marie.presses(say("bouton_quitter_vite"), message=danger)
    assert (await marie.change()).text.startswith(say("quitter_vite"))
    gate.touch()
    await marie.writes(answer())
    await marie.reply()
    await marie.presses(LISTEN)  # the voices of one text come in order: this one is behind the other
    await marie.reply()
    assert [bubble.message["reply_to_message"]["message_id"] > danger.id
            for bubble in marie.view.bubbles if "voice" in bubble.message] == [True]  # fmt: skip


@pytest.mark.parametrize("text", ["/start", "/help", "/urgence", "/confidentialite", "Périgueux"])
async def test_what_is_read_can_be_listened_to(quiet_assistant: Assistant, programs: FakePrograms, text: str) -> None:
    programs.voice()
    assistant = await with_voice(quiet_assistant)
    await asks(assistant.marie, text)
    await assistant.marie.presses(LISTEN)
    assert "voice" in (await assistant.marie.reply()).message
    assert len(programs.heard) == 1


async def test_a_menu_that_can_be_listened_to_still_turns_in_place(
    quiet_assistant: Assistant, programs: FakePrograms
) -> None:
    programs.voice()
    assistant = await with_voice(quiet_assistant)
    await asks(assistant.marie, "/start")
    await assistant.marie.presses("Aides")
    assert "Retour aux thèmes" in (await assistant.marie.change()).buttons


async def test_a_stop_ends_a_hanging_voice(quiet_assistant: Assistant, programs: FakePrograms) -> None:
    started = programs.folder / "pids"
    os.mkfifo(started)
    programs.voice(f"sleep 600 & echo $$ $! > {started}; wait")
    assistant = await with_voice(quiet_assistant)
    await asks(assistant.marie, answer())
    await assistant.marie.presses(LISTEN)
    pids = [int(pid) for pid in (await asyncio.to_thread(started.read_text)).split()]
    await assistant.stop()  # which finds that nothing is left on the loop
    assert all(map(ends, pids))
