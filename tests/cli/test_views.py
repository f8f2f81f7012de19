"""Tables and lines say what the values say, and nothing in them is taken for markup."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from userbot.cli import views
from userbot.cli.finding import Finding
from userbot.cli.snapshot import Snapshot
from userbot.core.figures import Counts
from userbot.core.model import Audience, Sending, SendingStatus


def rendered(thing: object, width: int = 200) -> str:
    out = StringIO()
    Console(file=out, width=width, highlight=False).print(thing)
    return out.getvalue()


def test_markup_is_only_text() -> None:
    assert rendered(views.plain("[red]a[/red] [link=x]b")) == "[red]a[/red] [link=x]b\n"


def sending(**changes: object) -> Sending:
    given = {
        "id": 5, "audience": Audience.ALL, "what": "template [b]x", "status": SendingStatus.FINISHED, "topic": 1,
        "ordered_by": 1, "ordered_at": 0.0, "start_at": 0.0, "started_at": 0.0, "ended_at": 9.0, "seed": b"",
        "recipients": 1234, "counts": Counts(1234, sent=1200, failed=30, skipped=4),
    }  # fmt: skip
    return Sending(**given | changes)  # type: ignore[arg-type]  # keywords by name


def test_sendings() -> None:
    row = rendered(views.sendings([sending()])).splitlines()[3]
    assert " ".join(row.split()) == (
        "sid5: template [b]x to all customers finished 1970-01-01 00:00 1,200 sent, 30 failed, 4 skipped"
    )


@pytest.mark.parametrize("width", [80, 60])
def test_on_a_narrow_screen_nothing_is_cut(width: int) -> None:
    name = "template welcome-of-the-customers-who-came-in-november"
    lines = rendered(views.sendings([sending(what=name)]), width).splitlines()
    assert max(map(len, lines)) <= width
    cells = "".join("".join(line[:24].split()) for line in lines[3:])
    assert "…" not in "".join(lines)
    for word in (name.removeprefix("template "), "customers"):
        assert word in cells
    assert all(figure in " ".join(lines) for figure in ("1,200", "30", "finished", "1970-01-01"))


def test_a_qr_code_holds_still_lines() -> None:
    lines = views.qr("tg://login?token=abc").splitlines()
    assert len({len(line) for line in lines}) == 1
    assert len(lines) > 10


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (Finding(good=True, what="Fine.", advice="Nothing."), "✓ Fine.\n"),
        (Finding(good=False, what="Bad [x].", advice="Do it."), "✗ Bad [x].\n  Do it.\n"),
        (Finding(good=None, what="Unseen."), "· Unseen.\n"),
    ],
)
def test_finding(finding: Finding, text: str) -> None:
    assert rendered(views.finding(finding)) == text


def test_dialogs_that_are_being_read() -> None:
    found = Snapshot(Path("x.db"), "2026-11", 0, reading=(1200, 5002))
    assert "being read, 1,200 of about 5,002 so far" in rendered(views.status(found))
    assert views.status_fields(found)["reading"] == {"known": 1200, "total": 5002}
    assert "Dialogs" not in rendered(views.status(Snapshot(Path("x.db"), "2026-11", 0)))
