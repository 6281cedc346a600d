"""What the bot sets about itself: commands by scope and language, descriptions, the menu button."""

from dataclasses import dataclass

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.registry import Methods
from bot.sandbox.parameters import Parameters
from bot.sandbox.profile import DEFAULT_SCOPE, Scope, checked_commands, checked_language
from bot.sandbox.wire import Json
from bot.sandbox.world import World

_WIDE_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
_CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}
_MENU_BUTTONS = {"default", "commands", "web_app"}


def set_my_commands(world: World, p: Parameters) -> bool:
    """The menu of one scope and language."""
    commands = checked_commands(p.array("commands", "can't parse commands JSON object"))
    key = (_scope(world, p), checked_language(p.text("language_code")))
    if commands:
        world.profile.commands[key] = commands
    else:
        world.profile.commands.pop(key, None)
    world.news.publish("commands")
    return True


def get_my_commands(world: World, p: Parameters) -> list[Json]:
    """The menu of exactly this scope and language."""
    return world.profile.commands.get((_scope(world, p), checked_language(p.text("language_code"))), [])


def delete_my_commands(world: World, p: Parameters) -> bool:
    """Falls back to the wider scope."""
    world.profile.commands.pop((_scope(world, p), checked_language(p.text("language_code"))), None)
    world.news.publish("commands")
    return True


@dataclass(frozen=True, slots=True)
class TextSetter:
    """setMyName and its like."""

    kind: str

    def __call__(self, world: World, p: Parameters) -> bool:
        """Sets the text of a language."""
        world.profile.set_text(self.kind, p.text("language_code"), p.text(self.kind))
        world.news.publish("commands")
        return True


@dataclass(frozen=True, slots=True)
class TextGetter:
    """getMyName and its like."""

    kind: str

    def __call__(self, world: World, p: Parameters) -> Json:
        """The text of a language."""
        return {self.kind: world.profile.text(self.kind, checked_language(p.text("language_code")))}


def set_chat_menu_button(world: World, p: Parameters) -> bool:
    """The button beside the field, for one person or for all."""
    button = p.mapping("menu_button", "can't parse menu button") or {"type": "default"}
    if button.get("type") not in _MENU_BUTTONS:
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    if "chat_id" in p.values:
        world.rooms.named(p.text("chat_id")).menu_button = button
    else:
        world.profile.menu_button = button
    return True


def get_chat_menu_button(world: World, p: Parameters) -> Json:
    """The button beside the field."""
    if "chat_id" in p.values:
        return world.rooms.named(p.text("chat_id")).menu_button
    return world.profile.menu_button


def _scope(world: World, p: Parameters) -> Scope:
    given = p.mapping("scope", "can't parse BotCommandScope") or {"type": "default"}
    kind = given.get("type")
    if kind in _WIDE_SCOPES:
        return DEFAULT_SCOPE if kind == "default" else (str(kind), 0, 0)
    if kind not in _CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    room = world.rooms.named(str(given.get("chat_id", "")))
    return str(kind), room.id, int(given.get("user_id", 0)) if kind == "chat_member" else 0


METHODS: Methods = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": TextSetter("name"),
    "getMyName": TextGetter("name"),
    "setMyDescription": TextSetter("description"),
    "getMyDescription": TextGetter("description"),
    "setMyShortDescription": TextSetter("short_description"),
    "getMyShortDescription": TextGetter("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
