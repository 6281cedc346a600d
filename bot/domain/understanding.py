"""From a message to what should be done with it: danger first, then small talk, then the topics."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.domain.danger import Danger, DangerDetector, Suspicion
from bot.domain.danger.foreign import ForeignDanger, ForeignDangerFinder
from bot.domain.danger.leaning import leaning
from bot.domain.decision import SHOWN, Answer, Choices, Decision, Scored, Unknown, choices, decide, is_talk
from bot.domain.documents import Document
from bot.domain.exact_words import ExactWords
from bot.domain.facets import FacetFinder
from bot.domain.knowledge import Knowledge
from bot.domain.known_phrases import NEARLY_SURE, Known, KnownPhrases
from bot.domain.language import Language, LanguageFinder
from bot.domain.matching import Matcher, Ranking
from bot.domain.models import Topic
from bot.domain.noise import is_noise
from bot.domain.refusal import wants_less
from bot.domain.several_needs import parts, two_needs
from bot.domain.small_talk import SmallTalkFinder
from bot.domain.text import cut_once, readable

_COURTESY = frozenset({"salutation", "merci", "au-revoir"})
_SHORT_COURTESY = 3  # words


@dataclass(frozen=True, slots=True)
class Talk:
    """The message is small talk."""

    id: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What a message says. `danger` stands beside the rest: a message may tell of danger and ask for something.

    `readable` is false for noise; `facet` is the side of the answer that was asked for (see `facets`); `definition` the
    meaning of an acronym that was asked about; `follow_up` when the message only makes sense after the last answer.
    `language` is the one the message is written in when it is not French; the outcome is then an answer or unknown.
    `told_abroad`: the danger was told in that language and not in French.
    """

    outcome: Decision | Talk
    danger: Danger | None = None
    readable: bool = True
    facet: str | None = None
    follow_up: bool = False
    definition: str | None = None
    language: Language | None = None
    told_abroad: bool = False

    @property
    def ranking(self) -> tuple[Scored, ...]:
        return () if isinstance(self.outcome, Talk) else self.outcome.ranking


