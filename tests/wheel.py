"""`make wheel`: builds the wheel, installs it as the README says, and tries it from an empty folder.

The lines of the README are carried out word for word, by pipx and by uv, each for somebody with a home of their own.
What is not in the package shows here, and nowhere where the sources lie about.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from venv import EnvBuilder

ROOT = Path(__file__).parents[1]
PIP = ("-m", "pip", "--quiet", "--disable-pip-version-check")


ELSEWHERE = ("PYTHONPATH", "PIPX_", "UV_", "XDG_")
"""Variables that would have things found, or put, anywhere but in the places made here."""


def call(*command: str | Path, folder: Path = ROOT, **variables: str) -> str:
    """What it printed. Ends everything when it fails."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ELSEWHERE)}
    done = subprocess.run(command, cwd=folder, env=kept | variables, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"{done.stdout}\nIt failed: {' '.join(map(str, command))}")
    return done.stdout


def installing() -> list[str]:
    """The line of the README that installs the wheel, and the one that it names in its place."""
    page = (ROOT / "README.md").read_text("utf-8")
    found = re.search(r"```console\n\$ make wheel\n\$ pipx (install \S+)\n```", page)
    assert found is not None, "the README does not say how to install what is made here"
    assert "`uv tool install` in its place" in page
    return [f"pipx {found[1]}", f"uv tool {found[1]}"]


def main() -> None:
    with TemporaryDirectory() as scratch:
        here = Path(scratch)
        # What was removed since would still be in the one, and the README's line means one wheel in the other.
        shutil.rmtree(ROOT / "build", ignore_errors=True)
        for old in (ROOT / "dist").glob("userbot-*.whl"):
            old.unlink()
        call(sys.executable, *PIP, "wheel", "--no-deps", "--wheel-dir", ROOT / "dist", ROOT)
        EnvBuilder(with_pip=True).create(here / "tools")
        call(here / "tools" / "bin" / "python", *PIP, "install", "pipx", "uv")
        for line in installing():
            home = here / line.partition(" ")[0]
            home.mkdir()
            path = f"{here / 'tools' / 'bin'}:{os.environ['PATH']}"
            call("bash", "-c", line, HOME=str(home), PATH=path, PIPX_DEFAULT_PYTHON=sys.executable)
            print(f"$ {line}")
            empty = home / "empty"
            empty.mkdir()
            for arguments in (["--version"], ["init"], ["demo"]):
                print(call(home / ".local" / "bin" / "userbot", *arguments, folder=empty))
        [wheel] = (ROOT / "dist").glob("userbot-*.whl")
        print(f"{wheel.relative_to(ROOT)} holds everything.")


if __name__ == "__main__":
    main()
