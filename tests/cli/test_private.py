"""What came from elsewhere with everybody's rights is made its owner's alone, and what is not is found."""

from pathlib import Path

from tests.cli.conftest import PASSWORD, PHONE, Shop
from userbot.cli import private
from userbot.config import load

EVERYTHING = {
    ".env": 0o600,
    "sessions": 0o700,
    "data": 0o700,
    "sessions/account.session": 0o600,
    "data/userbot.db": 0o600,
    "data/userbot.log": 0o600,
}


def rights(shop: Shop, names: list[str]) -> dict[str, int]:
    return {name: (shop.shell.folder / name).stat().st_mode & 0o777 for name in names}


def cloned(shop: Shop) -> None:
    """As git and cp make it."""
    (shop.shell.folder / ".env").chmod(0o644)
    for name in ("data", "sessions"):
        folder = shop.shell.folder / name
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)


async def test_login_tightens(shop: Shop) -> None:
    cloned(shop)
    assert (await shop.shell.userbot("login", answers=[PHONE, shop.code, PASSWORD])).code == 0
    names = [name for name in EVERYTHING if name != "data/userbot.log"]
    assert rights(shop, names) == {name: EVERYTHING[name] for name in names}


async def test_run_tightens(logged_in: Shop) -> None:
    shop = logged_in
    cloned(shop)
    for name in ("data/userbot.log", "data/userbot.db"):
        (shop.shell.folder / name).touch()
        (shop.shell.folder / name).chmod(0o644)
    (shop.shell.folder / "data" / "somebody's").touch(mode=0o644)
    async with shop.shell.running():
        names = [*EVERYTHING, "data/userbot.db-wal", "data/userbot.db-shm"]
        assert rights(shop, names) == EVERYTHING | {"data/userbot.db-wal": 0o600, "data/userbot.db-shm": 0o600}
        assert rights(shop, ["data/somebody's"]) == {"data/somebody's": 0o644}
        doctor = await shop.shell.userbot("doctor")
        assert "✓ Session, database, log and settings are readable by you alone." in doctor.out


def test_a_folder_that_is_everybodys_is_left_alone(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    settings = load(_env_file=None, api_id=1, api_hash="0" * 32, data_dir=shared, sessions_dir=tmp_path / "none")
    private.tighten(settings, tmp_path / ".env")
    assert shared.stat().st_mode & 0o7777 == 0o1777
