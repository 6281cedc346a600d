"""Names of people: after the words that announce them, then full names with capitals anywhere."""

import re
from collections.abc import Iterator

from bot.domain.privacy.draft import Draft
from bot.domain.privacy.introducers import CAPITAL_TITLE, INTRODUCERS, PLACE_BEFORE, POLITE_BEFORE, Trust
from bot.domain.privacy.kind import Kind
from bot.domain.privacy.lexicon import LEXICON
from bot.domain.privacy.words import Word, Words

_PARTICLES = frozenset((
    "de", "da", "do", "dos", "das", "du", "des", "del", "di", "la", "le", "el", "al", "ben", "bin",
    "bint", "ait", "ould", "abd", "van", "von", "der", "mac", "bou",
))  # fmt: skip
_LOW_PARTICLES = frozenset((
    "el", "al", "ben", "bin", "ait", "ould", "abd", "bou", "da", "dos",
))  # fmt: skip
_SHORTEST_SURNAME = 4
"""Letters below which an unknown word in lower case is rather a spelling of an ordinary one."""
_LONGEST = 5
"""Words in a name, particles included."""
_LISTED = re.compile(r" ?(?:,|&|\bet\b|\be\b) ?(?:et )?")
_WIDEST_GAP = 3
_PLACE_WINDOW = 40


def claim_names(draft: Draft) -> None:
    """Claim announced names, then given names that stand alone with a capital."""
    words = Words(draft.plain)
    for position, trust in _announcements(draft):
        number = words.number_at(position)
        if number is not None and _starts_name(draft, words, number, position, trust):
            _claim_listed(draft, words, number, trust)
    for number, word in enumerate(words.all):
        if _stands_alone(words, number) and not PLACE_BEFORE.search(draft.before(word.start, _PLACE_WINDOW)):
            first, end = (
                words.all[_with_surname_before(words, number)],
                _name_end(words, number, Trust.CAPITAL),
            )
            if not LEXICON.is_never_name(draft.low[word.start : end].replace(" ", "-")):
                draft.claim(first.start, end, Kind.NAME)


def _stands_alone(words: Words, number: int) -> bool:
    """Whether a word is someone without any introducer: a sure given name, or a less sure one before a surname."""
    word = words.all[number]
    if not word.capital or word.acronym:
        return False
    if word.low not in LEXICON.ambiguous_names or LEXICON.is_never_name(word.low) or number + 1 == len(words.all):
        return word.given
    following = words.all[number + 1]
    surname = following.likely_surname and not following.acronym and not LEXICON.is_ordinary(following.low)
    return surname and words.near(word, following)


def _announcements(draft: Draft) -> Iterator[tuple[int, Trust]]:
    """Where a name may start, surest first."""
    for match in CAPITAL_TITLE.finditer(draft.plain):
        yield match.end(), Trust.TITLE
    for pattern, trust in INTRODUCERS:
        for match in pattern.finditer(draft.low):
            yield match.end(), trust


def _starts_name(draft: Draft, words: Words, number: int, position: int, trust: Trust) -> bool:
    """Whether the word after an introducer is a name, as far as the introducer is trusted."""
    word = words.all[number]
    gap = draft.low[position : word.start]
    if len(gap) > _WIDEST_GAP or (word.initial and trust is not Trust.TITLE):
        return False
    if trust is Trust.KNOWN:
        return word.given and not gap.strip(" .")
    if word.given or (trust is not Trust.CAPITAL and _particle_leads(words, number)):
        return True
    ambiguous = word.low in LEXICON.ambiguous_names
    if LEXICON.is_never_name(word.low):
        return ambiguous and word.capital and trust is Trust.FULL
    if ambiguous and (word.capital or trust is Trust.FULL):
        return True
    if trust is Trust.FULL:
        return word.capital or word.unknown
    if trust is Trust.TITLE:
        return "," not in gap and (word.likely_surname or (word.unknown and _reads_as_title(draft, word)))
    return word.capital and not LEXICON.is_ordinary(word.low) and not word.acronym


def _particle_leads(words: Words, number: int) -> bool:
    """Whether "Le Goff" or "Ben Ali" starts here: a particle with its capital before a capital."""
    word = words.all[number]
    following = words.all[number + 1] if number + 1 < len(words.all) else None
    return bool(
        following
        and word.capital
        and word.low in _PARTICLES
        and words.near(word, following)
        and following.likely_surname
    )


def _reads_as_title(draft: Draft, word: Word) -> bool:
    """Whether "madame" before a word in lower case is a title and not an address to the reader."""
    title = re.search(r"([a-z]+)\.? ?$", draft.before(word.start, 16))
    if title is None or title[1] in ("mr", "mme", "mlle", "dr", "m"):
        return True
    if len(word.low) < _SHORTEST_SURNAME or word.low.startswith("j"):
        return False
    return title[1].startswith("doct") or not POLITE_BEFORE.search(draft.before(word.start - len(title[0]), 24))


def _claim_listed(draft: Draft, words: Words, number: int, trust: Trust) -> None:
    """Claim a name, and those joined to it by a comma or "et"."""
    while True:
        end = _name_end(words, number, trust)
        draft.claim(words.all[number].start, end, Kind.NAME)
        joint = _LISTED.match(draft.low, end)
        following = words.number_at(joint.end()) if joint else None
        if following is None:
            return
        word = words.all[following]
        surname = word.likely_surname and not LEXICON.is_ordinary(word.low) and not word.acronym
        if not (word.given or (surname and trust is Trust.CAPITAL)):
            return
        number = following


def _name_end(words: Words, number: int, trust: Trust) -> int:
    """Where the name that starts with a word ends."""
    last = words.all[number]
    typed_low = trust is Trust.FULL or (trust is not Trust.TITLE and not last.capital)
    for position in range(number + 1, min(number + _LONGEST, len(words.all))):
        word = words.all[position]
        if not words.near(words.all[position - 1], word):
            break
        following = words.all[position + 1] if position + 1 < len(words.all) else None
        if word.low in _PARTICLES and following and words.near(word, following):
            if _belongs(following, typed_low) and (following.capital or word.low in _LOW_PARTICLES):
                continue
            break
        if not _belongs(word, typed_low):
            break
        last = word
    return last.end


def _belongs(word: Word, typed_low: bool) -> bool:
    """Whether a word goes on a name: a capital, a given name, or an unknown word where names lack capitals."""
    if word.initial or word.given:
        return True
    if word.capital:
        return (word.likely_surname and not word.acronym) or (word.shouted and word.unknown)
    return typed_low and word.unknown and len(word.low) >= _SHORTEST_SURNAME


def _with_surname_before(words: Words, number: int) -> int:
    """The number of the surname written before a given name, or of the given name itself."""
    if number:
        before = words.all[number - 1]
        if words.near(before, words.all[number]) and before.likely_surname and not LEXICON.is_ordinary(before.low):
            return number - 1
    return number
