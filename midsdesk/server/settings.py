"""Settings of the server: one declared table, read from the environment (`MIDSDESK_...`).

Secrets come from the environment or from files (`MIDSDESK_SECRETS_DIR`, as container platforms
mount them), never from a command line, where other users of the machine could read them.
"""

import os
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Everything an operator may decide.

    Attributes:
        database_url: PostgreSQL, as SQLAlchemy writes it (postgresql+psycopg://...).
        redis_url: Valkey or Redis; "" runs without: slower, hints only inside one process.
        secret: Signs access tokens; at least 32 characters, the same in all workers.
        public_url: What links begin with.
        trusted_proxies: How many proxies in front add to X-Forwarded-For; 0 ignores the header.
        s3_endpoint: "" runs without exports.
    """

    model_config = SettingsConfigDict(
        env_prefix="MIDSDESK_",
        secrets_dir=os.environ.get("MIDSDESK_SECRETS_DIR"),
        extra="ignore",
    )

    database_url: str = "postgresql+psycopg:///midsdesk"
    redis_url: str = ""
    secret: SecretStr
    public_url: str = "http://127.0.0.1:8765"
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8765
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    trusted_proxies: Annotated[int, Field(ge=0, le=8)] = 0
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    metrics_token: SecretStr = SecretStr("")
    registration: bool = True

    s3_endpoint: str = ""
    s3_bucket: str = "uploads"
    s3_access_key: str = ""
    s3_secret_key: SecretStr = SecretStr("")
    s3_region: str = "us-east-1"

    gamedata: Path | None = None

    pool_size: Annotated[int, Field(ge=1, le=200)] = 10
    pool_wait_s: float = 5.0
    statement_limit_s: float = 10.0
    access_s: int = 15 * 60
    refresh_days: int = 60
    refresh_grace_s: int = 60
    tombstone_days: int = 365
    idempotency_days: int = 7
    versions_kept: Annotated[int, Field(ge=1)] = 50
    export_days: int = 30
    max_builds: int = 500
    max_shares: int = 500
    max_exports: int = 100
    max_export_bytes: int = 8 * 1024 * 1024
    max_sockets_per_account: int = 20
    max_sockets: int = 20_000
    requests_per_minute: int = 1200
    anonymous_per_minute: int = 300
    sign_ins_per_minute: int = 10
    registrations_per_hour: int = 20
    body_limit_s: float = 15.0
    password_memory_kib: int = 64 * 1024
    password_time: int = 3

    @field_validator("secret")
    @classmethod
    def long_enough(cls, value: SecretStr) -> SecretStr:
        """A short secret can be guessed, and with it every token."""
        if len(value.get_secret_value()) < 32:
            raise ValueError("the secret must have at least 32 characters")
        return value

    @field_validator("public_url")
    @classmethod
    def bare(cls, value: str) -> str:
        """Without a slash at the end, and of the web."""
        if not value.startswith(("http://", "https://")):
            raise ValueError("the public address must begin with http:// or https://")
        return value.rstrip("/")


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()  # type: ignore[call-arg]  # the secret comes from the environment
