"""What a reply looks like, before telegram knows of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.render.html import escape, join_blocks

BUTTON_CHARACTERS = 24  # more is cut by phones with large type


@dataclass(frozen=True, slots=True)
class Button:
    """A button that sends `data` back to us, or opens `url`."""

    label: str
    data: str | None = None
    url: str | None = None


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """One reply: HTML texts, each within Telegram's limit, and a keyboard under the last one."""

    parts: tuple[str, ...]
    keyboard: Keyboard = ()


def cut_label(label: str) -> str:
    """A label that fits on a button."""
    return label if len(label) <= BUTTON_CHARACTERS else label[: BUTTON_CHARACTERS - 1].rstrip(" -,'") + "…"


def rows_of(buttons: Sequence[Button], width: int) -> Keyboard:
    """Buttons in rows of `width`."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def opened(screen: Screen, opening: str | None) -> Screen:
    """The screen with a sentence above it, within Telegram's limit."""
    if not opening:
        return screen
    return Screen((*join_blocks([escape(opening), screen.parts[0]]), *screen.parts[1:]), screen.keyboard)
