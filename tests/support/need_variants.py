"""Derives `tests/data/need-groups.jsonl` from the handwritten wordings by what people really do to a sentence.

Every change is deterministic: the same handwritten file always gives the same 5,000 needs. Run it again after a change:
`python -m tests.support.need_variants`.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.text import STOP_WORDS, fold

DATA = Path(__file__).resolve().parents[1] / "data"
HANDWRITTEN = DATA / "need-groups-handwritten.txt"
LABELLED = DATA / "need-groups.jsonl"
NEEDS = 5_000
_SEED = 24_000
_MOST_LITERAL = 0.55  # of a group's needs that hold its most frequent word as it is written
_MOST_OF_ANY = 0.6
_STORIES = 0.12  # of the derived needs of a group that has any: two people seldom tell the same story
_LARGE = 30  # from here on a group can lose a need when there are more than enough
_SIZES = (0, 4, 4, 5, 6, 8, 12, 18, 32, 40, 55, 60, 66)  # of a group with so many direct wordings
_SMALL = frozenset("le la les l' un une des du de d' à a au aux est il elle on ce c'est se je j'ai".split())
_LEARNER = ("", "moi ", "s'il vous plaît ", "je cherche ", "je vouloir ")

_SMS = {
    "pour": "pr", "quand": "qd", "comment": "cmt", "est-ce que": "esk", "c'est": "c", "je suis": "jsui",
    "je veux": "jve",
    "qui": "ki", "que": "ke", "quel": "kel", "quelle": "kel", "quoi": "koi", "avec": "ac", "dans": "ds", "j'ai": "g",
    "pas": "pa", "plus": "+", "beaucoup": "bcp", "rendez-vous": "rdv", "combien": "cb", "toujours": "tjr",
    "aujourd'hui": "ojd",
    "demande": "dmd", "mon": "mn", "faire": "fr", "sans": "ss", "être": "etr", "tout": "tt",
    "bonjour": "bjr", "merci": "mci",
}  # fmt: skip
_SOUNDS = (
    ("eaux", "o"), ("eau", "o"), ("qu", "k"), ("ph", "f"), ("tion", "ssion"), ("ai", "é"), ("er ", "é "), ("ez ", "é "),
    ("est ", "é "), ("les ", "lé "), ("des ", "dé "), ("mes ", "mé "), ("ent ", "an "), ("en", "an"), ("ss", "s"),
    ("ll", "l"),
    ("tt", "t"), ("nn", "n"), ("mm", "m"), ("au", "o"), ("ç", "s"), ("ce", "se"), ("ci", "si"),
)  # fmt: skip
_POLITE = (
    "bonjour, {}",
    "bonjour {} merci",
    "{} s'il vous plait",
    "bjr {} svp",
    "bonsoir madame, {}",
    "slt {}",
    "{} merci d'avance",
)
_DICTATED = (
    "oui bonjour alors je voulais savoir {}", "euh voilà c'est pour une question {}", "je vous écris parce que {}",
    "excusez-moi de vous déranger {}", "dis moi {}", "en fait {}", "je me permets de vous demander {}",
)  # fmt: skip
_SITUATIONS = (
    "{}. j'habite à Boulazac", "{}. je suis nouveau dans la commune", "{} je comprends rien sur le site",
    "{}. j'ai appelé mais personne ne répond", "{}, je n'ai pas internet chez moi", "{} c'est pour ma voisine",
    "{}. j'ai deux enfants", "on m'a dit de demander ici : {}", "{} je travaille en semaine", "{}. je suis à Chamiers",
)  # fmt: skip
_NEIGHBOURS = {
    "a": "zq",
    "e": "rz",
    "i": "uo",
    "o": "ip",
    "r": "et",
    "s": "qd",
    "t": "ry",
    "n": "b",
    "m": "l",
    "l": "km",
}


def _sms(text: str, chance: random.Random) -> str:
    for long, short in _SMS.items():
        if chance.random() < 0.8:
            text = re.sub(rf"\b{re.escape(long)}\b", short, text)
    return text.replace("?", "").strip()


def _phonetic(text: str, chance: random.Random) -> str:
    text = f"{text} "
    for written, heard in _SOUNDS:
        if chance.random() < 0.6:
            text = text.replace(written, heard)
    return text.strip()


def _without_accents(text: str, _chance: random.Random) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(c for c in apart if unicodedata.category(c) != "Mn").replace("'", " ")


def _typo(text: str, chance: random.Random) -> str:
    """One or two slips of a thumb: a neighbour key, a letter left out, doubled or swapped."""
    letters = list(text)
    for _ in range(1 + (len(letters) > 25)):
        place = chance.randrange(1, max(2, len(letters) - 1))
        kind = chance.randrange(4)
        if kind == 0 and letters[place] in _NEIGHBOURS:
            letters[place] = chance.choice(_NEIGHBOURS[letters[place]])
        elif kind == 1:
            letters[place] = ""
        elif kind == 2:
            letters[place] *= 2
        else:
            letters[place - 1], letters[place] = letters[place], letters[place - 1]
    return "".join(letters)


def _framed(frames: tuple[str, ...]) -> Callable[[str, random.Random], str]:
    def frame(text: str, chance: random.Random) -> str:
        return chance.choice(frames).format(text)

    return frame


def _learner(text: str, chance: random.Random) -> str:
    """As somebody writes who is learning French: without its small words."""
    kept = [word for word in text.split() if word.lower() not in _SMALL or chance.random() < 0.2]
    return f"{chance.choice(_LEARNER)}{' '.join(kept)}" if len(kept) > 1 else text


CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "sms": _sms,
    "phonetique": _phonetic,
    "sans-accents": _without_accents,
    "frappe": _typo,
    "non-natif": _learner,
    "poli": _framed(_POLITE),
    "dicte": _framed(_DICTATED),
    "situation": _framed(_SITUATIONS),
}


@dataclass(frozen=True, slots=True)
class Group:
    """One unmet need: wordings that name it, and wordings that only tell the situation."""

    direct: tuple[str, ...]
    indirect: tuple[str, ...]


def handwritten(path: Path = HANDWRITTEN) -> dict[str, Group]:
    """The wordings of each group."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    groups: dict[str, Group] = {}
    for line in lines:
        name, rest = line.split(": ", 1)
        direct, _, indirect = rest.partition(" || ")
        groups[name] = Group(tuple(direct.split(" | ")), tuple(filter(None, indirect.split(" | "))))
    return groups


