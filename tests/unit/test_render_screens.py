"""Every screen that the shipped base can come to is one that Telegram takes."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date

import pytest

from bot.domain.danger import Danger
from bot.domain.freshness import review_day
from bot.domain.knowledge import Knowledge
from bot.domain.language import Language
from bot.domain.models import Contact, Link, Topic
from bot.domain.preferences import Choices
from bot.knowledge_base.loader import load_knowledge
from bot.knowledge_base.readability import sentence_count
from bot.sandbox.html_entities import parse_html
from bot.sandbox.markup import inline_keyboard
from bot.services.needs import Kept
from bot.settings import read_settings
from handlers.button_fields import MAX_BYTES
from handlers.render.answer import (
    answer_keyboard,
    answer_screen,
    facet_screen,
    facets_screen,
    french_date,
    french_partial_date,
    international_number,
    link_button,
)
from handlers.render.feedback import remark_screen, why_keyboard
from handlers.render.html import MESSAGE_LIMIT, to_plain, visible_length
from handlers.render.kept import waiting_screen
from handlers.render.menus import help_screen, start_screen, theme_screen, themes_screen
from handlers.render.notice import text_notice, topic_notice
from handlers.render.outcome import (
    choices_screen,
    danger_screen,
    foreign_screen,
    small_talk_screen,
    unknown_screen,
    urgence_screen,
)
from handlers.render.screen import BUTTON_CHARACTERS, Button, Screen
from handlers.render.settings import languages_screen, settings_screen
from handlers.render.steps import has_steps, step_screen
from handlers.render.tongues import (
    help_screen_in,
    start_screen_in,
    themes_screen_in,
    topic_screen_in,
    urgence_screen_in,
)

TODAY = date(2026, 11, 22)
MOST_BUTTONS = 100


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(read_settings(_env_file=None).knowledge)


def _topic_screens(knowledge: Knowledge, topic: Topic) -> Iterator[Screen]:
    for today in (TODAY, date(2040, 1, 1)):
        for short in (False, True):
            for second in (False, True):
                yield answer_screen(knowledge, topic, today, short=short, second=second)
    if has_steps(topic):
        for index in range(-1, len(topic.steps) + 1):
            for short in (False, True):
                yield step_screen(knowledge, topic, TODAY, index, short=short)
    for facet in topic.facets:
        yield facet_screen(knowledge, topic, facet, TODAY)
    yield facets_screen(topic)
    yield Screen(("x",), answer_keyboard(knowledge, topic, asked=False))


def _other_screens(knowledge: Knowledge) -> Iterator[Screen]:
    yield from (start_screen(knowledge), help_screen(knowledge), themes_screen(knowledge), urgence_screen(knowledge))
    for short in (False, True):
        for one_step in (False, True):
            yield settings_screen(knowledge, Choices(short, one_step))
    yield languages_screen(knowledge)
    for theme in knowledge.themes:
        for page in range(-1, 5):
            yield theme_screen(knowledge, theme, page)
    ids = tuple(knowledge.topics)
    for place in range(0, len(ids) - 2, 3):
        yield choices_screen(knowledge, ids[place : place + 3])
        yield choices_screen(knowledge, ids[place : place + 2], second=True)
    for kept in (None, Kept("x", stored=True), Kept("x", stored=False)):
        for opening in ("inconnu", "pas_ca_suite"):
            yield unknown_screen(knowledge, kept, opening=opening)
    for topic in list(knowledge.topics.values())[:20]:
        yield Screen(("x",), why_keyboard(knowledge, topic, Kept("x", stored=True, eraser="A" * 22)))
        yield topic_notice(knowledge, topic.id, "< & >" * 800, TODAY, short=False)
    yield text_notice(knowledge, "<b> & " * 2000, "question " * 300)
    yield waiting_screen(knowledge, "A" * 22, TODAY)
    yield remark_screen(knowledge, Kept("x", stored=True, until=TODAY, eraser="A" * 22))
    for talk in knowledge.small_talk.values():
        yield small_talk_screen(knowledge, talk)
    for kind in knowledge.danger.kinds:
        for certain in (False, True):
            yield danger_screen(knowledge, Danger(kind.id, certain, kind.message, kind.numbers, ()))


def _screens_in(knowledge: Knowledge, language: Language) -> Iterator[Screen]:
    yield from (start_screen_in(knowledge, language), help_screen_in(knowledge, language))
    yield from (themes_screen_in(knowledge, language), urgence_screen_in(knowledge, language))
    yield from (start_screen(knowledge, language), help_screen(knowledge, language))
    for topic in knowledge.theme_topics("urgence"):
        for short in (False, True):
            yield topic_screen_in(knowledge, topic, language, TODAY, short=short)
    for kept in (None, Kept("x", stored=True), Kept("x", stored=False)):
        yield unknown_screen(knowledge, kept, chosen=language)
        yield unknown_screen(knowledge, kept, beside=language)
        yield foreign_screen(knowledge, language, kept)
    for kind in knowledge.danger.kinds:
        for certain in (False, True):
            danger = Danger(kind.id, certain, kind.message, kind.numbers, ())
            yield danger_screen(knowledge, danger, beside=language)
            yield danger_screen(knowledge, danger, language)
    for talk in knowledge.small_talk.values():
        yield small_talk_screen(knowledge, talk, language)
    yield settings_screen(knowledge, Choices(language=language.code))


def _telegram_takes(screen: Screen) -> None:
    assert screen.parts
    for part in screen.parts:
        text, _ = parse_html(part)
        assert text.strip()
        assert visible_length(part) <= MESSAGE_LIMIT
        assert "{" not in to_plain(part)  # no value was forgotten
    buttons = [button for row in screen.keyboard for button in row]
    assert len(buttons) <= MOST_BUTTONS
    assert all(screen.keyboard), "an empty row"
    rows = [[_wire(button) for button in row] for row in screen.keyboard]
    assert not rows or inline_keyboard({"inline_keyboard": json.loads(json.dumps(rows))})
    for button in buttons:
        assert (button.data is None) != (button.url is None)
        assert 1 <= len(button.label) <= BUTTON_CHARACTERS, button.label
        if button.data is not None:
            assert len(button.data.encode()) <= MAX_BYTES
    seen = [button.label for button in buttons]
    assert len(seen) == len(set(seen)), seen


def _wire(button: Button) -> dict[str, str]:
    return {"text": button.label} | ({"url": button.url} if button.url else {"callback_data": str(button.data)})


def test_every_shipped_topic_in_every_form(knowledge: Knowledge) -> None:
    for topic in knowledge.topics.values():
        for screen in _topic_screens(knowledge, topic):
            _telegram_takes(screen)


def test_every_other_screen(knowledge: Knowledge) -> None:
    for screen in _other_screens(knowledge):
        _telegram_takes(screen)


def first_called(topic: Topic) -> Contact:
    return next((contact for contact in topic.contacts if contact.phone), topic.contacts[0])


def test_a_short_answer_is_a_title_two_sentences_one_thing_to_do_and_one_number(knowledge: Knowledge) -> None:
    for topic in knowledge.topics.values():
        [text] = (to_plain(part) for part in answer_screen(knowledge, topic, TODAY, short=True).parts)
        title, sentences, *rest = text.split("\n\n")
        assert title == topic.title
        assert topic.answer.startswith(sentences)
        assert sentence_count(sentences) <= 2
        if topic.steps:
            assert rest.pop(0) == topic.steps[0]
        number, _proof = rest
        called = first_called(topic)
        assert called.name in number
        others = [one for one in topic.contacts if one.phone and one.phone != called.phone and one.name != called.name]
        assert not any(f": {one.phone}" in number for one in others)


def test_steps_are_turned_one_by_one_and_say_in_words_how_far_one_is(knowledge: Knowledge) -> None:
    texts = knowledge.texts
    for topic in filter(has_steps, knowledge.topics.values()):
        total = len(topic.steps)
        for index, step in enumerate(topic.steps):
            screen = step_screen(knowledge, topic, TODAY, index)
            [part] = screen.parts  # a press puts it in place of the one before
            text = to_plain(part)
            assert f"{texts.say('etape_progres', numero=index + 1, total=total)}\n{step}" in text
            assert not any(other in text for other in topic.steps if other not in step and other not in topic.answer)
            turning = [button.label for button in screen.keyboard[0]]
            wanted = [texts.say("bouton_etape_avant")] * (index > 0)
            assert turning == wanted + [texts.say("bouton_etape_apres")] * (index < total - 1)


def test_menus_begin_with_what_is_asked_for_most(knowledge: Knowledge) -> None:
    """As France services count their visits: papers, Caf, health, taxes, retirement."""
    assert [theme.id for theme in knowledge.themes][:5] == ["papiers", "aides", "sante", "impots", "emploi"]
    firsts = [knowledge.theme_topics(theme)[0].id for theme in ("papiers", "aides", "sante", "impots", "emploi")]
    assert firsts == ["carte-identite-passeport", "caf-contact", "carte-vitale", "declaration-impots", "retraite"]
    for theme in knowledge.themes:
        ids = [topic.id for topic in knowledge.theme_topics(theme.id)]
        assert len(ids) == len(set(ids))
        assert ids[: len(theme.first)] == list(theme.first)


def test_no_message_rests_on_a_picture_sign_or_a_colour(knowledge: Knowledge) -> None:
    """Without emojis every message still has its words, and every button its label."""
    screens = [screen for topic in knowledge.topics.values() for screen in _topic_screens(knowledge, topic)]
    for screen in (*screens, *_other_screens(knowledge)):
        texts = [*map(to_plain, screen.parts), *(button.label for row in screen.keyboard for button in row)]
        for text in texts:
            signs = [sign for sign in text if unicodedata.category(sign) == "So" and sign not in "°™®©"]
            assert not signs, (signs, text)
    for key, text in knowledge.texts.entries.items():
        assert re.search(r"[A-Za-zÀ-ÿ]{2}|\{", text), key
        assert not re.search(r"\b(?:en (?:rouge|vert|bleu|jaune|orange)|bouton (?:rouge|vert|bleu))\b", text), key


@pytest.mark.parametrize(
    ("link", "label"),
    [
        (Link("Le site", "https://www.perigueux.fr"), "Le site"),
        (Link("Le site de la ville de Périgueux", "https://www.perigueux.fr/a"), "Site perigueux.fr"),
        (Link("Le site de la ville de Périgueux", "https://tres-long.nom-de-site.perigueux.fr"), None),
        (Link("Le site de la ville de Périgueux", "https://www.perigueux.fr", "La ville"), "La ville"),
    ],
)
def test_a_link_that_nobody_shortened_still_fits_its_button(link: Link, label: str | None) -> None:
    button = link_button(link)
    assert len(button.label) <= BUTTON_CHARACTERS
    assert button.url == link.url
    assert button.label == label if label else button.label.startswith("Le site de la ville")


def test_every_screen_in_every_language(knowledge: Knowledge) -> None:
    assert len(knowledge.languages.spoken) == 8
    for language in knowledge.languages.spoken:
        for screen in _screens_in(knowledge, language):
            _telegram_takes(screen)


def test_every_emergency_topic_is_translated_and_marked_as_not_proofread(knowledge: Knowledge) -> None:
    for language in knowledge.languages.spoken:
        assert language.speech is not None
        assert language.speech.themes.keys() >= {theme.id for theme in knowledge.themes}
        for topic in knowledge.theme_topics("urgence"):
            text = to_plain("\n".join(topic_screen_in(knowledge, topic, language, TODAY).parts))
            bare = text.replace("\u2068", "").replace("\u2069", "")
            assert (language.not_proofread in bare) == (topic.translations[language.code].proofread_by is None)
            for contact in topic.contacts:
                assert (contact.phone or contact.sms or "") in bare


def test_in_lines_from_right_to_left_every_number_and_command_is_set_apart(knowledge: Knowledge) -> None:
    for language in knowledge.languages.spoken:
        for screen in _screens_in(knowledge, language) if language.right_to_left else ():
            for line in to_plain("\n".join(screen.parts)).splitlines():
                assert line.count("\u2068") == line.count("\u2069")
                # The settings name each language in French, with its own name in brackets.
                if re.search("[\u0600-\u06ff]", line) and not line.startswith("Langue : "):
                    outside = re.sub("\u2068[^\u2068\u2069]*\u2069", "", line)
                    assert not re.search("[0-9A-Za-z/]", outside), line


def test_every_answer_holds_its_proof_and_a_human(knowledge: Knowledge) -> None:
    for topic in knowledge.topics.values():
        for short in (False, True):
            text = to_plain("\n".join(answer_screen(knowledge, topic, TODAY, short=short).parts))
            assert topic.title in text
            assert (first_called(topic) if short else topic.contacts[0]).name in text
            assert topic.sources[0].title in text
            assert french_date(topic.checked_on) in text


def test_an_answer_past_its_review_says_so_and_never_that_it_was_checked(knowledge: Knowledge) -> None:
    for topic in knowledge.topics.values():
        day = review_day(topic)
        fresh = to_plain(answer_screen(knowledge, topic, day).parts[-1])
        stale = to_plain(answer_screen(knowledge, topic, day.fromordinal(day.toordinal() + 1)).parts[-1])
        assert knowledge.texts.say("verifie", date=french_date(topic.checked_on)) in fresh
        assert "à confirmer" in stale


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("05 53 35 86 00", "+33553358600"), ("09 74 75 13 13", "+33974751313"), ("06 39 98 12 34", "+33639981234"),
        ("0 800 47 33 33", None), ("0 980 980 930", "+33980980930"), ("3230", None), ("15", None), ("116 000", None),
    ],
)  # fmt: skip
def test_numbers_in_the_form_that_telegram_links(written: str, called: str | None) -> None:
    assert international_number(written) == called


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("2026", "2026"),
        ("2026-11", "novembre 2026"),
        ("2026-11-01", "1er novembre 2026"),
        ("2026-02-28", "28 février 2026"),
    ],
)
def test_dates_in_words(given: str, shown: str) -> None:
    assert french_partial_date(given) == shown
