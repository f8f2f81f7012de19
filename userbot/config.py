"""The settings: environment variables, or `.env` in the program's folder, read once and never changed."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    Field,
    FiniteFloat,
    InstanceOf,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from userbot.core import caps, proxy, quiet_hours
from userbot.core.caps import Cap
from userbot.core.proxy import Proxy
from userbot.core.quiet_hours import QuietHours
from userbot.errors import SettingsError, in_words

EVERY_MEMBER: Literal["."] = "."

ENV = ".env"
"""The settings' file, in the program's folder."""

_PATHS = ("sessions_dir", "data_dir", "telegram_server_key")
"""The settings that may be paths as seen from that folder."""


class Settings(BaseSettings):
    """What SPEC calls settings; field names in capitals are the variables' names."""

    model_config = SettingsConfigDict(env_file=ENV, env_file_encoding="utf-8-sig", extra="ignore", frozen=True)

    api_id: int = Field(gt=0)
    api_hash: SecretStr
    backend_group: int | str | None = None
    """The group's -100… id, or its @name."""
    instance_id: int | None = Field(default=None, gt=0)
    """Names this connection; without it the account's user id does."""
    extensions_allowed: Annotated[frozenset[int] | Literal["."], NoDecode] = frozenset()
    """Who else may configure and start mailings; "." is every member of the group."""
    monthly_limit: int = Field(default=500, ge=0)
    rate_per_minute: FiniteFloat = Field(default=1000, ge=0)
    restart_delay: FiniteFloat = Field(default=120, gt=0)
    """Seconds until a sending that met trouble goes on."""
    misfire_grace: FiniteFloat = Field(default=3600, ge=0)
    """Seconds by which a start or a command may be late and still count."""
    timezone: Annotated[InstanceOf[ZoneInfo] | None, NoDecode] = None
    """Whose clock on the wall is shown beside UTC; None is UTC alone."""
    quiet_hours: Annotated[InstanceOf[QuietHours] | None, NoDecode] = None
    """When mailings rest, in that zone."""
    cap: Annotated[InstanceOf[Cap] | None, NoDecode] = None
    """How many mailings one person gets at most, in any such time."""
    confirm_above: int = Field(default=0, ge=0)
    """A run to more recipients than this wants a second word; 0 is never."""
    desk: bool = True
    """Whether private messages open topics, and what operators write there goes to the customers."""
    opt_out_words: str = "stop,стоп,unsubscribe,abmelden"
    """What a customer writes who wants no more mailings, with commas between; empty for no such word."""
    language: Literal["en", "de", "ru"] = "en"
    """Of everything that is said in the group and to customers."""
    keep_days: int = Field(default=400, gt=0)
    """How long the deliveries of a sending are kept after its end; its figures stay."""
    sessions_dir: Path = Path("sessions")
    data_dir: Path = Path("data")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    metrics: Annotated[tuple[str, Annotated[int, Field(gt=0, lt=65536)]] | None, NoDecode] = None
    """Where figures for Prometheus are served, as host:port; a port alone is this machine's own."""
    log_json: bool = False
    """Whether the log's lines are JSON, for programs."""
    proxy: Annotated[Proxy | None, NoDecode] = None
    """The way to Telegram where it is blocked."""
    telegram_server: Annotated[tuple[str, Annotated[int, Field(gt=0, lt=65536)]] | None, NoDecode] = None
    """Where to connect instead of Telegram, as host:port …"""
    telegram_server_key: Path | None = None
    """… and the file with that server's public key, PKCS#1 PEM."""

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, given: dict[str, Any]) -> dict[str, Any]:
        """A variable that is set to nothing is as good as none, except where nothing has a meaning."""
        return {name: value for name, value in given.items() if value != "" or name.lower() == "opt_out_words"}

    @field_validator("api_hash")
    @classmethod
    def _whole(cls, value: SecretStr) -> SecretStr:
        if len(value) != 32:
            raise ValueError("it has not 32 characters")
        return value

    @field_validator("backend_group", mode="before")
    @classmethod
    def _id_or_name(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        value = value.strip()
        if re.fullmatch(r"@[A-Za-z]\w+", value, re.ASCII):
            return value
        if re.fullmatch(r"-100[0-9]+", value):
            return int(value)
        raise ValueError("it is neither a -100… id nor an @name")

    @field_validator("extensions_allowed", mode="before")
    @classmethod
    def _ids_or_dot(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = {part.strip() for part in value.split(",")} - {""}
        if parts == {EVERY_MEMBER}:
            return EVERY_MEMBER
        if not all(re.fullmatch(r"[1-9][0-9]*", part) for part in parts):
            raise ValueError("it is neither user ids nor a single dot")
        return frozenset(map(int, parts))

    @field_validator("telegram_server", "metrics", mode="before")
    @classmethod
    def _host_and_port(cls, value: object, about: ValidationInfo) -> object:
        if not isinstance(value, str):
            return value
        host, _, port = value.strip().rpartition(":")
        if about.field_name == "metrics" and not host:
            host = "localhost"
        try:
            # Telethon wants an address, and a name would not say which of its addresses is meant.
            return str(ip_address("127.0.0.1" if host == "localhost" else host.strip("[]"))), port
        except ValueError:
            raise ValueError("it is no address with a port") from None

    @field_validator("proxy", mode="before")
    @classmethod
    def _readable(cls, value: object) -> object:
        return proxy.read(value) if isinstance(value, str) else value

    @field_validator("timezone", mode="before")
    @classmethod
    def _known_zone(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return ZoneInfo(value.strip())
        except (KeyError, ValueError, OSError):
            raise ValueError("it is no time zone") from None

    @field_validator("quiet_hours", mode="before")
    @classmethod
    def _span(cls, value: object, known: ValidationInfo) -> object:
        zone = known.data.get("timezone") or UTC
        return quiet_hours.read(value, zone) if isinstance(value, str) else value

    @field_validator("cap", mode="before")
    @classmethod
    def _so_many(cls, value: object) -> object:
        return caps.read(value) if isinstance(value, str) else value

    @field_validator("telegram_server_key")
    @classmethod
    def _with_server(cls, value: Path | None, known: ValidationInfo) -> Path | None:
        if "telegram_server" in known.data and (known.data["telegram_server"] is None) != (value is None):
            raise ValueError("it goes with TELEGRAM_SERVER: set both, or neither")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value


def load(home: Path = Path(), **given: Any) -> Settings:
    """The settings of the program in a folder.

    Raises SettingsError that names all mistakes at once, and no values.
    """
    env = home / ENV
    try:
        found = Settings(**{"_env_file": env} | given)
    except ValidationError as error:
        raise SettingsError("\n".join(_complaint(error.errors(), env.absolute()))) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{env.absolute()} cannot be read: {in_words(error)}.") from None
    paths = {name: getattr(found, name) for name in _PATHS}
    return found.model_copy(update={name: home / path for name, path in paths.items() if path is not None})


def _complaint(problems: Sequence[Any], env: Path) -> Iterator[str]:
    """A line for each mistake, and where the file is that might have been meant."""
    for problem in problems:
        yield _sentence(str(problem["loc"][0]).upper(), problem, env)
    if not env.exists() and any(problem["type"] == "missing" for problem in problems):
        yield f"There is no {env}: userbot init makes one, userbot --home FOLDER says where yours is."


def _sentence(name: str, problem: Any, env: Path) -> str:
    """One line for one mistake. The value stays out of it: it may be a secret."""
    advice = _EXAMPLES.get(name, "Run: userbot config " + name).format(env=env)
    if problem["type"] == "missing":
        return f"{name} is not set. {advice}."
    what = str(problem["msg"]).removeprefix("Value error, ")
    return f"{name} is not valid: {what[0].lower()}{what[1:]}. {advice}."


_EXAMPLES = {
    "API_ID": "Get yours at https://my.telegram.org and write API_ID=12345 into {env}",
    "API_HASH": "Get yours at https://my.telegram.org and write its 32 characters into {env}",
    "BACKEND_GROUP": "Write the group's id or name, as in BACKEND_GROUP=-1001234567890 or BACKEND_GROUP=@our_team",
    "EXTENSIONS_ALLOWED": "Write user ids with commas between, or a single dot for every member",
    "PROXY": (
        "Write it as in PROXY=socks5://user:password@host:1080, with http:// for the other kind, or as the link to a"
        " Telegram proxy; in a password, @ is %40, : is %3A, / is %2F, # is %23 and % is %25"
    ),
    "TIMEZONE": "Write its IANA name, as in TIMEZONE=Europe/Berlin",
    "QUIET_HOURS": "Write from when to when, as in QUIET_HOURS=21:00-08:00",
    "CAP": "Write how many mailings in what time, as in CAP=2/7d",
    "TELEGRAM_SERVER": "Write an address and a port, as in TELEGRAM_SERVER=127.0.0.1:4430",
}
