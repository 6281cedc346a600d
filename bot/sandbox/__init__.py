"""A small Telegram on this machine: the trial without a token, and the ground of the end-to-end tests."""

from bot.sandbox.bubbles import Bubble
from bot.sandbox.chats import Chat
from bot.sandbox.errors import AddressError, SandboxError, ScreenError, SilenceError
from bot.sandbox.people import Person
from bot.sandbox.searches import Search
from bot.sandbox.server import Sandbox

__all__ = [
    "AddressError",
    "Bubble",
    "Chat",
    "Person",
    "Sandbox",
    "SandboxError",
    "ScreenError",
    "Search",
    "SilenceError",
]
