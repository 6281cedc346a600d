"""What is said of a link: what it looks like, never that it is safe, and what to do."""

from __future__ import annotations

from bot.domain.knowledge import Knowledge
from bot.domain.scam.judging import Judged, Kind, Verdict
from handlers.callback_data import Action, encode
from handlers.render.html import bold, escape, join_blocks
from handlers.render.menus import theme_buttons
from handlers.render.screen import Button, Keyboard, Screen

TOPIC = "arnaque-en-ligne"
_SHOWN = 3
_LONGEST_HOST = 60


def scam_screen(knowledge: Knowledge, verdict: Verdict) -> Screen:
    """Each link in a sentence, the worst first; then what to do with the message, and what if it is too late."""
    texts = knowledge.texts
    blocks = [_sentence(knowledge, one) for one in verdict.links[:_SHOWN]]
    official = verdict.worst.kind is Kind.OFFICIAL
    blocks.append(escape(texts.say("arnaque_officiel_suite" if official else "arnaque_a_faire")))
    blocks += [escape(texts.say("arnaque_trop_tard")), escape(texts.say("arnaque_pas_ouvert"))]
    topic = knowledge.topics.get(TOPIC)
    keyboard: Keyboard = (
        ((Button(topic.button, encode(Action.TOPIC, topic.id)),),) if topic else theme_buttons(knowledge)
    )
    return Screen(join_blocks(blocks), keyboard)


def _sentence(knowledge: Knowledge, one: Judged) -> str:
    # As code: Telegram makes no link of it.
    host = one.host if len(one.host) <= _LONGEST_HOST else f"{one.host[:_LONGEST_HOST]}…"
    shown = f"<code>{escape(host)}</code>"
    values = {"nom": one.official.name, "site": one.official.site} if one.official else {}
    key = f"arnaque_{one.kind.value}"
    if one.kind is Kind.HIDDEN and one.official:
        key = "arnaque_hidden_nom"
    sentence = escape(knowledge.texts.say(key, **values))
    return f"{bold(knowledge.texts.say('arnaque_lien'))} {shown}\n{sentence}"
