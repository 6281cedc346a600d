"""Reads and indexes the knowledge base in a process of its own.

Reading takes seconds of pure Python and hundreds of megabytes. In a thread it would slow every answer down meanwhile
and leave the process large for good; in a child both end with it, and only the finished value comes back.
"""

from __future__ import annotations

import asyncio
import gc
import os
import pickle
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

from bot.domain.understanding import Understanding
from bot.errors import AccesDroitsError
from bot.knowledge_base.problems import KnowledgeError, Problem
from bot.services.kept_reading import Keep


class ReadingError(AccesDroitsError):
    """The child process that reads the knowledge base ended without an answer."""


async def read_apart(folder: Path, keep: Keep | None = None) -> Understanding:
    """The folder's state, ready to answer, and pickled to `keep`; raises KnowledgeError when it cannot be used."""
    # A file without a name rather than a pipe: the value is read piece by piece, never held twice.
    with tempfile.TemporaryFile() as answer:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.services.reading", str(folder), str(answer.fileno()),
            stdin=asyncio.subprocess.DEVNULL, pass_fds=(answer.fileno(),), start_new_session=True,
        )  # fmt: skip
        try:
            code = await child.wait()
        except asyncio.CancelledError:
            child.kill()
            await child.wait()
            raise
        if code != 0:
            raise ReadingError("la lecture de la base de connaissances s'est arrêtée en route")
        return await asyncio.to_thread(_finish, answer, keep)


def _finish(answer: BinaryIO, keep: Keep | None) -> Understanding:
    answer.seek(0)
    # Our own child wrote this into a file that has no name.
    found: Understanding | tuple[Problem, ...] = pickle.load(answer)  # noqa: S301
    if isinstance(found, Understanding):
        if keep is not None:
            answer.seek(0)
            keep(answer.read())
        return found
    raise KnowledgeError(found)


def main(folder: Path, answer: int) -> None:
    """In the child: write the state, or the problems, to an open file."""
    from bot.knowledge_base.loader import load_knowledge  # noqa: PLC0415 (the parent never pays for YAML and its schema)

    gc.disable()  # the process ends before garbage would matter
    try:
        found: object = Understanding(load_knowledge(folder))
    except KnowledgeError as error:
        found = error.problems
    with os.fdopen(answer, "wb") as file:
        pickle.dump(found, file, protocol=5)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
