"""Every sentence with which a command ends that failed is in docs/errors.md, and no other is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import userbot
from userbot import errors
from userbot.cli.snapshot import NOT_RUNNING
from userbot.telegram import login

PACKAGE = Path(str(userbot.__file__)).parent
PAGE = (PACKAGE.parent / "docs" / "errors.md").read_text("utf-8")

OF_THE_GROUP = {"FloodWaitError", "IllegalTransitionError", "UnjudgedError"}
"""What is said to operators alone: each says itself what to do."""

ERRORS = {name for name in vars(errors) if name.endswith("Error")} - OF_THE_GROUP | {"BadParameter"}

SPEAKERS = {
    "app.py": {"not_for"},
    "config.py": {"_sentence", "_complaint"},
    "core/delivery.py": {"logged_out"},
    "cli/frame.py": {"_verdict"},
    "cli/snapshot.py": {"ailing"},
    "service/metrics.py": {"unheard"},
    "store/database.py": {"_diagnosis"},
}
"""Functions that return what is raised or printed elsewhere."""


def template(node: ast.expr) -> str | None:
    """A sentence that stands in the source, with … for what varies; None when there is none."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=parts):
            written = "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts)
            return re.sub("…+", "…", written)
        case ast.Tuple(elts=[sentence, *_]) | ast.BoolOp(values=[_, sentence]):
            return template(sentence)
    return None


def sentences(module: Path) -> Iterator[str | None]:
    speakers = SPEAKERS.get(str(module.relative_to(PACKAGE)), set())
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            if getattr(node.func, "id", getattr(node.func, "attr", None)) in ERRORS:
                yield template(node.args[0])
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name in speakers:
            said = [each for each in ast.walk(node) if isinstance(each, ast.Return | ast.Yield)]
            yield from (template(each.value) for each in said if each.value is not None)


def spoken() -> set[str]:
    modules = [each for each in PACKAGE.rglob("*.py") if not {"sandbox", "demo"} & set(each.parts)]
    found = {sentence for module in modules for sentence in sentences(module) if sentence}
    return found | set(login._SENTENCES.values()) | {NOT_RUNNING}


def test_every_error_is_documented_and_no_other() -> None:
    documented = re.findall(r"(?m)^\| `(.+?)` \| \S", PAGE)
    assert "There is no sid…. userbot sendings shows the latest." in spoken()
    assert sorted(spoken() - set(documented)) == []
    assert sorted(set(documented) - spoken()) == []
    assert len(documented) == len(set(documented))