class Understanding:
    """The reading of messages with one state of the knowledge base. Pure: no input, no clock, no memory."""

    def __init__(self, knowledge: Knowledge, matcher: Matcher | None = None) -> None:
        """`matcher` may have been built elsewhere by `build_matcher`, from the same knowledge."""
        self.knowledge = knowledge
        with cut_once(), _without_collections():
            self._build(matcher)

    def _build(self, matcher: Matcher | None) -> None:
        knowledge = self.knowledge
        self._danger = DangerDetector(knowledge.danger)
        self._dangers = frozenset(kind.id for kind in knowledge.danger.kinds)
        self._neighbours = frozenset(filter(self._urgent, knowledge.topics)) - self._dangers
        self._talk = SmallTalkFinder(knowledge.small_talk.values())
        self._facets = FacetFinder(knowledge.cues)
        self._languages = LanguageFinder(knowledge.languages)
        self._foreign_danger = ForeignDangerFinder(knowledge.languages)
        self._phrases = KnownPhrases(knowledge.topics.values(), knowledge.off_topic, knowledge.vocabulary)
        self._exact = ExactWords(knowledge.topics.values(), knowledge.vocabulary.acronyms)
        self.matcher = matcher or build_matcher(knowledge)

    def read(self, text: str, after: str | None = None, *, safe: bool = False) -> Understood:
        """Read a message, `after` being the topic of the last answer, if it is fresh. Never raises.

        `safe`: whoever wrote it has said that they are in no danger.
        """
        with cut_once():
            return self._read(text, after, Suspicion(None) if safe else self._danger.suspect(text), safe=safe)

    def _read(self, text: str, after: str | None, suspicion: Suspicion, *, safe: bool) -> Understood:
        danger = suspicion.settled()
        # The French rules go by ear and doubt at "my husband hits me": what doubts nothing in another language decides.
        abroad = None if safe or (danger and danger.certain) else self._foreign_danger.find(text)
        if abroad is not None:
            return Understood(Unknown(()), self._danger_abroad(abroad), language=abroad.language, told_abroad=True)
        asked = self._facets.find(text)
        if danger is None and asked.alone and after in self.knowledge.topics:
            return Understood(Answer(after, (Scored(after, 1.0),)), facet=asked.facet, follow_up=True)
        if danger is None and asked.alone and asked.facet:
            return Understood(Unknown(()), readable=False, facet=asked.facet)
        language = self._languages.find(text)
        known = self._phrases.find(text) if danger is None else None
        said = known is not None and known.exact
        talk = self._talk.find(text) if danger is None and not said else None
        # A greeting or thanks are small talk in any language; a need in another one is more than its greeting.
        if talk and (language is None or (talk in _COURTESY and len(text.split()) <= _SHORT_COURTESY)):
            return Understood(Talk(talk))
        if not readable(text):
            return Understood(Unknown(()), danger, readable=False)
        ranking = self.rank(text)
        danger = suspicion.settled(leaning(ranking, self._dangers, self._neighbours))
        decision = self._known(decide(ranking), known) if known and danger is None else None
        if decision is None or not said:
            decision = self._careful(text, ranking, decision or self._named(text, decide(ranking), danger))
        if danger is None and language is None and not isinstance(decision, Answer) and is_talk(ranking):
            return Understood(Talk(ranking.talk.id if ranking.talk else ""))
        if language is not None:
            sure = decision if isinstance(decision, Answer) else Unknown(decision.ranking)
            return Understood(self._beside(danger, text, sure), danger, language=language)
        if isinstance(decision, Unknown) and is_noise(text, ranking.explained):
            return Understood(decision, danger, readable=False)
        facet = asked.facet if isinstance(decision, Answer) else None
        definition = self._exact.definition(text) if danger is None else None
        return Understood(self._beside(danger, text, decision), danger, facet=facet, definition=definition)

    def danger(self, text: str) -> Danger | None:
        """Only whether the message tells of danger: before anything slower is done."""
        danger = self._danger.detect(text)
        abroad = self._foreign_danger.find(text) if danger is None else None
        return self._danger_abroad(abroad) if abroad else danger

    def _danger_abroad(self, told: ForeignDanger) -> Danger | None:
        kind = next((kind for kind in self.knowledge.danger.kinds if kind.id == told.kind), None)
        return Danger(kind.id, True, told.language.emergency, kind.numbers, ()) if kind else None

    def rank(self, text: str) -> Ranking:
        return self.matcher.rank(text)

    def _named(self, text: str, decision: Decision, danger: Danger | None) -> Decision:
        """A message that is one topic's keyword and nothing else is that topic's, whatever the statistics say."""
        named = self._exact.topics(text) if danger is None else ()
        if not named or (isinstance(decision, Answer) and decision.topic in named):
            return decision
        rest = tuple(scored for scored in decision.ranking if scored.topic not in named)
        ranking = (*(Scored(topic, 1.0 / len(named)) for topic in named), *rest)[:SHOWN]
        return Answer(named[0], ranking) if len(named) == 1 else Choices(named, ranking)

    def _known(self, decision: Decision, known: Known) -> Decision:
        """A message that a phrase of the base says, or nearly, leads where that phrase does."""
        if known.topic is None:
            return Unknown(decision.ranking)
        if isinstance(decision, Answer) and decision.topic == known.topic and not known.exact:
            return decision
        score = 1.0 if known.exact else NEARLY_SURE
        left = tuple(scored for scored in decision.ranking if scored.topic != known.topic)
        rest = (Scored(scored.topic, min(scored.score, 1.0 - score)) for scored in left)
        return Answer(known.topic, (Scored(known.topic, score), *rest)[:SHOWN])

    def _careful(self, text: str, ranking: Ranking, decision: Decision) -> Decision:
        """Two needs are both offered; what somebody no longer wants is never answered straight away."""
        if isinstance(decision, Unknown):
            return decision
        needs = two_needs(text, self.rank)
        if needs:
            return Choices(needs, decision.ranking, several=True)
        if isinstance(decision, Answer) and wants_less(text):
            return Choices(choices(ranking), decision.ranking)
        return decision

    def _beside(self, danger: Danger | None, text: str, decision: Decision) -> Decision:
        """Beside a danger, only a need told in a part of its own is worth an answer.

        The words of the danger itself look like other subjects ("la baignoire", "la porte"), and an answer about
        those below the numbers would be cruel.
        """
        if danger is None or (isinstance(decision, Answer) and decision.topic == danger.kind):
            return decision
        for part in parts(text):
            if self._danger.detect(part) is None:
                found = decide(self.rank(part))
                if isinstance(found, Answer) and not self._urgent(found.topic):
                    return Answer(found.topic, decision.ranking)
        return Unknown(decision.ranking)

    def _urgent(self, topic: str) -> bool:
        return self.knowledge.topics[topic].theme == "urgence"


@contextmanager
def _without_collections() -> Iterator[None]:
    """Building makes millions of objects and no garbage: looking for some would take a third of the time."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()


def build_matcher(knowledge: Knowledge) -> Matcher:
    """The index of all topics: what takes longest to build."""
    documents = [topic_document(topic) for topic in knowledge.topics.values()]
    talks = [Document(talk.id, talk.phrases) for talk in knowledge.small_talk.values()]
    return Matcher(documents, knowledge.vocabulary, off_topic=knowledge.off_topic, small_talk=talks)


def topic_document(topic: Topic) -> Document:
    """The words that lead to a topic: its phrases, keywords, and at half weight its own sentences."""
    texts = (topic.title, topic.brief, topic.answer, *topic.steps, *topic.documents, *topic.facets.values())
    return Document(topic.id, topic.phrases, topic.keywords, texts)


__all__ = ["Answer", "Choices", "Talk", "Understanding", "Understood", "Unknown", "build_matcher", "topic_document"]
