"""Postal addresses: a number before a kind of street, or a street after words that say "where I live".

A street without a number is a public place (the library's, the roadworks') and stays, unless someone
lives there.
"""

import re

from bot.domain.privacy.draft import Draft
from bot.domain.privacy.kind import Kind
from bot.domain.privacy.lexicon import LEXICON
from bot.domain.privacy.number_words import NUMBER_WORD

_FIRM = (
    r"rue|ru|r\.|avenue|avenu|avnue|av\.?|ave|boulevard|boulvard|bould?|bd|bld|blvd|allees?|alee|impasse"
    r"|imp\.?|inpasse|chemin|chemain|chem\.?"
    r"|route|rte|quai|square|faubourg|fbg|esplanade|ruelle|venelle|traverse|hameau|lotissement|lotiss"
    r"|sentier|montee|rond[ -]point"
    r"|lieu[ -]dit|residence|chaussee|promenade|parvis|place|pl\."
)
_LOOSE = r"cours|cour|cite|cites|villa|clos|passage|voie|cote|lot|mail|tour|domaine|res\.?|ch\.?|r"
_HOUSE = rf"(?:\d{{1,4}}(?!\d)|(?:{NUMBER_WORD}[ -]){{0,3}}{NUMBER_WORD}(?![a-z]))"
_NUMBERED = re.compile(
    rf"(?<![0-9a-z])(?<!\d[,./ ])(?!une? |et ){_HOUSE}(?: ?(?:bis|ter|quater"
    rf"|[a-d])(?![a-z']))? ?,? ?(?:de la |la )?"
    rf"(?:(?P<firm>{_FIRM})|(?P<loose>{_LOOSE}))(?![a-z]) ?"
)
_HOME = re.compile(
    r"(?:habit(?:e|es|ons|ait|ais|ant|er)?|abit(?:e|es|on|ons)|domicili\w{1,3}|je loge|je vis|jvis"
    r"|\bad?res+e?(?: postale)?(?: (?:c'?est|c|ce|est|es|se))?)(?: ?:)? (?:(?:au|a|dans|sur|en|o) (?:la |l')?)?"
    r"(?P<street>(?:la )?(?:rue|ru|avenue|avenu|boulevard|bd|allees?|impasse|chemin|route|quai|residence|lotissement"
    r"|hameau|lieu[ -]dit)(?![a-z])) "
)
_STREET = re.compile(rf"(?<![a-z0-9])(?:{_FIRM})(?![a-z]) ?")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d{1,4}(?!\d)")
_GAP = re.compile(r"[ ']|- ?")
_PARTICLES = frozenset((
    "de", "du", "des", "d", "la", "le", "les", "l", "aux", "au", "saint", "sainte", "st", "ste",
    "general", "marechal", "president", "docteur", "colonel", "abbe", "professeur", "commandant",
))  # fmt: skip
_LINKS = frozenset((
    "de", "du", "des", "d", "aux", "saint", "sainte",
))  # fmt: skip
_MORE = re.compile(
    r"(?:[ ,.\n-]{1,3}(?:(?:bat(?:iment)?\.?|appt?\.?|appartement|apt\.?|apart|porte|escalier|esc\.?"
    r"|entree|hall|etage|bp|cs|lot|no?°?) ?(?:[a-h](?![a-z])|\d{1,4}[a-d]?(?![a-z0-9]))"
    r"|\d{1,2}(?:er|e|eme) etage|rez[ -]de[ -]chaussee|rdc\b))"
)
_TOWN = re.compile(
    r",?[ \n]{1,2}(?:a |- ?)?(?:\d{5}|\d\d ?\d{3})(?!\d)(?:[ ,]{1,2}(?:(?:saint|sainte|st|ste|la|le|les"
    r"|notre dame de|chateau|val de) )?[^\W\d_]+(?:[-'][^\W\d_]+)*"
    r"(?: (?:sur|sous) (?:l')?[^\W\d_]+)?)?"
)
_BEFORE_TOWN = re.compile(r"(?:[ '-][^\W\d_]+){1,3}(?=,? (?:a )?\d\d ?\d{3}(?!\d))")
_LONGEST_NAME = 4
"""Words in a street's name, particles aside."""


def claim_addresses(draft: Draft) -> None:
    """Claim numbered streets, streets where someone says they live, streets followed by a flat."""
    for match in _NUMBERED.finditer(draft.low):
        end = _street_end(draft, match.end(), needs_capital=match["loose"] is not None)
        if end:
            draft.claim(match.start(), _with_details(draft.low, end), Kind.ADDRESS)
    for match in _HOME.finditer(draft.low):
        end = _street_end(draft, match.end(), needs_capital=False)
        if end:
            draft.claim(match.start("street"), _with_details(draft.low, end), Kind.ADDRESS)
    for match in _STREET.finditer(draft.low):
        end = _street_end(draft, match.end(), needs_capital=False)
        if end and _MORE.match(draft.low, end):
            draft.claim(match.start(), _with_details(draft.low, end), Kind.ADDRESS)


def _street_end(draft: Draft, start: int, *, needs_capital: bool) -> int:
    """Where the name of a street ends, 0 when none stands here.

    The first word always belongs; a later one when it has a capital, follows a particle or a given name.
    """
    position, end, words, after_particle, after_given_name, capital = start, 0, 0, False, False, False
    while words < _LONGEST_NAME and (word := _WORD.match(draft.low, position)):
        token = word[0]
        written = draft.plain[word.start()]
        if token in (_PARTICLES if words == 0 or capital else _LINKS):
            after_particle = True
        elif token.isdigit():
            if not words and not after_particle:
                break
            if (
                words
                and not re.match(r" ?(?:mai|nov|juin|juil|aout|19)", draft.low[word.end() : word.end() + 6])
                and len(token) != 4
            ):
                break
            words, end = words + 1, word.end()
        else:
            belongs = written.isupper() or after_particle or (after_given_name and not LEXICON.is_ordinary(token))
            if (token in LEXICON.function_words and token not in _STREET_WORDS) or (words and not belongs):
                break
            capital = capital or written.isupper()
            words, end, after_particle = words + 1, word.end(), False
            after_given_name = LEXICON.may_be_given_name(token)
        gap = _GAP.match(draft.low, word.end())
        if gap is None:
            break
        position = gap.end()
    return end if words and (capital or not needs_capital) else 0


_STREET_WORDS = frozenset((
    "mars", "mai", "juin", "juillet", "aout", "septembre", "novembre", "president", "maitre",
    "professeur", "docteur", "neuf",
))  # fmt: skip
"""Words of grammar or office that name streets all the same."""


def _with_details(low: str, end: int) -> int:
    """The end with building, flat, postcode and town."""
    while detail := _MORE.match(low, end):
        end = detail.end()
    if rest := _BEFORE_TOWN.match(low, end):
        end = rest.end()
    if town := _TOWN.match(low, end):
        end = town.end()
        while detail := _MORE.match(low, end):
            end = detail.end()
    return end
