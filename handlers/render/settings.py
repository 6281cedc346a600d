"""The settings: each choice in words, with the button that changes it."""

from __future__ import annotations

from bot.domain.knowledge import Knowledge
from bot.domain.preferences import FRENCH, Choices
from handlers.callback_data import Action
from handlers.callback_data import encode as encode_action
from handlers.render.html import escape, join_blocks
from handlers.render.languages import isolated
from handlers.render.screen import Button, Screen, rows_of
from handlers.settings_data import NO, YES, Setting, encode


def settings_screen(knowledge: Knowledge, choices: Choices, *, voice: bool = False) -> Screen:
    """What is chosen now, and what can be, first in the language that was chosen; `voice` where there is one."""
    texts, language = knowledge.texts, knowledge.languages.get(choices.language)
    said = isolated(language.speech.say("langue_choisie"), language) if language and language.speech else ""
    lines = [
        said,
        texts.say("reglages"),
        texts.say("reglages_courtes" if choices.short else "reglages_vide"),
        texts.say("reglages_une_etape" if choices.one_step else "reglages_etapes"),
        texts.say("reglages_langue", langue=_language(knowledge, choices)),
        *([texts.say("reglages_lecture_oui" if choices.aloud else "reglages_lecture_non")] if voice else []),
    ]
    form = texts.say("bouton_reponses_completes" if choices.short else "bouton_reponses_courtes")
    steps = texts.say("bouton_toutes_les_etapes" if choices.one_step else "bouton_une_etape")
    aloud = Button(
        texts.say("bouton_ne_plus_lire" if choices.aloud else "bouton_lire_toujours"),
        encode(Setting.ALOUD, NO if choices.aloud else YES),
    )
    rows = (
        (Button(form, encode_action(Action.SHORT_ANSWERS, number=0 if choices.short else 1)),),
        (Button(steps, encode(Setting.ONE_STEP, NO if choices.one_step else YES)),),
        *(((Button(texts.say("bouton_langue"), encode(Setting.LANGUAGES)),),) if knowledge.languages.spoken else ()),
        *(((aloud,),) if voice else ()),
    )
    return Screen(join_blocks([escape(line) for line in lines if line]), rows)


def languages_screen(knowledge: Knowledge) -> Screen:
    """Every language that the bot has sentences in, each by its own name."""
    texts = knowledge.texts
    french = Button(texts.say("bouton_francais"), encode(Setting.LANGUAGE, FRENCH))
    others = [
        Button(language.speech.name, encode(Setting.LANGUAGE, language.code))
        for language in knowledge.languages.spoken
        if language.speech
    ]
    back = Button(texts.say("bouton_retour_reglages"), encode(Setting.BACK))
    return Screen(
        join_blocks([escape(texts.say("reglages_choisir_langue"))]), (*rows_of([french, *others], 2), (back,))
    )


def _language(knowledge: Knowledge, choices: Choices) -> str:
    if choices.language == FRENCH:
        return knowledge.texts.say("bouton_francais")
    language = knowledge.languages.get(choices.language)
    if language is None or language.speech is None:
        return knowledge.texts.say("langue_selon_message")
    return f"{language.name} ({language.speech.name})"
