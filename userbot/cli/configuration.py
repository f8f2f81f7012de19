"""The settings as a folder has them: made, and shown with where each comes from."""

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource

from userbot.config import ENV, Settings
from userbot.core.proxy import Proxy
from userbot.errors import UserbotError, in_words

FOLDERS = ("sessions", "data")

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it is written; `value` is None for one that is not set and has no default."""

    name: str
    value: str | None
    source: str


def example() -> str:
    """The settings' file to begin with: every setting with its default, and what it is."""
    return (files("userbot") / "env.example").read_text("utf-8")


def found(home: Path) -> list[Setting]:
    """Every setting, right or wrong, without its value where that is a secret."""
    env = home / ENV
    try:
        sources: list[tuple[str, dict[str, Any]]] = [
            ("environment", EnvSettingsSource(Settings)()),
            (str(env), DotEnvSettingsSource(Settings, env_file=env)()),
        ]
    except (OSError, UnicodeDecodeError) as error:
        raise UserbotError(f"{env.absolute()} cannot be read: {in_words(error)}.") from None
    settings = []
    for name, field in Settings.model_fields.items():
        source, value = next(((where, known[name]) for where, known in sources if name in known), (DEFAULT, None))
        shown = _default(field) if source == DEFAULT else "(hidden)" if _secret(field) else str(value)
        settings.append(Setting(name.upper(), shown, source))
    return settings


def _secret(field: FieldInfo) -> bool:
    return bool({SecretStr, Proxy} & {field.annotation, *get_args(field.annotation)})


def _default(field: FieldInfo) -> str | None:
    if field.is_required() or field.default in (None, frozenset()):
        return None
    return ("off", "on")[field.default] if isinstance(field.default, bool) else str(field.default)


def explained(name: str) -> str:
    """What a setting is, as the example says it. Raises UserbotError when there is none of that name."""
    paragraphs = example().split("\n\n")
    for paragraph in paragraphs:
        if re.search(rf"^#?{re.escape(name.upper())}=", paragraph, re.MULTILINE):
            return paragraph.strip()
    raise UserbotError(f"There is no setting {name}. userbot config shows them all.")


def make(home: Path) -> list[Path]:
    """Make the program's folder, and return what is new in it. What is there already stays as it is."""
    env = home / ENV
    new = [each for each in (*(home / name for name in FOLDERS), env) if not each.exists()]
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in FOLDERS:
        (home / name).mkdir(mode=0o700, exist_ok=True)
    if env in new:
        env.touch(mode=0o600, exist_ok=False)
        env.write_text(example(), "utf-8")
    return new
