"""One topic's file: what the editor wrote, and the value that the assistant works with."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.models import Contact, Link, MediatorAdvice, Source, Topic, Translation
from bot.knowledge_base.schema import Mediator as MediatorEntry
from bot.knowledge_base.schema import Topic as TopicEntry
from bot.knowledge_base.yaml_file import YamlFile

_AUTONOMY = {"montre": "entierement_accompagne", "guide": "partiellement_autonome", "seul": "autonome"}


@dataclass(frozen=True, slots=True)
class TopicFile:
    """A validated entry with its theme (its folder) and its lines."""

    theme: str
    entry: TopicEntry
    file: YamlFile


def topic_value(topic: TopicFile) -> Topic:
    """The entry in the domain's own terms."""
    entry = topic.entry
    return Topic(
        id=entry.id,
        theme=topic.theme,
        title=entry.titre,
        button=entry.bouton,
        brief=entry.en_bref,
        answer=" ".join(entry.reponse.split()),
        steps=tuple(entry.etapes),
        documents=tuple(entry.pieces),
        contacts=tuple(
            Contact(c.nom, c.telephone, c.sms, c.adresse, c.horaires, c.lien, c.note) for c in entry.contacts
        ),
        links=tuple(Link(link.titre, link.url, link.titre_court) for link in entry.liens),
        facets={name: " ".join(text.split()) for name, text in entry.facettes.model_dump().items() if text},
        phrases=tuple(entry.phrases),
        keywords=tuple(entry.mots),
        see_also=tuple(entry.voir_aussi),
        not_with=tuple(entry.pas_avec),
        sources=tuple(Source(s.titre, s.date, s.url) for s in entry.sources),
        checked_on=entry.verifie_le,
        review_after_months=entry.a_revoir_dans,
        confidence=entry.confiance,
        to_check=tuple(entry.a_verifier),
        proofread_by=entry.relu_par,
        mediator=_advice(entry.mediateur) if entry.mediateur else None,
        translations={
            code: Translation(t.titre, t.bouton, " ".join(t.reponse.split()), tuple(t.etapes), t.relu_par)
            for code, t in entry.traductions.items()
        },
    )


def _advice(entry: MediatorEntry) -> MediatorAdvice:
    scripts = entry.scripts.model_dump() if entry.scripts else {}
    return MediatorAdvice(
        direct_link=entry.lien_direct,
        obstacles=tuple(entry.blocages),
        scripts={_AUTONOMY[name]: " ".join(text.split()) for name, text in scripts.items()},
    )
