"""Makes text of a voice message with the operator's own program. The audio exists for that moment and is never kept."""

from __future__ import annotations

import asyncio
import logging
import shutil
import tempfile
from pathlib import Path

from bot.services.voice.children import ChildError, run_chain
from bot.services.voice.errors import HeardNothingError, TranscriptionError, VoiceBusyError

MOST_SECONDS = 120  # of speech
MOST_BYTES = 4 * 1024 * 1024
_PATIENCE_SECONDS = 60.0
_MOST_WAITING = 6  # the last one waits some minutes: more would wait for nothing
_MOST_TEXT = 16 * 1024
_MOST_CHARACTERS = 2000
_log = logging.getLogger(__name__)


class Transcription:
    """One program at a time; each chat's messages come one behind the other already."""

    def __init__(self, command: tuple[str, ...], folder: Path, *, seconds: float) -> None:
        self._command = command
        self._folder = folder
        self._seconds = seconds
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._hearing: asyncio.Task[bytes] | None = None
        self._ending = False

    @property
    def available(self) -> bool:
        return bool(self._command)

    @property
    def is_full(self) -> bool:
        """Whether one more would wait too long: then nothing need be downloaded."""
        return self._waiting >= _MOST_WAITING

    async def hear(self, audio: bytes) -> str:
        """The words of a voice message; raises HeardNothingError, TranscriptionError or VoiceBusyError."""
        if not self._command or len(audio) > MOST_BYTES:
            raise TranscriptionError("ce message vocal ne peut pas être écouté")
        if self.is_full:
            raise VoiceBusyError("trop de messages vocaux en même temps")
        self._waiting += 1
        try:
            async with self._turn:
                if self._ending:
                    raise VoiceBusyError("l'assistant s'arrête")
                return await self._hear(audio)
        finally:
            self._waiting -= 1

    def end(self) -> None:
        """The program stops: nobody is kept waiting for it, they are asked to speak again later."""
        self._ending = True
        if self._hearing is not None:
            self._hearing.cancel()

    def sweep(self) -> None:
        """Delete what a killed run could not delete."""
        shutil.rmtree(self._folder, ignore_errors=True)

    async def _hear(self, audio: bytes) -> str:
        path: Path | None = None
        try:
            path = _written(self._folder, audio)
            self._hearing = asyncio.create_task(
                run_chain([(*self._command, str(path))], given=b"", seconds=self._seconds, most_bytes=_MOST_TEXT)
            )
            await asyncio.wait([self._hearing])
            if self._hearing.cancelled():
                raise VoiceBusyError("l'assistant s'arrête")
            written = self._hearing.result()
        except (ChildError, OSError) as error:
            reason = str(error) if isinstance(error, ChildError) else type(error).__name__
            _log.warning("a voice message could not be heard: %s", reason)
            raise TranscriptionError("ce message vocal n'a pas pu être écouté") from None
        finally:
            if self._hearing is not None:
                self._hearing.cancel()
                await asyncio.gather(self._hearing, return_exceptions=True)
                self._hearing = None
            if path is not None:
                path.unlink(missing_ok=True)
        text = " ".join(written.decode(errors="replace").split())[:_MOST_CHARACTERS]
        if not any(map(str.isalnum, text)):
            raise HeardNothingError("aucun mot n'a été entendu")
        return text


def _written(folder: Path, audio: bytes) -> Path:
    """A private file that holds the audio; nothing is left when it cannot be written whole."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".ogg", delete=False) as file:
        path = Path(file.name)
        try:
            file.write(audio)
            file.flush()
        except OSError:
            path.unlink(missing_ok=True)
            raise
    return path


def open_transcription(database: Path, command: tuple[str, ...]) -> Transcription:
    """The hearing, with what a former run left behind swept away."""
    transcription = Transcription(command, database.with_suffix(".ecoute"), seconds=_PATIENCE_SECONDS)
    transcription.sweep()
    return transcription
