"""The mediator's session: /seance, /besoin, /fin, its buttons, and what an answer adds while it is open."""

from __future__ import annotations

from telegram.ext import Application

from handlers.sessions import buttons, commands


def register(application: Application) -> None:  # type: ignore[type-arg]
    commands.register(application)
    buttons.register(application)
