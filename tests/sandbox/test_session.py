"""Numbers and remembered answers of one session."""

import struct
import time

from telethon.extensions import BinaryReader
from telethon.tl import types
from telethon.tl.core import MessageContainer

from userbot.sandbox.session import Answers, MessageIds, Session

PONG = bytes(types.Pong(1, 2))


class Wakes(list[None]):
    """Stands for the connection: one item for each time it was woken."""

    def wake(self) -> None:
        self.append(None)


def session() -> Session:
    session = Session(bytes(256), 1, 2, MessageIds())
    session.connection = Wakes()
    return session


def header(message: bytes) -> tuple[int, int]:
    msg_id, seq_no, length = struct.unpack_from("<qii", message)
    assert length == len(message) - 16
    return msg_id, seq_no


def test_message_ids_rise_tell_the_time_and_tell_replies_apart() -> None:
    ids = MessageIds()
    before = int(time.time())
    made = [ids.next(reply=number % 2 == 0) for number in range(10_000)]
    assert made == sorted(set(made))
    assert {number % 4 for number in made[::2]} == {1}
    assert {number % 4 for number in made[1::2]} == {3}
    assert before <= made[0] >> 32 <= made[-1] >> 32 <= time.time() + 1


def test_relevant_messages_have_odd_rising_numbers_and_others_even_ones() -> None:
    asked = session()
    asked.answer(PONG)
    asked.reply(PONG)
    asked.notify(PONG)
    container = next(asked.drain())
    assert header(container)[1] == 4
    inner = BinaryReader(container[16:]).tgread_object().messages
    assert [message.seq_no for message in inner] == [1, 2, 3]
    assert [message.msg_id % 4 for message in inner] == [1, 1, 3]
    assert inner[-1].msg_id < header(container)[0]


def test_one_message_goes_alone_and_nothing_goes_twice() -> None:
    asked = session()
    asked.answer(PONG)
    (message,) = asked.drain()
    assert message[16:] == PONG
    assert list(asked.drain()) == []
    assert asked.connection == Wakes([None])


def test_many_messages_go_in_few_containers() -> None:
    asked = session()
    for _ in range(250):
        asked.answer(PONG)
    containers = [BinaryReader(message[16:]).tgread_object() for message in asked.drain()]
    assert all(isinstance(each, MessageContainer) for each in containers)
    assert [len(each.messages) for each in containers] == [100, 100, 50]


def test_nothing_is_kept_for_a_client_that_is_not_there() -> None:
    asked = session()
    asked.connection = None
    asked.notify(PONG)
    assert list(asked.drain()) == []


def test_an_answer_is_remembered_until_there_are_too_many() -> None:
    answers = Answers()
    for msg_id in range(4, 4 + 4 * 1025, 4):
        answers.put(msg_id, b"answer")
    assert (answers.get(4), answers.get(8)) == (None, b"answer")
    assert answers.forgotten == 4


def test_large_answers_are_forgotten_sooner() -> None:
    answers = Answers()
    for msg_id in range(4, 16, 4):
        answers.put(msg_id, bytes(400_000))
    assert answers.get(4) is None
    assert answers.get(8) is not None


def test_a_request_at_work_is_known_and_its_answer_takes_its_place() -> None:
    answers = Answers()
    answers.put(4, b"")
    assert answers.get(4) == b""
    answers.put(4, b"answer")
    assert answers.get(4) == b"answer"
