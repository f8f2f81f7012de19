"""Told of steps or of the updates themselves: Telethon's message box comes to the same."""

import asyncio
import logging
from types import SimpleNamespace
from typing import Any

from hypothesis import given, settings, strategies as st
from telethon._updates import messagebox
from telethon.tl import types

from userbot.telegram.own_updates import OwnUpdates

HERE = 100
"""Where the account's updates stand at the beginning."""


class Client:
    """As much of a client as holds the updates."""

    def __init__(self) -> None:
        self._updates_queue: asyncio.Queue[Any] = asyncio.Queue()
        self._message_box = messagebox.MessageBox(logging.getLogger("box"))
        self._message_box.set_state(types.updates.State(HERE, 0, messagebox.epoch(), 0, 0))
        self.dispatched: list[int] = []

    def process(self) -> None:
        """What Telethon's update loop does with what has come in."""
        while not self._updates_queue.empty():
            processed: list[Any] = []
            self._message_box.process_updates(self._updates_queue.get_nowait(), None, processed)
            self.dispatched += [each.pts for each in processed]

    def learns(self, pts: int) -> None:
        """It asks for the difference, and is told where the updates stand."""
        box = self._message_box
        box.try_begin_get_diff(messagebox.ENTRY_ACCOUNT, "a test")
        state = types.updates.State(pts, 0, messagebox.epoch(), 0, 0)
        box.apply_difference(
            types.updates.Difference([], [], [], [], [], state), SimpleNamespace(extend=lambda *_: None)
        )

    @property
    def stands(self) -> Any:
        box = self._message_box
        gap = box.possible_gaps.get(messagebox.ENTRY_ACCOUNT)
        held = (
            {pts for each in gap.updates for pts in range(each.pts - each.pts_count + 1, each.pts + 1)} if gap else None
        )
        return box.map[messagebox.ENTRY_ACCOUNT].pts, held, self.dispatched


def new_message(pts: int, *, own: bool) -> Any:
    message = types.Message(pts, types.PeerUser(5), messagebox.epoch(), "Hi")
    told = types.Updates([types.UpdateNewMessage(message, pts, 1)], [], [], messagebox.epoch(), 0)
    told._self_outgoing = own
    return told


STEPS = st.integers(HERE - 2, HERE + 15)
OTHERS = 5
"""Whose multiples are somebody else's: one step has one cause."""

HAPPENS = st.one_of(
    st.tuples(st.just("own"), STEPS),
    st.tuples(st.just("run"), STEPS),
    st.tuples(st.just("other"), STEPS.map(lambda pts: pts // OTHERS * OTHERS)),
    st.tuples(st.just("process"), st.none()),
    st.tuples(st.just("learns"), st.integers(HERE, HERE + 15)),
)


@settings(max_examples=500)
@given(st.lists(HAPPENS, max_size=12))
def test_the_message_box_comes_to_the_same(happens: list[tuple[str, Any]]) -> None:
    asyncio.run(compare([*happens, ("process", None)]))


async def compare(happens: list[tuple[str, Any]]) -> None:
    told, ours = Client(), Client()
    own = OwnUpdates(ours)
    for what, value in happens:
        if what in {"own", "run"}:
            for pts in range(value, value + (4 if what == "run" else 1)):
                if pts % OTHERS == 0:
                    continue
                told._updates_queue.put_nowait(new_message(pts, own=True))
                own.reached(pts)
        elif what == "other":
            for client in (told, ours):
                client._updates_queue.put_nowait(new_message(value, own=False))
        elif what == "learns":
            stands = max(value, told._message_box.map[messagebox.ENTRY_ACCOUNT].pts)
            told.learns(stands)
            ours.learns(stands)
        else:
            told.process()
            ours.process()
            assert ours.stands == told.stands


async def test_steps_that_wait_together_are_one_update() -> None:
    client = Client()
    own = OwnUpdates(client)
    for pts in (101, 102, 103):
        own.reached(pts)
    client._updates_queue.put_nowait(new_message(104, own=False))
    own.reached(105)
    assert client._updates_queue.qsize() == 3
    client.process()
    assert client.stands == (105, None, [104])


@given(st.sets(st.integers(HERE + 1, HERE + 30)), st.integers(HERE, HERE + 30))
def test_whoever_reads_on_skips_our_own_steps_and_no_others(mine: set[int], since: int) -> None:
    own = OwnUpdates(Client())
    for pts in mine:
        own.reached(pts)
    reached = own.skipped(since)
    assert set(range(since + 1, reached + 1)) <= mine
    assert reached + 1 not in mine
    assert own.skipped(reached) == reached
