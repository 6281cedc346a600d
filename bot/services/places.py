"""Where to go: by position, by commune, by need; and the commune that a message names and nothing else."""

from __future__ import annotations

from bot.domain.commune_finder import CommuneMatch
from bot.domain.communes import Commune
from bot.domain.decision import Answer
from bot.domain.models import Theme, Topic
from bot.domain.place_directory import Competent, PlaceDirectory
from bot.domain.places import Found
from bot.domain.positions import Position
from bot.services.knowledge import KnowledgeService

FAR_KM = 40.0  # farther than that from every place, one is outside of the agglomeration
_LONGEST_NAME = 60  # characters of a message that may be nothing but a commune
_MAX_CHOICES = 4


class PlaceService:
    """The places of the knowledge base in use; nothing of where people are is kept."""

    def __init__(self, knowledge: KnowledgeService) -> None:
        self._knowledge = knowledge

    @property
    def directory(self) -> PlaceDirectory:
        return self._knowledge.current.places

    def near(self, position: Position, topic: str | None = None) -> list[Found]:
        """Nearest first."""
        return self.directory.near(position, topic)

    def for_topic(self, topic: str) -> list[Found]:
        """Every place for a need, wherever it is."""
        return self.directory.for_topic(topic)

    def within(self, commune: Commune) -> list[Found]:
        return self.directory.within(commune)

    def competent(self, commune: Commune) -> list[Competent]:
        """Who deals with what for people of a commune."""
        return self.directory.competent(commune)

    def communes_like(self, text: str) -> tuple[CommuneMatch, ...]:
        """The communes that a text may mean, best first."""
        return self.directory.finder.find(text)[:_MAX_CHOICES]

    def commune(self, text: str) -> Commune | None:
        """The one commune that a text means."""
        return self.directory.finder.certain(text)

    def commune_alone(self, text: str) -> Commune | None:
        """The commune when a message is its name and nothing else; never a danger, never a known question."""
        if len(text) > _LONGEST_NAME:
            return None
        found = self.communes_like(text)
        commune = self.commune(text) if found else None
        understanding = self._knowledge.understanding
        if commune is None or understanding.danger(text) is not None:
            return None
        if found[0].score < 1.0 and isinstance(understanding.read(text).outcome, Answer):
            return None
        return commune

    def commune_of(self, insee: str) -> Commune | None:
        """The commune of an INSEE code."""
        return self.directory.finder.named(insee)

    def themes(self) -> list[Theme]:
        """The themes in which some topic has a place, in menu order."""
        known = {topic.theme for topic in self._topics()}
        return [theme for theme in self._knowledge.current.themes if theme.id in known]

    def topics_of(self, theme: Theme) -> list[Topic]:
        """The topics of a theme that have a place."""
        return [topic for topic in self._topics() if topic.theme == theme.id]

    def _topics(self) -> list[Topic]:
        helped = self.directory.topics()
        return [topic for topic in self._knowledge.current.topics.values() if topic.id in helped]
