"""A translated answer says what the French one says: as many steps, the same numbers in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from bot.knowledge_base.faithful import differences, numbers
from bot.knowledge_base.problems import ProblemList
from bot.knowledge_base.schema import Topic, Translation
from bot.knowledge_base.topic_file import TopicFile
from bot.knowledge_base.yaml_file import Place


def check_translations(topics: Sequence[TopicFile], spoken: AbstractSet[str], problems: ProblemList) -> None:
    """Report every translation that leaves out, adds or changes a number or a step: a wrong one may cost a life."""
    for topic in topics:
        for code, translation in topic.entry.traductions.items():
            if code not in spoken:
                line = topic.file.line(("traductions", code))
                problems.report(topic.file.path, line, f"la langue « {code} » n'a pas de fichier dans langues/")
            for place, message in _mistakes(topic.entry, translation):
                line = topic.file.line(("traductions", code, *place))
                problems.report(topic.file.path, line, f"traduction « {code} » : {message}")


def _mistakes(french: Topic, other: Translation) -> Iterator[tuple[Place, str]]:
    for key in ("titre", "reponse"):
        for message in differences(getattr(french, key), getattr(other, key)):
            yield (key,), message
    if numbers(other.bouton).keys() - numbers(f"{french.titre} {french.bouton}").keys():
        yield ("bouton",), "le nombre du bouton n'est pas dans le texte français"
    if len(other.etapes) != len(french.etapes):
        yield ("etapes",), f"il faut {len(french.etapes)} étapes, il y en a {len(other.etapes)}"
    for index, (step, said) in enumerate(zip(french.etapes, other.etapes, strict=False)):
        for message in differences(step, said):
            yield ("etapes", index), message
