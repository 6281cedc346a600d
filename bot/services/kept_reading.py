"""Keeps the finished knowledge base beside the database, so that the next start answers at once.

The file is a pickle, which may run anything when it is opened: only what carries this instance's own seal is. The seal
also holds what the state was made from (the folder's content, this program, its libraries): a file that is older,
damaged or from elsewhere does not fit, and the folder is read again as if there were none.
"""

from __future__ import annotations

import asyncio
import gc
import hashlib
import hmac
import logging
import os
import pickle
import shutil
import stat
import sys
from collections.abc import Awaitable, Callable
from functools import cache, partial
from pathlib import Path
from typing import Protocol

import numpy as np

import bot
from bot.domain.understanding import Understanding
from bot.knowledge_base.fingerprint import fingerprint

_PURPOSE = b"kept reading"
_SEAL_BYTES = hashlib.sha256().digest_size
_MOST_BYTES = 512 << 20  # a base of ten thousand topics stays far below
_SPARE = 5  # the disk must have that many times the file left: needs are written to the same one
_MADE_BY = ("domain", "knowledge_base")  # the packages whose source decides what a state is
_log = logging.getLogger(__name__)

Keep = Callable[[bytes], None]


class Reader(Protocol):
    """Reads a folder, and gives the pickled state to `keep` when it can be used."""

    def __call__(self, folder: Path, keep: Keep | None = None) -> Awaitable[Understanding]: ...


class KeptReading:
    """One file, made anew whenever it does not fit."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = hmac.digest(key, _PURPOSE, "sha256") if key else b""

    async def read(self, folder: Path, reader: Reader) -> Understanding:
        """The folder's state: the kept one, or that of `reader`; raises what `reader` raises."""
        if not self._key:  # nothing could be sealed
            return await reader(folder)
        state = await asyncio.to_thread(fingerprint, folder)
        found = await asyncio.to_thread(self._open, state)
        return found or await reader(folder, partial(self._keep, folder, state))

    def _open(self, state: str) -> Understanding | None:
        try:
            sealed = _content(self._path)
        except FileNotFoundError:
            return None
        except OSError as error:
            _log.info("the kept knowledge base cannot be read: %s", type(error).__name__)
            return None
        payload = memoryview(sealed)[_SEAL_BYTES:]
        if not hmac.compare_digest(sealed[:_SEAL_BYTES], self._seal(state, payload)):
            _log.info("the kept knowledge base is another one: reading the folder")
            return None
        gc.disable()  # a hundred thousand new objects, none of them garbage
        try:
            found = pickle.loads(payload)  # noqa: S301 - sealed by ourselves, see above
        except Exception:  # noqa: BLE001 - a pickle may raise anything, and the folder is there to be read
            _log.exception("the kept knowledge base cannot be opened: reading the folder")
            return None
        finally:
            gc.enable()
        return found if isinstance(found, Understanding) else None

    def _keep(self, folder: Path, state: str, payload: bytes) -> None:
        """Write the file whole or not at all; a start without it is only slower."""
        try:
            if fingerprint(folder) != state:
                return  # changed while it was read: nobody knows which state this is
            if shutil.disk_usage(self._path.parent).free < _SPARE * len(payload):
                return
            fresh = self._path.with_name(f"{self._path.name}.tmp")
            fresh.unlink(missing_ok=True)
            try:
                with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                    file.write(self._seal(state, payload))
                    file.write(payload)
                fresh.replace(self._path)
            finally:
                fresh.unlink(missing_ok=True)
        except OSError as error:
            _log.info("the knowledge base cannot be kept for the next start: %s", type(error).__name__)

    def _seal(self, state: str, payload: bytes | memoryview) -> bytes:
        seal = hmac.new(self._key, f"{program()} {state} ".encode(), hashlib.sha256)
        seal.update(payload)
        return seal.digest()


def _content(path: Path) -> bytes:
    """The bytes of an ordinary file; a pipe in its place is not waited for."""
    with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_size > _MOST_BYTES:
            raise OSError("not a file that we wrote")
        return file.read()


@cache
def program() -> str:
    """What a state depends on beside its folder: Python, the installed libraries, and our own source."""
    digest = hashlib.sha256(sys.version.encode())
    libraries = Path(np.__file__).parents[1]
    digest.update(" ".join(sorted(path.name for path in libraries.glob("*-info"))).encode())
    source = Path(bot.__file__).parent
    for package in _MADE_BY:
        for path in sorted((source / package).rglob("*.py")):
            digest.update(path.relative_to(source).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
