"""The bot in a process of its own, as in production: nothing of it is lost when it is killed and started again."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.sandbox import Sandbox

_BOT = """
import os
from telegram.ext import Application, MessageHandler, filters

async def echo(update, context):
    await update.message.reply_text(f"Reçu : {update.message.text}")

builder = Application.builder().token(os.environ["TOKEN"]).base_url(os.environ["BOT_API_URL"])
application = builder.base_file_url(os.environ["BOT_API_FILE_URL"]).build()
application.add_handler(MessageHandler(filters.TEXT, echo))
application.run_polling(timeout=10)
"""


@asynccontextmanager
async def _bot_process(sandbox: Sandbox) -> AsyncIterator[asyncio.subprocess.Process]:
    env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    env |= {
        "TOKEN": sandbox.token,
        "BOT_API_URL": sandbox.base_url,
        "BOT_API_FILE_URL": sandbox.base_file_url,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _BOT, env=env, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.mark.slow
async def test_another_process_talks_and_comes_back_after_a_kill() -> None:
    async with Sandbox() as sandbox:
        marie = sandbox.person("Marie")
        async with _bot_process(sandbox) as first:
            await marie.writes("un")
            assert (await marie.reply(within=20)).text == "Reçu : un"
            await sandbox.wait_until_taken()
            first.kill()
            await first.wait()
        await marie.writes("deux")
        async with _bot_process(sandbox) as second:
            assert (await marie.reply(within=20)).text == "Reçu : deux"
            second.terminate()
            assert await asyncio.wait_for(second.wait(), 10) == 0
        assert marie.screen.count("Reçu") == 2
