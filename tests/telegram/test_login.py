"""Logging in to a real MTProto server: by phone, code and password, and by QR code."""

import logging
from collections.abc import Callable, Iterator

import pytest

from tests.telegram.persons import PASSWORD, PHONE, Answer, Person, code, wrong
from userbot.config import Settings
from userbot.errors import NotLoggedInError, TelegramError
from userbot.sandbox.people import Sandbox
from userbot.telegram import account
from userbot.telegram.client import connected
from userbot.telegram.login import Login, login


async def test_phone_and_code(sandbox: Sandbox, settings: Settings, anna: int) -> None:
    person = Person(PHONE, code(sandbox))
    found = await login(settings, person)
    assert (found.me.id, found.me.name, found.me.username, found.already) == (anna, "Anna Example", "anna_ex", False)
    async with connected(settings) as client:
        assert (await client.get_me()).id == anna


async def test_the_session_is_private(sandbox: Sandbox, settings: Settings, anna: int) -> None:
    await login(settings, Person(code(sandbox)), phone=PHONE)
    assert (settings.sessions_dir / "account.session").stat().st_mode & 0o777 == 0o600
    assert settings.sessions_dir.stat().st_mode & 0o777 == 0o700


async def test_a_code_as_people_copy_it(sandbox: Sandbox, settings: Settings, anna: int) -> None:
    await login(settings, Person(f" {PHONE[:5]} {PHONE[5:]} ", lambda: " ".join(sandbox.login_code(PHONE)) + " "))


async def test_password_is_asked_for_unseen(sandbox: Sandbox, settings: Settings, guarded: int) -> None:
    person = Person(PHONE, code(sandbox), PASSWORD)
    assert (await login(settings, person)).me.id == guarded
    assert [hidden for _, hidden in person.asked] == [False, False, True]


async def test_wrong_words_may_be_put_right(sandbox: Sandbox, settings: Settings, guarded: int) -> None:
    person = Person(PHONE, wrong(sandbox), "abc", code(sandbox), "wrong horse", "", PASSWORD)
    assert (await login(settings, person)).me.id == guarded
    assert person.said.count("Code not right.") == 2
    assert person.said.count("Two-step password not right.") == 2


@pytest.mark.parametrize("answers", [[wrong] * 3, [code, *[lambda _: lambda: "wrong horse"] * 3]])
async def test_three_tries(
    sandbox: Sandbox, settings: Settings, guarded: int, answers: list[Callable[[Sandbox], Answer]]
) -> None:
    with pytest.raises(TelegramError, match="not right 3 times"):
        await login(settings, Person(PHONE, *(each(sandbox) for each in answers), "one too many"))
    with pytest.raises(NotLoggedInError):
        async with connected(settings):
            pass


@pytest.mark.parametrize("number", ["+4900000000", "hello", ""])
async def test_a_number_that_is_none_is_asked_for_again(
    sandbox: Sandbox, settings: Settings, anna: int, number: str
) -> None:
    person = Person(number, PHONE, code(sandbox))
    assert (await login(settings, person)).me.id == anna
    assert "country code" in person.said[0]
    assert "4900000000" not in person.said[0]


@pytest.mark.parametrize(
    ("error", "method", "words"),
    [
        ("PHONE_NUMBER_BANNED", "auth.sendCode", "banned"),
        ("PHONE_NUMBER_INVALID", "auth.sendCode", "country code"),
        ("PHONE_NUMBER_UNOCCUPIED", "auth.signIn", "No account"),
    ],
)
async def test_a_number_that_is_refused_is_asked_for_again(
    sandbox: Sandbox, settings: Settings, anna: int, error: str, method: str, words: str
) -> None:
    sandbox.refuse(error, method=method)
    answers = [code(sandbox)] if method == "auth.signIn" else []
    person = Person(*answers, PHONE, code(sandbox))
    assert (await login(settings, person, phone=PHONE)).me.id == anna
    assert any(words in each for each in person.said)


async def test_a_number_without_an_account(sandbox: Sandbox, settings: Settings, anna: int) -> None:
    """Telegram sends a code all the same, and then wants a new account to be made."""
    gone = sandbox.add_person("Gone", phone="+4915100000000")
    sandbox.delete_account(gone)
    person = Person(lambda: sandbox.login_code("+4915100000000"), PHONE, code(sandbox))
    assert (await login(settings, person, phone="+4915100000000")).me.id == anna
    assert any("No account" in each for each in person.said)


