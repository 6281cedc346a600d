"""What an editor may write in arnaques.yaml: official sites, short addresses, words of false messages."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.domain.scam.lists import Official, ScamLists
from bot.knowledge_base.schema import Block, Line

Site = Annotated[
    str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$", description="Un site, sans « https:// » ni « www ».")
]


class OfficialSite(Block):
    """Un site officiel, et à qui il est."""

    site: Site
    nom: Line = Field(description="À qui est ce site, comme on le dit : « la Caf ».")


class ScamFile(Block):
    """Ce qui aide à reconnaître un faux lien."""

    officiels: list[OfficialSite] = Field(min_length=1)
    plateformes: list[Site] = Field(description="Des sites où chacun publie : rien n'y est officiel.")
    raccourcis: list[Site] = Field(description="Des adresses courtes : on ne voit pas où elles mènent.")
    mots_imites: dict[Site, list[Line]] = Field(description="Pour un site officiel, les mots que prennent les faux.")
    appats: list[Line] = Field(description="Ce que dit souvent un faux message.")
    questions: list[Line] = Field(description="Comment on demande si un message est vrai.")
    mots_de_lien: list[Line] = Field(description="Ce qui accompagne un nom imité dans une fausse adresse.")
    mots_courants: list[Line] = Field(description="Des mots imités trop courants pour accuser un site à eux seuls.")

    def value(self) -> ScamLists:
        return ScamLists(
            tuple(Official(one.site, one.nom) for one in self.officiels),
            frozenset(self.plateformes),
            frozenset(self.raccourcis),
            {site: tuple(words) for site, words in self.mots_imites.items()},
            tuple(self.appats),
            tuple(self.questions),
            frozenset(self.mots_de_lien),
            frozenset(self.mots_courants),
        )
