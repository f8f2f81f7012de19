"""What is said when somebody wants no more mailings: to them, and to the team."""

from userbot.core.language import gettext
from userbot.core.model import Peer


def farewell() -> str:
    """To a customer who opted out, once."""
    return gettext("You will get no more mailings from us. If you want them again, write: start")


def welcome_back() -> str:
    """To a customer who took it back."""
    return gettext("You will get our mailings again.")


def left(peer: Peer) -> str:
    """To the team."""
    return gettext(
        "{name} ({id}) wants no more mailings and gets none. In their topic /optin takes that back.",
        name=peer.name or peer.id,
        id=peer.id,
    )


def returned(peer: Peer) -> str:
    """To the team."""
    return gettext("{name} ({id}) wants mailings again.", name=peer.name or peer.id, id=peer.id)


def taken_out(peer: Peer, *, changed: bool) -> str:
    """To the operator who did it by hand."""
    if changed:
        return gettext("{name} gets no more mailings. /optin takes that back.", name=peer.name)
    return gettext("{name} gets no mailings already. /optin takes that back.", name=peer.name)


def taken_in(peer: Peer, *, changed: bool) -> str:
    """To the operator who did it by hand."""
    if changed:
        return gettext("{name} gets mailings again.", name=peer.name)
    return gettext("{name} gets mailings; nothing had to be taken back.", name=peer.name)
