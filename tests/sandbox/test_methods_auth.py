from dataclasses import dataclass, replace
from typing import Any

import pytest
from telethon.password import compute_check
from telethon.tl import functions, types

from tests.sandbox.town import Clock
from userbot.sandbox import srp
from userbot.sandbox.errors import RpcError
from userbot.sandbox.methods import Caller, handle
from userbot.sandbox.world import SERVICE, World

auth, account = functions.auth, functions.account
PASSWORD = "correct horse"


@dataclass
class Door:
    """A fresh key in front of a world with one user."""

    world: World
    clock: Clock
    user: int

    def call(self, request: Any) -> Any:
        return handle(self.world, Caller(1, 1, self.world.user_of(1)), request)

    def refused(self, request: Any) -> str:
        with pytest.raises(RpcError) as caught:
            self.call(request)
        return caught.value.message

    def send_code(self, phone: str = "+49 151") -> str:
        sent = self.call(auth.SendCodeRequest(phone, 1, "hash", types.CodeSettings()))
        return str(sent.phone_code_hash)

    def code(self) -> str:
        return str(self.world.value("SELECT code FROM login_codes WHERE phone = '49151'"))

    def protect(self) -> None:
        self.world.db.execute("UPDATE users SET password = ? WHERE id = ?", (srp.store(PASSWORD), self.user))

    def prove(self, password: str) -> Any:
        return auth.CheckPasswordRequest(compute_check(self.call(account.GetPasswordRequest()), password))


@pytest.fixture
def door(world: World) -> Door:
    clock = world.clock = Clock()
    world.save_auth_key(1, bytes(256))
    return Door(world, clock, world.new_user("Ann", phone="49151"))


def test_code(door: Door) -> None:
    digest = door.send_code()
    authorization = door.call(auth.SignInRequest("+49151", digest, door.code()))
    assert authorization.user.id == door.user
    assert authorization.user.is_self
    assert door.world.user_of(1) == door.user


def test_the_code_arrives_as_a_message(door: Door) -> None:
    door.send_code()
    content = door.world.value("SELECT content FROM messages WHERE box = ? AND sender = ?", door.user, SERVICE)
    assert door.code() in door.world.content(content).message
    assert len(door.code()) == 5


def test_an_unknown_number(door: Door) -> None:
    assert door.refused(auth.SendCodeRequest("+1555", 1, "hash", types.CodeSettings())) == "PHONE_NUMBER_INVALID"


def test_a_wrong_code_may_be_put_right(door: Door) -> None:
    digest = door.send_code()
    assert door.refused(auth.SignInRequest("+49151", digest, "0")) == "PHONE_CODE_INVALID"
    assert door.call(auth.SignInRequest("+49151", digest, door.code()))


def test_a_code_grows_old(door: Door) -> None:
    digest = door.send_code()
    door.clock.now += 301
    assert door.refused(auth.SignInRequest("+49151", digest, door.code())) == "PHONE_CODE_EXPIRED"


def test_a_code_is_good_once(door: Door) -> None:
    digest, code = door.send_code(), door.code()
    door.call(auth.SignInRequest("+49151", digest, code))
    assert door.refused(auth.SignInRequest("+49151", digest, code)) == "PHONE_CODE_EXPIRED"


def test_password(door: Door) -> None:
    door.protect()
    digest = door.send_code()
    assert door.refused(auth.SignInRequest("+49151", digest, door.code())) == "SESSION_PASSWORD_NEEDED"
    assert door.refused(functions.updates.GetStateRequest()) == "AUTH_KEY_UNREGISTERED"
    assert door.refused(door.prove("wrong")) == "PASSWORD_HASH_INVALID"
    assert door.call(door.prove(PASSWORD)).user.id == door.user
    assert door.world.user_of(1) == door.user


