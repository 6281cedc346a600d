"""Makes sounds of texts: two at a time, the same text once, and from the disk when it was made before."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path

from bot.services.voice.children import ChildError, run_chain
from bot.services.voice.errors import SpeechError, VoiceBusyError
from bot.services.voice.kept_sounds import KeptSounds
from bot.services.voice.opus import seconds_of
from bot.services.voice.programs import VoicePrograms, find_programs

_AT_ONCE = 2
_MOST_WAITING = 40  # some twenty seconds of work: beyond that nobody waits for a voice
_SECONDS = 10.0
_MOST_SOUND = 4 * 1024 * 1024  # twenty minutes
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sound:
    """An Opus file, how long it lasts, and a name that says what it holds."""

    content: bytes
    seconds: int
    name: str


class Speech:
    """The voice of the assistant; `available` says whether this machine has one."""

    def __init__(self, programs: VoicePrograms | None, kept: KeptSounds, *, seconds: float) -> None:
        self._programs = programs
        self._kept = kept
        self._seconds = seconds
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._making: dict[str, asyncio.Task[Sound]] = {}

    @property
    def available(self) -> bool:
        return self._programs is not None

    async def say(self, words: str, *, keep: bool) -> Sound:
        """The sound of words; `keep` for what is no person's. Raises SpeechError or VoiceBusyError."""
        if self._programs is None or not words:
            raise SpeechError("la voix n'est pas disponible")
        name = hashlib.sha256(f"{self._programs.name}\n{words}".encode()).hexdigest()
        task = self._making.get(name)
        if task is None:
            content = await asyncio.to_thread(self._kept.get, name) if keep else None
            seconds = seconds_of(content) if content is not None else None
            if content is not None and seconds is not None:
                return Sound(content, seconds, name)
            task = self._making.get(name)
        if task is None:
            if len(self._making) >= _MOST_WAITING:
                raise VoiceBusyError("trop de lectures en même temps")
            task = asyncio.create_task(self._make(self._programs, name, words, keep=keep))
            self._making[name] = task
            task.add_done_callback(lambda _: self._making.pop(name, None))
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Stop what is being made."""
        tasks = list(self._making.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _make(self, programs: VoicePrograms, name: str, words: str, *, keep: bool) -> Sound:
        async with self._slots:
            try:
                content = await run_chain(
                    programs.chain, given=words.encode(), seconds=self._seconds, most_bytes=_MOST_SOUND
                )
            except ChildError as error:
                _log.warning("a voice could not be made: %s", error)
                raise SpeechError("la voix n'a pas pu être préparée") from None
        seconds = seconds_of(content)
        if seconds is None:
            _log.warning("a voice could not be made: no Opus came out")
            raise SpeechError("la voix n'a pas pu être préparée")
        if keep:
            await asyncio.to_thread(self._kept.put, name, content)
        return Sound(content, seconds, name)


async def open_speech(database: Path, *, wanted: bool, model: Path | None) -> Speech:
    """The voice, with its sounds kept beside the database."""
    programs = find_programs(wanted=wanted, model=model)
    kept = KeptSounds(database.with_suffix(".voice"))
    if programs is not None:
        await asyncio.to_thread(kept.open)
    return Speech(programs, kept, seconds=_SECONDS)
