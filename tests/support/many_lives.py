"""The assistant's process, killed and started again many times: what it imports is imported once.

    python -m tests.support.many_lives

Each line on standard input forks a process that goes on exactly as `python -m bot run` does; its number is written,
and later how it ended. Fresh interpreters would spend most of two hundred lives on their imports.
"""

from __future__ import annotations

import os
import sys


def _say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main() -> None:
    import bot.cli.run  # noqa: PLC0415 (the imports are what this is for)
    import handlers  # noqa: F401, PLC0415
    from bot.__main__ import main as program  # noqa: PLC0415

    _ = bot.cli.run.run
    _say("loaded")
    for _line in sys.stdin:
        number = os.fork()
        if number == 0:
            sys.argv = ["acces-droits", "run"]
            os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
            os._exit(int(program() or 0))
        _say(number)
        _, status = os.waitpid(number, 0)
        _say(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
