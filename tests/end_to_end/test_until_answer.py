"""A chain that ends for whoever answers it, however long its steps are apart, and whatever is down meanwhile."""

import pytest

from tests.office import HandClock, Office, until

WEEK = 7 * 86400


@pytest.fixture
async def people(slow: Office) -> list[int]:
    return slow.customers(3)


@pytest.fixture
async def chain(slow: Office, people: list[int]) -> Office:
    """An office with three customers, and a chain of three steps, a week apart."""
    await slow.open()
    await slow.template("welcome", "", "7d", "7d")
    assert await slow.ask("/send welcome until answer") == (
        "Template welcome ends for whoever answers it: they get nothing more of it."
    )
    return slow


def got(team: Office) -> dict[int, int]:
    return {peer: len(team.sent(peer)) for peer in {line.peer for line in team.sent()}}


async def test_whoever_answers_gets_no_more(chain: Office, people: list[int], clock: HandClock) -> None:
    assert "It ends for whoever answers it." in await chain.ask("/send welcome")
    early, late, silent = people
    chain.telegram.write(early, chain.owner, "Before it began")
    await until(lambda: chain.heard_of(early))
    assert "It ends for whoever answers it." in await chain.ask("/send all welcome")
    await chain.written_down(1, sent=3)
    chain.telegram.write(late, chain.owner, "Thank you!")
    await until(lambda: chain._stored("SELECT 1 FROM delivery WHERE peer_id = ? AND answered_at NOT NULL", late))
    clock.advance(WEEK)
    await chain.written_down(1, sent=5)
    await chain.close()
    chain.telegram.write(early, chain.owner, "While it was down")
    await chain.open()
    clock.advance(WEEK)
    await chain.notice("Finished. 6 sent, 3 skipped.")
    assert got(chain) == {early: 2, late: 1, silent: 3}
    rows = [(int(row["user_id"]), row["step"], row["reason"]) for row in chain.report_rows("Finished") if row["reason"]]
    assert rows == [(early, "3", "answered"), (late, "2", "answered"), (late, "3", "answered")]


async def test_an_answer_at_the_last_moment_counts(chain: Office, people: list[int], clock: HandClock) -> None:
    """Before it is written down, and with its delivery in memory already."""
    person = people[0]
    await chain.ask(f"/send list welcome {person}")
    await chain.written_down(1, sent=1)
    chain.telegram.write(person, chain.owner, "At once")
    await chain.ask("/send sid1")  # has been heard
    clock.advance(WEEK)
    await chain.notice("Finished. 1 sent, 2 skipped.")
    assert got(chain) == {person: 1}


async def test_an_answer_that_the_owner_has_answered_from_a_phone_counts(
    chain: Office, people: list[int], clock: HandClock
) -> None:
    """All of it while the program was down: the last message of the dialog is none of theirs."""
    person = people[0]
    await chain.ask(f"/send list welcome {person}")
    await chain.written_down(1, sent=1)
    await chain.close()
    chain.telegram.write(person, chain.owner, "Is it for me?")
    chain.telegram.write(chain.owner, person, "It is!")
    clock.advance(WEEK)
    await chain.open()
    await chain.notice("Finished. 1 sent, 2 skipped.")
    assert [line.text for line in chain.sent(person) if "welcome" in line.text] == ["welcome 1"]


async def test_a_chain_that_is_cleared_goes_to_its_end(chain: Office, people: list[int], clock: HandClock) -> None:
    person = people[0]
    assert await chain.ask("/send welcome until CLEAR") == "Template welcome goes to its end, whoever answers it."
    assert "answers" not in await chain.ask(f"/send list welcome {person}")
    await chain.written_down(1, sent=1)
    await chain.ask("/send welcome until answer")  # changes nothing under way
    chain.telegram.write(person, chain.owner, "Thank you!")
    for sent in (2, 3):
        clock.advance(WEEK)
        await chain.written_down(1, sent=sent)
    await chain.notice("Finished. 3 sent.")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("/send welcome until", "/send welcome until answer"),
        ("/send welcome until answr", "/send welcome until answer"),
        ("/send welcome until clear now", "/send welcome until CLEAR"),
    ],
)
async def test_what_is_mistyped(chain: Office, typed: str, hint: str) -> None:
    assert (await chain.ask(typed)).splitlines()[-1] == hint
