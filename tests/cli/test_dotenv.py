"""One setting changes in `.env`, everything else stays."""

from pathlib import Path

import pytest

from userbot.cli import dotenv


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "NAME=5\n"),
        ("OTHER=1", "OTHER=1\nNAME=5\n"),
        ("# NAME=1\n#NAME=2\n", "# NAME=1\n#NAME=2\nNAME=5\n"),
        ("A=1\nNAME=\n\nB='x'\n", "A=1\nNAME=5\n\nB='x'\n"),
        ("  export NAME = 4\r\nB=2\r\n", "NAME=5\nB=2\r\n"),
        ("NAME=1\nNAME=2\n", "NAME=1\nNAME=5\n"),
        ("NAMES=1\nMY_NAME=2\n", "NAMES=1\nMY_NAME=2\nNAME=5\n"),
        ("API_HASH=ä€🙂\n", "API_HASH=ä€🙂\nNAME=5\n"),
    ],
)
def test_put(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / ".env"
    path.write_text(before, newline="")
    dotenv.put(path, "NAME", "5")
    assert path.read_bytes().decode() == after
    assert [each.name for each in tmp_path.iterdir()] == [".env"]


def test_a_new_file_is_private(tmp_path: Path) -> None:
    dotenv.put(tmp_path / ".env", "NAME", "5")
    assert (tmp_path / ".env").read_text() == "NAME=5\n"
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600


def test_rights_stay(tmp_path: Path) -> None:
    (tmp_path / ".env").touch()
    (tmp_path / ".env").chmod(0o640)
    dotenv.put(tmp_path / ".env", "NAME", "5")
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("A=1\n")
    (tmp_path / ".env").symlink_to("real")
    dotenv.put(tmp_path / ".env", "NAME", "5")
    assert (tmp_path / ".env").is_symlink()
    assert (tmp_path / "real").read_text() == "A=1\nNAME=5\n"
