"""Reads and indexes the knowledge base in a process of its own.

Reading takes a second of pure Python and some 100 MB. In a thread it would slow every answer down meanwhile and leave
the process large for good; in a child both end with it, and only the finished value comes back.
"""

from __future__ import annotations

import asyncio
import pickle
import sys
from pathlib import Path

from bot.domain.knowledge import Knowledge
from bot.domain.matching import Matcher
from bot.domain.understanding import Understanding, build_matcher
from bot.errors import AccesDroitsError
from bot.knowledge_base.problems import KnowledgeError, Problem


class ReadingError(AccesDroitsError):
    """The child process that reads the knowledge base ended without an answer."""


async def read_apart(folder: Path) -> Understanding:
    """The folder's state, ready to answer; raises KnowledgeError when it cannot be used."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.services.reading", str(folder),
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        answer, _ = await child.communicate()
    except asyncio.CancelledError:
        child.kill()
        await child.wait()
        raise
    if child.returncode != 0 or not answer:
        raise ReadingError("la lecture de la base de connaissances s'est arrêtée en route")
    return await asyncio.to_thread(_finish, answer)


def _finish(answer: bytes) -> Understanding:
    # Our own child wrote these bytes into a pipe that nobody else holds.
    found: tuple[Knowledge, Matcher] | tuple[Problem, ...] = pickle.loads(answer)  # noqa: S301
    if len(found) == _STATE and isinstance(found[0], Knowledge) and isinstance(found[1], Matcher):
        return Understanding(found[0], found[1])
    raise KnowledgeError(problem for problem in found if isinstance(problem, Problem))


_STATE = 2  # a state is knowledge and matcher; anything else is a list of problems


def main(folder: Path) -> None:
    """In the child: write the state, or the problems, to standard output."""
    from bot.knowledge_base.loader import load_knowledge  # noqa: PLC0415 (the parent never pays for YAML and its schema)

    try:
        knowledge = load_knowledge(folder)
        found: object = (knowledge, build_matcher(knowledge))
    except KnowledgeError as error:
        found = error.problems
    sys.stdout.buffer.write(pickle.dumps(found, protocol=5))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
