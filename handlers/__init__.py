"""The conversations. `register` is the one ordered list: the first handler that fits answers, fallbacks last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from telegram.ext import Application


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Add every handler, in the order in which they are tried."""
    # Imported here so that `handlers.render` can be used without telegram (the `ask` command does).
    from handlers import (  # noqa: PLC0415
        buttons,
        checklist,
        desk,
        errors,
        feedback,
        follow_ups,
        handouts,
        inline,
        menu_commands,
        my_data,
        other_messages,
        places,
        question,
        relays,
        sessions,
        settings,
        start,
        state,
        steps,
        team,
        to_check,
        tongues,
        voice,
    )
    from handlers.bilan import commands as bilan  # noqa: PLC0415

    start.register(application)
    menu_commands.register(application)
    my_data.register(application)
    follow_ups.register(application)
    desk.register(application)
    team.register(application)
    to_check.register(application)
    state.register(application)
    bilan.register(application)
    places.register(application)
    sessions.register(application)
    relays.register(application)
    feedback.register(application)
    checklist.register(application)
    handouts.register(application)
    steps.register(application)
    settings.register(application)
    voice.register(application)
    tongues.register(application)
    buttons.register(application)
    inline.register(application)
    question.register(application)
    other_messages.register(application)
    errors.register(application)
