"""The forms of /mark and /export: what is understood, what is said of mistakes, and that all of them read back."""

import re

import pytest
from hypothesis import given, strategies as st

from tests.core.test_grammar_expressions import EXPRESSIONS
from userbot.core.grammar import (
    Command,
    Compute,
    DeleteMark,
    Export,
    HelpMarks,
    MarkFile,
    Mistake,
    NewMark,
    Place,
    PutMark,
    RenameMark,
    SetAfter,
    SetSends,
    SetTicker,
    ShowMark,
    ShowMarks,
    TakeMark,
    expressions,
    marking,
    parse,
    render,
)
from userbot.core.help import marks_help

R, G, T = Place.GENERAL_REPLY, Place.GENERAL, Place.TOPIC
BAD_NAME = "cannot be a name: a Latin letter, then letters, digits, - or _, at most 64."

UNDERSTOOD = [
    (G, "/mark", ShowMarks()),
    (R, "/MARK", ShowMarks()),
    (T, "/mark", ShowMarks()),
    (G, "/mark help", HelpMarks()),
    (T, "/mark help", HelpMarks()),
    (G, "/mark new", ShowMark("new")),
    (G, "/mark new VIP", NewMark("VIP")),
    (G, "/mark new new", NewMark("new")),
    (G, "/mark new del", DeleteMark("new")),
    (G, "/mark new is vip", Compute("new", expressions.Has("vip"))),
    (G, "/mark vip", ShowMark("vip")),
    (R, "/mark vip name best", RenameMark("vip", "best")),
    (G, "/mark vip DEL", DeleteMark("vip")),
    (G, "/mark vip after a,b", SetAfter("vip", ("a", "b"))),
    (G, "/mark vip after a , b,\nA", SetAfter("vip", ("a", "b"))),
    (G, "/mark vip after clear", SetAfter("vip", ())),
    (G, "/mark vip sends welcome", SetSends("vip", "welcome")),
    (G, "/mark vip sends CLEAR", SetSends("vip", None)),
    (G, "/mark vip ticker ⭐ (VIP), “best”", SetTicker("vip", "⭐ (VIP), “best”")),
    (G, "/mark vip ticker CLEAR", SetTicker("vip", None)),
    (G, "/mark vip ticker clear sky", SetTicker("vip", "clear sky")),
    (G, "/mark warm is (vip or new)", Compute("warm", expressions.read("vip or new"))),
    (G, "/mark warm is CLEAR", Compute("warm", None)),
    (G, "/mark vip file", MarkFile("vip")),
    (T, "/mark vip", PutMark("vip")),
    (T, "/mark new", PutMark("new")),
    (T, "/mark del vip", TakeMark("vip")),
    (G, "/export", Export(None)),
    (R, "/EXPORT vip", Export("vip")),
]

ELSEWHERE = "Labels are made and changed in General:"
MISTAKEN = [
    (G, "/mark 5", "The mark is missing before “5”.", "/mark MARK"),
    (G, "/mark vip!", f"“vip!” {BAD_NAME}", "/mark MARK"),
    (G, "/mark vip best", "“best” is not expected here.", "/mark vip"),
    (G, "/mark del vip", "“del” comes after the name.", "/mark vip del"),
    (G, "/mark new and", "“and” is a word of the command itself and cannot be a name.", "/mark new NAME"),
    (G, "/mark vip name", "The new name is missing.", "/mark vip name NEW"),
    (G, "/mark vip afte a", "“afte” is not understood: is “after” meant?", "/mark vip after a"),
    (G, "/mark vip after", "The mark is missing.", "/mark vip after MARK"),
    (G, "/mark vip after a b", "Labels are separated by commas.", "/mark vip after a,b"),
    (G, "/mark vip sends", "The template is missing, or CLEAR for none.", "/mark vip sends TEMPLATE"),
    (
        G,
        "/mark vip ticker " + "x" * 33,
        f"A ticker has up to 32 characters, or is CLEAR for none. Left out: “{'x' * 33}”.",
        "/mark vip ticker TEXT",
    ),
    (
        G,
        "/mark w is vip or",
        "Something is missing at the end: a label, or what is asked of a customer. Left out: “vip”.",
        "/mark w is EXPRESSION",
    ),
    (T, "/mark del", "The mark is missing.", "/mark del MARK"),
    (T, "/mark vip del", "“del” comes first.", "/mark del vip"),
    (T, "/mark vip sends welcome", f"{ELSEWHERE} “/mark vip sends welcome”.", "/mark help"),
    (T, "/export", "“/export” works in General. What works here is shown by:", "/mark help"),
    (G, "/export a b", "“b” is not expected here.", "/export a"),
]


