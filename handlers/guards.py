"""Who may use a command or a button: asked on our side, each time, where the action happens."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Update

from bot.context import Context
from handlers.other_messages import unknown_command

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


def staff_only(handler: Handler) -> Handler:
    """A command of staff; anyone else gets exactly what an unknown command gets."""

    @wraps(handler)
    async def guarded(update: Update, context: Context) -> None:
        user = update.effective_user
        if user is None or not context.services.roles.is_staff(user.id):
            await unknown_command(update, context)
            return
        await handler(update, context)

    return guarded


def mediator_only(handler: Handler) -> Handler:
    """A command of mediators, and of staff, who may do what mediators do."""

    @wraps(handler)
    async def guarded(update: Update, context: Context) -> None:
        user = update.effective_user
        if user is None or not context.services.roles.is_mediator(user.id):
            await unknown_command(update, context)
            return
        await handler(update, context)

    return guarded
