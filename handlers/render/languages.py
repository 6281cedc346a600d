"""What is said in other languages, also in those written from right to left."""

from __future__ import annotations

import re

from bot.domain.language import Language
from handlers.render.html import bold, escape

# In a line from right to left, "05 53 35 86 00" would be shown as "00 86 35 53 05" and names would trade places with
# what stands beside them: each run of Latin letters and digits is isolated (Unicode UAX 9, FSI … PDI).
_FIRST_STRONG, _POP = "\u2068", "\u2069"
_LATIN_RUN = re.compile(r"[/+@]?[0-9A-Za-zÀ-ɏ](?:[0-9A-Za-zÀ-ɏ '’.:+/-]*[0-9A-Za-zÀ-ɏ])?")


def language_blocks(language: Language, *, kept: bool = False) -> list[str]:
    """HTML blocks: what this is, the emergency numbers, where a person helps, whether anybody proofread it."""
    human = [language.human, *([language.kept] if kept else [])]
    blocks = [
        escape(isolated(language.about, language)),
        bold(isolated(language.emergency, language)),
        escape("\n".join(isolated(line, language) for line in human)),
    ]
    return [*blocks, *filter(None, [not_proofread(language)])]


def not_proofread(language: Language) -> str:
    """That nobody who speaks the language has read its sentences; nothing once somebody has."""
    return "" if language.proofread_by else f"<i>{escape(isolated(language.not_proofread, language))}</i>"


def isolated(text: str, language: Language) -> str:
    """The text with its Latin runs set apart, in a language that is written from right to left."""
    if not language.right_to_left:
        return text
    return _LATIN_RUN.sub(lambda run: f"{_FIRST_STRONG}{run.group()}{_POP}", text)
