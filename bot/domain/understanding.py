"""From a message to what should be done with it: danger first, then small talk, then the topics."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.danger import Danger, DangerDetector
from bot.domain.decision import Answer, Choices, Decision, Scored, Unknown, decide
from bot.domain.documents import Document
from bot.domain.knowledge import Knowledge
from bot.domain.matching import Matcher, Ranking
from bot.domain.models import Topic
from bot.domain.small_talk import SmallTalkFinder
from bot.domain.text import readable


@dataclass(frozen=True, slots=True)
class Talk:
    """The message is small talk."""

    id: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What a message says. `danger` stands beside the rest: a message may tell of danger and ask for something."""

    outcome: Decision | Talk
    danger: Danger | None = None
    readable: bool = True

    @property
    def ranking(self) -> tuple[Scored, ...]:
        return () if isinstance(self.outcome, Talk) else self.outcome.ranking


class Understanding:
    """The reading of messages with one state of the knowledge base. Pure: no input, no clock, no memory."""

    def __init__(self, knowledge: Knowledge, matcher: Matcher | None = None) -> None:
        """`matcher` may have been built elsewhere by `build_matcher`, from the same knowledge."""
        self.knowledge = knowledge
        self._danger = DangerDetector(knowledge.danger)
        self._talk = SmallTalkFinder(knowledge.small_talk.values())
        self.matcher = matcher or build_matcher(knowledge)

    def read(self, text: str) -> Understood:
        """Never raises, whatever the text."""
        danger = self._danger.detect(text)
        talk = self._talk.find(text) if danger is None else None
        if talk:
            return Understood(Talk(talk))
        if not readable(text):
            return Understood(Unknown(()), danger, readable=False)
        return Understood(self._without_danger_topics(decide(self.rank(text)), danger), danger)

    def danger(self, text: str) -> Danger | None:
        """Only whether the message tells of danger: before anything slower is done."""
        return self._danger.detect(text)

    def rank(self, text: str) -> Ranking:
        return self.matcher.rank(text)

    def _without_danger_topics(self, decision: Decision, danger: Danger | None) -> Decision:
        """Beside a danger message, only what is about something else is worth showing: the numbers stand above."""
        if danger is None:
            return decision
        if isinstance(decision, Answer) and (decision.topic == danger.kind or not self._urgent(decision.topic)):
            return decision
        if isinstance(decision, Choices) and not any(map(self._urgent, decision.topics)):
            return decision
        return Unknown(decision.ranking)

    def _urgent(self, topic: str) -> bool:
        return self.knowledge.topics[topic].theme == "urgence"


def build_matcher(knowledge: Knowledge) -> Matcher:
    """The index of all topics: what takes longest to build."""
    documents = [topic_document(topic) for topic in knowledge.topics.values()]
    return Matcher(documents, knowledge.vocabulary, off_topic=knowledge.off_topic)


def topic_document(topic: Topic) -> Document:
    """The words that lead to a topic: its phrases, keywords, and at half weight its own sentences."""
    texts = (topic.title, topic.brief, topic.answer, *topic.steps, *topic.documents, *topic.facets.values())
    return Document(topic.id, topic.phrases, topic.keywords, texts)


__all__ = ["Answer", "Choices", "Talk", "Understanding", "Understood", "Unknown", "build_matcher", "topic_document"]
