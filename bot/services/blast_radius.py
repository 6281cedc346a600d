"""What a change would do to the questions that people ask, told before it is made.

The evaluation messages, the regression questions of earlier contributions and the needs of the last ninety days are
asked of both states of the base, in a process of its own (see `replay`). Nothing is estimated: ranking counts words
over all topics, so one wording may move any question, and every question is asked again.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.domain.contributions import Change, TopicDraft
from bot.domain.impact import Impact, Moved
from bot.domain.text import fold
from bot.knowledge_base.fingerprint import fingerprint
from bot.services.clock import Clock, paris_day
from bot.services.contribution_errors import AlreadyLearntError
from bot.services.contributions import ContributionService, beside
from bot.services.evaluation import Labelled, decided, is_right
from bot.services.knowledge import KnowledgeService
from bot.services.replay import Came, evaluation_messages, replay_apart
from bot.storage.needs import NeedStore

if TYPE_CHECKING:
    from bot.services.contribution_writer import ContributionWriter

NEED_DAYS = 90
MOST_ASKED_HERE = 50
MOST_NEEDS = 5_000  # different ones, the latest
_CONTRIBUTIONS = "contributions"


class BlastRadius:
    """One replay at a time: it takes a few hundred megabytes, in another process, for some seconds."""

    def __init__(
        self,
        folder: Path,
        knowledge: KnowledgeService,
        contributions: ContributionService,
        needs: NeedStore,
        clock: Clock,
    ) -> None:
        self._folder = folder
        self._knowledge = knowledge
        self._contributions = contributions
        self._needs = needs
        self._clock = clock
        self._alone = asyncio.Lock()
        self._before: tuple[str, dict[str, Came]] = ("", {})

    async def of_wording(self, wording: str, topic: str) -> Impact:
        """What attaching a wording would move; raises ContributionError as attaching it would."""
        return await self._impact(lambda writer: writer.learn(wording, topic))

    async def of_wordings(self, wordings: Sequence[str], topic: str) -> Impact:
        """What attaching several would move; those that already lead there are left out."""

        def learn(writer: ContributionWriter) -> None:
            for wording in wordings:
                with suppress(AlreadyLearntError):
                    writer.learn(wording, topic)

        return await self._impact(learn)

    async def of_off_topic(self, wording: str) -> Impact:
        """What setting a wording aside would move."""
        return await self._impact(lambda writer: writer.off_topic(wording))

    async def of_topic(self, draft: TopicDraft, wordings: Sequence[str]) -> Impact:
        """What publishing a topic would move."""
        return await self._impact(lambda writer: writer.add_topic(draft, tuple(wordings)))

    async def of_correction(self, topic: str, field: str, value: str) -> Impact:
        """What a correction would move: an answer's own words count too, at half weight."""
        return await self._impact(lambda writer: writer.correct(topic, field, value))

    async def _impact(self, change: Callable[[ContributionWriter], Change | None]) -> Impact:
        async with self._alone:
            trial = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="acces-droits-"))
            try:
                folder = await beside(lambda: _copy(self._folder, trial))
                await beside(lambda: change(self._contributions.writer(folder)))
                return await self._compare(folder)
            finally:
                await asyncio.to_thread(shutil.rmtree, trial, ignore_errors=True)

    async def _compare(self, changed: Path) -> Impact:
        messages = await asyncio.to_thread(evaluation_messages, changed)
        known = {fold(message.text) for message in messages}
        since = paris_day(self._clock) - timedelta(days=NEED_DAYS)
        texts: dict[str, str] = {}
        for need in reversed(await self._needs.since(since)):
            key = fold(need.text)
            if key and key not in known and len(texts) < MOST_NEEDS:
                texts.setdefault(key, need.text)
        asked = list(dict.fromkeys([*(message.text for message in messages), *texts.values()]))
        before = await self._come_before(asked)
        found = await replay_apart(self._folder, changed, [text for text in asked if text not in before], asked)
        before = {**before, **found.before}
        if found.fingerprint:
            self._before = (found.fingerprint, before)
        moved = [_moved(message, before[message.text], found.after[message.text]) for message in messages]
        moved += [_moved(Labelled(text, None, kind="need"), before[text], found.after[text]) for text in texts.values()]
        return _sorted(moved, len(asked))

    async def _come_before(self, asked: Sequence[str]) -> dict[str, Came]:
        """What is known of the questions as things stand; a few new ones are asked here rather than of a new child."""
        now = await asyncio.to_thread(fingerprint, self._folder)
        known = dict(self._before[1]) if self._before[0] == now else {}
        new = [text for text in asked if text not in known]
        if known and len(new) <= MOST_ASKED_HERE and self._knowledge.current.fingerprint == now:
            for text in new:
                known[text] = Came(*decided(self._knowledge.understanding.read(text)))
                await asyncio.sleep(0)  # residents first
            self._before = (now, dict(known))
        return known


_Judged = tuple[str, Moved]


def _copy(folder: Path, trial: Path) -> Path:
    """The base with contributions of its own, all else linked: what is tried never touches the real files."""
    copy = trial / "knowledge"
    copy.mkdir()
    for path in folder.iterdir():
        if path.name != _CONTRIBUTIONS:
            (copy / path.name).symlink_to(path.resolve())
    if (folder / _CONTRIBUTIONS).is_dir():
        shutil.copytree(folder / _CONTRIBUTIONS, copy / _CONTRIBUTIONS)
    return copy


def _moved(message: Labelled, before: Came, after: Came) -> _Judged | None:
    """How a question moved, None when it did not; a stored need has no known right answer."""
    if before == after:
        return None
    moved = Moved(
        message.text, before.name, after.name, right=message.topic, offered=before.offered, offered_after=after.offered
    )
    if message.kind == "need":
        return "other", moved
    was, now = (is_right(message, came.decision, came.shown) for came in (before, after))
    return ("regressions" if was and not now else "gains" if now and not was else "other"), moved


def _sorted(judged: Sequence[_Judged | None], questions: int) -> Impact:
    found: dict[str, dict[str, Moved]] = {"regressions": {}, "gains": {}, "other": {}}
    for one in judged:
        if one is not None:
            found[one[0]].setdefault(one[1].text, one[1])
    wrong_answers_first = sorted(found["regressions"].values(), key=lambda moved: moved.after in ("unknown", "choices"))
    return Impact(tuple(wrong_answers_first), tuple(found["gains"].values()), tuple(found["other"].values()), questions)
