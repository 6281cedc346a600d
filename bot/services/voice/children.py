"""Programs that we did not write, run one behind the other: bounded in time and output, killed with their group."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
from collections.abc import Sequence

from bot.errors import AccesDroitsError

_READ_BYTES = 64 * 1024
_LAST_SECONDS = 2.0
_NICE = shutil.which("nice")  # written answers go first on a small machine


class ChildError(AccesDroitsError):
    """A program did not start, failed, took too long or wrote too much; `str()` says which, for the log."""


async def run_chain(commands: Sequence[Sequence[str]], *, given: bytes, seconds: float, most_bytes: int) -> bytes:
    """What the last program writes when each reads what the one before it writes; raises ChildError."""
    children: list[asyncio.subprocess.Process] = []
    try:
        async with asyncio.timeout(seconds):
            await _start(commands, children)
            written = await _talk(children[0], children[-1], given, most_bytes)
            codes = [await child.wait() for child in children]
    except TimeoutError:
        raise ChildError("too slow") from None
    except OSError as error:
        raise ChildError(f"not started: {type(error).__name__}") from None
    finally:
        await asyncio.shield(_end(children))
    if any(codes):
        raise ChildError("failed")
    return written


async def _start(commands: Sequence[Sequence[str]], children: list[asyncio.subprocess.Process]) -> None:
    """Start every program; what they have in common is closed on our side, so that the end of one reaches the next."""
    source: int = asyncio.subprocess.PIPE
    for place, command in enumerate(commands):
        last = place == len(commands) - 1
        following, sink = (-1, asyncio.subprocess.PIPE) if last else os.pipe()
        try:
            child = await asyncio.create_subprocess_exec(
                *([_NICE, "-n", "10"] if _NICE else []), *command,
                stdin=source, stdout=sink, stderr=asyncio.subprocess.DEVNULL,
                env=_environment(), start_new_session=True,
            )  # fmt: skip
            children.append(child)
        except BaseException:
            if following >= 0:
                os.close(following)
            raise
        finally:
            for descriptor in (source, sink):
                if descriptor >= 0:
                    os.close(descriptor)
        source = following


def _environment() -> dict[str, str]:
    """Ours without its settings: the token and the key are nobody else's business."""
    return {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}


async def _talk(
    first: asyncio.subprocess.Process, last: asyncio.subprocess.Process, given: bytes, most_bytes: int
) -> bytes:
    feeding = asyncio.create_task(_feed(first, given))
    try:
        return await _read(last, most_bytes)
    finally:
        feeding.cancel()
        await asyncio.gather(feeding, return_exceptions=True)


async def _feed(child: asyncio.subprocess.Process, given: bytes) -> None:
    if child.stdin is None:
        return
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        child.stdin.write(given)
        await child.stdin.drain()
    child.stdin.close()


async def _read(child: asyncio.subprocess.Process, most_bytes: int) -> bytes:
    written = bytearray()
    while child.stdout is not None and (piece := await child.stdout.read(_READ_BYTES)):
        written += piece
        if len(written) > most_bytes:
            raise ChildError("wrote too much")
    return bytes(written)


async def _end(children: Sequence[asyncio.subprocess.Process]) -> None:
    """Kill whatever is left of every group, also what a program started and left behind."""
    for child in children:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    for child in children:
        if child.stdin is not None:
            child.stdin.close()
        with contextlib.suppress(TimeoutError):  # only for what left its group and holds on to our pipe
            async with asyncio.timeout(_LAST_SECONDS):
                # asyncio takes a program for ended once its pipe is read to the end.
                while child.stdout is not None and await child.stdout.read(_READ_BYTES):
                    pass
                await child.wait()
