"""Reads the links of a message against the sites of the base. Nothing of it is kept, and no link is opened."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from bot.domain.knowledge import Knowledge
from bot.domain.scam.judging import ScamJudge, Verdict
from bot.domain.scam.links import links, plain_text
from bot.services.knowledge import KnowledgeService


class ScamService:
    """Holds one judge, made anew when the base changes: its list of suffixes is only read at the first link."""

    def __init__(self, knowledge: KnowledgeService) -> None:
        self._knowledge = knowledge
        self._made_from: Knowledge | None = None
        self._judge: ScamJudge | None = None

    async def judge(self, text: str) -> Verdict | None:
        """What to say of the links of a message; None when it holds none, or is a question like any other."""
        if not links(plain_text(text)):
            return None
        knowledge = self._knowledge.current
        if self._judge is None or self._made_from is not knowledge:
            self._judge = await asyncio.to_thread(judge_of, knowledge)
            self._made_from = knowledge
        return self._judge.judge(text)


def judge_of(knowledge: Knowledge) -> ScamJudge:
    """The judge of a state of the base: links and contacts are official, sources are only known."""
    linked: list[str] = []
    mentioned: list[str] = []
    for topic in knowledge.topics.values():
        linked += [link.url for link in topic.links]
        linked += [contact.link for contact in topic.contacts if contact.link]
        mentioned += [source.url for source in topic.sources if source.url]
    for place in knowledge.places.places.values():
        linked += place.websites
    return ScamJudge(knowledge.scams, filter(None, map(_host, linked)), filter(None, map(_host, mentioned)))


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
