"""Login codes: where one went, what it looks like, and how it is given back (core.telegram.org/api/auth)."""

from typing import Any

from telethon import functions, types

from userbot.core import wording
from userbot.errors import TelegramError

_auth = types.auth


def where(sent: Any) -> str:
    """Where the code went and what it looks like, in a sentence. Raises TelegramError when none can come."""
    if isinstance(sent.type, _auth.SentCodeTypeSetUpEmailRequired):
        raise TelegramError(
            "Telegram wants an e-mail address for this account before it sends a code. Log in with a Telegram app and "
            "give it one, or run userbot login --qr, which needs no code."
        )
    beginning = getattr(sent.type, "beginning", None)
    words = f" that begins with “{beginning}”" if beginning else ""
    return _WHERE.get(type(sent.type), "Telegram has sent a code.").format(sent.type, words=words)


_WHERE = {
    _auth.SentCodeTypeApp: "Telegram has sent a code of {0.length} digits to your other devices: see its chat there.",
    _auth.SentCodeTypeSms: "Telegram has sent an SMS with a code of {0.length} digits.",
    _auth.SentCodeTypeFirebaseSms: "Telegram has sent an SMS with a code of {0.length} digits.",
    _auth.SentCodeTypeCall: "Telegram calls you and says a code of {0.length} digits.",
    _auth.SentCodeTypeMissedCall: (
        "Telegram calls you from {0.prefix}… and hangs up: the last {0.length} digits of that number are the code."
    ),
    _auth.SentCodeTypeFlashCall: (
        "Telegram calls you and hangs up: the whole number that calls, {0.pattern}, is the code."
    ),
    _auth.SentCodeTypeEmailCode: (
        "Telegram has sent a code of {0.length} digits to your e-mail address {0.email_pattern}."
    ),
    _auth.SentCodeTypeFragmentSms: "The number is from Fragment, which shows the code of {0.length} digits: {0.url}",
    _auth.SentCodeTypeSmsWord: "Telegram has sent an SMS with a word{words}: the word is the code.",
    _auth.SentCodeTypeSmsPhrase: "Telegram has sent an SMS with a phrase{words}: the whole phrase is the code.",
}


def otherwise(sent: Any) -> str | None:
    """What to do when the code does not come; None when there is no other way for it."""
    way = _NEXT.get(type(sent.next_type))
    if way is None:
        return None
    after = f" within {wording.duration(sent.timeout)}" if sent.timeout else ""
    return f"If it does not come{after}, press Enter alone to get one {way}."


_NEXT = {
    _auth.CodeTypeSms: "by SMS",
    _auth.CodeTypeCall: "by a call",
    _auth.CodeTypeFlashCall: "by a call that hangs up",
    _auth.CodeTypeMissedCall: "by a call that hangs up",
    _auth.CodeTypeFragmentSms: "from Fragment",
}


def answer(number: str, sent: Any, typed: str) -> Any:
    """The request that gives a code back as somebody typed it: digits with anything between, or words."""
    if isinstance(sent.type, _auth.SentCodeTypeSmsWord | _auth.SentCodeTypeSmsPhrase):
        code = " ".join(typed.split())
    else:
        code = "".join(str(int(each)) for each in typed if each.isdecimal()) or "0"
    if isinstance(sent.type, _auth.SentCodeTypeEmailCode):
        proof = types.EmailVerificationCode(code)
        return functions.auth.SignInRequest(number, sent.phone_code_hash, email_verification=proof)
    return functions.auth.SignInRequest(number, sent.phone_code_hash, code)


def unpaid(sent: Any) -> TelegramError:
    """Telegram wants money for the SMS, which only its own apps can pay."""
    return TelegramError(
        "Telegram wants to be paid for a code to this number, which only its own apps can do. Run userbot login --qr, "
        f"which needs no code, or ask {sent.support_email_address}."
    )
