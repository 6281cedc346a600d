"""Runs one of our modules in a process of its own: what is heavy never stays in the assistant's memory."""

from __future__ import annotations

import asyncio
import sys

from bot.errors import AccesDroitsError

_SECONDS = 120.0


class ApartError(AccesDroitsError):
    """The child process did not do what it was started for."""


async def run_apart(module: str, *arguments: str, given: bytes = b"", seconds: float = _SECONDS) -> bytes:
    """What `python -m module` writes on its standard output from what it is given; raises ApartError."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        async with asyncio.timeout(seconds):
            written, _ = await child.communicate(given)
    except TimeoutError:
        raise ApartError("le fichier demande trop de temps : réessayez plus tard") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode != 0:
        raise ApartError("le fichier n'a pas pu être préparé : réessayez plus tard")
    return written
