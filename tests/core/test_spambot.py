"""@SpamBot's words: what is known means what it says, and nothing else is ever free."""

from datetime import UTC, datetime
from time import perf_counter, tzset

import pytest
from hypothesis import example, given, strategies as st

from userbot.core.spambot import Blocked, Free, Limited, LimitedUntil, Unknown, understand

FREE = [
    "Good news, no limits are currently applied to your account. You’re free as a bird!",
    "Good news, no limits are currently applied to your account. You're free as a bird!",
    "GOOD NEWS, no limits  are currently\tapplied to your account",
    "Ваш аккаунт свободен от каких-либо ограничений.",
    "Gute Nachrichten! Deinem Konto sind momentan keine Einschränkungen auferlegt. Du bist frei wie ein Vogel!",
]
UNTIL = LimitedUntil(int(datetime(2024, 6, 6, 20, 20, tzinfo=UTC).timestamp()))
KNOWN_FREE = (
    "no limits are currently applied to your account",
    "ваш аккаунт свободен от каких-либо ограничений",
    "deinem konto sind momentan keine einschränkungen auferlegt",
)


@pytest.mark.parametrize("text", FREE)
def test_free(text: str) -> None:
    assert understand(text) == Free()


@pytest.mark.parametrize(
    "text",
    [
        "The moderators have confirmed the report and your account is now limited until 6 Jun 2024, 20:20 UTC. So",
        "The limitations will be automatically released on 6 Jun 2024, 20:20 UTC. Please note",
        "your account is now limited until\n6  June 2024 20:20\u00a0UTC",
        "Ограничения будут автоматически сняты 6 Jun 2024, 20:20 UTC.",
    ],
)
def test_limited_until_a_moment_in_utc(text: str) -> None:
    assert understand(text) == UNTIL


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
def test_the_zone_of_the_machine_does_not_matter(zone: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", zone)
        tzset()
        assert understand("your account is now limited until 6 Jun 2024, 20:20 UTC") == UNTIL
    tzset()


@pytest.mark.parametrize(
    "text",
    [
        "I’m very sorry that you had to contact me.",
        "Unfortunately, some actions can trigger a harsh response from our anti-spam systems. If you think …",
        "Unfortunately, some phone numbers may trigger a harsh response from our anti-spam systems. If you think …",
        "I’m afraid some Telegram users found your messages annoying and forwarded them to our team of moderators.",
        "К сожалению, Ваш аккаунт временно ограничен.",
        "Модераторы подтвердили жалобу. Теперь Ваш аккаунт ограничен.",
        "Очень жаль, что Вы с этим столкнулись. К сожалению, иногда наша антиспам-система излишне сурово реагирует.",
    ],
)
def test_limited_without_a_date(text: str) -> None:
    assert understand(text) == Limited()


@pytest.mark.parametrize(
    "date",
    [
        "31 Feb 2024, 20:20 UTC",
        "6 Jun 99999, 20:20 UTC",
        "6 Jun 0000, 20:20 UTC",
        "99 Jun 2024, 20:20 UTC",
        "6 Jun 2024, 99:99 UTC",
        "6 Sat 2024, 20:20 UTC",
        "6 Marbles 2024, 20:20 UTC",
        "٦ Jun ٢٠٢٤, 20:20 UTC",
        "6 Jun 2024, 20:20 MSK",
        "tomorrow",
        "",
    ],
)
def test_a_date_that_no_calendar_has_is_no_date(date: str) -> None:
    assert understand(f"Your account is now limited until {date}") == Limited()


def test_the_later_of_two_dates_counts() -> None:
    early = "Your account is now limited until 1 Jan 2024, 00:00 UTC. "
    late = "The limitations will be automatically released on 6 Jun 2024, 20:20 UTC. "
    assert understand(early + late) == understand(late + early) == UNTIL


def test_a_date_beside_an_apology_is_still_a_date() -> None:
    sorry = "I’m very sorry that you had to contact me. "
    assert understand(f"{sorry} Your account is now limited until 6 Jun 2024, 20:20 UTC.") == UNTIL


def test_blocked_outweighs_limited() -> None:
    text = "Your account was blocked for violations of the Telegram Terms of Service based on user reports."
    assert understand(text) == Blocked()
    assert understand(text + " Your account is now limited until 6 Jun 2024, 20:20 UTC.") == Blocked()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "…",
        "Hello! Please choose a language.",
        "You’re free as a bird!",
        "you are NOT free as a bird",
        "It is not true that no limits are currently applied to your account.",
        "No limits are currently applied to your account except one.",
        "Ваш аккаунт не свободен от каких-либо ограничений.",
        "Неверно, что ваш аккаунт свободен от каких-либо ограничений.",
        "Leider stimmt es nicht, dass deinem Konto sind momentan keine Einschränkungen auferlegt",
        "Deinem Konto sind momentan Einschränkungen auferlegt.",
        "The event is on 6 Jun 2024, 20:20 UTC",
    ],
)
def test_anything_else_is_unknown(text: str) -> None:
    assert understand(text) == Unknown()


@pytest.mark.parametrize("free", FREE)
@pytest.mark.parametrize(
    "limit",
    [
        "Your account is now limited until 6 Jun 2024, 20:20 UTC.",
        "Your account was blocked for violations of the Telegram Terms of Service.",
        "Очень жаль, что Вы с этим столкнулись.",
    ],
)
def test_free_and_limited_at_once_is_for_a_person_to_judge(free: str, limit: str) -> None:
    assert understand(f"{free}\n{limit}") == understand(f"{limit}\n{free}") == Unknown()


pieces = st.sampled_from(
    [*FREE, "limited until ", "is now limited until 6 Jun 2024, 20:20 UTC", "released on ", "not ", " ", "\n", "…"]
)


@given(st.text() | st.lists(pieces | st.text(max_size=5), max_size=8).map("".join))
@example("no limits")
@example("ограничений свободен аккаунт")
@example("\ud800\x00")
def test_nothing_raises_and_nothing_is_free_without_a_known_sentence(text: str) -> None:
    if isinstance(understand(text), Free):
        assert any(known in " ".join(text.casefold().split()) for known in KNOWN_FREE)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "." * 100_000,
        " " * 100_000,
        "is now limited until " * 5_000,
        "is now limited until 6 jun 2024, 20:20 ut" * 2_500,
        "is now limited until 6 Jun 2024, 20:20 UTC. " * 300,
        "1" * 100_000,
    ],
)
def test_a_huge_text_is_understood_quickly(text: str) -> None:
    began = perf_counter()
    understand(text)
    assert perf_counter() - began < 1
