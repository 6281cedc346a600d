"""`acces-droits ask`: one answer as a resident would read it, or JSON for scripts."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable
from typing import Any

from bot.domain.decision import Answer, Choices
from bot.domain.knowledge import Knowledge
from bot.domain.models import Topic
from bot.domain.understanding import Talk, Understanding, Understood
from bot.errors import AccesDroitsError
from bot.knowledge_base.loader import load_knowledge
from bot.services.clock import paris_day, paris_now
from bot.settings import read_settings
from handlers.render.answer import answer_screen, facet_screen
from handlers.render.html import escape, to_plain
from handlers.render.outcome import choices_screen, danger_screen, foreign_screen, small_talk_screen, unknown_screen
from handlers.render.screen import Screen, opened

_EXPLAINED_TOPICS = 3
_EXPLAINED_FEATURES = 12


class UnknownTopicError(AccesDroitsError):
    """`--after` names a topic that does not exist."""


def run(options: argparse.Namespace) -> int:
    understanding = Understanding(load_knowledge(read_settings().knowledge))
    if options.after and options.after not in understanding.knowledge.topics:
        raise UnknownTopicError(f"le sujet « {options.after} » n'existe pas")
    texts: Iterable[str] = (line.rstrip("\n") for line in sys.stdin) if options.text == "-" else [options.text]
    for text in texts:
        started = time.perf_counter()
        understood = understanding.read(text, options.after)
        milliseconds = (time.perf_counter() - started) * 1000
        if options.json:
            print(json.dumps(_as_json(text, understood, milliseconds), ensure_ascii=False), flush=True)
            continue
        print("\n\n".join(_plain(screen) for screen in _screens(understanding, understood)))
        if options.explain:
            _explain(understanding, text, understood)
    return 0


def _as_json(text: str, understood: Understood, milliseconds: float) -> dict[str, Any]:
    outcome = understood.outcome
    decision, topic, choices = "unknown", None, []
    if isinstance(outcome, Answer):
        decision, topic = "answer", outcome.topic
    elif isinstance(outcome, Choices):
        decision, choices = "choices", list(outcome.topics)
    elif isinstance(outcome, Talk):
        decision, topic = "smalltalk", outcome.id
    if understood.danger is not None:
        decision = "danger"
        choices = []
    return {
        "text": text,
        "decision": decision,
        "topic": topic,
        "choices": choices,
        "ranking": [{"topic": one.topic, "score": round(one.score, 4)} for one in understood.ranking],
        "danger": understood.danger.kind if understood.danger else None,
        "milliseconds": round(milliseconds, 3),
    }


def _screens(understanding: Understanding, understood: Understood) -> list[Screen]:
    knowledge, outcome = understanding.knowledge, understood.outcome
    abroad = understood.language if understood.told_abroad else None
    screens = [danger_screen(knowledge, understood.danger, abroad)] if understood.danger else []
    if understood.language is not None and abroad is None:
        screens.append(foreign_screen(knowledge, understood.language, None))
    if isinstance(outcome, Answer):
        if understood.danger is None or outcome.topic != understood.danger.kind:
            screens.append(_answer(knowledge, knowledge.topics[outcome.topic], understood))
    elif isinstance(outcome, Choices):
        screens.append(choices_screen(knowledge, outcome.topics, several=outcome.several))
    elif isinstance(outcome, Talk):
        screens.append(small_talk_screen(knowledge, knowledge.small_talk[outcome.id]))
    elif understood.language is not None:
        pass  # said above, in that language
    elif not understood.readable:
        screens.append(
            Screen((escape(knowledge.texts.say("quelle_demarche" if understood.facet else "incomprehensible")),))
        )
    elif understood.danger is None:
        screens.append(unknown_screen(knowledge, None))
    if screens and understood.definition:
        screens[-1] = opened(screens[-1], understood.definition)
    return screens


def _answer(knowledge: Knowledge, topic: Topic, understood: Understood) -> Screen:
    today = paris_day(paris_now)
    if understood.follow_up and understood.facet in topic.facets:
        return facet_screen(knowledge, topic, str(understood.facet), today)
    return answer_screen(knowledge, topic, today, facet=understood.facet)


def _plain(screen: Screen) -> str:
    lines = [to_plain(part) for part in screen.parts]
    lines += [
        " ".join(f"[{button.label}{' → ' + button.url if button.url else ''}]" for button in row)
        for row in screen.keyboard
    ]
    return "\n".join(lines)


def _explain(understanding: Understanding, text: str, understood: Understood) -> None:
    if understood.danger is not None:
        print(f"\ndanger {understood.danger.kind} : {', '.join(understood.danger.words)}")
    for scored in understood.ranking[:_EXPLAINED_TOPICS]:
        print(f"\n{scored.topic} (probabilité {scored.score:.2f})")
        for channel, feature, value in understanding.matcher.evidence(text, scored.topic)[:_EXPLAINED_FEATURES]:
            print(f"  {value:6.2f}  {channel:<10}  {feature}")
