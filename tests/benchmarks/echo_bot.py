"""The smallest bot of python-telegram-bot: it says back what it is told. What it costs is not ours.

python -m tests.benchmarks.echo_bot (with BOT_TOKEN and BOT_API_URL)
"""

from __future__ import annotations

import os

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.effective_message is not None:
        await update.effective_message.reply_text(update.effective_message.text or "…", do_quote=True)


async def press(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.callback_query is not None and update.effective_chat is not None:
        await update.callback_query.answer()
        await update.effective_chat.send_message("…")


def main() -> None:
    application = (
        Application.builder()
        .token(os.environ["BOT_TOKEN"])
        .base_url(os.environ["BOT_API_URL"])
        .connection_pool_size(64)
        .concurrent_updates(64)
        .build()
    )
    application.add_handler(MessageHandler(filters.ALL, echo))
    application.add_handler(CallbackQueryHandler(press))
    application.run_polling(timeout=25)


if __name__ == "__main__":
    main()