@pytest.mark.parametrize(("place", "text", "command"), UNDERSTOOD)
def test_understood(place: Place, text: str, command: Command) -> None:
    assert parse(text, place) == command


@pytest.mark.parametrize(("place", "text", "what", "hint"), MISTAKEN)
def test_mistaken(place: Place, text: str, what: str, hint: str) -> None:
    assert parse(text, place) == Mistake(what, hint)


def test_a_file_is_never_overlooked() -> None:
    what = "“/mark NAME file” sets the label on the ids in the attached file."
    assert parse("/mark vip", G, attached=True) == Mistake(what, "/mark vip file")
    assert parse("/mark vip file", G, attached=True) == MarkFile("vip")


MARKS = st.from_regex(r"\A[A-Za-z][A-Za-z0-9_-]{0,63}\Z").filter(lambda name: name.lower() not in {"help", "new"})
FREE = MARKS.filter(lambda name: name.lower() not in marking.RESERVED)
TICKERS = st.text(st.characters(categories=["L", "N", "S", "P"]), min_size=1, max_size=32).filter(
    lambda text: text.lower() != "clear" and text.isprintable() and not any(ord(each) >= 0xFE00 for each in text)
)
COMMANDS = st.one_of(
    st.tuples(st.sampled_from(Place), st.sampled_from([ShowMarks(), HelpMarks()])),
    st.tuples(
        st.sampled_from([R, G]),
        st.one_of(
            st.builds(ShowMark, FREE),
            st.builds(NewMark, FREE),
            st.builds(RenameMark, FREE, FREE),
            st.builds(DeleteMark, FREE),
            st.builds(SetAfter, FREE, st.lists(FREE, max_size=5, unique_by=str.lower).map(tuple)),
            st.builds(SetSends, FREE, st.none() | st.just("welcome")),
            st.builds(SetTicker, FREE, st.none() | TICKERS),
            st.builds(Compute, FREE, st.none() | EXPRESSIONS.filter(lambda one: expressions.render(one) != "clear")),
            st.builds(MarkFile, FREE),
            st.builds(Export, st.none() | MARKS),
        ),
    ),
    st.tuples(st.just(T), st.builds(PutMark, FREE) | st.builds(TakeMark, FREE)),
)


@given(COMMANDS)
def test_every_command_is_written_so_that_it_reads_back(case: tuple[Place, Command]) -> None:
    place, command = case
    assert parse(render(command), place) == command


PLACEHOLDERS = {"MARK": "vip", "NAME": "vip", "NEW": "vip", "TEMPLATE": "vip", "TEXT": "x", "EXPRESSION": "vip"}
VOCABULARY = re.findall(
    r"\S+",
    "new help del name after sends ticker is file clear vip a,b and or not ( ) wrote 30d got sid1 5 é , “a”",
)


@given(
    st.lists(st.sampled_from(VOCABULARY), max_size=7) | st.text(max_size=50).map(str.split),
    st.sampled_from(["/mark", "/export"]),
    st.sampled_from(Place),
    st.booleans(),
)
def test_any_text_is_a_command_or_a_mistake_with_a_hint_that_works_there(
    spoken: list[str], head: str, place: Place, attached: bool
) -> None:
    answer = parse(" ".join([head, *spoken]), place, attached=attached)
    if not isinstance(answer, Mistake):
        assert parse(render(answer), place, attached=attached) == answer
        return
    hint = re.sub(r"\b[A-Z]{3,}\b", lambda found: PLACEHOLDERS.get(found[0], found[0]), answer.hint)
    hinted = parse(hint, place, attached=attached)
    assert not isinstance(hinted, Mistake), answer
    assert not isinstance(hinted, PutMark) or hinted.mark in {"vip", *(re.sub(r"[^\w-]", "", word) for word in spoken)}


@pytest.mark.parametrize("place", Place)
def test_every_form_of_the_help_works(place: Place) -> None:
    forms = re.findall(r"(?m)(?:^|for example )(/mark[^,\n]*(?:,B)?|/export.*)", marks_help(place))
    assert len(forms) >= 3
    for form in forms:
        command = re.sub(r"[A-Z_]{3,}", lambda word: PLACEHOLDERS[word[0]], form)
        assert not isinstance(parse(command, place), Mistake), command


@pytest.mark.parametrize("place", Place)
def test_lines_of_the_help_fit_a_phone(place: Place) -> None:
    assert max(map(len, marks_help(place).splitlines())) <= 48
