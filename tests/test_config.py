"""Settings: where they come from, what they default to, and what is said of those that are wrong."""

import os
from pathlib import Path

import pytest

from userbot import config
from userbot.config import Settings
from userbot.errors import SettingsError

HASH = "0123456789abcdef0123456789abcdef"
NAMES = {name.upper() for name in Settings.model_fields}


@pytest.fixture(autouse=True)
def only_what_a_test_sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.upper() in NAMES:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("API_ID", "12345")
    monkeypatch.setenv("API_HASH", HASH)


def loaded(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Settings:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return config.load()


def refused(monkeypatch: pytest.MonkeyPatch, **variables: str) -> list[str]:
    """The lines of the complaint."""
    with pytest.raises(SettingsError) as error:
        loaded(monkeypatch, **variables)
    assert error.value.exit_code == 2
    return str(error.value).splitlines()


def test_the_two_that_nobody_can_guess_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loaded(monkeypatch)
    assert settings.model_dump(exclude={"api_hash"}) == {
        "api_id": 12345,
        "backend_group": None,
        "instance_id": None,
        "extensions_allowed": frozenset(),
        "monthly_limit": 500,
        "rate_per_minute": 1000,
        "restart_delay": 120,
        "misfire_grace": 3600,
        "desk": True,
        "timezone": None,
        "quiet_hours": None,
        "language": "en",
        "opt_out_words": "stop,стоп,unsubscribe,abmelden",
        "cap": None,
        "confirm_above": 0,
        "keep_days": 400,
        "sessions_dir": Path("sessions"),
        "data_dir": Path("data"),
        "log_level": "INFO",
        "log_json": False,
        "proxy": None,
        "metrics": None,
        "telegram_server": None,
        "telegram_server_key": None,
    }
    assert settings.api_hash.get_secret_value() == HASH


def test_they_never_change(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loaded(monkeypatch)
    with pytest.raises(ValueError, match="frozen"):
        settings.monthly_limit = 0


def test_the_environment_counts_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# a comment\nAPI_ID=1\n\nMONTHLY_LIMIT='7' # seven\nDATA_DIR=\nSOMETHING_ELSE=1\n"
    (tmp_path / ".env").write_text(text)
    settings = loaded(monkeypatch)
    assert (settings.api_id, settings.monthly_limit, settings.data_dir) == (12345, 7, Path("data"))


def test_a_file_from_another_system_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("API_ID")
    (tmp_path / ".env").write_bytes("\ufeffAPI_ID=77\r\nDATA_DIR=Größe\r\n".encode())
    settings = loaded(monkeypatch)
    assert (settings.api_id, settings.data_dir) == (77, Path("Größe"))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_bytes(b"API_HASH=secret\xfc")
    (line,) = refused(monkeypatch)
    assert line.startswith(f"{tmp_path / '.env'} cannot be read: ")
    assert "secret" not in line


def test_all_mistakes_are_named_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("API_ID")
    env = tmp_path / ".env"
    env.touch()
    wrong = {
        "API_HASH": "tooshort",
        "BACKEND_GROUP": "our team",
        "INSTANCE_ID": "-3",
        "EXTENSIONS_ALLOWED": "1,two",
        "MONTHLY_LIMIT": "many",
        "RATE_PER_MINUTE": "-1",
        "RESTART_DELAY": "0",
        "MISFIRE_GRACE": "inf",
        "DESK": "perhaps",
        "LOG_LEVEL": "LOUD",
        "TELEGRAM_SERVER": "nowhere",
    }
    lines = refused(monkeypatch, **wrong)
    assert [line.partition(" ")[0] for line in lines] == ["API_ID", *wrong]
    assert lines[0] == f"API_ID is not set. Get yours at https://my.telegram.org and write API_ID=12345 into {env}."
    assert all(" is not valid: " in line and line.endswith(".") for line in lines[1:])


@pytest.mark.parametrize(
    "name",
    sorted(NAMES - {"API_ID", "SESSIONS_DIR", "DATA_DIR", "TELEGRAM_SERVER_KEY", "API_HASH", "OPT_OUT_WORDS"}),
)
def test_no_value_is_repeated(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody may have pasted a secret into the wrong line."""
    secret = "s3cret!pasted"
    lines = refused(monkeypatch, **{name: secret})
    assert len(lines) == 1
    assert name in lines[0]
    assert secret not in lines[0]


@pytest.mark.parametrize("value", ["short", HASH + "0", HASH[:-1] + " "])
def test_the_hash_is_never_shown(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loaded(monkeypatch)
    assert HASH not in repr(settings) + str(settings) + str(settings.model_dump())
    if len(value) != 32:
        lines = refused(monkeypatch, API_HASH=value, TELEGRAM_SERVER_KEY="key.pem")
        assert [line.partition(" ")[0] for line in lines] == ["API_HASH", "TELEGRAM_SERVER_KEY"]
        assert value not in "".join(lines)


@pytest.mark.parametrize("name", ["API_ID", "API_HASH"])
def test_an_empty_variable_is_one_that_is_not_set(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    line, _ = refused(monkeypatch, **{name: ""})
    assert line.startswith(f"{name} is not set. ")


def test_a_file_that_is_not_there_is_named_with_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    *_, last = refused(monkeypatch, API_ID="")
    assert (
        last == f"There is no {tmp_path / '.env'}: userbot init makes one, userbot --home FOLDER says where yours is."
    )


def test_another_folder_has_its_own_file_and_its_own_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "shop"
    home.mkdir()
    absolute = tmp_path / "elsewhere"
    (home / ".env").write_text(
        f"MONTHLY_LIMIT=7\nDATA_DIR={absolute}\nTELEGRAM_SERVER=127.0.0.1:1\nTELEGRAM_SERVER_KEY=k\n"
    )
    settings = config.load(home)
    assert (settings.monthly_limit, settings.sessions_dir, settings.data_dir) == (7, home / "sessions", absolute)
    assert settings.telegram_server_key == home / "k"


@pytest.mark.parametrize(
    ("text", "group"),
    [("-1001234567890", -1001234567890), (" -1001234567890 ", -1001234567890), ("@our_team", "@our_team")],
)
def test_the_group_is_an_id_or_a_name(text: str, group: int | str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert loaded(monkeypatch, BACKEND_GROUP=text).backend_group == group


@pytest.mark.parametrize(
    "text", ["our_team", "1234567890", "-5", "@", "@a b", "-100", "https://t.me/our_team", "-100１"]
)
def test_what_is_no_group_is_refused_with_an_example(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = refused(monkeypatch, BACKEND_GROUP=text)
    assert line.endswith("as in BACKEND_GROUP=-1001234567890 or BACKEND_GROUP=@our_team.")


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", frozenset()),
        (",", frozenset()),
        ("42", frozenset({42})),
        ("1,2,1", frozenset({1, 2})),
        (" 1 , 7000000000, ", frozenset({1, 7000000000})),
        (".", "."),
        (" . ", "."),
    ],
)
def test_who_else_may_send(text: str, allowed: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert loaded(monkeypatch, EXTENSIONS_ALLOWED=text).extensions_allowed == allowed


@pytest.mark.parametrize("text", ["x", "1;2", "1 2", "-5", "0", "*", "1,.", "..", "@name", "１"])
def test_nobody_gets_in_by_a_misprint(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = refused(monkeypatch, EXTENSIONS_ALLOWED=text)
    assert line.endswith("Write user ids with commas between, or a single dot for every member.")


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("127.0.0.1:4430", ("127.0.0.1", 4430)),
        (" localhost:1 ", ("127.0.0.1", 1)),
        ("[::1]:443", ("::1", 443)),
        ("149.154.167.40:65535", ("149.154.167.40", 65535)),
    ],
)
def test_a_server_of_ones_own(text: str, server: tuple[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loaded(monkeypatch, TELEGRAM_SERVER=text, TELEGRAM_SERVER_KEY="key.pem")
    assert settings.telegram_server == server
    assert settings.telegram_server_key == Path("key.pem")


@pytest.mark.parametrize(
    "text", ["127.0.0.1", "127.0.0.1:", ":4430", "4430", "127.0.0.1:0", "127.0.0.1:65536", "example.org:443", "[1,2]"]
)
def test_what_is_no_server_is_refused_with_an_example(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = refused(monkeypatch, TELEGRAM_SERVER=text, TELEGRAM_SERVER_KEY="key.pem")
    assert line.endswith("as in TELEGRAM_SERVER=127.0.0.1:4430.")


@pytest.mark.parametrize(("name", "value"), [("TELEGRAM_SERVER", "127.0.0.1:1"), ("TELEGRAM_SERVER_KEY", "key.pem")])
def test_a_server_and_its_key_go_together(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = refused(monkeypatch, **{name: value})
    assert line.startswith("TELEGRAM_SERVER_KEY is not valid: it goes with TELEGRAM_SERVER: set both, or neither.")


@pytest.mark.parametrize(("text", "desk"), [("on", True), ("off", False), ("OFF", False), ("0", False), ("yes", True)])
def test_the_desk_is_on_or_off(text: str, *, desk: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    assert loaded(monkeypatch, DESK=text).desk is desk


def test_the_log_level_is_read_without_case(monkeypatch: pytest.MonkeyPatch) -> None:
    assert loaded(monkeypatch, LOG_LEVEL="debug").log_level == "DEBUG"


def test_zero_switches_a_limit_off_and_is_no_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loaded(monkeypatch, MONTHLY_LIMIT="0", RATE_PER_MINUTE="0", MISFIRE_GRACE="0")
    assert (settings.monthly_limit, settings.rate_per_minute, settings.misfire_grace) == (0, 0, 0)


def test_metrics_on_a_port_alone_stay_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    assert loaded(monkeypatch, METRICS="9464").metrics == ("127.0.0.1", 9464)
    assert loaded(monkeypatch, METRICS="0.0.0.0:9464").metrics == ("0.0.0.0", 9464)
    assert refused(monkeypatch, METRICS="yes")


def test_a_proxy_is_read_and_shown_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loaded(monkeypatch, PROXY="socks5://anna:hush@proxy.example:1080")
    assert settings.proxy is not None
    assert (settings.proxy.host, settings.proxy.password) == ("proxy.example", "hush")
    assert "hush" not in repr(settings)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("socks5://anna:hush@proxy.example", "it names no port"),
        ("socks5://anna:hush/1@proxy.example:1080", "its port is no number"),
        (f"https://t.me/proxy?server=a&port=1&secret=ee{HASH}00", "disguises itself as TLS, which userbot cannot"),
    ],
)
def test_a_wrong_proxy_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch, text: str, words: str) -> None:
    [line] = refused(monkeypatch, PROXY=text)
    assert line.startswith("PROXY is not valid: it")
    assert words in line
    assert "socks5://user:password@host:1080" in line
    assert "hush" not in line
    assert HASH not in line
