"""Lanes: whose turn it is, and that nothing is handed out twice or forgotten."""

from dataclasses import replace

from tests.service.laning import sent, taken, written
from tests.store.making import NOW, ONE_STEP, running
from userbot.core.circuit_breaker import TRYING
from userbot.core.delivery import Refused, Sent
from userbot.core.model import Audience, Sending, Step
from userbot.core.settling import settle
from userbot.core.timing import Delay, Now
from userbot.service.lanes import Lanes
from userbot.store.database import Database


async def two(database: Database) -> tuple[Sending, Sending]:
    return await running(database, range(1, 4)), await running(database, range(1, 4))


async def test_lanes_take_turns(database: Database) -> None:
    lanes = Lanes()
    first, second = await two(database)
    for sending in (first, second):
        lanes.open(sending, ONE_STEP)
    order = [each.sending_id for _ in range(6) if (each := await taken(lanes, database))]
    assert order == [first.id, second.id] * 3
    assert await taken(lanes, database) is None


async def test_a_new_lane_does_not_wait_for_an_old_one_to_end(database: Database) -> None:
    lanes = Lanes()
    first, second = await two(database)
    lanes.open(first, ONE_STEP)
    await taken(lanes, database)
    lanes.open(second, ONE_STEP)
    order = [each.sending_id for _ in range(4) if (each := await taken(lanes, database))]
    assert sorted(order[:2]) == [first.id, second.id]
    assert sorted(order[2:]) == [first.id, second.id]


async def test_a_word_to_one_person_goes_before_every_mailing(database: Database) -> None:
    lanes = Lanes()
    mailing, word = await two(database)
    lanes.open(mailing, ONE_STEP)
    await taken(lanes, database)
    lanes.open(replace(word, audience=Audience.TOPIC), ONE_STEP)
    order = [each.sending_id for _ in range(5) if (each := await taken(lanes, database))]
    assert order == [word.id] * 3 + [mailing.id] * 2


async def test_the_lane_whose_turn_it_is_keeps_it_until_it_had_it(database: Database) -> None:
    """The pace may say wait after a lane was chosen."""
    lanes = Lanes()
    for sending in await two(database):
        lanes.open(sending, ONE_STEP)
    assert await lanes.next(database.reader, NOW) is await lanes.next(database.reader, NOW)


async def test_what_is_given_back_goes_first_again(database: Database) -> None:
    lanes = Lanes()
    sending = await running(database, range(1, 4))
    lanes.open(sending, ONE_STEP)
    first = await taken(lanes, database)
    assert first is not None
    await taken(lanes, database)
    lanes.give_back(first)
    assert await taken(lanes, database) == first


async def test_a_lane_is_drained_only_when_nothing_is_under_way_and_nothing_will_come(database: Database) -> None:
    lanes = Lanes()
    steps = (Step((10,), Now(), "text"), Step((11,), Delay(60), "text"))
    sending = await running(database, [1], steps)
    lanes.open(sending, steps)
    assert not lanes.drained()
    delivery = await taken(lanes, database)
    assert delivery is not None
    assert await taken(lanes, database) is None
    assert not lanes.drained()
    await written(database, lanes, sent(delivery, steps))
    assert not lanes.drained()
    assert lanes.next_due() == NOW + 60
    assert await taken(lanes, database, NOW + 59) is None
    last = await taken(lanes, database, NOW + 60)
    assert last is not None
    assert last.step == 2
    await written(database, lanes, sent(last, steps, NOW + 60))
    assert await taken(lanes, database, NOW + 61) is None
    assert [each.id for each in lanes.drained()] == [sending.id]


async def test_a_retry_comes_when_its_time_comes(database: Database) -> None:
    lanes = Lanes()
    lanes.open(await running(database, [1, 2]), ONE_STEP)
    delivery = await taken(lanes, database)
    assert delivery is not None
    again = settle(delivery, Refused("SLOWMODE_WAIT", 30), now=NOW, times=[Now()])
    assert again is not None
    await written(database, lanes, again)
    other = await taken(lanes, database)
    assert other is not None
    assert other.peer_id == 2
    assert await taken(lanes, database, NOW + 29) is None
    repeated = await taken(lanes, database, NOW + 30)
    assert repeated == delivery._replace(tries=1, due_at=NOW + 30, met="SLOWMODE_WAIT")


