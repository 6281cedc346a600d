"""What an editor may write in the files around the topics: small talk, vocabulary, what no topic covers."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.knowledge_base.schema import Block, Line, Slug, Text

FacetName = Literal["ou", "quand", "papiers", "delai", "cout", "telephone", "en_ligne", "sans_internet"]


class SmallTalkEntry(Block):
    """Une petite conversation : bonjour, merci, une insulte… et ce que l'assistant répond."""

    id: Slug
    reponse: Text = Field(description="Réponse courte, calme et utile.")
    proposer_aide: bool = Field(False, description="Ajouter les contacts humains et les thèmes ?")
    phrases: list[Line] = Field(min_length=3, description="Ce que les gens écrivent.")


class SmallTalkFile(Block):
    """Les petites conversations."""

    bavardage: list[SmallTalkEntry] = Field(min_length=1)


class SynonymFile(Block):
    """Des groupes de mots de même sens : « toubib, médecin, docteur »."""

    synonymes: list[list[Line]] = Field(min_length=1)


class SpellingFile(Block):
    """Des écritures SMS ou sonores et le mot juste : « rdv: rendez-vous »."""

    ecritures: dict[str, Line] = Field(min_length=1)


class AcronymFile(Block):
    """Des sigles et ce qu'ils veulent dire, en une ligne."""

    sigles: dict[str, Line] = Field(min_length=1)
    se_dit: dict[str, Line] = Field(
        {}, description="Comment la voix dit un sigle, s'il ne s'épelle pas : « rib: rib »."
    )


class NeverBridgedFile(Block):
    """Des paires de mots proches qui ne doivent jamais être confondus : « apl, apa »."""

    paires: list[list[Line]] = Field(min_length=1)


class FacetFile(Block):
    """Les questions précises sur un sujet, et les mots qui ne changent pas de sujet."""

    facettes: dict[FacetName, list[Line]] = Field(description="Pour chaque question, comment on la pose.")
    proches: list[Line] = Field(description="Les proches pour qui on demande : « mon fils ».")
    mots_neutres: list[Line] = Field(description="Des mots qui n'annoncent pas un nouveau sujet.")


class OffTopicFile(Block):
    """Des questions que l'assistant ne couvre pas : elles apprennent à dire « je ne sais pas »."""

    hors_champ: list[Line] = Field(min_length=1)
