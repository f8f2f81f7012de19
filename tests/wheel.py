"""`make wheel`: builds the wheel, installs it in an environment of its own, and tries it from an empty folder.

What is not in the package shows here, and nowhere where the sources lie about.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from venv import EnvBuilder

ROOT = Path(__file__).parents[1]
PIP = ("-m", "pip", "--quiet", "--disable-pip-version-check")


def call(*command: str | Path, folder: Path = ROOT) -> str:
    """What it printed. Ends everything when it fails."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=folder, env=kept, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"{done.stdout}\nIt failed: {' '.join(map(str, command))}")
    return done.stdout


def main() -> None:
    with TemporaryDirectory() as scratch:
        here = Path(scratch)
        shutil.rmtree(ROOT / "build", ignore_errors=True)  # what was removed since would still be in there
        call(sys.executable, *PIP, "wheel", "--no-deps", "--wheel-dir", ROOT / "dist", ROOT)
        wheel = max((ROOT / "dist").glob("userbot-*.whl"), key=lambda each: each.stat().st_mtime)
        EnvBuilder(with_pip=True).create(here / "env")
        call(here / "env" / "bin" / "python", *PIP, "install", wheel)
        empty = here / "empty"
        empty.mkdir()
        for arguments in (["--version"], ["init"], ["demo"]):
            print(call(here / "env" / "bin" / "userbot", *arguments, folder=empty))
        print(f"{wheel.relative_to(ROOT)} holds everything.")


if __name__ == "__main__":
    main()
