"""Recipient files: every layout, any chunks, hostile bytes, a million lines."""

import csv
import io
import tracemalloc
from collections.abc import Iterator
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import example, given, strategies as st

from userbot.core.recipients import RecipientList, read_ids
from userbot.core.report import COLUMNS
from userbot.core.textfile import MAX_FILE_BYTES, Unreadable

CHAT = -1001234567890
NOT_TEXT = "The file is no text in UTF-8. Save a spreadsheet as “CSV UTF-8”."
NOBODY = "There are no recipients in the file."

ids = st.integers(1, 2**63 - 1) | st.integers(1, 10**15).map(lambda number: int(f"-100{number}"))


def read(text: str, encoding: str = "utf-8") -> RecipientList:
    recipients = read_ids([text.encode(encoding)])
    assert isinstance(recipients, RecipientList), recipients
    return recipients


def in_chunks(data: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


@pytest.mark.parametrize(
    "text",
    [
        "1,2,3",
        "3 2 1",
        "1;2;3",
        "1\t2\t3",
        "1\n2\n3\n",
        "1\r\n2\r\n3\r\n",
        "1\r2\r3",
        "\n\n 1 ,, 2 ;\n\t3  \n",
        '"1","2","3"',
        "user_id\n1\n2\n3\n",
        "user_id,name\n1,Anna\n2,Ben\n3,\n",
        "name,user_id\nAnna,1\nBen,2\nCleo,3",
        "Name;USER_ID;Note\nAnna;1;x\nBen;2;7\nCleo;3;9",
        "name\tUser_Id\nAnna\t1\nBen\t2\nCleo\t3",
        '"name","user_id"\n"Smith, Anna","1"\n"two\nlines","2"\n"a ""quote""","3"',
        "name, user_id\nAnna, 1\nBen, 2\nCleo, 3",
        '\n"name", "user_id"\n"Smith, Anna", "1"\n"Ben", "2"\n"Cleo", "3"',
        "id,phone\n1,4\n2,5\n3,6",
        "Kunde;Telefon\n1;4\n2;5\n3;6\n;\n",
        "Клиент;Имя\r\n1;Анна\r\n2;Бен\r\n3;Клео\r\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_layout(text: str, encoding: str) -> None:
    recipients = read(text, encoding)
    assert list(recipients.ids) == [1, 2, 3]
    assert (recipients.duplicates, recipients.invalid, recipients.examples) == (0, 0, ())


def test_chats_may_be_among_them() -> None:
    assert list(read(f"5,{CHAT}").ids) == [CHAT, 5]


def test_each_counts_once_and_the_rest_is_counted() -> None:
    recipients = read("3,1,3,2,1,3,003")
    assert list(recipients.ids) == [1, 2, 3]
    assert recipients.duplicates == 4


def test_what_is_no_id_is_counted_and_shown_but_never_guessed() -> None:
    recipients = read("1 @anna 0 -5 2 5.0 1e9 ５ +7 9223372036854775808 1\u200b")
    assert list(recipients.ids) == [1, 2]
    assert recipients.invalid == 9
    assert recipients.examples == ("“@anna”", "“0”", "“-5”")


def test_what_is_no_id_in_csv_is_counted_too() -> None:
    recipients = read('name,user_id\nAnna,1\nBen\nCleo,\nDan,"2\n3"\nEve,x\u200b\n')
    assert list(recipients.ids) == [1]
    assert recipients.invalid == 4
    assert recipients.examples == ("“”", "“”", "“2 3”")


def test_a_first_line_of_ids_is_no_header() -> None:
    assert list(read("1,Anna\n2,Ben").ids) == [1, 2]
    assert list(read("Anna,1\nBen,2").ids) == [1, 2]


def test_a_file_without_a_single_id_says_what_it_holds_instead() -> None:
    recipients = read("hello\nworld")
    assert (len(recipients.ids), recipients.invalid, recipients.examples) == (0, 2, ("“hello”", "“world”"))


def test_the_programs_own_report_is_a_list_of_recipients() -> None:
    text = io.StringIO()
    report = csv.DictWriter(text, COLUMNS)
    report.writeheader()
    report.writerow({"user_id": 7, "username": "anna", "name": "'=1+1, Anna", "step": 1, "message_id": 12})
    report.writerow({"user_id": 7, "username": "anna", "name": "'=1+1, Anna", "step": 2, "reason": "no dialog"})
    report.writerow({"user_id": f"'{CHAT}", "name": 'The "Group"\nof 7', "step": 1, "message_id": 13})
    recipients = read(text.getvalue())
    assert list(recipients.ids) == [CHAT, 7]
    assert (recipients.duplicates, recipients.invalid) == (1, 0)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", NOBODY),
        (b" \r\n\t,;", NOBODY),
        (b"\xef\xbb\xbf", NOBODY),
        (b"user_id,name\n", NOBODY),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", NOT_TEXT),
        (b"1,2\x00,3", NOT_TEXT),
        (b"PK\x03\x04\x14\x00\x06\x00", NOT_TEXT),
        ("1,2".encode("utf-16-le"), NOT_TEXT),
        ("1,Jürgen".encode("cp1252"), NOT_TEXT),
        (b"1,2\xc3", NOT_TEXT),
        (b"\xff\xfe1", NOT_TEXT),
        (b'user_id,name\n1,"Anna\n2,Ben\n', "The file is no proper CSV: unexpected end of data."),
        (b"user_id,name\n1," + b"x" * 70_000, "A line of the file is longer than 65536 characters."),
        (b" " * MAX_FILE_BYTES + b"1", "The file is larger than 20 MB."),
    ],
    ids=lambda value: repr(value[:20]),
)
def test_unreadable(data: bytes, reason: str) -> None:
    assert read_ids(in_chunks(data, 65_536)) == Unreadable(reason)


@given(st.lists(ids, min_size=1), st.sampled_from([",", " ", ";", "\n", "\t", "\r\n", ", ", "\n\n"]))
def test_every_id_comes_back_once_and_in_order(numbers: list[int], separator: str) -> None:
    recipients = read(separator.join(map(str, numbers)))
    assert list(recipients.ids) == sorted(set(numbers))
    assert recipients.duplicates == len(numbers) - len(set(numbers))
    assert recipients.invalid == 0


@given(
    st.lists(st.tuples(ids, st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))),
    st.sampled_from([",", ";", "\t"]),
)
def test_what_csv_says_beside_the_id_does_not_matter(rows: list[tuple[int, str]], delimiter: str) -> None:
    text = io.StringIO()
    table = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    table.writerows([("name", "user_id", "note"), *((note, number, note) for number, note in rows)])
    recipients = read_ids([text.getvalue().encode()])
    if rows:
        assert isinstance(recipients, RecipientList)
        assert list(recipients.ids) == sorted({number for number, _ in rows})
        assert recipients.invalid == 0
    else:
        assert recipients == Unreadable(NOBODY)


