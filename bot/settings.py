"""Every setting, read once from the environment or a `.env` file; secrets never print themselves."""

from __future__ import annotations

import re
import shlex
import shutil
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import AccesDroitsError

_PACKAGE = Path(__file__).resolve().parent
_TOKEN = re.compile(r"^\d{3,}:[A-Za-z0-9_-]{20,}$")
_ON, _OFF = ("on", "1", "true", "oui"), ("off", "0", "false", "non")
_LOOPBACK = re.compile(r"^(127(?:\.\d{1,3}){3}|localhost|\[::1\]):(\d{1,5})$")
_WEBHOOK = re.compile(r"^(https://[^\s/?#]+|http://(127(?:\.\d{1,3}){3}|localhost|\[::1\])(:\d{1,5})?)(/[^\s?#]*)?$")
_WEBHOOK_SECRET = re.compile(r"^[A-Za-z0-9_-]{1,256}$")
_ANY_HOST = re.compile(r"^([A-Za-z0-9.-]+|\[[0-9a-fA-F:.]+\]):(\d{1,5})$")


class SettingError(AccesDroitsError):
    """A setting cannot be used; `field` is its name in `Settings`."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


def _shipped_knowledge() -> Path:
    checkout = _PACKAGE.parent / "knowledge"
    return checkout if checkout.is_dir() else _PACKAGE / "knowledge"


class Settings(BaseSettings):
    """The settings table of the README, one field a line."""

    model_config = SettingsConfigDict(
        env_prefix="BOT_", env_file=".env", env_file_encoding="utf-8", frozen=True, extra="ignore",
        env_ignore_empty=True,
    )  # fmt: skip

    token: SecretStr | None = None
    api_url: str | None = None
    api_file_url: str | None = None
    database: Path = Path("data/acces-droits.db")
    knowledge: Path = Field(default_factory=_shipped_knowledge)
    staff_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    mediator_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    staff_chat_id: int | None = None
    secret: SecretStr | None = None
    webhook_url: str | None = None
    webhook_listen: str = "127.0.0.1:8081"
    webhook_secret: SecretStr | None = None
    kiosk: bool = False
    trial_address: str = "127.0.0.1:8080"
    backup_folder: Path | None = None
    backup_keep: int = Field(default=7, ge=1, le=1000)
    sends_per_second: Annotated[float, Field(ge=0, le=1000)] = 30.0
    voice: bool = True
    voice_model: Path | None = None
    transcribe_command: Annotated[tuple[str, ...], NoDecode] = ()
    health_address: str | None = None
    log_format: Literal["text", "json"] = "text"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("staff_ids", "mediator_ids", mode="before")
    @classmethod
    def _numbers(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(part.isdigit() for part in parts):
            raise ValueError("des nombres séparés par des virgules sont attendus")
        return frozenset(int(part) for part in parts)

    @field_validator("token")
    @classmethod
    def _token_shape(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _TOKEN.match(value.get_secret_value()):
            raise ValueError("ce n'est pas un jeton Telegram (il ressemble à 123456789:AA…)")
        return value

    @field_validator("kiosk")
    @classmethod
    def _kiosk_without_token(cls, value: bool, info: ValidationInfo) -> bool:
        # Its notices would go out to people of the kiosk's own small Telegram, and theirs to nobody.
        if value and info.data.get("token") is not None:
            raise ValueError("la borne est un programme à part, sans BOT_TOKEN et avec sa propre BOT_DATABASE")
        return value

    @field_validator("trial_address", "webhook_listen", "health_address")
    @classmethod
    def _loopback(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None:
            return None
        for_town = info.field_name == "trial_address" and info.data.get("kiosk")
        found = (_ANY_HOST if for_town else _LOOPBACK).match(value)
        if not found or int(found.group(2)) > 65535:
            raise ValueError("une adresse locale est attendue, par exemple 127.0.0.1:8080")
        return value

    @field_validator("webhook_url")
    @classmethod
    def _public(cls, value: str | None) -> str | None:
        """Telegram pushes over HTTPS only; a Bot API server on this machine may do without."""
        if value is not None and not _WEBHOOK.match(value):
            raise ValueError("une adresse https:// est attendue, par exemple https://exemple.fr/crochet")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _header_value(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _WEBHOOK_SECRET.match(value.get_secret_value()):
            raise ValueError("des lettres sans accent, des chiffres, « _ » et « - » sont attendus (256 au plus)")
        return value

    @field_validator("voice", mode="before")
    @classmethod
    def _on_or_off(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        word = value.strip().lower()
        if word not in (*_ON, *_OFF):
            raise ValueError("on ou off est attendu")
        return word in _ON

    @field_validator("voice_model")
    @classmethod
    def _voice_file(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_file():
            raise ValueError("ce fichier de voix n'existe pas")
        return value

    @field_validator("transcribe_command", mode="before")
    @classmethod
    def _program(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            command = tuple(shlex.split(value))
        except ValueError:
            raise ValueError("un guillemet n'est pas fermé") from None
        if command and shutil.which(command[0]) is None:
            raise ValueError("ce programme est introuvable sur la machine")
        return command

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value

    @cached_property
    def trial_host_port(self) -> tuple[str, int]:
        """Host and port of the trial; port 0 takes any free one."""
        return _split(self.trial_address)

    @cached_property
    def webhook_host_port(self) -> tuple[str, int]:
        return _split(self.webhook_listen)

    @cached_property
    def health_host_port(self) -> tuple[str, int] | None:
        """Where /health, /ready and /metrics answer; None for nowhere."""
        return _split(self.health_address) if self.health_address else None


def _split(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    return host.strip("[]"), int(port)


def read_settings(**overrides: Any) -> Settings:
    """The settings in force; raises SettingError with one French line that names the setting, never its value."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = "_".join(str(part) for part in first["loc"][:1])
        reason = str(first.get("ctx", {}).get("error", "")) or "valeur incorrecte"
        raise SettingError(field, f"le réglage BOT_{field.upper()} ne peut pas être utilisé : {reason}") from None
