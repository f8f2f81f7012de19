"""Computed labels in terms of those set by hand, circles, what becomes too large; and the names of topics."""

import pytest

from userbot.core.grammar import expressions
from userbot.core.grammar.expressions import Unreadable
from userbot.core.labels import LARGEST, LONGEST_TITLE, Label, asked, check, dependents, expanded, topic_title


def labels(**computed: str | None) -> dict[str, Label]:
    """Labels by name; None is set by hand."""
    return {
        name: Label(number, name, expression=None if text is None else expressions.read(text))
        for number, (name, text) in enumerate(computed.items(), 1)
    }


def test_nothing_is_left_but_what_is_set_by_hand() -> None:
    known = labels(vip=None, new=None, warm="vip or NEW", hot="not warm and wrote 1d")
    check(known)
    whole = expanded(expressions.read("Hot or got sid3"), known)
    assert expressions.render(whole) == "not (vip or new) and wrote 1d or got sid3"
    assert asked(whole) == {3}


@pytest.mark.parametrize(
    ("known", "why"),
    [
        (labels(a="a"), "circle: a → a"),
        (labels(a="b", b="not c", c="wrote 1d or a"), "circle: a → b → c → a"),
        (labels(x=None, b="x and c", c="b"), "circle: b → c → b"),
        (labels(a="vip"), "no label vip"),
        (labels(a=None, b=" or ".join(["a"] * LARGEST)), "b would stand for more than"),
        (labels(l0=None, **{f"l{n}": f"l{n - 1} and l{n - 1}" for n in range(1, 40)}), "would stand for more than"),
        (labels(l0=None, **{f"l{n}": f"l{n - 1}" for n in range(1, 5000)}), "would stand for more than"),
        (labels(**{f"l{n}": f"l{n + 1}" for n in range(5000)}, l5000=None), "would stand for more than"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_worked_out(known: dict[str, Label], why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        check(known)


def test_who_depends_on_a_label() -> None:
    known = labels(vip=None, warm="VIP and new", cold="not warm", new=None)
    known["new"] = Label(9, "new", after=("Vip",))
    assert dependents(known["vip"], known) == ["warm", "new"]
    assert dependents(known["cold"], known) == []


@pytest.mark.parametrize(
    ("name", "tickers", "shown", "title"),
    [
        ("Anna @anna", "", "", "Anna @anna"),
        ("Anna", "⭐ new", "", "⭐ new Anna"),
        ("⭐ new Anna", "⭐", "⭐ new", "⭐ Anna"),
        ("⭐ Anna", "", "⭐", "Anna"),
        ("Renamed by hand", "new", "⭐", "new Renamed by hand"),
        ("⭐ new Anna", "⭐ new", "⭐", "⭐ new Anna"),
        ("⭐ Anna", "⭐", "⭐ new", "⭐ Anna"),
        ("A" * 300, "⭐", "", "⭐ " + "A" * (LONGEST_TITLE - 2)),
        ("A" * 127 + " B", "", "", "A" * 127),
    ],
)
def test_the_name_of_a_topic(name: str, tickers: str, shown: str, title: str) -> None:
    assert topic_title(name, tickers, shown) == title