async def test_a_closed_lane_hands_nothing_out_and_keeps_what_is_under_way(database: Database) -> None:
    lanes = Lanes()
    sending = await running(database, [1, 2])
    lanes.open(sending, ONE_STEP)
    delivery = await taken(lanes, database)
    assert delivery is not None
    assert lanes.close(sending.id)
    assert not lanes.close(sending.id)
    assert await taken(lanes, database) is None
    assert lanes.has(sending.id)
    lanes.open(sending, ONE_STEP)
    rest = [each.peer_id for _ in range(5) if (each := await taken(lanes, database))]
    assert rest == [2]
    await written(database, lanes, sent(delivery))
    assert lanes.next_due() is None


async def test_a_closed_lane_goes_with_the_last_that_was_under_way(database: Database) -> None:
    lanes = Lanes()
    sending = await running(database, [1, 2])
    lanes.open(sending, ONE_STEP)
    delivery, other = await taken(lanes, database), await taken(lanes, database)
    assert delivery is not None
    assert other is not None
    lanes.close(sending.id)
    assert lanes.give_back(other).under_way == 1
    assert lanes.has(sending.id)
    await written(database, lanes, sent(delivery))
    assert not lanes.has(sending.id)
    lanes.open(sending, ONE_STEP)
    again = await taken(lanes, database)
    assert again is not None
    assert again.peer_id == other.peer_id


async def test_only_what_runs_is_kept(database: Database) -> None:
    lanes = Lanes()
    first, second = await two(database)
    for sending in (first, second):
        lanes.open(sending, ONE_STEP)
    lanes.keep([second.id])
    assert not lanes.has(first.id)
    assert lanes.has(second.id)
    assert lanes.close_all()
    assert not lanes.close_all()
    assert lanes.next_due() is None


async def test_opening_twice_changes_nothing(database: Database) -> None:
    lanes = Lanes()
    sending = await running(database, range(1, 4))
    lanes.open(sending, ONE_STEP)
    await taken(lanes, database)
    lanes.open(sending, ONE_STEP)
    rest = [each.peer_id for _ in range(5) if (each := await taken(lanes, database))]
    assert rest == [2, 3]


async def test_few_calls_are_under_way_until_somebody_has_the_message(database: Database) -> None:
    lanes = Lanes()
    lanes.open(await running(database, range(1, 101)), ONE_STEP)
    handed = [each for _ in range(50) if (each := await taken(lanes, database))]
    assert len(handed) == TRYING
    assert lanes.next_due() is None  # it depends on what is under way, not on the time
    lane = lanes.release(handed[0].sending_id, [sent(handed[0])])
    assert lane is not None
    assert not lane.learn(handed[0], Refused("NEVER_HEARD_OF"))
    assert await taken(lanes, database) is not None
    assert await taken(lanes, database) is None
    lane.learn(handed[1], Sent(1))
    assert [await taken(lanes, database) for _ in range(50)].count(None) == 0


async def test_whoever_resumes_a_message_that_was_to_blame_sees_it_tried_again(database: Database) -> None:
    lanes = Lanes()
    lanes.open(await running(database, range(1, 101)), ONE_STEP)
    handed = [each for _ in range(50) if (each := await taken(lanes, database))]
    lane = lanes.release(handed[0].sending_id, [sent(handed[0])])
    assert lane is not None
    assert [lane.learn(each, Refused("NEVER_HEARD_OF")) for each in handed] == [False] * 4 + [True] + [False] * 3


async def test_what_travels_together_is_held_and_no_more_than_may_go(database: Database) -> None:
    lanes = Lanes()
    sending = await running(database, range(1, 31))
    lanes.open(sending, ONE_STEP)
    lane = await lanes.next(database.reader, NOW)
    assert lane is not None
    first = lane.take_up_to(20)
    assert [each.peer_id for each in first] == list(range(1, TRYING + 1))
    assert await lanes.next(database.reader, NOW) is None
    lane.learn(first[0], Sent(1))
    assert [each.peer_id for each in lane.take_up_to(5)] == list(range(TRYING + 1, TRYING + 6))
    assert lane.under_way == TRYING + 5
    assert len(lane.take_up_to(100)) == 30 - TRYING - 5
