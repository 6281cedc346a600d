"""What is wrong in the knowledge base, said in French with the file and the line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.errors import AccesDroitsError

_LONGEST = 300
_BREAKS = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake. `blocking` ones keep the base from being loaded, others only fail the check, a hint does not."""

    file: str
    line: int
    message: str
    blocking: bool = True
    hint: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class KnowledgeError(AccesDroitsError):
    """The knowledge base cannot be used as it stands; `problems` says why, all of it at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class ProblemList(list[Problem]):
    """Collects problems of files under one folder, with paths relative to it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def report(self, path: Path, line: int, message: str, *, blocking: bool = True, hint: bool = False) -> None:
        try:
            shown = path.relative_to(self._folder.parent)
        except ValueError:
            shown = path
        self.append(Problem(_printable(shown.as_posix()), line, _printable(message), blocking, hint))


def _printable(text: str) -> str:
    """One line that any terminal can show, whatever an editor pasted."""
    text = _BREAKS.sub(" ", text).strip()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
