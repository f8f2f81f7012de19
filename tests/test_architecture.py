"""The house as a whole: which way the rooms look, and that what is written about it is true."""

import ast
import re
import subprocess
import sys
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import userbot
from userbot.config import Settings

ROOT = Path(__file__).parents[1]
PACKAGE = Path(userbot.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MOST_LINES = 300
LONGEST_FUNCTION = 40


def test_the_rooms_look_one_way() -> None:
    """In a process of its own: the linter would import the package a second time."""
    linter = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))",
    ]
    checked = subprocess.run(linter, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "0 broken" in checked.stdout


def imports(module: Path, files: dict[str, Path]) -> set[Path]:
    """The modules of the package that this one names, be it for its annotations alone."""
    named: set[Path | None] = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            # What is imported is a module of a package, or something in a module.
            named |= {files.get(f"{node.module}.{each.name}", files.get(f"{node.module}")) for each in node.names}
        elif isinstance(node, ast.Import):
            named |= {files.get(each.name) for each in node.names}
    return {each for each in named if each is not None} - {module}


def test_no_modules_import_each_other_in_a_circle() -> None:
    """A graph with a circle cannot be sorted: this raises CycleError, which names the modules of one."""
    files = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path for path in MODULES}
    files = {name.removesuffix(".__init__"): path for name, path in files.items()}
    TopologicalSorter({module: imports(module, files) for module in MODULES}).prepare()


def settings_in_the_example() -> dict[str, str]:
    lines = re.findall(r"^#?([A-Z_]+)=(.*)$", (PACKAGE / "env.example").read_text("utf-8"), re.MULTILINE)
    assert len(lines) == len(dict(lines))
    return dict(lines)


def test_every_setting_stands_in_the_example_and_nothing_else() -> None:
    assert settings_in_the_example().keys() == {name.upper() for name in Settings.model_fields}


def test_the_example_shows_the_defaults() -> None:
    shown = settings_in_the_example()
    for name, field in Settings.model_fields.items():
        default = ("off", "on")[field.default] if isinstance(field.default, bool) else str(field.default)
        if not field.is_required() and field.default not in (None, frozenset()):
            assert shown[name.upper()] == default
        elif name not in {"telegram_server", "metrics", "proxy", "timezone", "quiet_hours", "cap"}:
            assert not shown[name.upper()]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_states_its_rule(module: Path) -> None:
    source = module.read_text("utf-8")
    assert source.startswith('"""'), "no docstring"


@pytest.mark.parametrize(
    "module",
    [each for each in MODULES + TESTS if each.parent.name != "languages"],  # those are tables, as long as they must be
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_files_and_functions_fit_a_glance(module: Path) -> None:
    source = module.read_text("utf-8")
    assert source.count("\n") <= MOST_LINES
    functions = [
        each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = {each.name: (each.end_lineno or 0) - each.lineno + 1 for each in functions}
    assert [name for name, lines in long.items() if lines > LONGEST_FUNCTION] == []


def test_every_part_of_the_package_is_a_package() -> None:
    """A folder without __init__.py is found by the tests and missing in what is installed."""
    assert [folder for folder in {path.parent for path in MODULES} if not (folder / "__init__.py").exists()] == []


def test_everything_that_is_read_beside_the_code_is_in_the_package() -> None:
    setuptools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    packed = {
        each
        for package, patterns in setuptools["package-data"].items()
        for pattern in patterns
        for each in ROOT.joinpath(*package.split(".")).glob(pattern)
    }
    beside = {each for each in PACKAGE.rglob("*") if each.is_file() and each.suffix not in {".py", ".pyc"}}
    assert packed == beside
    assert any(each.name == "schema.sql" for each in beside)


def test_the_map_of_the_house_names_every_module() -> None:
    """Two annexes, the grammar, the wording and the languages are drawn as one room each."""
    drawn = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    one_room = {PACKAGE / name for name in ("sandbox", "cli", "core/grammar", "core/wording", "core/languages")}
    rooms = [path for path in MODULES if path.name != "__init__.py" and not one_room & set(path.parents)]
    assert [str(path.relative_to(PACKAGE)) for path in rooms if path.name not in drawn] == []
