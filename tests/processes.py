"""What makes a real `userbot` process work for a team on the embedded Telegram."""

import os
from pathlib import Path
from typing import Any

import userbot
from tests.office import Office


def environment(team: Office, **changes: Any) -> dict[str, str]:
    """The variables of the team's settings."""
    given = team.settings(**changes)
    return os.environ | {
        "PYTHONPATH": str(Path(str(userbot.__file__)).parents[1]),
        "API_ID": str(given.api_id),
        "API_HASH": given.api_hash.get_secret_value(),
        "BACKEND_GROUP": str(given.backend_group),
        "SESSIONS_DIR": str(given.sessions_dir.absolute()),
        "DATA_DIR": str(given.data_dir.absolute()),
        "TELEGRAM_SERVER": "{}:{}".format(*team.telegram.address()),
        "TELEGRAM_SERVER_KEY": team.telegram.public_key(),
    }
