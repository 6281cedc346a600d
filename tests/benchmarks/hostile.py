"""Messages that nobody in need would write: none may take more than 20 ms to read.

    python -m tests.benchmarks.hostile

Each kind is asked several times with new random content, so no cache knows it; danger, small talk, ranking and
decision are all timed, in processor time: the machine is shared.
"""

from __future__ import annotations

import random
import string
import time
from collections.abc import Callable

from bot.domain.knowledge import Knowledge
from bot.domain.text import MAX_CHARACTERS
from bot.domain.understanding import Understanding
from bot.knowledge_base.loader import load_knowledge
from bot.settings import read_settings
from tests.benchmarks.measures import print_table

LIMIT = 20.0  # milliseconds
TIMES = 15
SEED = 4
_SYLLABLES = [first + rest for first in "bcdfglmnprstv" for rest in ("a", "e", "i", "o", "ou", "on", "é", "u")]


def kinds(pick: random.Random, knowledge: Knowledge) -> dict[str, Callable[[], str]]:
    """Every kind of message, as a function that makes another one."""

    def letters(alphabet: str) -> str:
        return "".join(pick.choices(alphabet, k=MAX_CHARACTERS))

    def many(number: int, shortest: int, longest: int) -> str:
        made = ("".join(pick.choices(string.ascii_lowercase, k=pick.randint(shortest, longest))) for _ in range(number))
        return " ".join(made)[:MAX_CHARACTERS]

    def spoken(number: int) -> str:
        return " ".join("".join(pick.choices(_SYLLABLES, k=pick.randint(3, 5))) for _ in range(number))

    def script(first: int, last: int) -> Callable[[], str]:
        return lambda: "".join(chr(pick.randint(first, last)) for _ in range(MAX_CHARACTERS))

    known = [word for topic in knowledge.topics.values() for phrase in topic.phrases for word in phrase.split()]
    return {
        "one letter": lambda: "a" * MAX_CHARACTERS,
        "one accented letter": lambda: "é" * MAX_CHARACTERS,
        "spaces": lambda: " " * MAX_CHARACTERS,
        "line ends": lambda: "\n" * MAX_CHARACTERS,
        "combining marks": lambda: "\u0301" * MAX_CHARACTERS,
        "a letter under marks": lambda: "a" + "\u0301\u0316" * (MAX_CHARACTERS // 2),
        "invisible marks": lambda: "\u200d" * MAX_CHARACTERS,
        "random letters": lambda: letters(string.ascii_lowercase),
        "random letters and spaces": lambda: letters(string.ascii_lowercase + "    "),
        "random digits": lambda: letters(string.digits),
        "random signs": lambda: letters(string.punctuation),
        "abbreviations (a.a.a.)": lambda: "a." * (MAX_CHARACTERS // 2),
        "elisions (l'l'l')": lambda: "l'" * (MAX_CHARACTERS // 2),
        "letters and digits (abc1)": lambda: "abc1" * (MAX_CHARACTERS // 4),
        "emojis": lambda: "😀" * MAX_CHARACTERS,
        "letters worth eighteen (U+FDFA)": lambda: "\ufdfa" * MAX_CHARACTERS,
        "random Arabic": script(0x621, 0x64A),
        "random Chinese": script(0x4E00, 0x9FFF),
        "random Korean": script(0xAC00, 0xD7A3),
        "random Unicode": script(0x21, 0x2FFF),
        "words of 50 to 200 letters": lambda: many(40, 50, 200),
        "80 unknown words": lambda: many(80, 6, 9),
        "80 long unknown words": lambda: many(80, 10, 14),
        "80 unknown words, French sounds": lambda: spoken(80),
        "700 unknown words": lambda: many(700, 3, 8),
        "700 known words": lambda: " ".join(pick.choices(known, k=700))[:MAX_CHARACTERS],
        "a need in each of 150 sentences": lambda: " ".join(
            f"{pick.choice(known)} je veux demander le rsa et j'ai perdu mon {pick.choice(known)}." for _ in range(150)
        )[:MAX_CHARACTERS],
        "danger, 200 times": lambda: ("il me frappe mon mari " * 200)[:MAX_CHARACTERS],
        "nearly danger, 200 times": lambda: ("mort de rire je vais mourir " * 200)[:MAX_CHARACTERS],
    }


def main() -> None:
    knowledge = load_knowledge(read_settings().knowledge)
    understanding = Understanding(knowledge)
    for topic in knowledge.topics.values():  # warms up what a running bot has read a thousand times
        understanding.read(topic.phrases[0])
    rows = []
    for name, make in kinds(random.Random(SEED), knowledge).items():  # noqa: S311 - messages for a test
        taken = sorted(_milliseconds(understanding, make()) for _ in range(TIMES))
        median = taken[TIMES // 2]
        over = " over" if median > LIMIT else ""
        rows.append([name, f"{taken[0]:.1f}", f"{median:.1f}{over}", f"{taken[-1]:.1f}"])
    print(f"\nMessages of {MAX_CHARACTERS:,} characters or as said, {TIMES} of each; the limit is {LIMIT:.0f} ms\n")
    print_table(("message", "fastest ms", "median ms", "slowest ms"), rows)


def _milliseconds(understanding: Understanding, text: str) -> float:
    start = time.thread_time()
    understanding.read(text)
    return (time.thread_time() - start) * 1e3


if __name__ == "__main__":
    main()
