"""Logging in: phone, code and two-step password, or a QR code. What is entered is neither kept nor logged."""

import asyncio
import base64
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from telethon import TelegramClient, errors, events, functions, types, utils

from userbot.config import Settings
from userbot.core import wording
from userbot.core.model import Peer
from userbot.errors import NotLoggedInError, TelegramError
from userbot.telegram import codes, translate
from userbot.telegram.account import myself, reached
from userbot.telegram.client import SESSION

TRIES = 3
"""How often a code or a password may be wrong."""

QR_SECONDS = 25.0
"""How long one QR code is shown. Telegram's tokens live for about half a minute."""


class Asking(Protocol):
    """The person who logs in, as far as the login needs them."""

    async def ask(self, question: str, *, hidden: bool = False) -> str:
        """The answer to a question; `hidden` when nobody may see it. Raises UserbotError when there is none."""

    def say(self, sentence: str) -> None:
        """Tell something."""

    def show_code(self, link: str) -> None:
        """Show a link as a QR code, in place of the one before."""


@dataclass(frozen=True, slots=True)
class Login:
    """Who is logged in, and whether they already were."""

    me: Peer
    already: bool = False


async def login(settings: Settings, asking: Asking, *, phone: str | None = None, qr: bool = False) -> Login:
    """Log the session in. Raises TelegramError when it cannot be, with a sentence that says why."""
    try:
        return await _login(settings, asking, phone=phone, qr=qr)
    except NotLoggedInError:
        # Telegram has forgotten the key in the file, which is of no use to anybody any more.
        (settings.sessions_dir / SESSION).unlink()
        return await _login(settings, asking, phone=phone, qr=qr)


async def _login(settings: Settings, asking: Asking, *, phone: str | None, qr: bool) -> Login:
    async with reached(settings, logged_in=False, retries=1) as client:
        with _speaking():
            before = await client.get_me()
            if before is not None:
                return Login(myself(before), already=True)
            try:
                await (_by_qr(client, asking) if qr else _by_phone(client, asking, phone))
            except errors.SessionPasswordNeededError:
                await _enter(asking, "Two-step password", _password(client), hidden=True)
            return Login(myself(await client.get_me()))


async def _by_phone(client: TelegramClient, asking: Asking, phone: str | None) -> None:
    """Ask for a number until there is an account with it, a few times."""
    for _ in range(TRIES):
        number = utils.parse_phone(phone or await asking.ask("Phone number, with the country code"))
        phone = None
        try:
            if number:
                return await _by_code(client, asking, number)
            asking.say(_NO_NUMBER)
        except _WRONG_NUMBER as error:
            asking.say(_SENTENCES[type(error)])
    raise TelegramError(f"No number of {TRIES} was one with an account. Look it up and run userbot login again.")


async def _by_code(client: TelegramClient, asking: Asking, number: str) -> None:
    """Have a code sent, and another one in another way whenever an empty answer asks for it."""
    settings = types.CodeSettings()
    sent = await client(functions.auth.SendCodeRequest(number, client.api_id, client.api_hash, settings))
    _announce(asking, sent)

    async def sign_in(typed: str) -> None:
        nonlocal sent
        while not typed.strip() and codes.otherwise(sent):
            sent = await client(functions.auth.ResendCodeRequest(number, sent.phone_code_hash))
            _announce(asking, sent)
            typed = await asking.ask("Code")
        found = await client(codes.answer(number, sent, typed))
        if isinstance(found, types.auth.AuthorizationSignUpRequired):
            raise errors.PhoneNumberUnoccupiedError(None)

    if not isinstance(sent, types.auth.SentCodeSuccess):
        await _enter(asking, "Code", sign_in)


def _announce(asking: Asking, sent: Any) -> None:
    """Say where a code went. Raises TelegramError when there is none."""
    if isinstance(sent, types.auth.SentCodePaymentRequired):
        raise codes.unpaid(sent)
    if isinstance(sent, types.auth.SentCode):
        asking.say(codes.where(sent))
        if otherwise := codes.otherwise(sent):
            asking.say(otherwise)


