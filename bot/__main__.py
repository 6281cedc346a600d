"""The command line `acces-droits` (the same as `python -m bot`)."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from bot.cli.arguments import parse
from bot.errors import AccesDroitsError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. What a person can mend is one line on standard error, exit 2."""
    try:
        options = parse(sys.argv[1:] if arguments is None else arguments)
        code: int = options.command(options)
    except AccesDroitsError as error:
        sys.stderr.write(f"acces-droits : {error}\n")
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output went away: nothing to say, and no traceback at exit
        return 0
    return code


if __name__ == "__main__":
    sys.exit(main())
