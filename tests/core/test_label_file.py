"""A file of customers and their labels from elsewhere: what is read, what is none, nothing guessed."""

import pytest

from userbot.core.label_file import LabelFile, read_labels
from userbot.core.textfile import Unreadable


def read(text: str) -> dict[str, list[int]]:
    found = read_labels([text.encode()])
    assert isinstance(found, LabelFile)
    return {label: list(ids) for label, ids in found.people.items()}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("user_id,mark\n1,vip\n2,vip\n1,new\n", {"vip": [1, 2], "new": [1]}),
        ("Mark;User_ID\nvip;1\nnew;2", {"vip": [1], "new": [2]}),
        ("\ufeffuser_id\tname\tmark\r\n1\tAnna\tvip new\r\n\r\n2\tBo\t\r\n", {"vip": [1], "new": [1]}),
        ('user_id,username,marks,state\n1,anna,"vip, new",ok\n', {"vip": [1], "new": [1]}),
        ("user_id,mark\n", {}),
    ],
)
def test_layouts(text: str, people: dict[str, list[int]]) -> None:
    assert read(text) == people


def test_what_is_no_id_is_kept_to_be_shown() -> None:
    found = read_labels([b"user_id,mark\nanna,vip\n0,vip\n5,vip\n"])
    assert isinstance(found, LabelFile)
    assert found.invalid == ["“anna”", "“0”"]
    assert list(found.people["vip"]) == [5]


@pytest.mark.parametrize("text", ["", "1,2,3", "user_id,name\n1,Anna", "id,mark\n1,vip"])
def test_a_file_without_these_columns(text: str) -> None:
    found = read_labels([text.encode()])
    assert isinstance(found, Unreadable)
    assert "user_id and mark" in found.reason
