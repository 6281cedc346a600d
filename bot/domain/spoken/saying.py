"""A whole message for the ear: each kind of sign in its turn, and nothing left that a voice would stumble over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.spoken.abbreviations import abbreviations_said
from bot.domain.spoken.acronyms import Acronyms
from bot.domain.spoken.amounts import amounts_said
from bot.domain.spoken.links import links_said
from bot.domain.spoken.lists import lists_told
from bot.domain.spoken.numbers import cardinal
from bot.domain.spoken.phones import called_said, numbers_said
from bot.domain.spoken.times import times_said

MOST_CHARACTERS = 4096  # a message of Telegram's
_SPACES = re.compile(r"[^\S\n]+")
_TOUCH_TO_CALL = re.compile(r"^.{0,60}:\s*(\+33\d{9})\s*$")
_SIGNS = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "«": " ", "»": " ", "“": " ", "”": " ", '"': " ", "…": "...", "−": "-", "‑": "-",
     "½": " un demi ", "—": "–"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Saying:
    """The words of the place: acronyms with their definitions, and how some of them are said."""

    definitions: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)


def spoken(text: str, saying: Saying | None = None, links: Sequence[str] = ()) -> str:
    """What a voice should say for a message, and the names of the links that stand under it."""
    acronyms = Acronyms(saying.definitions, saying.said) if saying else Acronyms()
    lines = [_SPACES.sub(_kept_indent, line) for line in _clean(text[:MOST_CHARACTERS]).splitlines()]
    sentences = [_said(line, acronyms) for line in lists_told(_without_repeats(lines))]
    if links:
        count = "Un lien" if len(links) == 1 else f"{cardinal(len(links)).capitalize()} liens"
        names = ". ".join(_said(_clean(link), acronyms).rstrip(".") for link in links)
        sentences.append(f"{count} sous la réponse : {names}.")
    return "\n".join(filter(None, map(_tidy, sentences)))


def _said(line: str, acronyms: Acronyms) -> str:
    line = links_said(line)
    line = times_said(line)
    line = numbers_said(line)
    line = called_said(line)
    line = abbreviations_said(line)
    line = acronyms.say(line)
    return amounts_said(line)


def _clean(text: str) -> str:
    """Letters, digits and plain signs only: no pictures, controls or invisible characters."""
    kept = []
    for character in unicodedata.normalize("NFC", text):
        if character in "\n²³½°º€+=→&☐☑|<>$`" or unicodedata.category(character)[0] in "LNP":
            kept.append(character)
        elif unicodedata.category(character) not in ("Cf", "Mn", "Cs"):
            kept.append(" ")
    return "".join(kept).translate(_SIGNS)


def _kept_indent(found: re.Match[str]) -> str:
    return "   " if found.start() == 0 and len(found.group()) >= 3 else " "


def _without_repeats(lines: Sequence[str]) -> list[str]:
    """Without the line that gives a number once more, in the form that a telephone can dial."""
    kept: list[str] = []
    for line in lines:
        found = _TOUCH_TO_CALL.match(line)
        heard = re.sub(r"\D", "", "".join(kept[-2:]))
        if not (found and f"0{found.group(1)[3:]}" in heard):
            kept.append(line)
    return kept


def _tidy(sentence: str) -> str:
    """Signs that a voice reads aloud become pauses; those that a synthesiser takes as orders are dropped."""
    sentence = re.sub(r"\s*[()]\s*", ", ", sentence)
    sentence = re.sub(r"\s+[-–|]\s+", ", ", sentence)
    sentence = "".join(c if (c.isalpha() and c not in "ºª") or c in " .,;:!?'-" else " " for c in sentence)
    sentence = re.sub(r"(?<![^\W\d_])-|-(?![^\W\d_])", " ", sentence)
    sentence = re.sub(r"\s+", " ", sentence)
    sentence = re.sub(r"\s+([.,])", r"\1", sentence)
    sentence = re.sub(r"([.,;:!?'])(?:\s*[,;:.])+", lambda found: _strongest(found.group()), sentence)
    return sentence.strip(" ,;") if any(map(str.isalpha, sentence)) else ""


def _strongest(signs: str) -> str:
    return next((sign for sign in "!?.:;," if sign in signs), " ")
