"""HTML as Telegram takes it: escaped, and cut at its limits without cutting a tag or a character."""

from __future__ import annotations

import html
import re

MESSAGE_LIMIT = 4096  # UTF-16 units of the text after tags and entities are read (Bot API, sendMessage)
_TOKEN = re.compile(r"<(/?)([a-z-]+)([^>]*)>|&[#a-zA-Z0-9]+;|\s+|[^<&\s]+|[<&]")


def escape(text: str) -> str:
    """Text as it must stand in HTML."""
    return html.escape(text, quote=False)


def bold(text: str) -> str:
    return f"<b>{escape(text)}</b>"


def visible_length(markup: str) -> int:
    """The length that Telegram counts."""
    return _units(html.unescape(re.sub(r"<[^>]*>", "", markup)))


def to_plain(markup: str) -> str:
    """The text without its tags, for the terminal."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def join_blocks(blocks: list[str], limit: int = MESSAGE_LIMIT) -> tuple[str, ...]:
    """Blocks set apart by empty lines, in as few messages as fit; a block longer than a message is cut."""
    parts: list[str] = []
    for block in filter(None, blocks):
        for piece in cut(block, limit):
            if parts and visible_length(parts[-1]) + 2 + visible_length(piece) <= limit:
                parts[-1] = f"{parts[-1]}\n\n{piece}"
            else:
                parts.append(piece)
    return tuple(parts)


def cut(markup: str, limit: int = MESSAGE_LIMIT) -> list[str]:
    """One or more pieces within the limit, each with its tags closed, cut between words where there are any."""
    if visible_length(markup) <= limit:
        return [markup]
    pieces: list[str] = []
    open_tags: list[tuple[str, str]] = []
    current, length = "", 0
    for found in _TOKEN.finditer(markup):
        token = found.group()
        if found.group(2):
            current += token
            if found.group(1):
                if open_tags:
                    open_tags.pop()
            else:
                open_tags.append((found.group(2), token))
            continue
        size = _units(html.unescape(token))
        if length + size > limit:
            for chunk in [token] if size <= limit else _chunks(token, limit):
                pieces.append(current + "".join(f"</{name}>" for name, _ in reversed(open_tags)))
                current = "".join(tag for _, tag in open_tags) + chunk.lstrip()
                length = _units(html.unescape(chunk.lstrip()))
        else:
            current += token
            length += size
    pieces.append(current)
    return [piece.strip() for piece in pieces if visible_length(piece).bit_length() and to_plain(piece).strip()]


def _chunks(word: str, limit: int) -> list[str]:
    """One endless word in pieces of at most `limit` units, never through a character."""
    chunks, current, length = [], "", 0
    for character in word:
        size = _units(character)
        if length + size > limit:
            chunks.append(current)
            current, length = "", 0
        current += character
        length += size
    return [*chunks, current]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
