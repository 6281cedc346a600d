"""Abbreviations said in full."""

from __future__ import annotations

import re

_RULES: tuple[tuple[str, str], ...] = (
    (r"\b[nN]os?[°º]\s*|\b[nN][°º]\s*", "numéro "),
    (r"(?i)\btéls?\.?(?=\s|:|$)", "téléphone"),
    (r"(?i)\b(?:rdv|rendez vous)\b", "rendez-vous"),
    (r"(?i)\betc(?:\.{1,3}|…|\b)", "et cetera."),
    (r"(?i)\bp(?:ar)?\.? ?ex\.", "par exemple"),
    (r"(?i)\(ex\. ?:? ?", "(par exemple "),
    (r"(?i)\bex\. ?: ?", "par exemple "),
    (r"(?i)\bc\.?-à-d\.?(?=\W)", "c'est-à-dire"),
    (r"(?i)\bs\.?v\.?p\.?(?!\w)", "s'il vous plaît"),
    (r"(?i)\b(?:bd|bld|boul)\b\.?(?=\s)", "boulevard"),
    (r"(?i)\bav\.?(?=\s+(?:[A-ZÉ]|de|du|des))", "avenue"),
    (r"(?i)\bpl\.(?=\s)", "place"),
    (r"(?i)\bimp\.(?=\s)", "impasse"),
    (r"(?i)\bche?m?\.(?=\s+d)", "chemin"),
    (r"(?i)\brte\b\.?", "route"),
    (r"(?i)\bbât\.(?=\s)", "bâtiment"),
    (r"\b(?:BP|B\.P\.)(?=\s?\d)", "boîte postale "),
    (r"\bCS(?=\s?\d)", "C S "),
    (r"(?i)\bcedex\b", "cédex"),
    (r"\bSt(?=[ -][A-ZÉÈ])", "Saint"),
    (r"\bSte(?=[ -][A-ZÉÈ])", "Sainte"),
    (r"\bMmes(?=\s)", "Mesdames"),
    (r"\bMme(?=\s)", "Madame"),
    (r"\bMlle(?=\s)", "Mademoiselle"),
    (r"\bMM\.(?=\s)", "Messieurs"),
    (r"\bM\.(?=\s+[A-ZÉ])", "Monsieur"),
    (r"\bDr\.?(?=\s+[A-ZÉ])", "docteur"),
    (r"\bart\.(?=\s*[LRD\d])", "article"),
    (r"(?i)\bmax\.", "maximum"),
    (r"(?i)\bmini?\.(?=\s|$)", "minimum"),
    (r"(?i)\benv\.(?=\s)", "environ"),
    (r"(?i)\bnb\s?:", "attention :"),
    (r"(?i)/\s?(?=(?:an|mois|jour|semaine|personne|trimestre)\b)", " par "),
    (r"(?i)\bet/ou\b", "et ou"),
    (r"(?<=[^\W\d])(?<!\bkm)\s?/\s?(?=[^\W\d])", " ou "),
    (r"\s&\s", " et "),
    (r"(?<=\d)\s?\+\s?(?=\d)|(?<=\s)\+(?=\s)", " plus "),
    (r"(?<=\s)=(?=\s)", "égale"),
    (r"\s?(?:→|->|=>)\s?", ", "),
)
_COMPILED = tuple((re.compile(pattern), said) for pattern, said in _RULES)


def abbreviations_said(text: str) -> str:
    """A text with its abbreviations in full."""
    for pattern, said in _COMPILED:
        text = pattern.sub(said, text)
    return text
