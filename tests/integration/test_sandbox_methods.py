"""Each method through a real client: what comes back, and that it is what the published API promises."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    MenuButtonCommands,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from bot.sandbox import Person, Sandbox
from tests.support.sandbox_bot import bot_of, web_client
from tests.support.telegram_spec import fewest, telegram_spec

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02" + bytes(20)
KEYS = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Oui", callback_data="oui"), InlineKeyboardButton("Site", url="https://caf.fr")]]
)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as running:
        yield running


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    async with bot_of(sandbox) as ready:
        yield ready


@pytest.fixture
async def marie(sandbox: Sandbox) -> Person:
    person = sandbox.person("Marie")
    await person.starts()
    return person


async def test_the_bot_knows_itself(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.is_bot) == (1000001, "acces_droits_bot", True)


async def test_text_with_entities_and_buttons(bot: Bot, marie: Person) -> None:
    sent = await bot.send_message(marie.id, "<b>Été</b> 😀 05 53 00 00 00", parse_mode="HTML", reply_markup=KEYS)
    assert sent.text == "Été 😀 05 53 00 00 00"
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bold", 0, 3), ("phone_number", 7, 14)]
    assert sent.reply_markup == InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton("Oui", callback_data="oui"),
                InlineKeyboardButton("Site", url="https://caf.fr/"),
            ]
        ]
    )
    assert marie.last.buttons == ["Oui", "Site"]


async def test_replies_and_protected_content(bot: Bot, marie: Person) -> None:
    question = marie.last
    sent = await bot.send_message(marie.id, "là", reply_parameters=ReplyParameters(question.id), protect_content=True)
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/start"
    assert sent.has_protected_content


async def test_edits_keep_the_place_and_drop_the_buttons(bot: Bot, marie: Person) -> None:
    first = await bot.send_message(marie.id, "un", reply_markup=KEYS)
    await bot.send_message(marie.id, "deux")
    edited = await bot.edit_message_text("UN", marie.id, first.message_id)
    assert not isinstance(edited, bool)
    assert edited.edit_date is not None
    assert edited.reply_markup is None
    assert marie.screen == "Marie : /start\nAccès droits : UN (modifié)\nAccès droits : deux"
    await bot.edit_message_reply_markup(marie.id, first.message_id, reply_markup=KEYS)
    assert marie.bubbles[1].buttons == ["Oui", "Site"]
    assert await bot.delete_message(marie.id, first.message_id)
    assert "UN" not in marie.screen


async def test_files_go_up_and_come_down(bot: Bot, marie: Person) -> None:
    sent = await bot.send_document(
        marie.id, b"%PDF-1.7", filename="fiche droits.pdf", caption="<i>x</i>", parse_mode="HTML"
    )
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type) == ("fiche droits.pdf", "application/pdf")
    assert sent.caption_entities[0].type == "italic"
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"%PDF-1.7"
    again = await bot.send_document(marie.id, sent.document.file_id)
    assert again.document is not None
    assert again.document.file_unique_id == sent.document.file_unique_id
    edited = await bot.edit_message_caption(marie.id, sent.message_id, caption="nouveau")
    assert not isinstance(edited, bool)
    assert edited.caption == "nouveau"


async def test_pictures_and_sounds(bot: Bot, marie: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    photo = await bot.send_photo(marie.id, PNG, caption="le plan")
    assert (photo.photo[0].width, photo.photo[0].height) == (3, 2)
    voice = await bot.send_voice(marie.id, InputFile(b"OggS", "v.ogg"), duration=4)
    assert voice.voice is not None
    assert voice.voice.duration == timedelta(seconds=4)
    audio = await bot.send_audio(marie.id, b"ID3", title="t", performer="p")
    assert audio.audio is not None
    sticker = await bot.send_sticker(marie.id, b"RIFF")
    assert sticker.sticker is not None


async def test_places_and_contacts(bot: Bot, marie: Person) -> None:
    venue = await bot.send_venue(marie.id, 45.18, 0.72, "France services", "1 rue de la Paix")
    assert venue.venue is not None
    assert venue.location is not None
    location = await bot.send_location(marie.id, 45.18, 0.72)
    assert location.location is not None
    contact = await bot.send_contact(marie.id, "+33553000000", "Accueil")
    assert contact.contact is not None
    assert "📍 France services, 1 rue de la Paix" in marie.screen


async def test_reply_keyboard_comes_and_goes(bot: Bot, marie: Person) -> None:
    keys = ReplyKeyboardMarkup([[KeyboardButton("Où ?", request_location=True), KeyboardButton("Aide")]])
    sent = await bot.send_message(marie.id, "?", reply_markup=keys)
    assert sent.reply_markup is None
    assert marie.keyboard == ["Où ?", "Aide"]
    assert (await marie.presses("Aide"))["message"]["text"] == "Aide"
    assert "location" in (await marie.presses("Où ?"))["message"]
    await bot.send_message(marie.id, "merci", reply_markup=ReplyKeyboardRemove())
    assert marie.keyboard == []


async def test_commands_by_scope_and_language(bot: Bot, sandbox: Sandbox, marie: Person) -> None:
    [staff] = sandbox.staff
    await bot.set_my_commands([BotCommand("aide", "Aide")], BotCommandScopeAllPrivateChats())
    await bot.set_my_commands([BotCommand("file", "La file")], BotCommandScopeChat(staff.id), language_code="fr")
    assert marie.commands == ["aide"]
    assert staff.commands == ["file"]
    kept = await bot.get_my_commands(BotCommandScopeChat(staff.id), language_code="fr")
    assert [c.command for c in kept] == ["file"]
    await bot.delete_my_commands(BotCommandScopeChat(staff.id), language_code="fr")
    assert staff.commands == ["aide"]


async def test_names_and_descriptions(bot: Bot) -> None:
    await bot.set_my_name("Mes droits", language_code="fr")
    await bot.set_my_description("Longue")
    await bot.set_my_short_description("Courte")
    assert (await bot.get_my_name(language_code="fr")).name == "Mes droits"
    assert (await bot.get_my_description(language_code="fr")).description == "Longue"
    assert (await bot.get_my_short_description()).short_description == "Courte"
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button()).type == "commands"


async def test_rooms_members_and_pins(bot: Bot, sandbox: Sandbox, marie: Person) -> None:
    [seat] = sandbox.group("Équipe", *sandbox.staff)
    sent = await bot.send_message(seat.id, "à voir")
    assert await bot.pin_chat_message(seat.id, sent.message_id)
    room = await bot.get_chat(seat.id)
    assert (room.type, room.title) == ("supergroup", "Équipe")
    assert room.pinned_message is not None
    assert (await bot.get_chat_member(seat.id, sandbox.staff[0].id)).status == "member"
    assert (await bot.get_chat_member(seat.id, marie.id)).status == "left"
    assert await bot.get_chat_member_count(seat.id) == 2
    assert await bot.unpin_chat_message(seat.id)


async def test_forwards_and_copies(bot: Bot, sandbox: Sandbox, marie: Person) -> None:
    [seat] = sandbox.group("Équipe", *sandbox.staff)
    forwarded = await bot.forward_message(seat.id, marie.id, marie.last.id)
    assert forwarded.forward_origin is not None
    assert forwarded.text == "/start"
    copied = await bot.copy_message(seat.id, marie.id, marie.last.id)
    assert seat.last.id == copied.message_id


async def test_actions_reactions_and_ends(bot: Bot, marie: Person) -> None:
    assert await bot.send_chat_action(marie.id, "typing")
    assert await bot.set_message_reaction(marie.id, marie.last.id, "👍")
    assert await bot.log_out()
    assert await bot.close()


@pytest.mark.skipif(telegram_spec() is None, reason="the published Bot API is not beside the repository")
async def test_answers_have_the_published_shape(bot: Bot, sandbox: Sandbox, marie: Person) -> None:
    spec = telegram_spec()
    assert spec is not None
    room = str(marie.id)
    point = {"latitude": "45.1", "longitude": "0.7"}
    calls: list[tuple[str, dict[str, str]]] = [
        ("getMe", {}),
        ("sendMessage", {"chat_id": room, "text": "<b>a</b> caf.fr", "parse_mode": "HTML"}),
        ("sendMessage", {"chat_id": room, "text": "a", "reply_to_message_id": str(marie.last.id),
                         "reply_markup": '{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}'}),
        ("sendLocation", {"chat_id": room, **point}),
        ("sendVenue", {"chat_id": room, "title": "t", "address": "a", **point}),
        ("sendContact", {"chat_id": room, "phone_number": "1", "first_name": "a"}),
        ("forwardMessage", {"chat_id": room, "from_chat_id": room, "message_id": str(marie.last.id)}),
        ("copyMessage", {"chat_id": room, "from_chat_id": room, "message_id": str(marie.last.id)}),
        ("getChat", {"chat_id": room}),
        ("getChatMember", {"chat_id": room, "user_id": room}),
        ("getWebhookInfo", {}),
        ("getMyCommands", {}),
        ("getMyName", {}),
        ("getChatMenuButton", {}),
        ("setMyDescription", {"description": "x"}),
    ]  # fmt: skip
    problems: list[str] = []
    async with web_client(sandbox) as web:
        for method, parameters in calls:
            answer = (await web.post(f"/bot{sandbox.token}/{method}", data=parameters)).json()
            assert answer["ok"], (method, answer)
            tried = [spec.problems(kind, answer["result"], method) for kind in spec.methods[method]["returns"]]
            problems += fewest(tried)
    for send in (marie.sends_voice(b"OggS"), marie.sends_photo(PNG), marie.sends_document("a.txt", b"a"),
                 marie.sends_sticker(), marie.sends_audio(b"ID3"), marie.sends_location(45, 0),
                 marie.sends_contact("1"), marie.presses("b"), marie.writes("/aide @abcd x@caf.fr"),
                 marie.edits(await marie.writes("x"), "y"), marie.blocks()):  # fmt: skip
        problems += spec.problems("Update", await send)
    await marie.unblocks()
    for kind in ("document", "photo", "voice", "audio", "sticker"):
        await getattr(bot, f"send_{kind}")(marie.id, {"photo": PNG}.get(kind, b"abc"))
        problems += spec.problems("Message", marie.last.message)
    assert problems == []
