"""In a child process: makes the backup of the night. What to do comes on standard input, for it holds the key."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

from bot.errors import AccesDroitsError
from bot.services.backups.making import make_in_folder


def main() -> None:
    """Make it; the reason of a failure goes to standard output."""
    given = json.load(sys.stdin)
    key, now = bytes.fromhex(given["key"]), datetime.fromisoformat(given["now"])
    folder = Path(given["folder"])
    try:
        make_in_folder(Path(given["database"]), Path(given["knowledge"]), key, folder, now, given["keep"])
    except AccesDroitsError as error:
        sys.stdout.write(str(error))


if __name__ == "__main__":
    main()
