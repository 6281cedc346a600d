"""A text with its entities, from parameters to what is stored: parsed, trimmed, measured as Telegram does."""

import re
from dataclasses import dataclass

from bot.sandbox.detected_entities import detected
from bot.sandbox.errors import bad_request
from bot.sandbox.html_entities import MarkupError, parse_html, utf16_length
from bot.sandbox.wire import Json

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
_MOST_ENTITIES = 100  # Telegram drops the entities past this count, without a word
_TRIMMED = " \n\t\u00a0\u200b\u2028\u2029"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028-\u202e]")
_FIELDS = ("url", "user", "language", "custom_emoji_id")


@dataclass(frozen=True, slots=True)
class FormattedText:
    """Text and entities with UTF-16 offsets."""

    text: str
    entities: list[Json]

    @property
    def length(self) -> int:
        """What Telegram's limits count."""
        return utf16_length(self.text)


def formatted(text: str, parse_mode: str | None, given: list[Json] | None = None) -> FormattedText:
    """The text that Telegram would store; raises ApiError where it would refuse."""
    entities = [_copied(e) for e in given or []]
    match (parse_mode or "").lower():
        case "":
            pass
        case "html":
            try:
                text, entities = parse_html(text)
            except MarkupError as error:
                raise bad_request(f"can't parse entities: {error}") from None
        case "markdown" | "markdownv2":
            raise bad_request("can't parse entities: the trial server reads HTML only, not Markdown")
        case _:
            raise bad_request("unsupported parse_mode")
    if _CONTROL.search(text):
        text, entities = _without_controls(text, entities)
    text, entities = _trimmed(text, entities)
    return FormattedText(text, detected(text, entities)[:_MOST_ENTITIES])


def _copied(entity: Json) -> Json:
    copy = {key: entity[key] for key in ("type", "offset", "length")}
    return copy | {key: entity[key] for key in _FIELDS if key in entity}


def _without_controls(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    if "\r" in text:
        gone = [utf16_length(text[: m.start()]) for m in re.finditer("\r", text)]
        for entity in entities:
            begin, end = entity["offset"], entity["offset"] + entity["length"]
            before = sum(g < begin for g in gone)
            entity["offset"] = begin - before
            entity["length"] = end - sum(g < end for g in gone) - entity["offset"]
        text = text.replace("\r", "")
    return _CONTROL.sub(" ", text), [e for e in entities if e["length"] > 0]


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Space is cut from the end, and from the beginning up to the first entity."""
    cut = text.rstrip(_TRIMMED)
    lead = 0
    first_entity = min((e["offset"] for e in entities), default=len(cut))
    while lead < min(first_entity, len(cut)) and cut[lead] in " \n":
        lead += 1
    if lead == 0 and len(cut) == len(text):
        return text, entities
    cut = cut[lead:]
    length = utf16_length(cut)
    kept: list[Json] = []
    for entity in entities:
        offset = entity["offset"] - lead
        size = min(entity["length"], length - offset)
        if size > 0:
            kept.append(entity | {"offset": offset, "length": size})
    return cut, kept
