"""Updates that say all there is to say of a step of the account's own box, kept until they are taken down.

Whoever asks Telegram for what is new beside a mailing is told every message of the mailing again that somebody reads or
answers in between. An update that follows right upon what is known (its `pts` is that and its `pts_count`:
core.telegram.org/api/updates) is what the difference would tell. Only the plainest are kept; all others are asked for.
"""

from typing import Any

from telethon import TelegramClient, events, types

from userbot.telegram.own_updates import OwnUpdates

MOST = 10_000
"""So many are kept at most while nobody takes them."""

_PLAIN = (types.UpdateReadHistoryOutbox, types.UpdateReadHistoryInbox)
_OTHERS = (
    types.UpdateNewMessage,
    types.UpdateShortMessage,
    types.UpdateShortChatMessage,
    types.UpdateEditMessage,
    types.UpdateDeleteMessages,
)


class Pushed:
    """What one client was told unasked."""

    def __init__(self, client: TelegramClient, own: OwnUpdates) -> None:
        self._own = own
        self._steps: dict[int, Any] = {}
        self.incomplete = False
        """Whether something is to be asked for, as far as was heard."""
        client.add_event_handler(self._note, events.Raw([*_PLAIN, *_OTHERS]))

    async def _note(self, update: Any) -> None:
        step = _whole(update)
        if step is None or len(self._steps) >= MOST:
            self.incomplete = True
        else:
            self._steps[update.pts] = step

    def take(self, pts: int) -> tuple[int, list[Any]]:
        """How far steps lead from a `pts`, our own and such as were told in full; and these."""
        taken = []
        while True:
            if self._own.holds(pts + 1):
                pts += 1
            elif pts + 1 in self._steps:
                pts += 1
                taken.append(self._steps[pts])
            else:
                break
        self._steps = {each: step for each, step in self._steps.items() if each > pts}
        self.incomplete = self.incomplete or bool(self._steps)
        return pts, taken


def _whole(update: Any) -> Any:
    """A read mark, or the message of somebody who writes plain text; None for all else."""
    if update.pts < 1 or update.pts_count != 1:  # Telethon's own reading of the difference knows no `pts` of messages
        return None
    if isinstance(update, _PLAIN):
        return update
    if isinstance(update, types.UpdateShortMessage):
        return None if update.out or update.fwd_from else _message(update)
    message = getattr(update, "message", None)
    plain = (
        isinstance(update, types.UpdateNewMessage)
        and isinstance(message, types.Message)
        and isinstance(message.peer_id, types.PeerUser)
        and not (message.out or message.media or message.fwd_from or message.grouped_id)
    )
    return message if plain else None


def _message(update: Any) -> types.Message:
    """What a short update leaves to be understood (core.telegram.org/api/updates: updateShortMessage)."""
    return types.Message(
        update.id,
        types.PeerUser(update.user_id),
        update.date,
        update.message,
        reply_to=update.reply_to,
        entities=update.entities,
        via_bot_id=update.via_bot_id,
    )
