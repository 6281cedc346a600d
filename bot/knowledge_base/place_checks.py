"""What no single place can tell: references to nowhere, communes that do not exist."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.domain.text import fold
from bot.knowledge_base.place_schema import CommuneFile, PlaceEntry
from bot.knowledge_base.problems import ProblemList
from bot.knowledge_base.yaml_file import YamlFile


def check_place(
    entry: PlaceEntry,
    file: YamlFile,
    entries: Mapping[str, PlaceEntry],
    communes: Mapping[str, str],
    topics: Collection[str],
    problems: ProblemList,
) -> None:
    """References to other places, communes and topics; names that must agree."""

    def report(key: str, message: str, *, blocking: bool = True) -> None:
        problems.report(file.path, file.line((key,)), message, blocking=blocking)

    if entry.id != file.path.stem:
        report("id", f"l'identifiant « {entry.id} » doit être égal au nom du fichier")
    if entry.joindre_par:
        other = entries.get(entry.joindre_par)
        if other is None:
            report("joindre_par", f"« joindre_par » renvoie au lieu « {entry.joindre_par} », qui n'existe pas")
        elif not other.telephone:
            report("joindre_par", f"« joindre_par » renvoie à « {other.nom} », qui n'a pas de téléphone")
    if entry.commune and communes:
        insee = communes.get(entry.commune)
        if insee is None and not _same_name(entry, communes):
            report("commune", f"la commune « {entry.commune} » n'est pas dans communes.yaml", blocking=False)
        elif insee and entry.code_insee and entry.code_insee != insee:
            report("code_insee", f"le code Insee de {entry.commune} est {insee}, pas {entry.code_insee}")
    for index, topic in enumerate(entry.sujets):
        if topic not in topics:
            line = file.line(("sujets", index))
            problems.report(
                file.path, line, f"« sujets » renvoie au sujet « {topic} », qui n'existe pas", blocking=False
            )


def _same_name(entry: PlaceEntry, communes: Mapping[str, str]) -> bool:
    """Whether the name is that of the INSEE code but for capitals, accents and hyphens, as other files write it."""
    name = next((name for name, insee in communes.items() if insee == entry.code_insee), "")
    return _letters(name) == _letters(entry.commune or "")


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


def check_communes(
    communes: CommuneFile, file: YamlFile, entries: Mapping[str, PlaceEntry], problems: ProblemList
) -> None:
    """References from the communes to places; communes written twice."""
    for role, place in communes.competents.model_dump().items():
        if place not in entries:
            line = file.line(("competents", role))
            problems.report(file.path, line, f"« {role} » renvoie au lieu « {place} », qui n'existe pas")
    seen: set[str] = set()
    for index, commune in enumerate(communes.communes):
        line = file.line(("communes", index))
        if commune.nom in seen or commune.insee in seen:
            problems.report(file.path, line, f"la commune « {commune.nom} » est écrite deux fois")
        seen |= {commune.nom, commune.insee}
        if commune.mairie and commune.mairie.lieu and commune.mairie.lieu not in entries:
            message = f"la mairie de {commune.nom} renvoie au lieu « {commune.mairie.lieu} », qui n'existe pas"
            problems.report(file.path, line, message)
