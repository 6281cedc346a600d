"""Settings from the environment: each one read, each mistake one French line that never shows a secret."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import SettingError, Settings, read_settings

TOKEN = "123456789:AAabcdefghijklmnopqrstuvwxyz-_0123"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty folder and no setting of whoever runs the tests."""
    for name in list(os.environ):
        if name.startswith("BOT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_nothing_set_is_the_trial() -> None:
    settings = read_settings()
    assert settings.token is None
    assert settings.trial_host_port == ("127.0.0.1", 8080)
    assert settings.database == Path("data/acces-droits.db")
    assert (settings.knowledge / "themes.yaml").is_file()
    assert settings.staff_ids == settings.mediator_ids == frozenset()
    assert settings.log_level == "INFO"


def test_everything_set(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {
        "TOKEN": TOKEN, "API_URL": "http://127.0.0.1:1/bot", "DATABASE": "x.db", "KNOWLEDGE": "base",
        "STAFF_IDS": " 1, 22 ,333,", "MEDIATOR_IDS": "4", "STAFF_CHAT_ID": "-100123", "SECRET": "clé",
        "TRIAL_ADDRESS": "localhost:0", "LOG_LEVEL": "debug", "WEBHOOK_LISTEN": "[::1]:8443",
    }  # fmt: skip
    for name, value in values.items():
        monkeypatch.setenv(f"BOT_{name}", value)
    settings = read_settings()
    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN
    assert settings.staff_ids == {1, 22, 333}
    assert settings.mediator_ids == {4}
    assert settings.staff_chat_id == -100123
    assert settings.trial_host_port == ("localhost", 0)
    assert settings.webhook_host_port == ("::1", 8443)
    assert settings.log_level == "DEBUG"


@pytest.mark.parametrize("address", ["0.0.0.0:8080", "192.168.1.20:80", "[::]:8080", "borne.example:0"])
def test_only_a_kiosk_listens_to_the_town(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("BOT_TRIAL_ADDRESS", address)
    for off in ("", "0", "off"):
        monkeypatch.setenv("BOT_KIOSK", off)
        with pytest.raises(SettingError, match="BOT_TRIAL_ADDRESS"):
            read_settings()
    monkeypatch.setenv("BOT_KIOSK", "1")
    host, _, port = address.rpartition(":")
    assert read_settings().trial_host_port == (host.strip("[]"), int(port))
    monkeypatch.setenv("BOT_WEBHOOK_LISTEN", address)
    with pytest.raises(SettingError, match="BOT_WEBHOOK_LISTEN"):
        read_settings()


def test_a_kiosk_is_a_program_apart_from_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_KIOSK", "1")
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    with pytest.raises(SettingError, match=r"BOT_KIOSK.*BOT_DATABASE"):
        read_settings()


def test_a_dotenv_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"BOT_TOKEN={TOKEN}\nBOT_LOG_LEVEL=ERROR\nAUTRE=1\n", encoding="utf-8")
    monkeypatch.setenv("BOT_LOG_LEVEL", "WARNING")
    settings = read_settings()
    assert settings.token is not None
    assert settings.log_level == "WARNING"


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TOKEN", "STAFF_IDS", "STAFF_CHAT_ID", "DATABASE", "LOG_LEVEL"):
        monkeypatch.setenv(f"BOT_{name}", "")
    assert read_settings() == read_settings()
    assert read_settings().token is None


def test_secrets_never_print_themselves() -> None:
    settings = read_settings(token=TOKEN, secret="très secret", webhook_secret="aussi")
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert TOKEN not in shown
        assert "secret " not in shown.replace("très", "")
        assert "très secret" not in shown


def test_settings_do_not_change_while_running() -> None:
    settings = read_settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.log_level = "ERROR"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TOKEN", "12:AA"), ("TOKEN", "bonjour"), ("TOKEN", TOKEN + " "), ("STAFF_IDS", "un"), ("STAFF_IDS", "1;2"),
        ("STAFF_IDS", "-3"), ("STAFF_CHAT_ID", "groupe"), ("LOG_LEVEL", "FORT"), ("TRIAL_ADDRESS", "0.0.0.0:8080"),
        ("TRIAL_ADDRESS", "127.0.0.1"), ("TRIAL_ADDRESS", "127.0.0.1:99999"), ("WEBHOOK_LISTEN", "exemple.fr:80"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_line_with_the_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"BOT_{name}", value)
    with pytest.raises(SettingError) as caught:
        read_settings()
    message = str(caught.value)
    assert f"BOT_{name}" in message
    assert "\n" not in message


@given(st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60))
def test_any_token_is_taken_or_refused_without_being_shown(value: str) -> None:
    message = ""
    try:
        read_settings(_env_file=None, token=value)
    except SettingError as error:
        message = str(error)
    assert len(value) < 8 or value not in message


def test_every_setting_stands_in_the_readme() -> None:
    table = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert f"`BOT_{name.upper()}`" in table, name


@pytest.mark.parametrize(("word", "on"), [("on", True), ("1", True), ("OUI", True), ("off", False), ("0", False)])
def test_the_voice_is_on_unless_somebody_turns_it_off(monkeypatch: pytest.MonkeyPatch, word: str, on: bool) -> None:
    assert read_settings().voice is True
    monkeypatch.setenv("BOT_VOICE", word)
    assert read_settings().voice is on


def test_programs_and_files_of_the_voice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "voix.onnx").write_bytes(b"x")
    monkeypatch.setenv("BOT_VOICE_MODEL", str(tmp_path / "voix.onnx"))
    monkeypatch.setenv("BOT_TRANSCRIBE_COMMAND", "sh -c 'echo bonjour'")
    settings = read_settings()
    assert settings.voice_model == tmp_path / "voix.onnx"
    assert settings.transcribe_command == ("sh", "-c", "echo bonjour")


@pytest.mark.parametrize(
    ("name", "value"),
    [("VOICE", "peut-être"), ("VOICE_MODEL", "absente.onnx"), ("TRANSCRIBE_COMMAND", "programme-absent-d-ici -x"),
     ("TRANSCRIBE_COMMAND", "sh 'ouvert")],
)  # fmt: skip
def test_mistakes_about_the_voice_name_the_setting(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"BOT_{name}", value)
    with pytest.raises(SettingError, match=f"BOT_{name} ") as error:
        read_settings()
    assert "\n" not in str(error.value)
