"""What staff write step by step: the question of each step, and the preview exactly as residents will see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.domain.desk_drafts import CREATE_STEPS
from bot.domain.impact import Impact, Moved
from bot.domain.knowledge import Knowledge
from bot.domain.models import Topic
from handlers.render.answer import answer_screen
from handlers.render.desk_card import card_row
from handlers.render.desk_data import DeskAction, encode
from handlers.render.html import bold, escape, join_blocks
from handlers.render.notice import text_notice
from handlers.render.screen import Button, Screen, rows_of

_MOVED_SHOWN = 6
_CUT = 90
OPTIONAL = ("etapes",)


def themes_choice(knowledge: Knowledge, card: int, first: str | None) -> Screen:
    """The theme of a new topic; the likely one stands first."""
    themes = sorted(knowledge.themes, key=lambda theme: theme.id != first)
    buttons = [Button(theme.button, encode(DeskAction.CREATE_THEME, card, about=theme.id)) for theme in themes]
    text = escape(knowledge.texts.say("file_creer_theme"))
    return Screen((text,), (*rows_of(buttons, 2), card_row(knowledge, card)))


def step_screen(knowledge: Knowledge, card: int, key: str, content: Mapping[str, Any], *, remark: str = "") -> Screen:
    """What is asked for now, with what was written before."""
    texts = knowledge.texts
    blocks = [escape(remark)] if remark else []
    blocks.append(escape(texts.say(f"file_etape_{key}")))
    before = content.get(key)
    if before:
        said = "\n".join(before) if isinstance(before, list) else str(before)
        blocks.append(escape(texts.say("file_etape_avant", texte=said)))
    rows = []
    if key in CREATE_STEPS and (key in OPTIONAL or before):
        place = CREATE_STEPS.index(key)
        rows.append((Button(texts.say("bouton_file_passer"), encode(DeskAction.CREATE_SKIP, card, number=place)),))
    rows.append((Button(texts.say("bouton_file_plus_tard"), encode(DeskAction.PUT_ASIDE, card)),))
    return Screen(join_blocks(blocks), tuple(rows))


def topic_preview(
    knowledge: Knowledge, card: int, topic: Topic, today: date, problems: Sequence[str]
) -> tuple[Screen, Screen]:
    """The answer as residents will read it, and below it what can be done."""
    texts = knowledge.texts
    shown = answer_screen(knowledge, topic, today)
    blocks = [escape(texts.say("file_apercu"))]
    if problems:
        lines = "\n".join(f"• {escape(problem)}" for problem in problems)
        blocks = [bold(texts.say("file_a_corriger")), lines]
    change = [
        Button(texts.say(f"bouton_file_champ_{key}"), encode(DeskAction.CREATE_STEP, card, number=place))
        for place, key in enumerate(CREATE_STEPS)
    ]
    check = Button(texts.say("bouton_file_publier"), encode(DeskAction.CREATE_CHECK, card))
    rows = (
        *(() if problems else ((check,),)),
        *rows_of(change, 2),
        (Button(texts.say("bouton_file_plus_tard"), encode(DeskAction.PUT_ASIDE, card)),
         Button(texts.say("bouton_file_jeter"), encode(DeskAction.GIVE_UP, card, code="creer"))),
    )  # fmt: skip
    # The links too, so that whoever publishes can open them. A draft with a mistake may hold what is no address.
    links = () if problems else tuple(row for row in shown.keyboard if all(button.url for button in row))
    return Screen(shown.parts, links), Screen(join_blocks(blocks), rows)


def answer_preview(knowledge: Knowledge, card: int, text: str, question: str, waiting: int) -> tuple[Screen, Screen]:
    """A short answer as those who wait will read it."""
    texts = knowledge.texts
    key = "file_repondre_apercu" if waiting else "file_repondre_personne"
    rows = (
        (Button(texts.say("bouton_file_envoyer"), encode(DeskAction.ANSWER_YES, card)),),
        (Button(texts.say("bouton_file_reecrire"), encode(DeskAction.ANSWER, card)),
         Button(texts.say("bouton_file_jeter"), encode(DeskAction.GIVE_UP, card, code="repondre"))),
    )  # fmt: skip
    return Screen(text_notice(knowledge, text, question).parts), Screen((escape(texts.say(key, nombre=waiting)),), rows)


def impact_screen(
    knowledge: Knowledge, card: int, impact: Impact, yes: DeskAction, *, about: str = "", sure: bool = False
) -> Screen:
    """What would change, right to wrong first. A regression asks for a second yes."""
    texts = knowledge.texts
    blocks = [escape(texts.say("file_effet", questions=impact.questions))]
    if impact.regressions:
        lines = [_moved(knowledge, one) for one in impact.regressions[:_MOVED_SHOWN]]
        more = len(impact.regressions) - _MOVED_SHOWN
        lines += [escape(texts.say("file_autres", nombre=more))] if more > 0 else []
        blocks.append("\n".join([bold(texts.say("file_effet_perdues", nombre=len(impact.regressions))), *lines]))
    if impact.gains:
        blocks.append(escape(texts.say("file_effet_gagnees", nombre=len(impact.gains))))
    if impact.other:
        blocks.append(escape(texts.say("file_effet_autres", nombre=len(impact.other))))
    if not (impact.regressions or impact.gains or impact.other):
        blocks.append(escape(texts.say("file_effet_rien")))
    if impact.regressions and not sure:
        blocks.append(escape(texts.say("file_effet_demander")))
        label, number = "bouton_file_quand_meme", 1
    else:
        label, number = "bouton_file_oui", 2
    go = Button(texts.say(label), encode(yes, card, about=about, number=number))
    return Screen(join_blocks(blocks), ((go,), card_row(knowledge, card)))


def second_yes_screen(knowledge: Knowledge, card: int, yes: DeskAction, *, about: str = "") -> Screen:
    """The second yes."""
    texts = knowledge.texts
    go = Button(texts.say("bouton_file_confirmer"), encode(yes, card, about=about, number=2))
    return Screen((escape(texts.say("file_effet_second")),), ((go,), card_row(knowledge, card)))


def correct_topics_screen(knowledge: Knowledge, card: int, topics: Sequence[str]) -> Screen:
    """Which entry to correct."""
    rows = [
        (Button(knowledge.topics[one].button, encode(DeskAction.CORRECT_TOPIC, card, about=one)),)
        for one in topics
        if one in knowledge.topics
    ][:6]
    return Screen((escape(knowledge.texts.say("file_corriger")),), (*rows, card_row(knowledge, card)))


def correct_fields_screen(knowledge: Knowledge, card: int, topic: Topic, fields: Sequence[str]) -> Screen:
    """Which part of it."""
    texts = knowledge.texts
    buttons = [
        Button(texts.say(f"bouton_file_partie_{one.replace('.', '_').replace('_0_', '_')}"),
               encode(DeskAction.CORRECT_FIELD, card, about=topic.id, number=place))
        for place, one in enumerate(fields)
    ]  # fmt: skip
    blocks = [bold(topic.title), escape(texts.say("file_corriger_champ"))]
    return Screen(join_blocks(blocks), (*rows_of(buttons, 2), card_row(knowledge, card)))


def correct_preview(knowledge: Knowledge, card: int, before: str, after: str) -> Screen:
    """What stood there, and what will."""
    texts = knowledge.texts
    blocks = [
        bold(texts.say("file_avant")), escape(before or "–"), bold(texts.say("file_apres")), escape(after),
    ]  # fmt: skip
    rows = (
        (Button(texts.say("bouton_file_publier"), encode(DeskAction.CORRECT_YES, card)),),
        (Button(texts.say("bouton_file_jeter"), encode(DeskAction.GIVE_UP, card, code="corriger")),),
    )
    return Screen(join_blocks(blocks), rows)


def _moved(knowledge: Knowledge, moved: Moved) -> str:
    text = moved.text if len(moved.text) <= _CUT else f"{moved.text[:_CUT].rstrip()}…"
    names = [_name(knowledge, one) for one in (moved.before, moved.after)]
    return f"• {escape(text)}\n   {escape(names[0])} → {escape(names[1])}"


def _name(knowledge: Knowledge, came: str) -> str:
    topic = knowledge.topics.get(came)
    if topic is not None:
        return topic.button
    known = {"choices", "unknown", "smalltalk", "danger"}
    return knowledge.texts.say(f"file_effet_{came}") if came in known else came
