"""What an editor may write in langues/<code>.yaml: the bot's own sentences in one language."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.knowledge_base.schema import BUTTON_CHARACTERS, Block, LanguageCode, Line, Slug, Text

ButtonLine = Annotated[Line, Field(max_length=BUTTON_CHARACTERS)]


class SpeechFile(Block):
    """Ce que l'assistant dit dans une langue."""

    code: LanguageCode = Field(description="Code de la langue, égal au nom du fichier, et présent dans langues.yaml.")
    nom: ButtonLine = Field(description="Le nom de la langue dans cette langue : English, Português…")
    textes: dict[str, Text] = Field(description="Les textes, sous les mêmes noms que dans textes.yaml.")
    themes: dict[Slug, ButtonLine] = Field(description="Le bouton de chaque thème : 24 caractères au plus.")
