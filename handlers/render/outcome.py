"""What is shown when there is no single answer: a choice, an honest "I don't know", a danger, small talk."""

from __future__ import annotations

from bot.domain.danger import Danger
from bot.domain.danger.rules import EmergencyNumber
from bot.domain.knowledge import Knowledge
from bot.domain.language import Language
from bot.domain.models import SmallTalk, Topic
from bot.domain.speech import Speech
from bot.domain.texts import Texts
from bot.services.needs import Kept
from handlers.callback_data import Action, encode
from handlers.render.html import bold, escape, join_blocks
from handlers.render.kept import erase_button, kept_block, kept_buttons, may_wait
from handlers.render.languages import isolated, language_blocks, not_proofread
from handlers.render.menus import theme_buttons
from handlers.render.screen import Button, Keyboard, Screen
from handlers.render.tongues import say, topic_label, unknown_blocks


def choices_screen(
    knowledge: Knowledge, topics: tuple[str, ...], *, second: bool = False, several: bool = False
) -> Screen:
    """Two or three topics, each explained in half a line, and a way to say that none fits."""
    texts = knowledge.texts
    shown = [knowledge.topics[topic] for topic in topics if topic in knowledge.topics]
    lines = "\n".join(f"• {escape(topic.brief)}" for topic in shown)
    rows: Keyboard = tuple((Button(topic.button, encode(Action.TOPIC, topic.id, int(second))),) for topic in shown)
    none = (Button(texts.say("bouton_aucune"), encode(Action.NONE_OF_THESE)),)
    opening = "deux_besoins" if several else "choix_suite" if second else "choix"
    why = escape(texts.say("pas_ca_pourquoi")) if second else ""
    return Screen(join_blocks([escape(texts.say(opening)), lines, why]), (*rows, none))


def unknown_screen(
    knowledge: Knowledge,
    kept: Kept | None,
    *,
    opening: str = "inconnu",
    chosen: Language | None = None,
    beside: Language | None = None,
) -> Screen:
    """We do not know: what happens next, who can help now, and the themes.

    In the language that was `chosen`, or in French with another one `beside` it.
    """
    stored = kept is not None and kept.stored
    if chosen is not None:
        said = [*unknown_blocks(chosen, kept=stored), kept_block(knowledge, kept)]
        return Screen(join_blocks(said), (*kept_buttons(knowledge, kept), *theme_buttons(knowledge, chosen)))
    texts = knowledge.texts
    blocks = [escape(texts.say(opening))]
    if kept is not None and opening == "inconnu":
        blocks.append(escape(texts.say(_fate(kept))))
    elif kept is None and opening == "pas_ca_suite":
        blocks = [escape(texts.say("pas_ca_non_garde"))]
    elif kept is not None and not kept.stored:
        blocks = [escape(texts.say(_fate(kept)))]
    elif opening == "pas_ca_suite":
        blocks.append(escape(texts.say("pas_ca_pourquoi")))
    blocks.append(kept_block(knowledge, kept))
    if may_wait(kept):
        blocks.append(escape(texts.say("inconnu_prevenir")))
    blocks += [escape(texts.say("inconnu_humain")), escape(texts.say("inconnu_themes"))]
    if beside is not None:
        blocks += unknown_blocks(beside, kept=stored)
    return Screen(join_blocks(blocks), (*kept_buttons(knowledge, kept), *theme_buttons(knowledge, beside)))


def _fate(kept: Kept) -> str:
    """The sentence that says what became of a need."""
    return "inconnu_suite" if kept.stored else "inconnu_garde_bientot" if kept.later else "inconnu_non_garde"


def foreign_screen(
    knowledge: Knowledge, language: Language, kept: Kept | None, *, topic: Topic | None = None
) -> Screen:
    """A message that is not in French: what this is, the emergency numbers and a human, in its own language.

    `topic` is the one that is answered below; without one we say that we do not know.
    """
    blocks = language_blocks(language, kept=kept is not None and kept.stored)
    if language.speech is not None and topic is None:
        blocks.insert(0, say(language, "inconnu"))
    elif language.speech is not None and topic is not None and language.code not in topic.translations:
        blocks.insert(1, say(language, "reponse_en_francais"))
    blocks.append(kept_block(knowledge, kept))
    return Screen(join_blocks(blocks), (*erase_button(knowledge, kept), *theme_buttons(knowledge, language)))


