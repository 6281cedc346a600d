"""What operators copy from docs/deploy and docs/fr/installer.md fits the program."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.cli.arguments import parse
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
UNIT = ROOT / "docs" / "deploy" / "acces-droits.service"
CONTAINER = ROOT / "docs" / "deploy" / "Containerfile"
COMMAND = ROOT / "docs" / "deploy" / "acces-droits-commande"
GUIDE = ROOT / "docs" / "fr" / "installer.md"


def directives() -> dict[str, list[str]]:
    """The unit's lines by name."""
    found: dict[str, list[str]] = {}
    for line in UNIT.read_text(encoding="utf-8").splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize("path", [UNIT, CONTAINER, COMMAND, GUIDE], ids=lambda path: path.name)
def test_every_setting_exists(path: Path) -> None:
    names = set(re.findall(r"\bBOT_[A-Z_]+", path.read_text(encoding="utf-8")))
    assert names
    assert names <= {f"BOT_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Type", "notify"), ("User", "acces-droits"), ("NoNewPrivileges", "yes"), ("ProtectSystem", "strict"),
        ("ProtectHome", "yes"), ("CapabilityBoundingSet", ""), ("PrivateTmp", "yes"), ("Restart", "always"),
        ("UMask", "0077"), ("StateDirectoryMode", "0700"), ("MemoryMax", "768M"), ("WatchdogSec", "60"),
    ],
)  # fmt: skip
def test_the_service_is_kept_apart_and_comes_back(name: str, value: str) -> None:
    assert directives()[name] == [value]


def test_the_service_writes_in_two_places_only() -> None:
    assert directives()["ReadWritePaths"] == ["-/opt/acces-droits/knowledge/contributions"]
    assert directives()["StateDirectory"] == ["acces-droits"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
def test_systemd_finds_the_service_safe(tmp_path: Path) -> None:
    unit = Path(shutil.copy(UNIT, tmp_path))
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--threshold=20", "--no-pager", str(unit)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr  # 20 of 100: what systemd itself calls OK


def test_the_container_runs_as_nobody_without_what_builds() -> None:
    text = CONTAINER.read_text(encoding="utf-8")
    final = text.rpartition("FROM ")[2]
    assert "USER 10001" in final
    assert "uninstall --yes pip" in final
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").partition("# What installs the package")[2]
    for name in re.findall(r"^([A-Za-z-]+)==", lines, flags=re.MULTILINE):
        assert name in text.partition("uninstall --yes")[2].partition("\n")[0], name


def test_every_command_of_the_guide_exists() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    written = set(re.findall(r"(?:acces-droits-commande|exec acces-droits acces-droits) ([a-z]+)", text))
    assert {"doctor", "backup", "restore", "check"} <= written
    for command in written:
        parse([command, "x.db"] if command == "restore" else [command])
