"""Telegram's HTML: the few tags it knows, the entities they become, and its complaints about the rest.

Offsets in the result count UTF-16 units, offsets in the complaints count UTF-8 bytes: both as Telegram does.
"""

import re
from dataclasses import dataclass, field

from bot.sandbox.html_tags import TAGS, attribute_argument, same_place, set_link, settled
from bot.sandbox.wire import Json

_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([a-zA-Z]*));?")
_PLAIN = re.compile(r"[^<&]+")
_SPACES = re.compile(r"[ \t\r\n\v\0]*")
_TAG_NAME = re.compile(r"[^ \t\r\n\v\0>]*")
_ATTRIBUTE_NAME = re.compile(r"[^ \t\r\n\v\0=>/\"']*")
_NAME_TOKEN = re.compile(r"[a-zA-Z0-9.-]*")
_LONGEST_REFERENCE = 10  # "&#1234567;" and longer stay as typed
_LAST_CODE_POINT = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


class MarkupError(ValueError):
    """What Telegram says after "can't parse entities: "."""


def utf16_length(text: str) -> int:
    """Length in UTF-16 units, the unit of every limit and offset of Telegram."""
    if text.isascii() or max(text) <= "\uffff":
        return len(text)
    return len(text) + sum(c > "\uffff" for c in text)


def parse_html(markup: str) -> tuple[str, list[Json]]:
    """Plain text and sorted entities of HTML markup; raises MarkupError."""
    return _Parser(markup).parse()


@dataclass(slots=True)
class _OpenTag:
    name: str
    argument: str
    offset: int
    piece: int


@dataclass(slots=True)
class _Parser:
    markup: str
    position: int = 0
    length: int = 0
    pieces: list[str] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)
    open_tags: list[_OpenTag] = field(default_factory=list)

    def parse(self) -> tuple[str, list[Json]]:
        size = len(self.markup)
        while self.position < size:
            plain = _PLAIN.match(self.markup, self.position)
            if plain:
                self._write(plain.group())
                self.position = plain.end()
            elif self.markup[self.position] == "&":
                character, self.position = _read_reference(self.markup, self.position)
                self._write(character)
            elif self.markup.startswith("</", self.position):
                self._end_tag()
            else:
                self._start_tag()
        if self.open_tags:
            name = self.open_tags[-1].name
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{name}"')
        return self._text(), settled(self.entities)

    def _text(self) -> str:
        text = "".join(self.pieces)
        if text.isascii() or not any("\ud800" <= c <= "\udfff" for c in text):
            return text
        try:
            return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            raise MarkupError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ) from None

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += utf16_length(text)

    def _byte(self, position: int) -> int:
        return len(self.markup[:position].encode("utf-8", "surrogatepass"))

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.markup, self.position)
        if match is None:
            return ""
        self.position = match.end()
        return match.group()

    def _next(self) -> str:
        return self.markup[self.position : self.position + 1]

    def _start_tag(self) -> None:
        begin = self.position
        self.position += 1
        name = self._take(_TAG_NAME).lower()
        if not self._next():
            raise MarkupError(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if name not in TAGS:
            raise MarkupError(f'Unsupported start tag "{name}" at byte offset {self._byte(begin)}')
        argument = ""
        while True:
            self._take(_SPACES)
            if self._next() == ">":
                break
            attribute, value = self._attribute(name, begin)
            argument = attribute_argument(name, attribute, value, argument)
        self.position += 1
        if name == "span" and argument != "spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self.open_tags.append(_OpenTag(name, argument, self.length, len(self.pieces)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str | None]:
        name = self._take(_ATTRIBUTE_NAME)
        if not name:
            raise MarkupError(f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}')
        self._take(_SPACES)
        if self._next() and self._next() != "=":
            return name, None
        self.position += 1
        self._take(_SPACES)
        if not self._next():
            raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        value = self._quoted() if self._next() in "'\"" else self._name_token()
        if not self._next():
            raise MarkupError(f"Unclosed start tag at byte offset {self._byte(begin)}")
        return name, value

    def _name_token(self) -> str:
        begin = self.position
        token = self._take(_NAME_TOKEN).lower()
        if self._next() and self._next() not in " \t\r\n\v\0>":
            raise MarkupError(f"Unexpected end of name token at byte offset {self._byte(begin)}")
        return token

    def _quoted(self) -> str:
        quote = self._next()
        self.position += 1
        value: list[str] = []
        while (character := self._next()) and character != quote:
            if character == "&":
                character, self.position = _read_reference(self.markup, self.position)
            else:
                self.position += 1
            value.append(character)
        self.position += 1
        return "".join(value)

    def _end_tag(self) -> None:
        begin = self.position
        if not self.open_tags:
            raise MarkupError(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self.position += 2
        name = self._take(_TAG_NAME).lower()
        self._take(_SPACES)
        if self._next() != ">":
            raise MarkupError(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.position += 1
        tag = self.open_tags.pop()
        if name not in {"", tag.name}:
            raise MarkupError(
                f'Unmatched end tag at byte offset {self._byte(begin)}, expected "</{tag.name}>", found "</{name}>"'
            )
        if self.length > tag.offset:
            self._close(tag)

    def _close(self, tag: _OpenTag) -> None:
        entity: Json = {"type": TAGS[tag.name], "offset": tag.offset, "length": self.length - tag.offset}
        match tag.name:
            case "a":
                if not set_link(entity, tag.argument or "".join(self.pieces[tag.piece :])):
                    return
            case "tg-emoji":
                if not tag.argument.isdecimal() or int(tag.argument) == 0:
                    raise MarkupError("Invalid custom emoji identifier specified")
                entity["custom_emoji_id"] = tag.argument
            case "pre" | "code":
                twin = self.entities[-1] if self.entities else {}
                if same_place(twin, entity) and {twin["type"], entity["type"]} == {"pre", "code"}:
                    language = tag.argument or twin.get("language", "")
                    if language:
                        twin.update(type="pre", language=language)
                        return
                if tag.argument:
                    entity["language"] = tag.argument
            case "blockquote" if tag.argument:
                entity["type"] = "expandable_blockquote"
        self.entities.append(entity)


def _read_reference(markup: str, position: int) -> tuple[str, int]:
    match = _CHARACTER.match(markup, position)
    if match is None:
        return "&", position + 1
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        if name in _NAMED:
            return _NAMED[name], match.end()
        return "&", position + 1
    code = int(hexadecimal or "0", 16) if hexadecimal is not None else int(decimal or "0")
    digits_end = match.end() - match.group().endswith(";")
    if not 0 < code < _LAST_CODE_POINT or digits_end - position >= _LONGEST_REFERENCE:
        return "&", position + 1
    return chr(code), match.end()
