"""Computed labels: what is read, what is refused, and that what is written reads back to itself."""

from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from userbot.core.grammar.expressions import (
    DEEPEST,
    KEYWORDS,
    All,
    Contact,
    Expression,
    Fate,
    Has,
    Not,
    Of,
    Some,
    Unreadable,
    Within,
    labels,
    read,
    renamed,
    render,
)
from userbot.core.timing import Delay

A, B, C = Has("a"), Has("b"), Has("c")

NAMES = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True).filter(lambda name: name not in KEYWORDS)
TERMS = st.one_of(
    NAMES.map(Has),
    st.builds(Within, st.sampled_from(Contact), st.integers(0, 366 * 86400).map(Delay)),
    st.builds(Of, st.sampled_from(Fate), st.integers(1, 10**6)),
)


def _flat(kind: type[All | Some], terms: list[Expression]) -> Expression:
    """An expression as the reader makes it: joined terms of one kind stand in one row."""
    parts = [
        part
        for term in terms
        for part in (term.terms if isinstance(term, All | Some) and type(term) is kind else [term])
    ]
    return kind(tuple(parts))


EXPRESSIONS = st.recursive(
    TERMS,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=4).map(lambda terms: _flat(All, terms)),
        st.lists(inner, min_size=2, max_size=4).map(lambda terms: _flat(Some, terms)),
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("vip", Has("vip")),
        ("a and b or c", Some((All((A, B)), C))),
        ("a or b and c", Some((A, All((B, C))))),
        ("(a or b) and c", All((Some((A, B)), C))),
        ("not a and b", All((Not(A), B))),
        ("not (a and b)", Not(All((A, B)))),
        ("NOT not a", Not(Not(A))),
        ("wrote 30d", Within(Contact.WROTE, Delay(30 * 86400))),
        ("silent 1d 12h and met 2 h", All((Within(Contact.SILENT, Delay(129600)), Within(Contact.MET, Delay(7200))))),
        (
            "(vip or new) and wrote 30d and not got sid12",
            All((Some((Has("vip"), Has("new"))), Within(Contact.WROTE, Delay(2592000)), Not(Of(Fate.GOT, 12)))),
        ),
        ("read SID3 or answered sid3", Some((Of(Fate.READ, 3), Of(Fate.ANSWERED, 3)))),
    ],
)
def test_what_is_meant(text: str, meant: Expression) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "missing at the end"),
        ("a and", "missing at the end"),
        ("and a", "“and” does not fit"),
        ("a b", "“b” does not fit"),
        ("(a", "not closed"),
        ("a)", r"“\)” does not fit"),
        ("()", r"“\)” does not fit"),
        ("wrote", "wrote 30d"),
        ("wrote now", "wrote 30d"),
        ("wrote 2026-01-01 10:00", "wrote 30d"),
        ("got 12", "got sid12"),
        ("got sid0", "got sid12"),
        ("vip and é", "“é” does not fit"),
        ("a, b", "“a,” does not fit"),
        ("(" * (DEEPEST + 2) + "a" + ")" * (DEEPEST + 2), "parentheses"),
        ("not " * 1000 + "a", "parentheses"),
    ],
)
def test_what_is_none(text: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read(text)


@given(EXPRESSIONS)
def test_it_reads_back_to_itself(expression: Expression) -> None:
    assert read(render(expression)) == expression


@given(st.text(max_size=80))
def test_whatever_is_typed_is_an_expression_or_a_sentence(text: str) -> None:
    with suppress(Unreadable):
        assert read(render(read(text))) == read(text)


def test_a_label_that_is_renamed() -> None:
    expression = read("a and not (B or got sid1) and b")
    assert list(labels(expression)) == ["a", "B", "b"]
    assert render(renamed(expression, "b", "new")) == "a and not (new or got sid1) and new"
