"""All that the assistant knows, as one value that is replaced whole when the files change."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.coop import Coop
from bot.domain.danger.rules import DangerRules
from bot.domain.facets import Cues
from bot.domain.language import Languages
from bot.domain.models import SmallTalk, Theme, Topic, Vocabulary
from bot.domain.place_directory import PlaceDirectory
from bot.domain.scam.lists import ScamLists
from bot.domain.texts import Texts


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Themes in menu order, topics by id, and the words around them."""

    themes: tuple[Theme, ...]
    topics: dict[str, Topic]
    small_talk: dict[str, SmallTalk]
    vocabulary: Vocabulary
    texts: Texts
    danger: DangerRules
    off_topic: tuple[str, ...] = ()
    cues: Cues = field(default_factory=lambda: Cues({}))
    places: PlaceDirectory = field(default_factory=PlaceDirectory)
    languages: Languages = field(default_factory=Languages)
    coop: Coop = field(default_factory=Coop)
    scams: ScamLists = field(default_factory=ScamLists)
    fingerprint: str = ""
    warnings: tuple[str, ...] = field(default=())

    def theme_topics(self, theme: str) -> list[Topic]:
        """The topics of a theme: those that are asked for most, then the others in the order of their files."""
        first = next((one.first for one in self.themes if one.id == theme), ())
        places = {topic: place for place, topic in enumerate(first)}
        found = [topic for topic in self.topics.values() if topic.theme == theme]
        return sorted(found, key=lambda topic: places.get(topic.id, len(places)))
