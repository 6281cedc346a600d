"""Asks many questions of two states of the knowledge base, in a process of its own and at a low priority.

Two indexes take seconds and hundreds of megabytes: a child ends with them, and residents never wait for it.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain.understanding import Understanding
from bot.errors import AccesDroitsError
from bot.services.evaluation import Labelled, decided, read_labelled

EVALUATION = "evaluation"
_LATER = 10  # what residents wait for goes first
_TOGETHER = 50  # questions handed to a worker at once


class ReplayError(AccesDroitsError):
    """The questions could not be asked again."""


@dataclass(frozen=True, slots=True)
class Came:
    """What a question came to: the decision as `ask --json` names it, and the ids shown."""

    decision: str
    shown: tuple[str, ...]

    @property
    def name(self) -> str:
        """The topic that was answered, or the decision."""
        return self.shown[0] if self.decision == "answer" else self.decision

    @property
    def offered(self) -> tuple[str, ...]:
        return self.shown if self.decision == "choices" else ()


@dataclass(frozen=True, slots=True)
class Replayed:
    """What the texts came to in both states; `fingerprint` is the first one's, "" when nothing was asked of it."""

    fingerprint: str
    before: dict[str, Came]
    after: dict[str, Came]


def evaluation_messages(folder: Path) -> list[Labelled]:
    """The labelled messages shipped with a base, and the regression questions of its contributions."""
    from bot.knowledge_base.overlay import read_overlay  # noqa: PLC0415 (staff's changes only, see contributions)
    from bot.knowledge_base.problems import ProblemList  # noqa: PLC0415

    found = [message for path in sorted((folder / EVALUATION).glob("*.jsonl")) for message in read_labelled(path)]
    questions = read_overlay(folder, ProblemList(folder)).questions()
    return found + [Labelled(one.q, one.id, one.registre, tuple(one.also)) for one in questions]


async def replay_apart(before: Path, after: Path, new: Sequence[str], texts: Sequence[str]) -> Replayed:
    """Ask the `new` texts of the state in `before` (which is not even read without any), all of the one in `after`."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.services.replay", str(before), str(after),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    asked = {"before": list(new), "after": list(texts)}
    try:
        answer, _ = await child.communicate(json.dumps(asked).encode())
    except asyncio.CancelledError:
        child.kill()
        await child.wait()
        raise
    if child.returncode != 0:
        raise ReplayError("Les questions n'ont pas pu être rejouées. Rien n'est changé.")
    read = json.loads(answer)
    came = {state: dict(zip(asked[state], map(_came, read[state]), strict=True)) for state in asked}
    return Replayed(read["fingerprint"], came["before"], came["after"])


def _came(row: tuple[str, list[str]]) -> Came:
    return Came(row[0], tuple(row[1]))


_asked: Understanding | None = None  # set before the workers are forked: they share it, and its memory


def _ask(text: str) -> tuple[str, tuple[str, ...]]:
    assert _asked is not None  # noqa: S101
    return decided(_asked.read(text))


def _ask_all(folder: Path, texts: Sequence[str]) -> tuple[str, list[Any]]:
    """The folder's fingerprint, and what each text comes to."""
    from bot.knowledge_base.loader import load_knowledge  # noqa: PLC0415 (in the child alone)

    global _asked  # noqa: PLW0603
    if not texts:
        return "", []
    knowledge = load_knowledge(folder)
    _asked = Understanding(knowledge)
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        return knowledge.fingerprint, pool.map(_ask, texts, _TOGETHER)


def main(before: Path, after: Path) -> None:
    """In the child: read the texts, write what they came to."""
    os.nice(_LATER)
    asked = json.load(sys.stdin)
    fingerprint, came_before = _ask_all(before, asked["before"])
    _, came_after = _ask_all(after, asked["after"])
    json.dump({"fingerprint": fingerprint, "before": came_before, "after": came_after}, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
