"""Derives `tests/data/need-groups.jsonl` from the handwritten wordings by what people really do to a sentence.

Every change is deterministic: the same handwritten file always gives the same 5,000 needs. Run it again after a change:
`python -m tests.support.need_variants`.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
HANDWRITTEN = DATA / "need-groups-handwritten.txt"
LABELLED = DATA / "need-groups.jsonl"
NEEDS = 5_000
_SEED = 24_000

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


CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "sms": _sms,
    "phonetique": _phonetic,
    "sans-accents": _without_accents,
    "frappe": _typo,
    "poli": _framed(_POLITE),
    "dicte": _framed(_DICTATED),
    "situation": _framed(_SITUATIONS),
}


def handwritten(path: Path = HANDWRITTEN) -> dict[str, list[str]]:
    """The wordings of each group."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    pairs = [line.split(": ", 1) for line in lines]
    return {name: [wording.strip() for wording in rest.split(" | ")] for name, rest in pairs}


def labelled(path: Path = LABELLED) -> list[dict[str, str]]:
    """The committed needs: `q`, `group`, and how it was `made` ("main" for by hand)."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def derive() -> list[dict[str, str]]:
    """All handwritten wordings, and changed ones until there are enough; groups of very different sizes."""
    chance = random.Random(_SEED)  # noqa: S311 (nothing secret)
    groups = handwritten()
    needs = [{"q": wording, "group": name, "made": "main"} for name, wordings in groups.items() for wording in wordings]
    known = {need["q"] for need in needs}
    names = list(groups)
    shares = [chance.paretovariate(1.3) for _ in names]
    while len(needs) < NEEDS:
        [name] = chance.choices(names, shares)
        kinds = chance.sample(list(CHANGES), 2 if chance.random() < 0.5 else 1)
        text = chance.choice(groups[name])
        for kind in kinds:
            text = CHANGES[kind](text, chance)
        if text and text not in known:
            known.add(text)
            needs.append({"q": text, "group": name, "made": "+".join(kinds)})
    chance.shuffle(needs)
    return needs


if __name__ == "__main__":
    LABELLED.write_text("".join(json.dumps(need, ensure_ascii=False) + "\n" for need in derive()), encoding="utf-8")
