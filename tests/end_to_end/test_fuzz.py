"""Noise instead of commands; `make fuzz` throws a hundred thousand messages."""

from pathlib import Path

import pytest

from tests.torture.fuzz import fuzz


@pytest.mark.parametrize("seed", [20261123, 7])
async def test_noise_does_no_harm(tmp_path: Path, seed: int) -> None:
    test, echo = await fuzz(700, seed, tmp_path)
    assert not test.findings
    assert len(echo.answers) > 100
    assert echo.forwarded
