"""The server's RSA key."""

import os
from pathlib import Path

import pytest
import rsa
from telethon.crypto import rsa as telethon_rsa

from userbot.sandbox.keys import ServerKey, server_key


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="module")
def key(folder: Path) -> ServerKey:
    return server_key(folder)


def test_is_a_real_key(key: ServerKey) -> None:
    assert key.private.n.bit_length() == 2048
    message = rsa.encrypt(b"secret", rsa.PublicKey.load_pkcs1(key.public_path.read_bytes()))
    assert rsa.decrypt(message, key.private) == b"secret"


def test_reads_what_telethon_encrypts_with_the_public_half(key: ServerKey) -> None:
    telethon_rsa.add_key(key.public_path.read_text(), old=False)
    data = os.urandom(100)
    block = telethon_rsa.encrypt(key.fingerprint, data)
    assert key.decrypt(block)[20:120] == data


def test_is_made_once_and_is_private(folder: Path, key: ServerKey) -> None:
    assert server_key(folder).private == key.private
    assert (folder / "server.pem").stat().st_mode & 0o777 == 0o600
    assert key.public_path.read_text().startswith("-----BEGIN RSA PUBLIC KEY-----")
    assert {path.name for path in folder.iterdir()} == {"server.pem", "server.pub.pem"}
