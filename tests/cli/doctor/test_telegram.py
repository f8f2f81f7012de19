"""`userbot doctor` finds what is wrong at Telegram: names it, says what to do, and ends with 1."""

import time
from pathlib import Path

import pytest

from tests.cli.conftest import Shop
from tests.cli.doctor.examining import as_member, change, examined, mentioned, wrong
from userbot.locks import alone
from userbot.sandbox.world import SPAMBOT
from userbot.telegram.client import SESSION

pytestmark = pytest.mark.asyncio(loop_scope="module")


# The way to Telegram, and the account.


async def test_another_program_with_this_session(logged_in: Shop) -> None:
    with alone(logged_in.shell.folder / "sessions", "the session in"):
        assert (await mentioned(logged_in)).startswith("userbot run is working with this session")


async def test_a_session_that_is_damaged(logged_in: Shop) -> None:
    (logged_in.shell.folder / "sessions" / SESSION).write_bytes(b"nothing" * 1000)
    said = f"The session sessions/{SESSION} is damaged (file is not a database). Remove it, then run: userbot login"
    assert await wrong(logged_in) == said


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("AUTH_KEY_UNREGISTERED", "this session was ended (…). Log in again: userbot login"),
        ("SESSION_REVOKED", "this session was ended from another device (…). Log in again: userbot login"),
        ("SESSION_EXPIRED", "this session has expired (…). Log in again: userbot login"),
        ("AUTH_KEY_DUPLICATED", "this session was used from two places at once and ended (…). Log in again:"),
        ("USER_DEACTIVATED", "Telegram has deactivated this account (…). Log in with a Telegram app: it says"),
        ("USER_DEACTIVATED_BAN", "Telegram has banned this account (…). Log in with a Telegram app: it says"),
    ],
)
async def test_a_session_that_was_ended(logged_in: Shop, error: str, said: str) -> None:
    logged_in.telegram.refuse(error, 401, method="updates.getState")
    assert (await wrong(logged_in)).startswith(f"Telegram says: {said.replace('…', error)}")


async def test_telegram_away(logged_in: Shop) -> None:
    change(logged_in, TELEGRAM_SERVER="127.0.0.1:9")
    assert await wrong(logged_in) == "Telegram cannot be reached: Connection refused. Check the network."


async def test_a_proxy_that_does_not_answer(logged_in: Shop) -> None:
    change(logged_in, PROXY="socks5://127.0.0.1:9")
    said = await wrong(logged_in)
    assert said.startswith("Telegram cannot be reached: ")
    assert said.endswith("Check PROXY, which is 127.0.0.1:9, and the network.")
    assert "Errno" not in said


async def test_a_key_that_is_none(logged_in: Shop) -> None:
    change(logged_in, TELEGRAM_SERVER_KEY=Path(__file__))
    assert "holds no public key in PKCS#1 PEM form" in await wrong(logged_in)


@pytest.mark.parametrize(("ahead", "said"), [(100, "behind"), (-100, "ahead")])
async def test_a_clock_that_is_wrong(logged_in: Shop, ahead: float, said: str) -> None:
    clock = logged_in.telegram.world.clock
    logged_in.telegram.world.clock = lambda: clock() + ahead
    finding = await wrong(logged_in)
    assert finding.startswith("The clock is 1 min ")
    assert finding.endswith(f" s {said}. | Let this machine set its clock by the network (NTP).")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("your account is now limited until 6 Jun 2099, 20:20 UTC", "limited until 2099-06-06 20:20 UTC."),
        ("I’m very sorry that you had to contact me.", "the account is limited: “I’m very sorry"),
        ("Your account was blocked for violations of the Telegram Terms of Service", "the account is blocked: “Your"),
        ("Congratulations!", "something new: “Congratulations!”"),
        ("", "@SpamBot does not answer, so nobody knows"),
    ],
)
async def test_what_spambot_says(logged_in: Shop, words: str, said: str) -> None:
    logged_in.telegram.set_spambot(words, silent=not words)
    finding = await wrong(logged_in)
    assert said in finding
    assert finding.endswith(" | Talk to @SpamBot from the account. Until it says free, no mailing starts.")


async def test_spambot_that_is_blocked(logged_in: Shop) -> None:
    logged_in.telegram.refuse("YOU_BLOCKED_USER", recipient=SPAMBOT)
    assert "The account has blocked @SpamBot: unblock it." in await wrong(logged_in)


async def test_an_account_that_is_frozen(logged_in: Shop) -> None:
    logged_in.telegram.freeze(int(time.time()), int(time.time()) + 1_000_000)
    assert "Telegram has frozen this account until 20" in await wrong(logged_in)


# The group.


async def test_no_group(logged_in: Shop) -> None:
    change(logged_in, BACKEND_GROUP="")
    assert await wrong(logged_in) == "BACKEND_GROUP is not set. | Run: userbot link"


@pytest.mark.parametrize("group", ["-1009999999999", "@anna_ex", "@nobody_is_called_so"])
async def test_a_group_that_is_none(logged_in: Shop, group: str) -> None:
    change(logged_in, BACKEND_GROUP=group)
    assert (await wrong(logged_in)).startswith(f"BACKEND_GROUP {group} ")


async def test_a_group_that_the_account_was_thrown_out_of(logged_in: Shop) -> None:
    group = as_member(logged_in)
    logged_in.telegram.kick(group, logged_in.account)
    assert (await wrong(logged_in)).startswith(f"BACKEND_GROUP {group} ")


@pytest.mark.parametrize("everybody", [False, True])
async def test_a_group_where_the_account_may_not_write(logged_in: Shop, *, everybody: bool) -> None:
    group = as_member(logged_in)
    if everybody:
        logged_in.telegram.set_group(group, muted=True)
    else:
        logged_in.telegram.restrict(group, logged_in.account)
    said = "The backend group “Theirs” does not let the account write. | Let the account send messages there"
    assert (await wrong(logged_in)).startswith(said)


@pytest.mark.parametrize(
    ("setting", "said", "advice"),
    [
        ("protected", "protects its content, so nothing can be sent from it.", "In the group's settings, allow saving"),
        ("hidden", "hides its members, so nobody can tell who gives a command.", "Make the account an administrator"),
        ("slow_mode", "is in slow mode: answers to commands wait for one another.", "Make the account an"),
        ("topics_kept", "does not let the account open topics, so no customer gets one (DESK).", "Make the account an"),
    ],
)
async def test_a_setting_of_the_group(logged_in: Shop, setting: str, said: str, advice: str) -> None:
    group = as_member(logged_in)
    logged_in.telegram.set_group(group, **{setting: 30 if setting == "slow_mode" else True})  # type: ignore[arg-type]
    assert (await wrong(logged_in)).startswith(f"The backend group “Theirs” {said} | {advice}")
    if setting != "protected":
        logged_in.telegram.promote(group, logged_in.account)
        assert (await examined(logged_in))[0] == 0


async def test_a_group_without_topics(logged_in: Shop) -> None:
    logged_in.telegram.set_group(logged_in.group, forum=False)
    assert await mentioned(logged_in) == "The backend group “Our team” has no topics: it is General alone."
