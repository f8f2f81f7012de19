"""The ways in which a login code reaches somebody, and what it looks like: core.telegram.org/api/auth."""

import secrets
from typing import Any

from telethon.tl import types

FOLLOWING = {"app": "sms", "sms": "call"}
"""How the next code goes when the one before did not come."""

NEXT_TYPES = {"sms": types.auth.CodeTypeSms, "call": types.auth.CodeTypeCall}

_WORD, _PHRASE = "harbour", "blue harbour at night"
_SPOKEN = {"word": _WORD, "phrase": _PHRASE}


def make(way: str) -> str:
    """A new code."""
    if way == "flash_call":
        return f"4930{secrets.randbelow(90000) + 10000}"
    return _SPOKEN.get(way) or f"{secrets.randbelow(90000) + 10000}"


def sent_type(way: str, code: str) -> Any:
    """What the client is told about it. LookupError for a way that there is not."""
    length = len(code)
    auth = types.auth
    return {
        "app": auth.SentCodeTypeApp(length),
        "sms": auth.SentCodeTypeSms(length),
        "call": auth.SentCodeTypeCall(length),
        "flash_call": auth.SentCodeTypeFlashCall("+4930*****"),
        "missed_call": auth.SentCodeTypeMissedCall("+4930", length),
        "email": auth.SentCodeTypeEmailCode("a***@example.com", length),
        "email_required": auth.SentCodeTypeSetUpEmailRequired(),
        "fragment": auth.SentCodeTypeFragmentSms("https://fragment.com/login", length),
        "firebase": auth.SentCodeTypeFirebaseSms(length),
        "word": auth.SentCodeTypeSmsWord(_WORD[0]),
        "phrase": auth.SentCodeTypeSmsPhrase(_PHRASE.split(maxsplit=1)[0]),
    }[way]


def payment(code_hash: str) -> Any:
    """For numbers in countries where an SMS costs Telegram too much, in apps other than its own."""
    return types.auth.SentCodePaymentRequired(
        "org.telegram.sms", code_hash, "sms@example.com", "Code for +49", premium_days=7, currency="USD", amount=100
    )
