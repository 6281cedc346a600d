"""What the bot says in another language than French: sentences under the names they have in French."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.texts import Texts

# Every sentence that each language must have, as named in textes.yaml.
SPOKEN = frozenset(
    """
accueil accueil_consigne aide aide_commandes themes_titre inconnu inconnu_suite inconnu_humain inconnu_themes
danger_appeler danger_question danger_suite danger_oui danger_non bouton_danger_oui bouton_danger_non
bouton_quitter_vite urgence_titre urgence urgence_suite titre_etapes titre_contacts contact_sms bouton_themes
reponse_en_francais bouton_lire_en_francais langue_choisie
""".split()
)


@dataclass(frozen=True, slots=True)
class Speech:
    """The sentences of one language, the names of the themes in it, and its own name."""

    name: str
    texts: Texts
    themes: Mapping[str, str] = field(default_factory=dict)

    def say(self, key: str, **values: object) -> str:
        """The sentence of `key` in this language."""
        return self.texts.say(key, **values)
