"""What is handed out for running the program is what systemd takes, where systemd is there to say so."""

import shutil
import subprocess
from pathlib import Path

import pytest

UNIT = Path(__file__).parents[1] / "docs" / "deploy" / "userbot.service"

needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")


def analyzed(tmp_path: Path, *words: str) -> str:
    """What systemd-analyze says of the unit, with a program that exists in place of ours."""
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text().replace("/opt/userbot/bin/userbot", "/bin/true"))
    done = subprocess.run(["systemd-analyze", *words, unit], check=True, capture_output=True, text=True, timeout=60)
    return done.stdout + done.stderr


@needs_systemd
def test_the_unit_is_understood(tmp_path: Path) -> None:
    assert analyzed(tmp_path, "verify") == ""


@needs_systemd
def test_the_unit_is_locked_down(tmp_path: Path) -> None:
    exposure = analyzed(tmp_path, "security", "--offline=true").split("service: ")[1].split()[0]
    assert float(exposure) < 2
