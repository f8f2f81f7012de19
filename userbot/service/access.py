"""Who may do what in the backend group, and what they are told who may not."""

from dataclasses import dataclass
from typing import Literal

from userbot.core.grammar import Bind, Command, Mistake, Pause, Place, Steer
from userbot.core.language import gettext
from userbot.core.model import Peer, Role
from userbot.service import steered
from userbot.store import sendings
from userbot.store.database import Connection


@dataclass(frozen=True, slots=True)
class Access:
    """Who may configure and start mailings, besides the account and the group's creator; None is everybody."""

    allowed: frozenset[int] | None

    @classmethod
    def of(cls, setting: frozenset[int] | Literal["."]) -> "Access":
        """What EXTENSIONS_ALLOWED says."""
        return cls(None if setting == "." else frozenset(setting))

    def administrator(self, person: Peer, role: Role, me: Peer) -> bool:
        """Whether somebody may do everything."""
        return self.allowed is None or person.id == me.id or role is Role.CREATOR or person.id in self.allowed


async def open_to_operators(on: Connection, person: Peer, command: Command | Mistake, place: Place) -> bool:
    """Whether every operator may give this command there; what it is for is looked at when it is carried out."""
    if place is Place.TOPIC:
        return not isinstance(command, Bind)
    if not isinstance(command, Steer):
        return False
    if isinstance(command, Pause):
        return True
    sending = None if command.number is None else await sendings.find(on, command.number)
    return sending is not None and steered.may(person, command, sending)


def anonymous() -> str:
    """To whoever writes on behalf of the group."""
    return gettext("You write as the group, so nobody can tell who you are. Turn off “Remain anonymous”.")


def hidden() -> str:
    """To whoever gives a command in a group that hides its members."""
    return gettext("Telegram does not tell userbot who you are here, so nothing was done. General knows more.")


def hidden_members() -> str:
    """To General in such a group, where somebody reads it who can change it."""
    return gettext(
        "⚠ Telegram does not tell userbot who gives a command here, so only the account itself is heard. If the "
        "group hides its members, make the account an administrator of the group, or turn off “Hide members”."
    )


def refused() -> str:
    """To an operator who is no administrator."""
    return gettext(
        "Mailings are started by the account itself, the group's creator, and whoever EXTENSIONS_ALLOWED names. "
        "Ask them to add you there."
    )