def labelled(path: Path = LABELLED) -> list[dict[str, str]]:
    """The committed needs: `q`, `group`, how it was `made` ("main" for by hand), and `told` direct or indirect."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def literal_share(texts: Sequence[str]) -> tuple[str, float]:
    """The telling word that most of the texts hold as it is written, and in which share of them it stands."""
    counts = Counter(
        word
        for text in texts
        for word in sorted({*fold(text).replace("'", " ").split()} - STOP_WORDS)  # ties fall the same way each time
        if len(word) > 2
    )
    if not counts:
        return "", 0.0
    [(word, count)] = counts.most_common(1)
    return word, count / len(texts)


def _misspelt(text: str, word: str, chance: random.Random) -> str:
    """The text with that one word written another way."""
    changed: list[str] = []
    for one in text.split(" "):
        other = one
        while word in fold(other).replace("'", " ").split():
            other = chance.choice((_phonetic, _typo))(f" {one} ", chance).replace(" ", "")
        changed.append(other)
    return " ".join(changed)


def _sizes(groups: dict[str, Group], chance: random.Random) -> dict[str, int]:
    """How many needs each group shall have: as in life, a few of sixty and many of five to ten."""
    wished = {
        name: _SIZES[min(len(group.direct), len(_SIZES) - 1)] * chance.uniform(0.8, 1.2)
        for name, group in groups.items()
    }
    scale = NEEDS / sum(wished.values())
    sizes = {}
    for name, size in wished.items():
        direct, indirect = groups[name].direct, groups[name].indirect
        spare = max(2, round(len(direct) * literal_share(direct)[1] / _MOST_LITERAL) - len(direct) + 1)
        sizes[name] = max(round(size * scale), len(direct) + len(indirect) + spare)
    names = sorted(sizes, key=lambda name: -sizes[name])
    for place in range(abs(NEEDS - sum(sizes.values()))):
        sizes[names[place % 60]] += 1 if sum(sizes.values()) < NEEDS else -1
    return sizes


def derive() -> list[dict[str, str]]:
    """All handwritten wordings, and changed ones until there are enough."""
    chance = random.Random(_SEED)  # noqa: S311 (nothing secret)
    groups = handwritten()
    sizes = _sizes(groups, chance)
    known: set[str] = set()
    needs: list[dict[str, str]] = []
    for name, group in groups.items():
        own = [
            {"q": text, "group": name, "made": "main", "told": told}
            for told in ("direct", "indirect")
            for text in getattr(group, told)
        ]
        known.update(need["q"] for need in own)
        handmade = list(own)
        while len(own) < sizes[name] or literal_share([need["q"] for need in own])[1] > _MOST_OF_ANY:
            told = "indirect" if group.indirect and chance.random() < _STORIES else "direct"
            source = chance.choice([need for need in handmade if need["told"] == told])
            kinds = chance.sample(list(CHANGES), 2 if chance.random() < 0.5 else 1)
            text = source["q"]
            for kind in kinds:
                text = CHANGES[kind](text, chance)
            word, share = literal_share([need["q"] for need in own])
            if share > _MOST_LITERAL:
                text, kinds = _misspelt(text, word, chance), [*kinds, "mot-clef"]
            if text and text not in known:
                known.add(text)
                own.append({"q": text, "group": name, "made": "+".join(kinds), "told": source["told"]})
        needs.extend(own)
    chance.shuffle(needs)
    large = {name for name, size in sizes.items() if size >= _LARGE}
    spare = [need for need in needs if need["group"] in large and need["made"] != "main"]
    left_out = {need["q"] for need in spare[: len(needs) - NEEDS]}
    return [need for need in needs if need["q"] not in left_out]


if __name__ == "__main__":
    LABELLED.write_text("".join(json.dumps(need, ensure_ascii=False) + "\n" for need in derive()), encoding="utf-8")
