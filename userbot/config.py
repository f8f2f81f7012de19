"""The settings: environment variables, or `.env` in the working directory, read once and never changed."""

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from userbot.errors import SettingsError

EVERY_MEMBER: Literal["."] = "."


class Settings(BaseSettings):
    """What SPEC calls settings; field names in capitals are the variables' names."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    api_id: int = Field(gt=0)
    api_hash: SecretStr = Field(min_length=32, max_length=32)
    backend_group: Annotated[int | str | None, BeforeValidator(str.strip)] = None
    """The group's -100… id, or its @name."""
    instance_id: int | None = Field(default=None, gt=0)
    """Names this connection; without it the account's user id does."""
    extensions_allowed: Annotated[frozenset[int] | Literal["."], NoDecode] = frozenset()
    """Who else may configure and start mailings; "." is every member of the group."""
    monthly_limit: int = Field(default=500, ge=0)
    rate_per_minute: float = Field(default=1000, ge=0)
    restart_delay: float = Field(default=120, gt=0)
    """Seconds until a sending that met trouble goes on."""
    misfire_grace: float = Field(default=3600, ge=0)
    """Seconds by which a start or a command may be late and still count."""
    desk: bool = True
    sessions_dir: Path = Path("sessions")
    data_dir: Path = Path("data")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    telegram_server: tuple[str, int] | None = None
    """Where to connect instead of Telegram, as host:port …"""
    telegram_server_key: Path | None = None
    """… and the file with that server's public key, PKCS#1 PEM."""

    @field_validator("extensions_allowed", mode="before")
    @classmethod
    def _ids_or_dot(cls, value: object) -> object:
        if not isinstance(value, str) or value.strip() == EVERY_MEMBER:
            return value.strip() if isinstance(value, str) else value
        return frozenset(part.strip() for part in value.split(",") if part.strip())

    @field_validator("telegram_server", mode="before")
    @classmethod
    def _host_and_port(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        host, _, port = value.rpartition(":")
        # Telethon wants an address, and a name would not say which of its addresses is meant.
        return str(ip_address("127.0.0.1" if host == "localhost" else host.strip("[]"))), port

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("backend_group")
    @classmethod
    def _group(cls, value: str | None) -> int | str | None:
        if value is None or value.startswith("@"):
            return value
        if value.removeprefix("-").isascii() and value.removeprefix("-").isdigit():
            return int(value)
        raise ValueError("is neither a -100… id nor an @name")

    @model_validator(mode="after")
    def _server_and_key(self) -> "Settings":
        if (self.telegram_server is None) != (self.telegram_server_key is None):
            raise ValueError("TELEGRAM_SERVER and TELEGRAM_SERVER_KEY go together: set both, or neither")
        return self


def load(**given: Any) -> Settings:
    """The settings from the environment. Raises SettingsError that names all mistakes at once, and no values."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError("\n".join(_sentence(problem["loc"], problem) for problem in error.errors())) from None


def _sentence(where: tuple[int | str, ...], problem: Any) -> str:
    """One line for one mistake. The value stays out of it: it may be a secret."""
    if not where:
        return str(problem["msg"]).removeprefix("Value error, ") + "."
    name = str(where[0]).upper()
    if problem["type"] == "missing":
        return f"{name} is not set. {_EXAMPLES.get(name, 'See .env.example')}."
    what = str(problem["msg"]).removeprefix("Value error, ")
    return f"{name} is not valid: {what[0].lower()}{what[1:]}. {_EXAMPLES.get(name, 'See .env.example')}."


_EXAMPLES = {
    "API_ID": "Get yours at https://my.telegram.org and write API_ID=12345 into .env",
    "API_HASH": "Get yours at https://my.telegram.org and write its 32 characters into .env",
    "BACKEND_GROUP": "Write the group's id or name, as in BACKEND_GROUP=-1001234567890 or BACKEND_GROUP=@our_team",
    "EXTENSIONS_ALLOWED": "Write user ids with commas between, or a single dot for every member",
    "TELEGRAM_SERVER": "Write an address and a port, as in TELEGRAM_SERVER=127.0.0.1:4430",
}
