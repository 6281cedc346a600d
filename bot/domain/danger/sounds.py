"""How a word sounds, for the danger rules alone.

Someone in danger writes as fast as they can: "jve mourire", "i me ba", "mé zenfan". The rules are written in plain
French; here both sides become the same sounds. It stands apart from the search's own sound key because the danger
rules must not change when the search is tuned, and because expressions are compared across word boundaries
("menferme", "m'enferme"), which asks for keys that can be joined.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from bot.domain.text import clean, strip_accents

MAX_WORDS = 700  # the longest message Telegram carries holds about that many ordinary words
MAX_LETTERS = 24
SENTENCE_GAP = 4  # a full stop counts as that many words when rules measure a distance

_PIECE = re.compile(r"[^\W_]+|[.!?;:…\n]+")
_GLUED_J = re.compile(r"^j(?=[bcdfghklmnpqrstvwxz])")
_GLUED_CLITIC = re.compile(r"^[jmtsldckqz](?=[aeiouyhàâéèêëîïôöûü])")

# Spellings that no sound rule can reach; the values are read again as ordinary words.
_SHORT = {
    "g": "j ai", "gt": "j etais", "c": "c est", "ct": "c etait", "ds": "dans", "mn": "mon", "ms": "mes", "tt": "tout",
    "tte": "toute", "ts": "tous", "tjr": "toujours", "tjrs": "toujours", "tjs": "toujours", "jms": "jamais",
    "bcp": "beaucoup", "pr": "pour", "qd": "quand", "dc": "donc", "mtn": "maintenant", "mnt": "maintenant",
    "pk": "pourquoi", "pq": "pourquoi", "pck": "parce que", "pcq": "parce que", "psk": "parce que",
    "paske": "parce que", "ajd": "aujourd hui", "auj": "aujourd hui", "kelkun": "quelqu un", "qqn": "quelqu un",
    "kelkin": "quelqu un", "kelqun": "quelqu un", "qq1": "quelqu un", "vs": "vous", "ns": "nous", "ss": "suis",
    "chui": "je suis", "chuis": "je suis", "chu": "je suis", "shui": "je suis", "pu": "plus", "plu": "plus",
    "pl": "plus", "p": "pas", "pa": "pas", "ve": "veux", "veu": "veux", "pe": "peux", "pte": "petite", "tel": "telephone",
    "pti": "petit", "ptit": "petit", "ptits": "petits", "ptite": "petite", "person": "personne", "perso": "personne",
    "femme": "fame", "femmes": "fame", "fils": "fis", "tranquille": "trankil", "tranquilles": "trankil", "cte": "cette",
    "mm": "meme", "kk": "quelque", "msg": "message", "mess": "message", "avk": "avec", "ac": "avec", "cki": "c est qui",
    "ossi": "aussi", "osi": "aussi", "ojd": "aujourd hui", "svp": "s il vous plait", "stp": "s il te plait",
    "nn": "non", "pb": "probleme", "bb": "bebe", "bbe": "bebe", "hp": "hopital", "mdr": "mort de rire", "ptdr": "mort de rire",
    "lol": "mort de rire", "ptn": "putain", "pcke": "parce que", "x": "fois", "vla": "voila", "tkt": "t inquiete",
    "1": "un", "t": "t es", "jsp": "je sais pas", "sms": "sms", "ki": "qui", "kil": "qu il", "kon": "qu on", "anvi": "envie",
}  # fmt: skip
_DROPPED = frozenset(["ne", "n", "tres", "vraiment", "tellement", "juste", "carrement", "franchement", "absolument"])
_AFTER_WITH = frozenset(
    [
        "un",
        "une",
        "le",
        "la",
        "les",
        "l",
        "mon",
        "ma",
        "mes",
        "son",
        "sa",
        "ses",
        "lui",
        "moi",
        "elle",
        "eux",
        "des",
        "du",
        "nos",
    ]
)

_SOUNDS = re.compile(
    r"[aeé]ill?(?=[eéèoauy]|\b)|[aeéè]y(?=[aeéèou])|(?:ou|eu)ill?(?=[eéèoau]|\b)|eaux?|aux?|tion|ph|sch|sh|ch|qu|cc(?=[eiyéèê])|c(?=[eiyéèêëî])|gn|gu(?=[eiyéèê])|ge(?=[aouâô])|g(?=[eiyéèêîï])"
    r"|ill|(?<=[aiouw])y(?=[aeéèou])"
    r"|oeu|oei|ou[ae](?![nm])|ou|oi(?!n)|oy|oî|ê|eu|ieng?(?![aeiouéèn])"
    r"|(?:ain|aim|ein|in|im|un|um|yn|ym)(?![aeiouyéèêhnm])|oin(?![aeioué])"
    r"|(?:an|am|en|em|ean)(?![aeiouyéèêàâînm])|(?:on|om)(?![aeiouyéèêànm])"
    r"|ai|ei|aî|[éèêëàâäîïôöûùüçkqcwvyzxsh]|[^a-fh-z0-9]"  # every other plain letter says itself
)
_SAID = {
    "aill": "ai", "ail": "ai", "eill": "ei", "eil": "ei", "éill": "ei", "éil": "ei", "ouill": "Ui", "ouil": "Ui",
    "euill": "Ei", "euil": "Ei", "ay": "ei", "ey": "ei", "éy": "ei", "èy": "ei",
    "eau": "o", "eaux": "o", "au": "o", "aux": "o", "tion": "siO", "ph": "f", "sch": "C", "sh": "C", "ch": "C", "qu": "k",
    "cc": "ks", "c": "k", "gn": "n", "gu": "g", "ge": "j", "ill": "i", "il": "i", "y": "i", "oeu": "E", "oei": "E",
    "oua": "W", "oue": "we", "ou": "U", "oi": "W", "oy": "W", "oî": "W", "eu": "E", "ien": "iI", "ieng": "iI",
    "ain": "I", "aim": "I", "ein": "I", "in": "I", "im": "I", "un": "I", "um": "I", "yn": "I", "ym": "I", "oin": "wI",
    "an": "A", "am": "A", "en": "A", "em": "A", "ean": "A", "on": "O", "om": "O", "ai": "e", "ei": "e", "aî": "e",
    "é": "e", "è": "e", "ê": "e", "ë": "e", "à": "a", "â": "a", "ä": "a", "î": "i", "ï": "i", "ô": "o", "ö": "o",
    "û": "u", "ù": "u", "ü": "u", "ç": "s", "q": "k", "w": "w", "z": "s", "x": "ks", "h": "",
}  # fmt: skip
_SOFT = {"c": "s", "g": "j"}
_HARD = {"c": "k", "g": "g"}
_ENDINGS = re.compile(r"(?:aient|ait|ais|ai|er|ez|ées?|és|é|ets?|est)$")
_MUTE = re.compile(r"(?<=.)es?$")
_SILENT = re.compile(r"(?<=[aeiouyéèêàâîôûnr])[tdsxz]+$")
_DOUBLE = re.compile(r"([^\d])\1+")
_IRREGULAR = {
    "coup": "cou",
    "coups": "cou",
    "trop": "tro",
    "beaucoup": "beaucou",
    "drap": "dra",
    "champ": "chan",
    "sang": "san",
    "vingt": "vint",
    "que": "k",
    "ke": "k",
    "corps": "cor",
    "temps": "tan",
    "doigts": "doi",
    "cam": "came",
    "poing": "poin",
    "les": "lé",
    "mes": "mé",
    "tes": "té",
    "ses": "sé",
    "des": "dé",
    "ces": "sé",
}


class Word(NamedTuple):
    """One word of a message: its sound, how it sounds without a glued "j'", "m'", "l'"…, and where it stands."""

    sound: str
    bare: str  # empty when nothing is glued
    place: int  # counts words, and SENTENCE_GAP for each end of sentence
    written: str


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """The sounds of one written word: "frappée", "frapé" and "fraper" are one, "frappe" is its beginning."""
    word = _IRREGULAR.get(word, word[:MAX_LETTERS])
    ending = _ENDINGS.search(word)
    if ending and (ending.start() > 0 or ending.group() in {"ai", "est", "é", "et"}):
        word, tail = word[: ending.start()], "é"
        if word.endswith(("gu", "qu")) and len(word) > 2:
            word = word[:-1]
    else:
        word, tail = _without_mute(word), ""
    said = _SOUNDS.sub(_say, word + tail)
    return _DOUBLE.sub(r"\1", said)


def stem_sound(beginning: str) -> str:
    """The sounds of the beginning of a word: no letter of it falls silent."""
    return _DOUBLE.sub(r"\1", _SOUNDS.sub(_say, beginning))


def _without_mute(word: str) -> str:
    """The word without the letters that its end does not say."""
    if word in _CLITIC_WORDS:
        return word[:-1]
    if len(word) <= 2 or not _MUTE.search(word):
        return _SILENT.sub("", word)
    word = _MUTE.sub("", word)
    if word[-1] in _SOFT:  # the soft c and g of "avance" and "mange" are known by the letter that falls
        return word[:-1] + ("ss" if word[-1] == "c" else "j")
    return word + word[-1] if word[-1] in "nm" else word  # "voisine" is not "voisin"


_CLITIC_WORDS = frozenset(["je", "me", "te", "se", "le", "de", "ne", "ce"])


def _say(found: re.Match[str]) -> str:
    piece = found.group()
    if piece in _SOFT:
        following = found.string[found.end() : found.end() + 1]
        return _SOFT[piece] if following and following in "eiyéèêëîï" else _HARD[piece]
    said = _SAID.get(piece)
    return strip_accents(piece) if said is None else said


def spell_out(text: str) -> list[Word]:
    """The words of a message with their sounds, shorthand written out and empty words dropped."""
    pieces = _PIECE.findall(clean_lines(text))
    if len(pieces) > MAX_WORDS:  # what matters most is said first or last
        pieces = pieces[: MAX_WORDS // 2] + pieces[-MAX_WORDS // 2 :]
    found: list[Word] = []
    place = 0
    for index, piece in enumerate(pieces):
        if not piece[0].isalnum():
            place += SENTENCE_GAP
            continue
        if piece == "avc" and index + 1 < len(pieces) and pieces[index + 1] in _AFTER_WITH:
            piece = "avec"  # noqa: PLW2901 - the stroke and the shorthand of "avec" are written alike
        for written, key, bare in _words_of(piece):
            found.append(Word(key, bare, place, written))
            place += 1
    return found


def clean_lines(text: str) -> str:
    """`clean`, with line ends kept as ends of sentences."""
    return clean(text.replace("\n", " . "))


@lru_cache(maxsize=8192)
def _words_of(piece: str) -> tuple[tuple[str, str, str], ...]:
    opened = _SHORT.get(piece, piece)
    out: list[tuple[str, str, str]] = []
    for word in opened.split():
        if word in _DROPPED or strip_accents(word) in _DROPPED:
            continue
        if len(word) > 2 and _GLUED_J.match(word):
            out.append(("j", "j", ""))
            out.extend(_words_of(word[1:]))
            continue
        bare = sound(word[1:]) if len(word) > 4 and _GLUED_CLITIC.match(word) else ""
        out.append((word, sound(word), bare if len(bare) > 2 else ""))
    return tuple(out)
