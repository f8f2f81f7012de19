"""What makes a real `userbot` process work with given settings."""

import os
from pathlib import Path

from pydantic import SecretStr

import userbot
from userbot.config import Settings


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """The variables of these settings, as far as they were given, and more of them."""
    given = {name.upper(): _spelled(getattr(settings, name)) for name in settings.model_fields_set}
    return os.environ | {"PYTHONPATH": str(Path(str(userbot.__file__)).parents[1])} | given | more


def _spelled(value: object) -> str:
    match value:
        case None:
            return ""
        case SecretStr():
            return value.get_secret_value()
        case Path():
            return str(value.absolute())
        case (host, port):
            return f"{host}:{port}"
        case frozenset():
            return ",".join(map(str, value))
    return str(value)