bits = st.sampled_from(
    [b"1", b"22", b",", b"\n", b"\r", b'"', b" ", b"user_id", b"name", b";", b"x", b"\xc3\xbc", b"\xff"]
)


@given(st.binary() | st.lists(bits).map(b"".join), st.integers(1, 7))
@example(b'," "user_id\n\xff', 1)  # no CSV, and further on no text
@example(b'," "user_id\n\0', 1)
def test_any_bytes_in_any_chunks_have_one_answer(data: bytes, size: int) -> None:
    whole = read_ids([data])
    assert isinstance(whole, RecipientList | Unreadable)
    assert read_ids(in_chunks(data, size)) == whole
    if isinstance(whole, RecipientList):
        assert all(low < high for low, high in pairwise(whole.ids))


def test_a_file_too_large_has_one_answer_too() -> None:
    data = b'," "user_id\n' + b" " * MAX_FILE_BYTES
    assert read_ids(in_chunks(data, 65_537)) == read_ids([data])


def test_one_word_as_large_as_a_file_is_one_mistake() -> None:
    recipients = read("7 " + "1" * (MAX_FILE_BYTES - 2))
    assert (list(recipients.ids), recipients.invalid) == ([7], 1)


def test_a_million_lines() -> None:
    data = b"\n".join(b"%d" % (10**9 + number * 7919 % 1_000_003) for number in range(1_000_000))
    started = perf_counter()
    recipients = read_ids(in_chunks(data, 65_536))
    assert perf_counter() - started < 15  # two seconds on an idle machine
    assert isinstance(recipients, RecipientList)
    assert len(recipients.ids) == 1_000_000
    assert (recipients.ids[0], recipients.duplicates, recipients.invalid) == (10**9, 0, 0)


def test_memory_holds_little_more_than_the_ids() -> None:
    rows = (b'%d,"%s"\r\n' % (number, b"x" * 20) for number in range(100_000, 0, -1))
    chunks = list(in_chunks(b"user_id,name\r\n" + b"".join(rows), 65_536))
    tracemalloc.start()
    try:
        recipients = read_ids(chunks)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(recipients, RecipientList)
    assert len(recipients.ids) == 100_000
    assert peak < 10 * 1024**2
