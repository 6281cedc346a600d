"""Voice messages: made into text by the operator's program, shown back, answered like text, and never kept.

No model stands in this repository: small scripts play the program, as real processes with the real limits.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from bot.sandbox import Person
from bot.services.voice import transcription
from bot.services.voice.transcription import MOST_BYTES, MOST_SECONDS
from tests.support.assistant import Assistant, answer, danger_and_answer, say, unknown
from tests.support.voice import FakePrograms, ends, programs

__all__ = ["programs"]
VOICE = b"OggS of somebody's voice"


async def with_ears(assistant: Assistant, programs: FakePrograms, script: str, *, voice: bool = False) -> Assistant:
    """Start an assistant whose transcription program is a script; `$1` is an option, `$2` the file."""
    command = (str(programs.write("ears", script)), "--fr")
    assistant.settings = assistant.settings.model_copy(update={"transcribe_command": command, "voice": voice})
    await assistant.start()
    return assistant


def audio_left(assistant: Assistant) -> list[Path]:
    return list(assistant.settings.database.with_suffix(".ecoute").glob("*"))


async def refused(person: Person, key: str, **values: object) -> None:
    """Told kindly, with a human's number and the themes."""
    shown = await person.reply()
    assert shown.text.startswith(say(key, **values))
    assert "05 53 35 86 00" in shown.text
    assert shown.buttons[-3:] == ["Aides", "Internet", "Urgence et danger"]


async def test_a_voice_message_is_shown_back_and_answered_like_text(
    quiet_assistant: Assistant, programs: FakePrograms
) -> None:
    notes = programs.folder
    script = f'cp "$2" {notes}/audio; stat -c %a "$2" > {notes}/mode; env > {notes}/env; echo "  {answer()}"; echo'
    assistant = await with_ears(quiet_assistant, programs, script)
    marie = assistant.marie
    sent = await marie.sends_voice(VOICE)
    echo, shown = await marie.replies(2)
    assert echo.text == f"{say('voix_compris')}\n{answer()}"
    assert echo.buttons == [say("bouton_corriger")]
    assert echo.message["reply_to_message"]["message_id"] == sent["message"]["message_id"]
    assert shown.text.startswith("Demander le RSA")
    assert shown.message["reply_to_message"]["message_id"] == echo.id
    assert (notes / "audio").read_bytes() == VOICE
    assert programs.note("mode") == "600"
    assert "BOT_" not in programs.note("env")
    await assistant.settled(sent)
    assert audio_left(assistant) == []
    assert VOICE not in assistant.file_bytes()


async def test_the_buttons_of_the_answer_find_what_was_said(quiet_assistant: Assistant, programs: FakePrograms) -> None:
    assistant = await with_ears(quiet_assistant, programs, f'echo "{answer()}"')
    marie = assistant.marie
    await marie.sends_voice(VOICE)
    await marie.replies(2)
    await marie.presses(say("bouton_pas_ca"))
    assert say("bouton_aucune") in (await marie.reply()).buttons
    pressed = await marie.presses(say("bouton_aucune"))
    await marie.reply()
    await assistant.settled(pressed)
    assert [need.rstrip(" ?") for need in assistant.needs] == [answer().rstrip(" ?")]


async def test_danger_that_is_spoken_comes_before_everything(
    quiet_assistant: Assistant, programs: FakePrograms
) -> None:
    assistant = await with_ears(quiet_assistant, programs, f'echo "euh {danger_and_answer()} inaudible"')
    marie = assistant.marie
    await marie.sends_voice(VOICE)
    danger, echo, *_ = await marie.replies(2)
    assert say("danger_appeler") in danger.text
    assert echo.text.startswith(say("voix_compris"))
    assert assistant.needs == []


async def test_what_was_misunderstood_is_corrected_and_not_kept(
    quiet_assistant: Assistant, programs: FakePrograms
) -> None:
    assistant = await with_ears(quiet_assistant, programs, f'echo "{unknown()}"')
    marie = assistant.marie
    await marie.sends_voice(VOICE)
    echo, _ = await marie.replies(2)
    assert len(assistant.needs) == 1
    await marie.presses(say("bouton_corriger"), message=echo)
    shown = await marie.reply()
    assert shown.text.startswith(say("voix_corriger"))
    assert say("voix_corriger_efface") in shown.text
    assert assistant.needs == []
    await marie.presses(say("bouton_corriger"), message=echo)
    assert (await marie.reply()).text == say("voix_corriger")
    await marie.writes(answer())
    assert (await marie.reply()).text.startswith("Demander le RSA")


async def test_markup_and_numbers_that_are_heard_stay_text_and_are_masked(
    quiet_assistant: Assistant, programs: FakePrograms
) -> None:
    heard = f"{unknown()} <b>gras</b> 06 39 98 12 34"
    assistant = await with_ears(quiet_assistant, programs, f"echo '{heard}'")
    await assistant.marie.sends_voice(VOICE)
    echo, _ = await assistant.marie.replies(2)
    assert heard in echo.text
    assert b"39 98 12" not in assistant.file_bytes()


