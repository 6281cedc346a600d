"""Which programs of this machine make a voice: espeak-ng or piper, then opusenc or ffmpeg."""

from __future__ import annotations

import logging
import shutil
from dataclasses import dataclass
from pathlib import Path

_WORDS_A_MINUTE = "150"  # slower than espeak's 175: many listen in their second language
_BITS = "24"  # kbit/s: clear speech, 180 KB a minute
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class VoicePrograms:
    """The commands that turn text on standard input into Opus on standard output, and a name for how they sound."""

    chain: tuple[tuple[str, ...], ...]
    name: str


def find_programs(*, wanted: bool, model: Path | None) -> VoicePrograms | None:
    """The programs of this machine; None when voice is off or something is missing, which is said once in the log."""
    if not wanted:
        return None
    speaking, encoding = _speaking(model), _encoding()
    missing = [
        name for name, found in (("espeak-ng", speaking), ("opusenc (opus-tools) or ffmpeg", encoding)) if not found
    ]
    if speaking is None or encoding is None:
        _log.warning("no voice: %s not found; the button to listen is not shown", " and ".join(missing))
        return None
    (sound, command), (_, encoder) = speaking, encoding
    return VoicePrograms((command, encoder), f"{sound} {' '.join(encoder[1:])}")


def _speaking(model: Path | None) -> tuple[str, tuple[str, ...]] | None:
    if model is not None:
        piper = shutil.which("piper")
        if piper:
            version = model.stat()
            sound = f"piper {model.resolve()} {version.st_size} {version.st_mtime_ns}"
            return sound, (piper, "--model", str(model), "--output_file", "-")
        _log.warning("BOT_VOICE_MODEL names a voice, but the program piper is not found; espeak-ng is used")
    espeak = shutil.which("espeak-ng")
    options = ("-v", "fr", "-s", _WORDS_A_MINUTE, "-b", "1", "--stdin", "--stdout")
    return (f"espeak-ng {' '.join(options)}", (espeak, *options)) if espeak else None


def _encoding() -> tuple[str, tuple[str, ...]] | None:
    opusenc = shutil.which("opusenc")
    if opusenc:
        return "opusenc", (opusenc, "--quiet", "--ignorelength", "--bitrate", _BITS, "--comp", "5", "-", "-")
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg:
        return "ffmpeg", (ffmpeg, "-loglevel", "error", "-f", "wav", "-i", "pipe:0", "-c:a", "libopus",
                          "-b:a", f"{_BITS}k", "-application", "voip", "-f", "ogg", "pipe:1")  # fmt: skip
    return None