def test_a_password_survives_a_restart_in_between(door: Door) -> None:
    door.protect()
    digest = door.send_code()
    assert door.refused(auth.SignInRequest("+49151", digest, door.code())) == "SESSION_PASSWORD_NEEDED"
    proof = door.prove(PASSWORD)
    again = replace(door, world=World(_folder(door.world)))
    assert again.call(proof).user.id == door.user


def _folder(world: World) -> Any:
    from pathlib import Path

    return Path(world.one("PRAGMA database_list")[2]).parent


def test_a_proof_for_another_exchange(door: Door) -> None:
    door.protect()
    digest = door.send_code()
    door.refused(auth.SignInRequest("+49151", digest, door.code()))
    proof = door.prove(PASSWORD)
    proof.password.srp_id += 1
    assert door.refused(proof) == "SRP_ID_INVALID"


def test_a_password_without_a_first_step(door: Door) -> None:
    assert door.refused(account.GetPasswordRequest()) == "AUTH_KEY_UNREGISTERED"


def test_nobody_has_a_password_here(door: Door) -> None:
    door.call(auth.SignInRequest("+49151", door.send_code(), door.code()))
    assert not door.call(account.GetPasswordRequest()).has_password


@pytest.mark.parametrize("request_", [functions.updates.GetStateRequest(), auth.LogOutRequest()])
def test_most_things_need_a_login(door: Door, request_: Any) -> None:
    assert door.refused(request_) == "AUTH_KEY_UNREGISTERED"


def test_log_out(door: Door) -> None:
    door.call(auth.SignInRequest("+49151", door.send_code(), door.code()))
    door.call(auth.LogOutRequest())
    assert door.world.user_of(1) is None
    assert door.refused(functions.updates.GetStateRequest()) == "AUTH_KEY_UNREGISTERED"


def test_qr(door: Door) -> None:
    told: list[int] = []
    door.world.publish_to_key = lambda key, _updates: told.append(key)
    token = door.call(auth.ExportLoginTokenRequest(1, "hash", [])).token
    assert door.refused(auth.ImportLoginTokenRequest(token)) == "AUTH_TOKEN_INVALID"
    handle(door.world, Caller(0, 0, door.user), auth.AcceptLoginTokenRequest(token))
    assert told == [1]
    success = door.call(auth.ExportLoginTokenRequest(1, "hash", []))
    assert success.authorization.user.id == door.user
    assert door.world.user_of(1) == door.user


def test_qr_with_password(door: Door) -> None:
    door.protect()
    token = door.call(auth.ExportLoginTokenRequest(1, "hash", [])).token
    handle(door.world, Caller(0, 0, door.user), auth.AcceptLoginTokenRequest(token))
    assert door.refused(auth.ExportLoginTokenRequest(1, "hash", [])) == "SESSION_PASSWORD_NEEDED"
    assert door.call(door.prove(PASSWORD)).user.id == door.user


def test_a_qr_code_grows_old(door: Door) -> None:
    token = door.call(auth.ExportLoginTokenRequest(1, "hash", [])).token
    door.clock.now += 31
    with pytest.raises(RpcError, match="AUTH_TOKEN_EXPIRED"):
        handle(door.world, Caller(0, 0, door.user), auth.AcceptLoginTokenRequest(token))
    fresh = door.call(auth.ExportLoginTokenRequest(1, "hash", [])).token
    assert fresh != token


def test_what_is_not_served(door: Door) -> None:
    assert door.refused(functions.stats.GetBroadcastStatsRequest(types.InputChannelEmpty())) == "INPUT_METHOD_INVALID"


def test_config_names_this_server_alone(door: Door) -> None:
    door.world.addresses = {2: ("127.0.0.1", 4433)}
    config = door.call(functions.help.GetConfigRequest())
    assert [(each.id, each.ip_address, each.port) for each in config.dc_options] == [(2, "127.0.0.1", 4433)]
    assert bytes(config)
    assert door.call(functions.help.GetNearestDcRequest()).this_dc == 2