async def test_three_numbers(settings: Settings, anna: int) -> None:
    with pytest.raises(TelegramError, match="userbot login again"):
        await login(settings, Person("+4900000000", "hello", "", "one too many"))


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("app", ("5 digits", "your other devices")),
        ("sms", ("SMS", "5 digits")),
        ("firebase", ("SMS", "5 digits")),
        ("call", ("calls you", "says")),
        ("missed_call", ("+4930…", "last 5 digits")),
        ("flash_call", ("whole number", "+4930*****")),
        ("email", ("a***@example.com", "5 digits")),
        ("fragment", ("Fragment", "https://fragment.com/login")),
        ("word", ("a word that begins with “h”",)),
        ("phrase", ("a phrase that begins with “blue”",)),
    ],
)
async def test_wherever_the_code_goes(
    sandbox: Sandbox, settings: Settings, anna: int, way: str, words: tuple[str, ...]
) -> None:
    sandbox.send_codes_by(way)
    person = Person(wrong(sandbox) if way in {"app", "email"} else "12345", lambda: f" {sandbox.login_code(PHONE)} ")
    assert (await login(settings, person, phone=PHONE)).me.id == anna
    for word in words:
        assert word in person.said[0]


async def test_words_are_taken_as_they_are_typed(sandbox: Sandbox, settings: Settings, anna: int) -> None:
    sandbox.send_codes_by("phrase")
    person = Person(lambda: "  ".join(sandbox.login_code(PHONE).split()))
    assert (await login(settings, person, phone=PHONE)).me.id == anna


async def test_digits_of_another_script(sandbox: Sandbox, settings: Settings, anna: int) -> None:
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    person = Person(lambda: sandbox.login_code(PHONE).translate(arabic))
    assert (await login(settings, person, phone=PHONE)).me.id == anna


async def test_a_code_that_does_not_come_is_sent_another_way(sandbox: Sandbox, settings: Settings, anna: int) -> None:
    person = Person("", " ", code(sandbox))
    assert (await login(settings, person, phone=PHONE)).me.id == anna
    assert [words for each in person.said for words in ("devices", "by SMS", "SMS with", "by a call", "calls you") if
            words in each] == ["devices", "by SMS", "SMS with", "by a call", "calls you"]  # fmt: skip


async def test_no_other_way(sandbox: Sandbox, settings: Settings, anna: int) -> None:
    """An empty answer is a wrong code then."""
    sandbox.send_codes_by("call")
    person = Person("", code(sandbox))
    assert (await login(settings, person, phone=PHONE)).me.id == anna
    assert "Code not right." in person.said


@pytest.mark.parametrize(
    ("way", "words"),
    [("email_required", ("e-mail address", "--qr")), ("payment", ("paid", "--qr", "sms@example.com"))],
)
async def test_no_code_at_all(
    sandbox: Sandbox, settings: Settings, anna: int, way: str, words: tuple[str, ...]
) -> None:
    sandbox.send_codes_by(way)
    with pytest.raises(TelegramError) as caught:
        await login(settings, Person(), phone=PHONE)
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("error", "status", "method", "words"),
    [
        ("FLOOD_WAIT_3700", 420, "auth.sendCode", "in 1 h 1 min"),
        ("FLOOD_WAIT_70", 420, "auth.signIn", "in 1 min 10 s"),
        ("PHONE_NUMBER_FLOOD", 406, "auth.sendCode", "tomorrow"),
        ("UPDATE_APP_TO_LOGIN", 406, "auth.signIn", "newer userbot"),
        ("API_ID_INVALID", 400, "auth.sendCode", "API_HASH"),
        ("PHONE_CODE_EXPIRED", 400, "auth.signIn", "expired"),
        ("SOMETHING_NEW", 400, "auth.signIn", "SOMETHING_NEW"),
    ],
)
async def test_refusals_are_sentences(
    sandbox: Sandbox, settings: Settings, anna: int, error: str, status: int, method: str, words: str
) -> None:
    sandbox.refuse(error, code=status, method=method)
    with pytest.raises(TelegramError, match=words):
        await login(settings, Person(PHONE, code(sandbox)))


async def test_already_logged_in(sandbox: Sandbox, settings: Settings, anna: int) -> None:
    first = await login(settings, Person(PHONE, code(sandbox)))
    assert await login(settings, Person()) == Login(first.me, already=True)


async def test_a_session_that_telegram_has_forgotten(sandbox: Sandbox, settings: Settings, anna: int) -> None:
    await login(settings, Person(PHONE, code(sandbox)))
    for key in sandbox.world.column("SELECT id FROM auth_keys"):
        sandbox.world.drop_auth_key(int(key))
    found = await login(settings, Person(PHONE, code(sandbox)))
    assert (found.me.id, found.already) == (anna, False)


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


async def test_secrets_stay_out_of_the_log(
    sandbox: Sandbox, settings: Settings, guarded: int, everything_logged: pytest.LogCaptureFixture
) -> None:
    entered: list[str] = []

    def note() -> str:
        entered.append(sandbox.login_code(PHONE))
        return entered[-1]

    await login(settings, Person(PHONE, wrong(sandbox), note, "wrong horse", PASSWORD))
    for secret in (PHONE.lstrip("+"), *entered, "wrong horse", PASSWORD, settings.api_hash.get_secret_value()):
        assert secret not in everything_logged.text


async def test_nobody_answers(sandbox: Sandbox, settings: Settings, anna: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "CONNECT_SECONDS", 0.2)
    await sandbox.go_away()
    with pytest.raises(TelegramError, match="cannot be reached"):
        await login(settings, Person(PHONE))
