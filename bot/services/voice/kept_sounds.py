"""Sounds on disk by their content: made once, bounded in bytes, whole or not at all; a full disk keeps none."""

from __future__ import annotations

import logging
import os
import tempfile
import threading
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path

MOST_BYTES = 64 * 1024 * 1024
_ENDING, _UNFINISHED = ".ogg", ".part"
_log = logging.getLogger(__name__)


class KeptSounds:
    """A folder of sounds; the one unheard for longest leaves first. Its methods block: they are called in a thread."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most = most_bytes
        self._sizes: OrderedDict[str, int] = OrderedDict()
        self._lock = threading.Lock()

    def open(self) -> None:
        """Take stock of what a former run left, and sweep what it did not finish."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            found = []
            for path in self._folder.iterdir():
                if path.suffix == _UNFINISHED:
                    path.unlink(missing_ok=True)
                elif path.suffix == _ENDING:
                    state = path.stat()
                    found.append((state.st_mtime_ns, path.stem, state.st_size))
        except OSError as error:
            _log.warning("sounds are not kept: %s", type(error).__name__)
            return
        self._sizes = OrderedDict((name, size) for _, name, size in sorted(found))
        self._make_room(0)

    def get(self, name: str) -> bytes | None:
        """A sound that was kept."""
        if name not in self._sizes:
            return None
        path = self._path(name)
        try:
            content = path.read_bytes()
        except OSError:
            self._sizes.pop(name, None)
            return None
        with suppress(KeyError, OSError), self._lock:
            self._sizes.move_to_end(name)
            os.utime(path)
        return content

    def put(self, name: str, content: bytes) -> None:
        """Keep a sound, if there is room for it."""
        if len(content) > self._most:
            return
        unfinished: Path | None = None
        try:
            with self._lock:
                self._make_room(len(content))
            with tempfile.NamedTemporaryFile(dir=self._folder, suffix=_UNFINISHED, delete=False) as file:
                unfinished = Path(file.name)
                file.write(content)
            unfinished.replace(self._path(name))
        except OSError as error:
            _log.warning("a sound could not be kept: %s", type(error).__name__)
            if unfinished is not None:
                with suppress(OSError):
                    unfinished.unlink(missing_ok=True)
            return
        with self._lock:
            self._sizes[name] = len(content)

    def _make_room(self, needed: int) -> None:
        while self._sizes and sum(self._sizes.values()) + needed > self._most:
            name, _ = self._sizes.popitem(last=False)
            with suppress(OSError):
                self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}{_ENDING}"
