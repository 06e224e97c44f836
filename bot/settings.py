"""Everything an operator can set: typed, from the environment and ``.env``."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class SettingsError(Exception):
    """Some settings are wrong; ``problems`` names each key and the reason, never a value."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """``.env.example`` explains each key; a test keeps the two equal. Build it with :func:`load_settings`."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    discord_token: SecretStr | None = Field(None, validation_alias="DISCORD_TOKEN")
    database_url: str = Field("sqlite+aiosqlite:///ostinato.db", validation_alias="OSTINATO_DATABASE_URL")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", validation_alias="OSTINATO_LOG_LEVEL")
    log_format: Literal["human", "json"] = Field("human", validation_alias="OSTINATO_LOG_FORMAT")
    log_file: Path | None = Field(None, validation_alias="OSTINATO_LOG_FILE")
    message_content: bool = Field(default=False, validation_alias="OSTINATO_MESSAGE_CONTENT")
    posts_per_s: float = Field(45, ge=0, le=50, validation_alias="OSTINATO_POSTS_PER_SECOND")
    shard_count: int | None = Field(None, ge=1, validation_alias="OSTINATO_SHARD_COUNT")
    shard_ids: Annotated[tuple[int, ...] | None, NoDecode] = Field(None, validation_alias="OSTINATO_SHARD_IDS")
    backup_folder: Path = Field(Path("backups"), validation_alias="OSTINATO_BACKUP_FOLDER")
    backup_daily: int = Field(7, ge=0, le=366, validation_alias="OSTINATO_BACKUP_DAILY")
    backup_weekly: int = Field(4, ge=0, le=520, validation_alias="OSTINATO_BACKUP_WEEKLY")
    http_port: int | None = Field(None, ge=1, le=65535, validation_alias="OSTINATO_HTTP_PORT")

    @field_validator("discord_token", mode="before")
    @classmethod
    def _without_the_spaces_around_it(cls, value: object) -> object:
        return value.strip() if isinstance(value, str) else value

    @field_validator("shard_ids", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [part.strip() for part in value.split(",")] if isinstance(value, str) else value

    @model_validator(mode="after")
    def _shards_fit(self) -> "Settings":
        if self.shard_ids is not None:
            if self.shard_count is None:
                raise ValueError("OSTINATO_SHARD_IDS needs OSTINATO_SHARD_COUNT")
            if not all(0 <= shard_id < self.shard_count for shard_id in self.shard_ids):
                raise ValueError("OSTINATO_SHARD_IDS must lie between 0 and OSTINATO_SHARD_COUNT - 1")
        return self


class ServiceManager(BaseSettings):
    """What systemd tells a service of ``Type=notify``; nothing where there is no systemd."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)

    notify_socket: str | None = Field(None, validation_alias="NOTIFY_SOCKET")
    watchdog_us: int | None = Field(None, ge=1, validation_alias="WATCHDOG_USEC")


def load_settings() -> Settings:
    """Read the environment, then ``.env`` in the working directory.

    Raises SettingsError with every key that is wrong.
    """
    try:
        return Settings()
    except ValidationError as error:
        problems = []
        for detail in error.errors(include_input=False, include_url=False):
            key = ".".join(str(part) for part in detail["loc"])
            reason = detail["msg"].removeprefix("Value error, ")
            problems.append(f"{key}: {reason}" if key else reason)
        raise SettingsError(problems) from None
