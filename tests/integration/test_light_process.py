"""What is heavy never comes into the assistant's own process."""

from __future__ import annotations

import subprocess
import sys

_HEAVY = ("yaml", "prometheus_client", "matplotlib", "xlsxwriter", "PIL")


def test_charts_and_workbooks_are_imported_by_children_only() -> None:
    code = (
        "import sys, bot.app.running, handlers.bilan.commands\n"
        f"print([name for name in {_HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
