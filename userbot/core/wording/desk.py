"""What the desk says in topics, and about topics in General."""

from userbot.core.language import gettext, ngettext
from userbot.core.wording.reasons import said
from userbot.core.wording.words import duration

EDITED = "✏ "
"""Before the text of a message that was edited."""


def not_delivered(reason: str) -> str:
    """Under an operator's message that did not reach the customer."""
    return gettext("✖ Not delivered: {reason}.", reason=said(reason))


def not_edited(reason: str) -> str:
    """Under an operator's message whose edit did not reach the customer."""
    return gettext("✖ The customer's copy was not edited: {reason}.", reason=said(reason))


def not_deleted(reason: str) -> str:
    """In the topic of an operator's message that was deleted here alone."""
    return gettext("✖ A message was deleted here, and the customer's copy was not: {reason}.", reason=said(reason))


def cannot_appear(reason: str) -> str:
    """In the place of a message that cannot be forwarded."""
    return gettext(
        "⚠ A message of this dialog cannot appear here: {reason}. Read it in the dialog.", reason=said(reason)
    )


def deleted(count: int) -> str:
    """Messages were deleted in the dialog; here they stay."""
    return ngettext(
        "🗑 This message was deleted in the dialog.", "🗑 {count} messages were deleted in the dialog.", count
    )


def answers(sending_id: int) -> str:
    """Under the first message from somebody after a mailing."""
    return gettext("answers {sid}", sid=f"sid{sending_id}")


def topics_wait(count: int, seconds: float | None, reason: str | None) -> str:
    """Opening topics takes long."""
    who = ngettext("⚠ A customer waits for a topic.", "⚠ {count} customers wait for their topics.", count)
    if reason is not None:
        return gettext("{who} None can be opened now: {reason}. Userbot keeps trying.", who=who, reason=said(reason))
    if seconds is not None:
        pause = duration(seconds)
        return gettext("{who} Telegram asks for a pause of {pause} before it opens more.", who=who, pause=pause)
    return gettext("{who} Telegram opens them one by one; no message is lost.", who=who)
