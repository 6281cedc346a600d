"""The base that is shipped, in the hands of a resident: every theme, every topic, from the menu to the answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.knowledge_base.loader import load_knowledge
from bot.sandbox import Sandbox
from bot.settings import read_settings
from handlers.render.menus import TOPICS_PER_PAGE
from tests.support.assistant import PATIENCE, Assistant, say, settings_for

SHIPPED = read_settings(_env_file=None).knowledge


@pytest.fixture
async def shipped(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[Assistant]:
    """The assistant on the shipped base."""
    assistant = Assistant(sandbox, settings_for(sandbox, tmp_path, knowledge=SHIPPED))
    await assistant.start()
    try:
        yield assistant
    finally:
        await assistant.stop()


async def test_every_topic_stands_in_its_theme_and_opens(shipped: Assistant) -> None:
    """Each topic is on a page of its theme; the first of each theme is opened. What all render to is a unit test."""
    knowledge = load_knowledge(SHIPPED)
    marie = shipped.marie
    await marie.writes("/themes")
    menu = await marie.reply()
    assert menu.buttons == [theme.button for theme in knowledge.themes if knowledge.theme_topics(theme.id)]
    for theme in knowledge.themes:
        topics = knowledge.theme_topics(theme.id)
        if not topics:
            continue
        await marie.presses(theme.button, message=menu)
        page = await marie.change()
        await marie.presses(topics[0].button, message=page)
        assert topics[0].title in (await marie.replies(1, within=PATIENCE))[0].text
        for place, topic in enumerate(topics):
            if place and place % TOPICS_PER_PAGE == 0:
                await marie.presses(say("bouton_suivant"), message=page)
                page = await marie.change()
            assert topic.button in page.buttons


async def test_plain_questions_are_answered(shipped: Assistant) -> None:
    """The title of a topic asks for that topic, whatever is tuned."""
    marie = shipped.marie
    knowledge = load_knowledge(SHIPPED)
    for name in ("carte-identite-passeport", "mot-de-passe-perdu", "rsa", "carte-vitale"):
        topic = knowledge.topics[name]
        await marie.writes(topic.phrases[0])
        shown = await marie.reply()
        assert topic.title in shown.text or topic.button in shown.buttons, topic.phrases[0]


async def test_danger_is_heard_first(shipped: Assistant) -> None:
    await shipped.marie.writes("mon mari me frappe, aidez moi")
    shown = await shipped.marie.reply()
    assert "3919" in shown.text
    assert "17" in shown.text
    assert shipped.needs == []
