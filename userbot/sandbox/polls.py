"""Polls: who voted for what, and what a viewer gets to see of it.

Results are shown to whoever voted, and to all when the poll is closed; a viewer's own choice only to them
(core.telegram.org/api/poll). What is right in a quiz is kept with the poll, and shown the same way.
"""

from typing import Any

from telethon.tl import types

from userbot.sandbox.errors import RpcError
from userbot.sandbox.world import World


def vote(world: World, poll: Any, user: int, options: list[bytes]) -> None:
    """Choose options, or take the vote back with none."""
    if any(option not in {answer.option for answer in poll.answers} for option in options):
        raise RpcError(400, "OPTION_INVALID")
    world.db.execute("DELETE FROM votes WHERE poll = ? AND user = ?", (poll.id, user))
    world.db.executemany("INSERT INTO votes VALUES (?, ?, ?)", [(poll.id, user, option) for option in options])


def voted(world: World, poll: Any, user: int) -> bool:
    """Whether somebody has chosen anything."""
    return world.value("SELECT 1 FROM votes WHERE poll = ? AND user = ?", poll.id, user) is not None


def shown(world: World, viewer: int, media: Any) -> Any:
    """A poll as this viewer sees it."""
    votes = world.db.execute("SELECT user, option FROM votes WHERE poll = ?", (media.poll.id,)).fetchall()
    total = len({user for user, _ in votes})
    if not media.poll.closed and all(user != viewer for user, _ in votes):
        return types.MessageMediaPoll(media.poll, types.PollResults(total_voters=total))
    right = {each.option for each in media.results.results or () if each.correct}
    results = [
        types.PollAnswerVoters(
            answer.option,
            chosen=(viewer, answer.option) in votes or None,
            correct=answer.option in right or None,
            voters=sum(option == answer.option for _, option in votes),
            recent_voters=[],
        )
        for answer in media.poll.answers
    ]
    return types.MessageMediaPoll(media.poll, types.PollResults(results=results, total_voters=total))
