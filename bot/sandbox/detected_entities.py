"""What Telegram finds by itself in plain text: commands, links, addresses, mentions, hashtags, phone numbers.

python-telegram-bot recognises a command only by its entity, so a message typed here must carry it too.
"""

import re

from bot.sandbox.html_entities import utf16_length
from bot.sandbox.wire import Json

# The endings people here use: a bare "impots.gouv.fr" becomes a link, "fin.Bonjour" does not.
_ENDINGS = (
    "fr|com|org|net|eu|info|io|me|be|ch|ca|uk|de|es|it|pt|lu|app|dev|ai|co|tv|bzh|paris|corsica|alsace|social|coop|asso"
)
_PATH = r"(?:[/?#][^\s<>\"«»]*[^\s<>\"«».,;:!?)\]'’])?/?"
_HOST = r"(?:[\w-]+\.)+"
_DETECTORS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("url", re.compile(rf"(?<![\w@])(?:https?|ftp)://(?:[\w-]+\.)*[\w-]+(?::\d+)?{_PATH}", re.IGNORECASE)),
    ("email", re.compile(rf"(?<![\w.+-])[\w.+-]+@{_HOST}[a-z]{{2,24}}\b", re.IGNORECASE)),
    ("url", re.compile(rf"(?<![\w@./-]){_HOST}(?:{_ENDINGS})(?![\w-])(?::\d+)?{_PATH}", re.IGNORECASE)),
    ("bot_command", re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z]\w{2,31})?(?![\w/@])")),
    ("mention", re.compile(r"(?<![\w/@])@[a-zA-Z]\w{3,31}\b", re.ASCII)),
    ("hashtag", re.compile(r"(?<![\w#])#\d*[^\W\d]\w*")),
    ("phone_number", re.compile(r"(?<![\w+.,-])(?:\+\d[\d .()-]{6,16}\d|0[1-9](?:[ .-]?\d{2}){4})(?![\w-])")),
)
_WORTH_LOOKING = re.compile(r"[./@#+]|\d{2}")
_SHUT = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji"})


def detected(text: str, entities: list[Json]) -> list[Json]:
    """The given entities and those found beside them, in order."""
    if not _WORTH_LOOKING.search(text):
        return entities
    taken = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in _SHUT]
    found: list[Json] = []
    for kind, pattern in _DETECTORS:
        for match in pattern.finditer(text):
            begin = utf16_length(text[: match.start()])
            end = begin + utf16_length(match.group())
            if all(end <= first or begin >= last for first, last in taken):
                taken.append((begin, end))
                found.append({"type": kind, "offset": begin, "length": end - begin})
    if not found:
        return entities
    return sorted([*entities, *found], key=lambda e: (e["offset"], -e["length"]))