def _password(client: TelegramClient) -> Callable[[str], Awaitable[None]]:
    async def check(password: str) -> None:
        # Telethon takes an empty password for none at all; as a wrong one it may be tried again.
        await client.sign_in(password=password or " ")

    return check


async def _enter(
    asking: Asking, question: str, give: Callable[[str], Awaitable[None]], *, hidden: bool = False
) -> None:
    """Ask for a secret until it is right, a few times."""
    for _ in range(TRIES):
        try:
            await give(await asking.ask(question, hidden=hidden))
        except (errors.PhoneCodeInvalidError, errors.PasswordHashInvalidError):
            asking.say(f"{question} not right.")
        else:
            return
    raise TelegramError(f"{question} not right {TRIES} times. Look it up and run userbot login again.")


async def _by_qr(client: TelegramClient, asking: Asking) -> None:
    """Show a token as a QR code until somebody has accepted it: then the same request logs in.

    The token is asked for anew whenever an update says so or its time is over, so it does not matter if the update
    was missed.
    """
    scanned = asyncio.Event()

    async def accepted(_update: Any) -> None:
        scanned.set()

    client.add_event_handler(accepted, events.Raw(types.UpdateLoginToken))
    asking.say("On your phone: Telegram, Settings, Devices, Link Desktop Device.")
    while not isinstance(token := await _token(client), types.auth.LoginTokenSuccess):
        scanned.clear()
        asking.show_code(f"tg://login?token={base64.urlsafe_b64encode(token.token).decode().rstrip('=')}")
        try:
            async with asyncio.timeout(QR_SECONDS):
                await scanned.wait()
        except TimeoutError:
            continue


async def _token(client: TelegramClient) -> Any:
    """A token to show, or the success once it was accepted, in whichever data centre the account lives."""
    answer = await client(functions.auth.ExportLoginTokenRequest(client.api_id, client.api_hash, []))
    if isinstance(answer, types.auth.LoginTokenMigrateTo):
        await client._switch_dc(answer.dc_id)  # Telethon's own QR login does the same
        return await client(functions.auth.ImportLoginTokenRequest(answer.token))
    return answer


@contextmanager
def _speaking() -> Iterator[None]:
    """Turn what Telegram answers into sentences."""
    try:
        yield
    except errors.SessionPasswordNeededError:
        raise
    except errors.FloodWaitError as error:
        rest = wording.duration(error.seconds)
        raise TelegramError(f"Telegram asks for a pause: run userbot login again in {rest}.") from error
    except (errors.RPCError, OSError, ValueError) as error:
        raise TelegramError(
            _SENTENCES.get(type(error)) or f"Telegram refused the login: {translate.refused(error).reason}."
        ) from error


_NO_NUMBER = "This is no phone number that Telegram knows. Write it with the country code, as in +44 7700 900123."

_WRONG_NUMBER = (
    errors.PhoneNumberInvalidError,
    errors.PhoneNumberUnoccupiedError,
    errors.PhoneNumberBannedError,
)
"""Refusals after which another number may be the right one."""

_SENTENCES: dict[type[BaseException], str] = {
    errors.PhoneNumberInvalidError: _NO_NUMBER,
    errors.PhoneNumberUnoccupiedError: "No account has this phone number. Sign up in a Telegram app first.",
    errors.PhoneNumberBannedError: "Telegram has banned this phone number.",
    errors.PhoneNumberFloodError: "Too many codes were asked for. Try again tomorrow.",
    errors.PhonePasswordFloodError: "Too many tries. Try again tomorrow.",
    errors.SendCodeUnavailableError: "Telegram has no other way for a code. Try again tomorrow, or userbot login --qr.",
    errors.PhoneCodeExpiredError: "The code has expired. Run userbot login again for a new one.",
    errors.UpdateAppToLoginError: "Telegram lets only newer apps log in. Look for a newer userbot.",
    errors.ApiIdInvalidError: "API_ID and API_HASH do not belong together. Copy both from https://my.telegram.org",
}