@pytest.mark.parametrize(
    "script", ["exit 3", "kill -9 $$", "true", "echo '[.] ...'", "head -c 300 /dev/zero", "yes", "printf '\\377\\376'"]
)
async def test_what_cannot_be_heard_gets_a_kind_sentence(
    quiet_assistant: Assistant, programs: FakePrograms, script: str
) -> None:
    assistant = await with_ears(quiet_assistant, programs, script)
    sent = await assistant.marie.sends_voice(VOICE)
    await refused(assistant.marie, "voix_pas_comprise")
    await assistant.settled(sent)
    assert audio_left(assistant) == []
    assert assistant.needs == []


async def test_a_hanging_program_is_killed_with_what_it_started_and_its_audio_is_gone(
    quiet_assistant: Assistant, programs: FakePrograms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcription, "_PATIENCE_SECONDS", 1.0)
    script = f"sleep 600 & echo $$ $! > {programs.folder}/pids; wait"
    assistant = await with_ears(quiet_assistant, programs, script)
    marie = assistant.marie
    await marie.sends_voice(VOICE)
    await refused(marie, "voix_pas_comprise")
    pids = [int(pid) for pid in programs.note("pids").split()]
    assert len(pids) == 2
    assert all(map(ends, pids))
    assert audio_left(assistant) == []


async def test_danger_that_is_typed_does_not_wait_for_ears(quiet_assistant: Assistant, programs: FakePrograms) -> None:
    gate = programs.folder / "go"
    assistant = await with_ears(
        quiet_assistant, programs, f'while [ ! -e {gate} ]; do sleep 0.02; done; echo "{answer()}"'
    )
    marie = assistant.marie
    await marie.sends_voice(VOICE)
    await marie.writes("mon mari me frappe")
    assert say("danger_appeler") in (await marie.reply()).text
    gate.touch()
    echo, _ = await marie.replies(2)
    assert echo.text.startswith(say("voix_compris"))


async def test_one_program_at_a_time_and_nobody_waits_without_end(
    quiet_assistant: Assistant, programs: FakePrograms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcription, "_MOST_WAITING", 2)
    log, gate = programs.folder / "log", programs.folder / "go"
    script = f'echo + >> {log}; while [ ! -e {gate} ]; do sleep 0.02; done; echo - >> {log}; echo "{answer()}"'
    assistant = await with_ears(quiet_assistant, programs, script)
    first, second, third = (assistant.sandbox.person(name) for name in ("Ana", "Bilal", "Chloé"))
    await first.sends_voice(VOICE)
    await second.sends_voice(VOICE)
    await assistant.sandbox.wait_for_call("getFile", count=2)
    await third.sends_voice(VOICE)
    await refused(third, "voix_occupee")
    gate.touch()
    for person in (first, second):
        _, shown = await person.replies(2)
        assert shown.text.startswith("Demander le RSA")
    assert programs.note("log").split() == ["+", "-", "+", "-"]


async def test_too_long_or_too_large_is_not_even_fetched(quiet_assistant: Assistant, programs: FakePrograms) -> None:
    assistant = await with_ears(quiet_assistant, programs, f'echo "{answer()}"')
    marie, minutes = assistant.marie, MOST_SECONDS // 60
    await marie.sends_voice(VOICE, duration=MOST_SECONDS + 1)
    await refused(marie, "voix_trop_longue", minutes=minutes)
    await marie.sends_voice(bytes(MOST_BYTES + 1))
    await refused(marie, "voix_trop_longue", minutes=minutes)
    assert assistant.sandbox.journal.of("getFile") == []


async def test_audio_that_a_killed_run_left_is_swept_at_the_start(
    quiet_assistant: Assistant, programs: FakePrograms
) -> None:
    folder = quiet_assistant.settings.database.with_suffix(".ecoute")
    folder.mkdir(parents=True)
    (folder / "reste.ogg").write_bytes(VOICE)
    assistant = await with_ears(quiet_assistant, programs, f'echo "{answer()}"')
    assert audio_left(assistant) == []


async def test_without_ears_the_kind_reply_is_spoken_too(quiet_assistant: Assistant, programs: FakePrograms) -> None:
    programs.voice()
    quiet_assistant.settings = quiet_assistant.settings.model_copy(update={"voice": True})
    await quiet_assistant.start()
    marie = quiet_assistant.marie
    await marie.sends_voice(VOICE)
    written, voice = await marie.replies(2)
    assert written.text == say("recu_voix")
    assert "05 53 35 86 00" in written.text
    assert written.buttons == [say("bouton_ecouter"), "Aides", "Internet", "Urgence et danger"]
    assert "voice" in voice.message
    [said] = programs.heard
    assert "zéro cinq, cinquante-trois" in said


async def test_a_stop_does_not_wait_for_ears_and_says_so(quiet_assistant: Assistant, programs: FakePrograms) -> None:
    started = programs.folder / "pids"
    os.mkfifo(started)
    assistant = await with_ears(quiet_assistant, programs, f"sleep 600 & echo $$ $! > {started}; wait")
    marie = assistant.marie
    await marie.sends_voice(VOICE)
    pids = [int(pid) for pid in (await asyncio.to_thread(started.read_text)).split()]
    await assistant.stop()
    await refused(marie, "voix_occupee")
    assert all(map(ends, pids))
    assert audio_left(assistant) == []
