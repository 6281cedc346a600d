"""The screens that exist in other languages: start, help, emergencies, and the topics that have a translation."""

from __future__ import annotations

from datetime import date

from bot.domain.knowledge import Knowledge
from bot.domain.language import Language
from bot.domain.models import Contact, Topic, Translation
from bot.domain.preferences import FRENCH
from bot.domain.speech import Speech
from handlers.callback_data import Action
from handlers.callback_data import encode as encode_action
from handlers.render.answer import first_sentences, international_number, link_button, proof_block
from handlers.render.html import bold, escape, join_blocks
from handlers.render.languages import isolated, not_proofread
from handlers.render.menus import theme_buttons
from handlers.render.screen import Button, Screen, rows_of
from handlers.tongue_data import TonguePart, TonguePressed, encode

_MAX_LINKS = 4


def say(language: Language, key: str, **values: object) -> str:
    """A sentence of the language, ready for HTML and for its direction."""
    return escape(isolated(_speech(language).say(key, **values), language))


def start_screen_in(knowledge: Knowledge, language: Language) -> Screen:
    """Who we are, the numbers, a human."""
    blocks = [
        say(language, "accueil"),
        say(language, "accueil_consigne"),
        bold(isolated(language.emergency, language)),
        say(language, "inconnu_humain"),
        not_proofread(language),
    ]
    return Screen(join_blocks(blocks), theme_buttons(knowledge, language))


def help_blocks(language: Language) -> list[str]:
    """How to ask, the commands, a human."""
    return [
        *(say(language, key) for key in ("aide", "aide_commandes", "inconnu_humain")),
        not_proofread(language),
    ]


def help_screen_in(knowledge: Knowledge, language: Language) -> Screen:
    return Screen(join_blocks(help_blocks(language)), theme_buttons(knowledge, language))


def themes_screen_in(knowledge: Knowledge, language: Language) -> Screen:
    return Screen((say(language, "themes_titre"),), theme_buttons(knowledge, language))


def unknown_blocks(language: Language, *, kept: bool) -> list[str]:
    """We do not know, what happens next, who can help now."""
    keys = ("inconnu", *(("inconnu_suite",) if kept else ()), "inconnu_humain", "inconnu_themes")
    return [*(say(language, key) for key in keys), not_proofread(language)]


def urgence_screen_in(knowledge: Knowledge, language: Language) -> Screen:
    """The emergency numbers and the topics of the theme, with the way back to French."""
    lines = "\n".join(f"<b>{line}</b>" for line in say(language, "urgence").splitlines())
    title = f"<b>{say(language, 'urgence_titre')}</b>"
    blocks = [title, lines, say(language, "urgence_suite"), not_proofread(language)]
    topics = [Button(*topic_label(topic, language)) for topic in knowledge.theme_topics("urgence")]
    french = Button(_speech(language).say("bouton_lire_en_francais"), encode(TonguePressed(TonguePart.URGENCE, FRENCH)))
    leave = Button(_speech(language).say("bouton_quitter_vite"), encode_action(Action.LEAVE))
    return Screen(join_blocks(blocks), (*rows_of(topics, 1), (french,), (leave,)))


def topic_label(topic: Topic, language: Language) -> tuple[str, str]:
    """The label and data of a topic's button: in the language where it has a translation."""
    found = topic.translations.get(language.code)
    if found is None or language.speech is None:
        return topic.button, encode_action(Action.TOPIC, topic.id)
    return found.button, encode(TonguePressed(TonguePart.TOPIC, language.code, topic.id))


def topic_screen_in(
    knowledge: Knowledge, topic: Topic, language: Language, today: date, *, short: bool = False
) -> Screen:
    """A topic's answer in another language; the proof stays the French one."""
    found = topic.translations[language.code]
    speech = _speech(language)
    blocks = [bold(isolated(found.title, language))]
    answer = first_sentences(found.answer) if short else found.answer
    blocks.append(escape(isolated(answer, language)))
    if short:
        blocks += [escape(isolated(found.steps[0], language))] if found.steps else []
    elif found.steps:
        steps = [escape(isolated(f"{number}. {step}", language)) for number, step in enumerate(found.steps, 1)]
        blocks.append("\n".join([f"<b>{say(language, 'titre_etapes')}</b>", *steps]))
    reached = [contact for contact in topic.contacts if contact.phone or contact.sms]
    contacts = [_contact(contact, language) for contact in reached[: 1 if short else None]]
    if contacts:
        blocks.append("\n".join([f"<b>{say(language, 'titre_contacts')}</b>", *contacts]))
    blocks += [*_unread(found, language), proof_block(knowledge, topic, today)]
    rows = (
        *rows_of([link_button(link) for link in topic.links[:_MAX_LINKS]], 1),
        (Button(speech.say("bouton_lire_en_francais"), encode(TonguePressed(TonguePart.TOPIC, FRENCH, topic.id))),),
        (Button(speech.say("bouton_themes"), encode_action(Action.THEMES)),),
        (Button(speech.say("bouton_quitter_vite"), encode_action(Action.LEAVE)),),
    )
    return Screen(join_blocks(blocks), rows)


def _contact(contact: Contact, language: Language) -> str:
    """A French name and its number, which keep their order also in a line from right to left."""
    number = contact.phone or _speech(language).say("contact_sms", numero=contact.sms)
    line = f"• {contact.name} : {number}"
    international = international_number(contact.phone) if contact.phone else None
    if international:
        line += f"\n   {international}"
    return escape(isolated(line, language))


def _unread(found: Translation, language: Language) -> list[str]:
    return [] if found.proofread_by else [f"<i>{escape(isolated(language.not_proofread, language))}</i>"]


def _speech(language: Language) -> Speech:
    if language.speech is None:
        raise ValueError(f"no sentences in {language.code}")
    return language.speech
