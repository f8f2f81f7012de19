"""A session file and an embedded Telegram that share a key already, as after the first connection.

Exchanging one (core.telegram.org/mtproto/auth_key) takes as much computing as many a test; the tests of logging in do.
"""

import os
from contextlib import closing

from telethon.crypto import AuthKey

from userbot.config import Settings
from userbot.sandbox.people import Sandbox
from userbot.sandbox.wire import id_of_key
from userbot.telegram import route
from userbot.telegram.client import Session, session_path


def acquaint(telegram: Sandbox, settings: Settings) -> None:
    """Make the session file; nobody is logged in with it yet."""
    key = os.urandom(256)
    telegram.world.save_auth_key(id_of_key(key), key)
    with closing(Session(session_path(settings))) as session:
        route.aim(session, settings)
        session.auth_key = AuthKey(key)
        session.save()
