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
from bot.services.memory import return_memory
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

    def drawn(signs: str) -> Callable[[], str]:
        return lambda: letters(signs)

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
        "random emojis": script(0x1F300, 0x1FAFF),
        "random letters beyond the first plane": script(0x10000, 0x1F9FF),
        "families of emojis (joined)": lambda: ("👨\u200d👩\u200d👧\u200d👦" * MAX_CHARACTERS)[:MAX_CHARACTERS],
        "flags": script(0x1F1E6, 0x1F1FF),
        "letters worth eighteen (U+FDFA)": lambda: "\ufdfa" * MAX_CHARACTERS,
        "letters that grow in lower case (İ, ß, ﬃ)": drawn("İßŉǰﬃﬄΐ"),
        "letters in circles and squares": script(0x2460, 0x33FF),
        "mathematical letters": script(0x1D400, 0x1D6A3),
        "letters under five marks": lambda: ("e\u0301\u0316\u0323\u0330\u0331" * MAX_CHARACTERS)[:MAX_CHARACTERS],
        "random letters and marks": drawn(string.ascii_lowercase + "".join(map(chr, range(0x300, 0x370)))),
        "random accented letters": drawn("àâäéèêëîïôöùûüÿçœæÀÂÄÉÈÊËÎÏÔÖÙÛÜŸÇŒÆ '"),
        "random Arabic": script(0x621, 0x64A),
        "random Chinese": script(0x4E00, 0x9FFF),
        "random Hebrew": script(0x5D0, 0x5EA),
        "Arabic words": drawn("ابتثجحخدذرزسشصضطظعغفقكلمنهوي    "),
        "right-to-left marks in words": drawn("\u200f\u202e\u2067\u2069abcde "),
        "no-break spaces": lambda: "\u00a0\u202f\u2007" * (MAX_CHARACTERS // 3),
        "words between no-break spaces": lambda: "\u00a0".join(pick.choices(known, k=700))[:MAX_CHARACTERS],
        "random Cyrillic": script(0x410, 0x44F),
        "random Georgian, Thai, Hindi": drawn("".join(map(chr, [*range(0x905, 0x939), *range(0xE01, 0xE2E)])) + " "),
        "random Korean": script(0xAC00, 0xD7A3),
        "random Unicode": script(0x21, 0x2FFF),
        "random Unicode, all planes": script(0x21, 0xD7FF),
        "lone halves of pairs": script(0xD800, 0xDFFF),
        "two random letters in turn": lambda: "".join(pick.sample(string.ascii_lowercase, 2)) * (MAX_CHARACTERS // 2),
        "one word of 100 letters, 40 times": lambda: (letters(string.ascii_lowercase)[:100] + " ") * 40,
        "one known word, 4,096 letters": lambda: (pick.choice(known) + " ") * 800,
        "real words joined": lambda: "".join(pick.choices(known, k=1500))[:MAX_CHARACTERS],
        "real words joined by apostrophes": lambda: "'".join(pick.choices(known, k=1500))[:MAX_CHARACTERS],
        "real words joined by hyphens": lambda: "-".join(pick.choices(known, k=1500))[:MAX_CHARACTERS],
        "real words, a line each": lambda: "\n".join(pick.choices(known, k=700))[:MAX_CHARACTERS],
        "real words in capitals": lambda: " ".join(pick.choices(known, k=700)).upper()[:MAX_CHARACTERS],
        "one letter a word": lambda: " ".join(pick.choices(string.ascii_lowercase, k=MAX_CHARACTERS // 2)),
        "two letters a word": lambda: many(1400, 2, 2),
        "groups of digits": lambda: " ".join(f"{pick.randint(0, 99):02}" for _ in range(1365)),
        "digits and letters mixed": drawn(string.ascii_lowercase + string.digits),
        "amounts and dates": lambda: " ".join(
            f"{pick.randint(1, 31)}/{pick.randint(1, 12)}/2026 1.234,5€" for _ in range(160)
        ),
        "addresses of pages": lambda: " ".join(
            f"https://{word}.example/{word}?a=b" for word in pick.choices(known, k=120)
        )[:MAX_CHARACTERS],
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
        "words of danger in any order": lambda: " ".join(
            pick.choices("il me frappe mon mari mourir veux sang tue enfant bat plus respire feu aide".split(), k=700)
        ),
        "slips of words of danger": lambda: " ".join(
            pick.choices(["fraper", "frpape", "suicde", "sucide", "mourirr", "menacce", "resprie", "battu"], k=500)
        ),
        "facets, 400 times": lambda: " ".join(pick.choices(["c'est où", "quels papiers", "combien", "et pour"], k=400)),
        "nearly danger, 200 times": lambda: ("mort de rire je vais mourir " * 200)[:MAX_CHARACTERS],
    }


def main() -> None:
    knowledge = load_knowledge(read_settings().knowledge)
    understanding = Understanding(knowledge)
    for topic in knowledge.topics.values():  # warms up what a running bot has read a thousand times
        understanding.read(topic.phrases[0])
    return_memory()  # as the running bot does
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
