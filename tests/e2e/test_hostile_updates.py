"""Ten thousand updates that no client sends: the process goes on, and nobody reads what went wrong inside."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from tests.support.assistant import answer, logged_process
from tests.support.hostile_updates import hostile_updates

UPDATES = 10_000
PEOPLE = 1_500  # so that few of them write faster than people do
_PATIENCE = 240.0


@pytest.mark.slow
async def test_ten_thousand_hostile_updates(tmp_path: Path) -> None:
    async with Sandbox(most_rooms=2 * PEOPLE, most_messages=20) as sandbox:
        people = [sandbox.person(f"Personne {number}", started=True) for number in range(PEOPLE)]
        made = hostile_updates(UPDATES, [person.user for person in people])
        assert len(made) == UPDATES
        marie = sandbox.person("Marie")
        log = tmp_path / "log"
        async with logged_process(sandbox, tmp_path) as process:
            await marie.writes(answer())
            await marie.replies(1, within=60)
            updates = sandbox.world.updates
            for update in made:
                [(kind, content)] = update.items()
                updates.add(kind, content)
            await sandbox.wait_until_taken(within=_PATIENCE)
            await marie.writes(answer())
            assert (await marie.replies(1, within=60))[0].text.startswith("Demander le RSA")
            process.terminate()
            code, _ = await process.ends(within=60)
        assert code == 0
        said = "\n".join(
            bubble.text for person in sandbox.cast.people.values() for bubble in person.bubbles if bubble.from_bot
        )
        assert "Traceback" not in said
        assert "Error" not in said
        written = log.read_text(encoding="utf-8")
        assert "an update failed" not in written
        assert written.count("an update cannot be read") < UPDATES / 3
