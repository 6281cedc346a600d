"""Writes a topic as the YAML file that an editor would write: the same keys, in the same order."""

from __future__ import annotations

from typing import Any

import yaml

from bot.domain.models import Topic, Translation


class PlainDumper(yaml.SafeDumper):
    """Without anchors, which editors do not read; lists stand two spaces in, as in the files written by hand."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, indentless=False)


def topic_text(topic: Topic, header: str) -> str:
    """The file's text."""
    data: dict[str, Any] = {
        "id": topic.id,
        "titre": topic.title,
        "bouton": topic.button,
        "en_bref": topic.brief,
        "reponse": topic.answer,
        "etapes": list(topic.steps),
        "pieces": list(topic.documents),
        "contacts": [
            _filled(
                nom=c.name, telephone=c.phone, sms=c.sms, adresse=c.address, horaires=c.hours, lien=c.link, note=c.note
            )
            for c in topic.contacts
        ],
        "liens": [_filled(titre=link.title, titre_court=link.short, url=link.url) for link in topic.links],
        "facettes": dict(topic.facets),
        "phrases": list(topic.phrases),
        "mots": list(topic.keywords),
        "voir_aussi": list(topic.see_also),
        "pas_avec": list(topic.not_with),
        "sources": [_filled(titre=s.title, url=s.url, date=s.date) for s in topic.sources],
        "verifie_le": topic.checked_on,
        "a_revoir_dans": topic.review_after_months,
        "confiance": topic.confidence,
        "a_verifier": list(topic.to_check),
        "relu_par": topic.proofread_by,
        "traductions": {code: _translation(one) for code, one in topic.translations.items()} or None,
    }
    always = {"etapes", "contacts", "liens", "facettes", "phrases", "mots", "sources"}
    kept = {key: value for key, value in data.items() if value not in ([], None) or key in always}
    return header + yaml.dump(kept, Dumper=PlainDumper, allow_unicode=True, sort_keys=False, width=110)


def _translation(one: Translation) -> dict[str, Any]:
    return {
        "relu_par": one.proofread_by,
        "titre": one.title,
        "bouton": one.button,
        "reponse": one.answer,
        "etapes": list(one.steps),
    }


def _filled(**values: str | None) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}
