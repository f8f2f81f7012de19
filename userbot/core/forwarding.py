"""What does not arrive as it looks. A forward without its author is a copy, and Telegram does not copy everything.

Who may copy what is from TDLib (`can_forward_message_content`, `dup_message_content`, `get_forwarded_messages`); that
a dice and a game name their author all the same, from tdesktop too (`forceForwardedInfo`).
"""

from collections.abc import Iterable

from userbot.core.language import gettext


def hindrance(kind: str) -> str | None:
    """Why a message of this kind is nothing to send; None when it is."""
    unknown = gettext("Userbot does not know this kind of message, so nobody can say what would arrive.")
    return {
        "dice": gettext(
            "A dice names whoever threw it, even when it is forwarded without its author. Send the number as text."
        ),
        "game": gettext(
            "A game names the bot it is from, even when it is forwarded without its author. Send a link to it."
        ),
        "unanswered quiz": gettext(
            "Telegram forwards a quiz without its author only once this account has chosen an answer in it."
            " Choose one, then order again."
        ),
        "paid media": gettext("Paid media cannot be forwarded without their author. Post the photo or video itself."),
        "invoice": gettext("An invoice cannot be forwarded without its author. Send a link to it."),
        "giveaway": gettext("A giveaway cannot be forwarded without its author. Send a link to it."),
        "expiring media": gettext(
            "Media that disappear once they are seen cannot be forwarded. Post them without a timer."
        ),
        "protected message": gettext("This message is protected from being forwarded. Post it anew."),
        "rich text": gettext("Rich text cannot be forwarded without its author. Post it as plain text."),
        "video stream": unknown,
        "unsupported": unknown,
    }.get(kind)


def can_copy(kind: str) -> bool:
    """Whether a message of this kind, or an album, can be sent anew with another text."""
    return kind in _COPIED or kind.startswith("album")


_COPIED = {"text", "photo", "file", "sticker", "voice", "video note", "animation", "video", "audio"}
"""Text, and whatever is sent by a reference to a photo or a file."""


def remarks(kinds: Iterable[str]) -> list[str]:
    """What arrives instead of messages of these kinds, each said once."""
    votes = gettext("Every recipient votes in a poll of their own; the votes in the group's poll stay as they are.")
    known = {
        "poll": votes,
        "quiz": votes,
        "live location": gettext("A live location arrives as a plain one: the place where it is at that moment."),
        "story": gettext("A story names whoever posted it, and is gone for the recipients when it expires."),
        "checklist": gettext("A checklist arrives with nothing ticked."),
    }
    return list(dict.fromkeys(known[kind] for kind in kinds if kind in known))
