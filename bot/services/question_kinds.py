"""What kind of question a message was, for the figures."""

from __future__ import annotations

from bot.domain.decision import Answer, Choices
from bot.domain.figures import Outcome, Question
from bot.domain.knowledge import Knowledge
from bot.domain.understanding import Talk
from bot.services.ask import Asked


def question_of(asked: Asked, knowledge: Knowledge) -> Question | None:
    """One message is one question at most; small talk and noise are none. A danger has no place."""
    understood = asked.understood
    decided = understood.outcome
    if understood.danger is not None:
        return Question("danger", channel=asked.channel)
    topics: tuple[str, ...] = ()
    outcome: Outcome = "unknown"
    if isinstance(decided, Answer):
        outcome, topics = "served", (decided.topic,)
    elif isinstance(decided, Choices) and understood.language is None:
        outcome, topics = "choices", decided.topics
    elif isinstance(decided, Talk) or not understood.readable:
        return None
    themes = {knowledge.topics[topic].theme for topic in topics}
    return Question(outcome, themes.pop() if len(themes) == 1 else "", asked.commune, asked.channel)
