"""Programs that stand in for a voice and for ears: small scripts in a folder of the test, run as real processes."""

from __future__ import annotations

import os
import select
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.sandbox import Bubble, Sandbox


def opus_look_alike(seconds: int = 2) -> bytes:
    """What a program that encodes writes, as far as we look at it."""
    head = b"OggS" + struct.pack("<BBqIIIB", 0, 2, 0, 1, 0, 0, 1) + bytes([19]) + b"OpusHead" + bytes(11)
    return head + b"OggS" + struct.pack("<BBqIIIB", 0, 4, seconds * 48_000, 1, 1, 0, 1) + bytes([3]) + b"abc"


@dataclass(frozen=True, slots=True)
class FakePrograms:
    """A folder of scripts, first on the PATH, and what they wrote down."""

    folder: Path

    def write(self, name: str, script: str) -> Path:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    @property
    def heard(self) -> list[str]:
        """The words that were given to the voice, one entry for each run."""
        return [path.read_text(encoding="utf-8") for path in sorted(self.folder.glob("said-*"))]

    def note(self, name: str) -> str:
        """What a script wrote into a file of its folder; nothing where it did not."""
        path = self.folder / name
        return path.read_text(encoding="utf-8").strip() if path.exists() else ""

    def voice(self, speaking: str = "", *, encoding: str = "") -> None:
        """A voice that answers at once, or that does what the scripts say."""
        (self.folder / "sound").write_bytes(opus_look_alike())
        self.write("espeak-ng", speaking or f'cat > "$(mktemp {self.folder}/said-XXXXXX)"; echo wave')
        self.write("opusenc", encoding or f"cat > /dev/null; cat {self.folder}/sound")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakePrograms:
    """A folder for scripts, first on the PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return FakePrograms(folder)


@contextmanager
def no_programs_on_this_machine(folder: Path) -> Iterator[None]:
    """A PATH where nothing is."""
    before = os.environ["PATH"]
    os.environ["PATH"] = str(folder)
    try:
        yield
    finally:
        os.environ["PATH"] = before


def ends(pid: int, within: float = 5.0) -> bool:
    """Whether a process that was killed ends: the signal needs a moment on a busy machine."""
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([process], [], [], within)[0])
    finally:
        os.close(process)


def sound_of(sandbox: Sandbox, bubble: Bubble) -> bytes:
    """The file of a voice message."""
    file = sandbox.world.files.by_id(bubble.message["voice"]["file_id"])
    assert file is not None
    return file.content
