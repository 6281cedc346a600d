"""Which tags Telegram knows, what their attributes mean, and how the entities they make live together."""

from bot.sandbox.links import LinkError, checked_link, mentioned_user
from bot.sandbox.wire import Json

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}


def attribute_argument(tag: str, attribute: str, value: str | None, before: str) -> str:
    """What a tag takes from one more attribute: an address, a language, a class; others change nothing."""
    match tag, attribute:
        case "blockquote", "expandable":
            return "1"
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return before if value is None else value
        case "code", "class" if value and value.startswith("language-"):
            return value.removeprefix("language-")
        case "span", "class" if value and value.startswith("tg-"):
            return value.removeprefix("tg-")
    return before


def set_link(entity: Json, url: str) -> bool:
    """Makes a link or a mention of the entity; false where the address is not one."""
    user = mentioned_user(url)
    if user is not None:
        entity.update(type="text_mention", user={"id": user, "is_bot": False, "first_name": ""})
        return True
    try:
        entity["url"] = checked_link(url)
    except LinkError:
        return False  # Telegram keeps the words and drops the link in silence
    return True


def same_place(first: Json, second: Json) -> bool:
    """Whether two entities cover the same characters."""
    return (first.get("offset"), first.get("length")) == (second["offset"], second["length"])


def settled(entities: list[Json]) -> list[Json]:
    """Sorted, without what Telegram does not nest: nothing lives inside code, quotes hold no quotes."""
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    entities.sort(key=lambda e: (e["offset"], -e["length"], e["type"] not in {"code", "pre"}))
    kept: list[Json] = []
    code_end = quote_end = 0
    for entity in entities:
        kind, end = entity["type"], entity["offset"] + entity["length"]
        quote = kind.endswith("blockquote")
        if entity["offset"] < code_end or (quote and entity["offset"] < quote_end):
            continue
        if kind in {"code", "pre"}:
            code_end = end
        if quote:
            quote_end = end
        kept.append(entity)
    return kept
