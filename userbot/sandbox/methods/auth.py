"""auth.* and account.*: the ways in (code, password, QR) and the way out."""

import secrets
from typing import Any

from telethon.tl import functions, types

from userbot.sandbox import boxes, codes, contents, srp
from userbot.sandbox.errors import RpcError
from userbot.sandbox.methods import centres
from userbot.sandbox.methods.registry import method, user_of
from userbot.sandbox.peers import user_object, users
from userbot.sandbox.world import HOME, SERVICE, Caller, World

CODE_LIFE = 300
"""Seconds for which a code can be used."""
TOKEN_LIFE = 30


@method(functions.auth.SendCodeRequest, login=False)
def send_code(world: World, _caller: Caller, request: Any) -> Any:
    """Make a code, and send it in the way that was ordered."""
    phone = _digits(request.phone_number)
    if world.value("SELECT id FROM users WHERE phone = ?", phone) is None:
        raise RpcError(400, "PHONE_NUMBER_INVALID")
    return _send(world, phone, world.setting("login_by", "app"))


@method(functions.auth.ResendCodeRequest, login=False)
def resend_code(world: World, _caller: Caller, request: Any) -> Any:
    """The next way; SEND_CODE_UNAVAILABLE when there is no other."""
    phone = _digits(request.phone_number)
    sent = world.one("SELECT hash, way FROM login_codes WHERE phone = ?", phone)
    if sent is None or sent[0] != request.phone_code_hash:
        raise RpcError(400, "PHONE_CODE_EXPIRED")
    if sent[1] not in codes.FOLLOWING:
        raise RpcError(406, "SEND_CODE_UNAVAILABLE")
    return _send(world, phone, codes.FOLLOWING[sent[1]])


def _send(world: World, phone: str, way: str) -> Any:
    """A code in the app arrives as a message from the service account, like Telegram's."""
    code_hash = secrets.token_hex(9)
    if way == "payment":
        return codes.payment(code_hash)
    code = codes.make(way)
    world.db.execute(
        "INSERT OR REPLACE INTO login_codes VALUES (?, ?, ?, ?, ?)", (phone, code, code_hash, world.now(), way)
    )
    user = _owner(world, phone)
    if way == "app" and user is not None:
        content = contents.keep(world, f"Login code: {code}. Do not give this code to anyone.")
        boxes.write(world, SERVICE, user, content)
    following = codes.FOLLOWING.get(way)
    next_type = None if following is None else codes.NEXT_TYPES[following]()
    return types.auth.SentCode(codes.sent_type(way, code), code_hash, next_type, CODE_LIFE)


def _owner(world: World, phone: str) -> int | None:
    user: int | None = world.value("SELECT id FROM users WHERE phone = ? AND NOT deleted", phone)
    return user


@method(functions.auth.SignInRequest, login=False)
def sign_in(world: World, caller: Caller, request: Any) -> Any:
    """Log in with the code, or go on to the password; nobody's number has to sign up first."""
    phone = _digits(request.phone_number)
    sent = world.one("SELECT code, hash, date, way FROM login_codes WHERE phone = ?", phone)
    if sent is None or sent[1] != request.phone_code_hash or world.now() > sent[2] + CODE_LIFE:
        raise RpcError(400, "PHONE_CODE_EXPIRED")
    by_email = getattr(request.email_verification, "code", None)
    if sent[0] != (by_email if sent[3] == "email" else request.phone_code):
        raise RpcError(400, "PHONE_CODE_INVALID")
    world.db.execute("DELETE FROM login_codes WHERE phone = ?", (phone,))
    user = _owner(world, phone)
    if user is None:
        return types.auth.AuthorizationSignUpRequired()
    return _ask_password(world, caller, user) or _let_in(world, caller, user)


def _digits(phone: str) -> str:
    return "".join(filter(str.isdecimal, phone))


def _ask_password(world: World, caller: Caller, user: int) -> RpcError | None:
    if world.value("SELECT password FROM users WHERE id = ?", user) is None:
        return None
    world.db.execute("UPDATE auth_keys SET candidate = ? WHERE id = ?", (user, str(caller.auth_key_id)))
    return RpcError(401, "SESSION_PASSWORD_NEEDED")


def _let_in(world: World, caller: Caller, user: int) -> Any:
    world.log_in(caller.auth_key_id, user)
    return types.auth.Authorization(user_object(world, user, users(world, [user])[user]))


@method(functions.account.GetPasswordRequest, login=False)
def get_password(world: World, caller: Caller, _request: Any) -> Any:
    """What a client needs to prove that it knows the password."""
    found = _password_of(world, caller)
    algorithm = srp.algorithm(found) if found else None
    challenge = srp.challenge(found, world.secret, caller.auth_key_id) if found else None
    return types.account.Password(
        new_algo=srp.algorithm(bytes(24)),
        new_secure_algo=types.SecurePasswordKdfAlgoUnknown(),
        secure_random=secrets.token_bytes(256),
        has_password=found is not None,
        current_algo=algorithm,
        srp_B=challenge.public if challenge else None,
        srp_id=challenge.id if challenge else None,
    )