def danger_screen(
    knowledge: Knowledge, danger: Danger, language: Language | None = None, *, beside: Language | None = None
) -> Screen:
    """The right numbers first, each alone on its line; a doubtful wording is asked about, numbers in sight.

    Told in another language, the same numbers stand between that language's own sentences; `beside` is the language
    of somebody who told it in French.
    """
    texts = knowledge.texts
    numbers = "\n".join(bold(_number_line(texts, one)) for one in danger.numbers)
    question = "" if danger.certain else escape(texts.say("danger_question"))
    blocks = [escape(danger.message), numbers, escape(texts.say("danger_appeler")), question]
    if language is not None:
        blocks = _told_in(language, danger, texts)
    elif beside is not None:
        asked = [] if danger.certain else [say(beside, "danger_question")]
        blocks += [*_told_in(beside, danger, texts), *asked]
    rows: list[tuple[Button, ...]] = []
    spoken = language or beside
    speech: Texts | Speech = spoken.speech if spoken is not None and spoken.speech is not None else texts
    if not danger.certain:
        rows.append((Button(speech.say("bouton_danger_oui"), encode(Action.DANGER_YES)),))
        rows.append((Button(speech.say("bouton_danger_non"), encode(Action.DANGER_NO)),))
    topic = knowledge.topics.get(danger.kind)
    if topic is not None:
        label = topic_label(topic, spoken) if spoken is not None else (topic.button, encode(Action.TOPIC, topic.id))
        rows.append((Button(*label),))
    rows.append((Button(speech.say("bouton_quitter_vite"), encode(Action.LEAVE)),))
    return Screen(join_blocks(blocks), tuple(rows))


def danger_now_screen(knowledge: Knowledge, language: Language | None = None) -> Screen:
    """Somebody says that they are in danger: every number, in their language too, and the way to hide them."""
    texts = knowledge.texts
    numbers = "\n".join(bold(line) for line in texts.say("urgence").splitlines())
    blocks = [escape(texts.say("danger_oui")), numbers, escape(texts.say("danger_suite"))]
    speech: Texts | Speech = texts
    if language is not None and language.speech is not None:
        speech = language.speech
        said = "\n".join(f"<b>{line}</b>" for line in say(language, "urgence").splitlines())
        blocks = [say(language, "danger_oui"), said, say(language, "danger_suite"), *blocks[:1]]
    return Screen(join_blocks(blocks), ((Button(speech.say("bouton_quitter_vite"), encode(Action.LEAVE)),),))


def _number_line(texts: Texts, one: EmergencyNumber) -> str:
    return texts.say("danger_sms" if one.sms else "danger_appel", numero=one.number, service=one.label)


def _told_in(language: Language, danger: Danger, texts: Texts) -> list[str]:
    """The numbers as that language says them, between its own sentences."""
    said, human = isolated(language.emergency, language), isolated(language.human, language)
    if language.speech is None:
        numbers = "\n".join(bold(_number_line(texts, one)) for one in danger.numbers)
        return [bold(said), numbers, escape(human), escape(texts.say("danger_appeler"))]
    named = {line.split(" : ")[0]: line for line in language.speech.say("urgence").splitlines()}
    lines = [named.get(one.number, _number_line(texts, one)) for one in danger.numbers]
    numbers = "\n".join(bold(isolated(line, language)) for line in lines)
    return [bold(said), numbers, escape(human), say(language, "danger_appeler"), not_proofread(language)]


def urgence_screen(knowledge: Knowledge) -> Screen:
    """The list of emergency numbers, and the topics of the theme."""
    texts = knowledge.texts
    lines = "\n".join(bold(line) for line in texts.say("urgence").splitlines())
    blocks = [bold(texts.say("urgence_titre")), lines, escape(texts.say("urgence_suite"))]
    topics = knowledge.theme_topics("urgence")
    rows: Keyboard = tuple((Button(topic.button, encode(Action.TOPIC, topic.id)),) for topic in topics)
    return Screen(join_blocks(blocks), (*rows, (Button(texts.say("bouton_quitter_vite"), encode(Action.LEAVE)),)))


def small_talk_screen(knowledge: Knowledge, talk: SmallTalk, beside: Language | None = None) -> Screen:
    """A short answer; with the human help and the themes when the entry asks for them."""
    blocks = [escape(talk.answer)]
    if talk.help_offered:
        blocks.append(escape(knowledge.texts.say("inconnu_humain")))
        if beside is not None:
            blocks += [say(beside, "inconnu_humain"), not_proofread(beside)]
    asks = talk.help_offered or talk.id in ("salutation", "identite")
    return Screen(join_blocks(blocks), theme_buttons(knowledge, beside) if asks else ())
