"""The whole suite again and again while other things keep the machine busy: `python -m tests.hard [runs] [tests ...]`.

A test that passes only on an idle machine fails here. Beside the suite runs one process for each core that never
waits; each ends by itself when this program is gone, or after an hour.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

RUNS = 10
BUSY = """
import os, time
parent, end = os.getppid(), time.monotonic() + 3600
while os.getppid() == parent and time.monotonic() < end:
    sum(range(100_000))
"""


@contextmanager
def busy() -> Iterator[None]:
    """Keep every core busy."""
    hogs = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for hog in hogs:
            hog.kill()
            hog.wait()


def failures(tests: list[str]) -> list[str]:
    """Run the tests once, and show what they say; what failed, as pytest names it."""
    command = [sys.executable, "-m", "pytest", "--tb=short", "-rfE", *tests]
    found = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        try:
            for line in run.stdout:
                print(line, end="", flush=True)
                if line.startswith(("FAILED", "ERROR")):
                    found.append(line.strip())
        except BaseException:
            run.kill()
            raise
    return found or ["pytest itself"] * (run.returncode != 0)


def main(runs: int, tests: list[str]) -> int:
    """How many failures there were."""
    seen: Counter[str] = Counter()
    with busy():
        for number in range(1, runs + 1):
            began = time.monotonic()
            failed = failures(tests)
            seen.update(failed)
            print(f"run {number} of {runs}: {len(failed)} failed, {time.monotonic() - began:.0f} s", flush=True)
    for name, times in seen.most_common():
        print(f"{times} of {runs}: {name}")
    return seen.total()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # and take everything along
    given = sys.argv[1:]
    sys.exit(main(int(given.pop(0)) if given and given[0].isdigit() else RUNS, given) > 0)