@method(functions.auth.CheckPasswordRequest, login=False)
def check_password(world: World, caller: Caller, request: Any) -> Any:
    """The second step. PASSWORD_HASH_INVALID for a wrong one."""
    found = _password_of(world, caller)
    proof = request.password
    if found is None or not isinstance(proof, types.InputCheckPasswordSRP):
        raise RpcError(400, "PASSWORD_HASH_INVALID")
    challenge = srp.challenge(found, world.secret, caller.auth_key_id)
    if proof.srp_id != challenge.id:
        raise RpcError(400, "SRP_ID_INVALID")
    if not srp.proves(found, challenge, proof.A, proof.M1):
        raise RpcError(400, "PASSWORD_HASH_INVALID")
    return _let_in(world, caller, _candidate(world, caller))


def _candidate(world: World, caller: Caller) -> int:
    key = str(caller.auth_key_id)
    user = caller.user_id or world.value("SELECT candidate FROM auth_keys WHERE id = ?", key)
    if user is None:
        raise RpcError(401, "AUTH_KEY_UNREGISTERED")
    return int(user)


def _password_of(world: World, caller: Caller) -> bytes | None:
    user = _candidate(world, caller)
    password: bytes | None = world.value("SELECT password FROM users WHERE id = ?", user)
    return password


@method(functions.auth.ExportLoginTokenRequest, login=False)
def export_login_token(world: World, caller: Caller, _request: Any) -> Any:
    """A token to be shown as a QR code; once it is accepted, the same call logs in."""
    key = str(caller.auth_key_id)
    accepted = world.one("SELECT user, token FROM login_tokens WHERE auth_key = ? AND user NOT NULL", key)
    if accepted is not None:
        return _accepted(world, caller, *accepted)
    world.db.execute("DELETE FROM login_tokens WHERE auth_key = ?", (key,))
    token, expires = secrets.token_bytes(32), world.now() + TOKEN_LIFE
    world.db.execute("INSERT INTO login_tokens VALUES (?, ?, ?, NULL)", (token, key, expires))
    return types.auth.LoginToken(expires, token)


@method(functions.auth.ImportLoginTokenRequest, login=False)
def import_login_token(world: World, caller: Caller, request: Any) -> Any:
    """The same for a token that was made in another data centre, and whose account lives in this one."""
    user = world.value("SELECT user FROM login_tokens WHERE token = ?", request.token)
    if user is None:
        raise RpcError(400, "AUTH_TOKEN_INVALID")
    return _accepted(world, caller, user, request.token)


def _accepted(world: World, caller: Caller, user: int, token: bytes) -> Any:
    home = world.home_of(user)
    if caller.dc not in {None, home}:
        return types.auth.LoginTokenMigrateTo(home, token)
    world.db.execute("DELETE FROM login_tokens WHERE token = ?", (token,))
    if refusal := _ask_password(world, caller, user):
        return refusal
    return types.auth.LoginTokenSuccess(_let_in(world, caller, user))


@method(functions.auth.AcceptLoginTokenRequest)
def accept_login_token(world: World, caller: Caller, request: Any) -> Any:
    """What the phone does with a QR code: the session that shows it is told to ask again."""
    found = world.one("SELECT auth_key, expires FROM login_tokens WHERE token = ?", request.token)
    if found is None:
        raise RpcError(400, "AUTH_TOKEN_INVALID")
    if world.now() > found[1]:
        raise RpcError(400, "AUTH_TOKEN_EXPIRED")
    world.db.execute("UPDATE login_tokens SET user = ? WHERE token = ?", (user_of(caller), request.token))
    update = types.UpdateShort(types.UpdateLoginToken(), world.now())
    world.after(lambda: world.publish_to_key(int(found[0]), update))
    return types.Authorization(
        hash=0, device_model="", platform="", system_version="", api_id=0, app_name="", app_version="",
        date_created=world.now(), date_active=world.now(), ip="127.0.0.1", country="", region="",
    )  # fmt: skip


@method(functions.auth.ExportAuthorizationRequest)
def export_authorization(world: World, caller: Caller, request: Any) -> Any:
    """The login, for a key of another data centre."""
    if request.dc_id not in world.addresses or request.dc_id == caller.dc:
        raise RpcError(400, "DC_ID_INVALID")
    user = user_of(caller)
    return types.auth.ExportedAuthorization(user, centres.export(world, user, request.dc_id))


@method(functions.auth.ImportAuthorizationRequest, login=False)
def import_authorization(world: World, caller: Caller, request: Any) -> Any:
    """From now on this key is logged in too."""
    if not centres.imports(world, request.id, caller.dc or HOME, request.bytes):
        raise RpcError(400, "AUTH_BYTES_INVALID")
    return _let_in(world, caller, request.id)


@method(functions.auth.LogOutRequest)
def log_out(world: World, caller: Caller, _request: Any) -> Any:
    """The key stays, nobody is logged in with it any more."""
    world.log_in(caller.auth_key_id, None)
    return types.auth.LoggedOut()


@method(functions.account.UpdateStatusRequest)
def update_status(_world: World, _caller: Caller, _request: Any) -> bool:
    """Online or away: nobody here minds."""
    return True
