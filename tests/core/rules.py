"""What holds for every answer to what was typed: a hint that would send as it stands sends no more than was meant.

Never more recipients than the words name, never without the time they name, and no word lost on the way.
"""

import re

from userbot.core import timewords, timing
from userbot.core.grammar import All, Listed, Marked, Mistake, Place, Run, Test, parse, parsing, render, words

PLACEHOLDERS = {"NAME", "MARK", "IDS", "TIME", "INSTANCE", "USER_ID", "sidN"}


def check(text: str, place: Place, answer: Mistake, *, attached: bool = False) -> None:
    """Raise AssertionError when this answer to a text breaks a rule."""
    found = re.match(r"\s*(/\w+(?:@\w+)?)(.*)", words.without(words.invisible(text), text), re.DOTALL)
    assert found is not None
    head, typed = found.groups()
    if not head.lower().startswith("/send") or len(text) > parsing.LONGEST:
        return
    said = f"{answer.hint} {answer.what}".lower()
    lost = [each for each in pieces(typed) if all(form.lower()[:40] not in said for form in (each, words.bare(each)))]
    assert not lost or "and more" in said or ("IDS" in answer.hint and all(map(words.is_ids, lost))), lost
    hinted = parse(answer.hint, place, attached=attached)
    if isinstance(hinted, Run) and not isinstance(hinted.target, Test) and not PLACEHOLDERS & set(answer.hint.split()):
        _sends_no_more(typed, hinted, answer, attached=attached)


def pieces(text: str) -> list[str]:
    return [piece for piece in re.split(r"[\s,;]+", text) if piece]


def _sends_no_more(typed: str, hinted: Run, answer: Mistake, *, attached: bool) -> None:
    named = {words.bare(each).lower() for each in pieces(typed)}
    meant = {words.nearest(each, words.RUNS) for each in named}
    match hinted.target:
        case All():
            assert "all" in meant
            assert not attached
        case Listed(ids):
            assert {str(each) for each in ids} <= {each.lstrip("0@") for each in named}
        case Marked(mark):
            assert mark.lower() in named
    in_hint = {each.lower() for each in pieces(render(hinted))}
    kinds = {each for each in words.RUNS if each in answer.what}
    as_said = hinted.time != timing.Now() or any(map(_is_now, named))
    for each in named - in_hint - {""}:
        # What is left over may have been meant for a time, unless one was named.
        assert as_said or words.ours(each) in kinds or _carried(each, in_hint), each
    spoken = typed.split()
    if any(timing.extent(spoken[at : at + 2]) for at in range(len(spoken))) and not any(map(_is_now, named)):
        assert hinted.time != timing.Now() or hinted.template in spoken


def _carried(word: str, in_hint: set[str]) -> bool:
    """Whether a word that is not in the hint is there in another form, or says nothing."""
    polite = word in words.POLITE or word in timewords.FILLERS or word == "template"
    spelt = words.nearest(word, sorted(in_hint)) is not None
    ids = word.lstrip("i0") in {each.lstrip("i0") for each in in_hint}
    return polite or spelt or ids


def _is_now(word: str) -> bool:
    return (
        word == "now"
        or isinstance(timing.parse(word), timing.Now)
        or getattr(timing.parse(word), "nearest", "") in {"now", "0s"}
    )
