"""An unchanged Application talks with people of the sandbox: the whole way there and back."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, TypeAlias

import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Update,
)
from telegram.error import Conflict
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.sandbox import Sandbox, ScreenError, SilenceError
from tests.support.sandbox_bot import bot_of, direct_request, polling

Context = ContextTypes.DEFAULT_TYPE
App: TypeAlias = Application[Any, Any, Any, Any, Any, Any]


async def _start(update: Update, context: Context) -> None:
    assert update.message is not None
    keys = [
        [
            InlineKeyboardButton("Cela m'aide", callback_data="aide"),
            InlineKeyboardButton("Non", callback_data="n"),
        ]
    ]
    payload = " ".join(context.args or [])
    await update.message.reply_html(f"<b>Bonjour</b> {payload}", reply_markup=InlineKeyboardMarkup(keys))


async def _press(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer("Merci !")
    await query.edit_message_text(f"Choisi : {query.data}")


async def _echo(update: Update, context: Context) -> None:
    assert update.effective_message is not None
    await update.effective_message.reply_text(f"Reçu : {update.effective_message.text}")


async def _search(update: Update, context: Context) -> None:
    assert update.inline_query is not None
    words = update.inline_query.query
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Plus", callback_data="plus")]])
    await update.inline_query.answer(
        [InlineQueryResultArticle("1", f"Fiche {words}", InputTextMessageContent(f"Tout sur {words}"), keys)]
    )


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as running:
        yield running


def _application(sandbox: Sandbox) -> App:
    builder = Application.builder().token(sandbox.token).base_url(sandbox.base_url)
    builder = builder.request(direct_request()).get_updates_request(direct_request())
    application = builder.base_file_url(sandbox.base_file_url).build()
    application.add_handler(CommandHandler("start", _start))
    application.add_handler(CallbackQueryHandler(_press))
    application.add_handler(InlineQueryHandler(_search))
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    return application


@pytest.fixture
async def application(sandbox: Sandbox) -> AsyncIterator[App]:
    application = _application(sandbox)
    async with polling(application):
        yield application


pytestmark = pytest.mark.usefixtures("application")


async def test_a_conversation(sandbox: Sandbox) -> None:
    marie = sandbox.person("Marie")
    await marie.starts("rsa")
    [welcome] = await marie.replies()
    assert welcome.text == "Bonjour rsa"
    assert welcome.buttons == ["Cela m'aide", "Non"]
    await marie.presses("Cela m'aide")
    assert await marie.gets_alert() == "Merci !"
    changed = await marie.change()
    assert (changed.text, changed.edited) == ("Choisi : aide", True)
    assert await marie.sees("Choisi")
    assert marie.screen == "Marie : /start rsa\nAccès droits : Choisi : aide (modifié)"


async def test_two_people_do_not_mix(sandbox: Sandbox) -> None:
    marie, karim = sandbox.person("Marie"), sandbox.person("Karim")
    await marie.writes("un")
    await karim.writes("deux")
    assert (await karim.reply()).text == "Reçu : deux"
    assert (await marie.reply()).text == "Reçu : un"


async def test_several_replies_come_together(sandbox: Sandbox) -> None:
    marie = sandbox.person("Marie")
    await marie.writes("un")
    await sandbox.wait_for_call("sendMessage")
    first = await marie.replies()
    await marie.writes("deux")
    second = await marie.replies()
    assert [b.text for b in first + second] == ["Reçu : un", "Reçu : deux"]
    await marie.hears_nothing(during=0.05)


async def test_edited_messages_reach_the_bot(sandbox: Sandbox) -> None:
    marie = sandbox.person("Marie")
    sent = await marie.writes("rsq")
    await marie.reply()
    await marie.edits(sent, "rsa")
    assert (await marie.reply()).text == "Reçu : rsa"


async def test_groups(sandbox: Sandbox) -> None:
    paul = sandbox.staff[0]
    [seat] = sandbox.group("Équipe", paul)
    await seat.writes("bonjour")
    assert (await seat.reply()).text == "Reçu : bonjour"
    assert paul.bubbles == []


async def test_inline_search(sandbox: Sandbox) -> None:
    [nadia] = sandbox.mediators
    search = await nadia.searches("rsa")
    assert search.titles == ["Fiche rsa"]
    await nadia.chooses(search, "Fiche rsa")
    assert "Tout sur rsa" in nadia.screen
    await nadia.presses("Plus")
    assert (await nadia.change()).text == "Reçu : Tout sur rsa"
    assert await nadia.gets_alert() == "Merci !"
    await nadia.sees("Choisi : plus")


async def test_the_same_update_twice(sandbox: Sandbox) -> None:
    marie = sandbox.person("Marie")
    update = await marie.writes("un")
    await marie.reply()
    sandbox.repeat(update)
    assert (await marie.reply()).text == "Reçu : un"


async def test_updates_out_of_order(sandbox: Sandbox) -> None:
    marie = sandbox.person("Marie")
    with sandbox.out_of_order():
        await marie.writes("un")
        await marie.writes("deux")
    assert [b.text for b in await marie.replies(2)] == ["Reçu : deux", "Reçu : un"]


async def test_what_is_not_there_cannot_be_pressed(sandbox: Sandbox) -> None:
    marie = sandbox.person("Marie")
    await marie.starts()
    welcome = await marie.reply()
    with pytest.raises(ScreenError, match="Pas de bouton « Peut-être »"):
        await marie.presses("Peut-être")
    await marie.presses("Non")
    await marie.change()
    with pytest.raises(ScreenError):
        await marie.presses("Non")
    update = await marie.presses("Non", message=welcome)
    assert update["callback_query"]["data"] == "n"
    await sandbox.wait_for_call("answerCallbackQuery", count=2)


async def test_silence_says_what_is_on_the_screen(sandbox: Sandbox) -> None:
    marie = sandbox.person("Marie")
    with pytest.raises(SilenceError, match="1 message"):
        await marie.replies(within=0.01)
    with pytest.raises(SilenceError, match="n'est pas à l'écran"):
        await marie.sees("RSA", within=0.01)


async def test_nothing_is_lost_between_two_runs(sandbox: Sandbox, application: App) -> None:
    assert application.updater is not None
    await application.updater.stop()
    marie = sandbox.person("Marie")
    await marie.writes("pendant l'absence")
    await application.updater.start_polling(timeout=10, poll_interval=0)
    assert (await marie.reply()).text == "Reçu : pendant l'absence"
    await sandbox.wait_until_taken()


async def test_polling_survives_bad_days(sandbox: Sandbox) -> None:
    marie = sandbox.person("Marie")
    sandbox.faults.server_error("getUpdates")
    await marie.writes("encore là ?")
    assert (await marie.reply()).text == "Reçu : encore là ?"


async def test_an_old_poll_gives_way(sandbox: Sandbox, application: App) -> None:
    assert application.updater is not None
    await application.updater.stop()
    async with bot_of(sandbox) as bot:
        sandbox.journal.clear()
        first = asyncio.create_task(bot.get_updates(timeout=5))
        await sandbox.world.news.until(lambda: sandbox.journal.polls == 1, 5, lambda: "no poll came")
        second = asyncio.create_task(bot.get_updates(timeout=5))
        with pytest.raises(Conflict, match="terminated by other getUpdates"):
            await first
        update = await sandbox.person("Marie").writes("x")
        assert [u.update_id for u in await second] == [update["update_id"]]
