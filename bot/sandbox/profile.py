"""What the bot says of itself: names, descriptions, commands, each by language and scope."""

import re
from dataclasses import dataclass, field

from bot.sandbox.errors import bad_request
from bot.sandbox.wire import Json

MOST_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_LIMITS = {"name": 64, "description": 512, "short_description": 120}
Scope = tuple[str, int, int]
DEFAULT_SCOPE: Scope = ("default", 0, 0)


@dataclass(slots=True)
class Profile:
    """The bot as Telegram shows it."""

    user: Json
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    commands: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)
    menu_button: Json = field(default_factory=lambda: {"type": "commands"})

    def set_text(self, kind: str, language: str, text: str) -> None:
        """Sets a name or description; an empty one falls back to the one without language."""
        if len(text) > _LIMITS[kind]:
            raise bad_request(f"{kind.replace('_', ' ')} is too long")
        key = (kind, checked_language(language))
        if text:
            self.texts[key] = text
        else:
            self.texts.pop(key, None)

    def text(self, kind: str, language: str) -> str:
        """A name or description in a language, else the one without language."""
        default = self.user["first_name"] if kind == "name" else ""
        return self.texts.get((kind, language)) or self.texts.get((kind, "")) or default

    def commands_for(self, room_id: int, user_id: int, language: str) -> list[Json]:
        """The menu that a person sees: the narrowest scope wins, and in it their language."""
        private = room_id > 0
        scopes: list[Scope] = [] if private else [("chat_member", room_id, user_id)]
        scopes.append(("chat", room_id, 0))
        scopes.append(("all_private_chats" if private else "all_group_chats", 0, 0))
        scopes.append(DEFAULT_SCOPE)
        for scope in scopes:
            for key in (language, ""):
                if (scope, key) in self.commands:
                    return self.commands[scope, key]
        return []


def checked_language(language: str) -> str:
    """A two-letter language, or none; raises ApiError."""
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def checked_commands(commands: list[object] | None) -> list[Json]:
    """Commands as Telegram accepts them; raises ApiError."""
    kept: list[Json] = []
    for command in commands or []:
        if not isinstance(command, dict):
            raise bad_request("can't parse BotCommand: expected an Object")
        name = str(command.get("command", "")).removeprefix("/")
        description = str(command.get("description", "")).strip()
        if not _COMMAND.fullmatch(name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        kept.append({"command": name, "description": description})
    if len(kept) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return kept
