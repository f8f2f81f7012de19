"""Near misses: what is said about every way to mistype a command, and what to type instead."""

import pytest

from userbot.core.grammar import Mistake, Place, parse

R, G, T = Place.GENERAL_REPLY, Place.GENERAL, Place.TOPIC

DRESSED = "Quotation marks, dashes and full stops around a word are no part of a command."
MISSING = "The template's name is missing; in reply to a message, that message is sent."
WRITTEN = "is no time: it is written YYYY-MM-DD HH:MM or YYYY-MM-DD HH:MM:SS, in UTC."
BAD_NAME = "cannot be a name: a Latin letter, then letters, digits, - or _, at most 64."
OWN_WORD = "is a word of the command itself and cannot be a name."
FORMS = "a time is now, a delay like 5m or 1h 30m, or YYYY-MM-DD HH:MM in UTC."
NO_PEER = "is not the id of a user or a chat."
COMMAS = "Ids are separated by commas; one instance may stand before them."
NO_REPLY = "A reply sends the message itself. To send a template, write without a reply."
NO_DAY = "there is no such day or time of day."
NO_MESSAGE = "is not a message's id: that is the number its link ends with."
LATE_TIME = "The time comes before the instance and the ids."
HERE = "Here a template goes to this topic."

MISTAKEN: list[tuple[Place, str, str, str]] = [
    # a keyword with a slip in it
    (R, "/send lst 1,2", "“lst” is not understood: is “list” meant?", "/send list 1,2"),
    (R, "/send -all", DRESSED, "/send all"),
    (R, "/send-all 5m", DRESSED, "/send all 5m"),
    (R, "/send tets 777", "“tets” is not understood: is “test” meant?", "/send test 777"),
    (R, "/send mar\u212a vip", "“mar\u212a” is not understood: is “mark” meant?", "/send mark vip"),
    (R, "/send te\u017ft", "“te\u017ft” is not understood: is “test” meant?", "/send test"),
    (G, "/send sendigns 7", "“sendigns” is not understood: is “sendings” meant?", "/send sendings 7"),
    (
        G,
        "/send lst 1,2",
        "“lst” is not understood: is “list” meant? The template's name is missing before “1,2”.",
        "/send list NAME 1,2",
    ),
    (G, "/send special nmae offer", "“nmae” is not understood: is “name” meant?", "/send special name offer"),
    (G, "/send sid12 puase", "“puase” is not understood: is “pause” meant?", "/send sid12 pause"),
    (G, "/send del special 12", "“del” comes after the name.", "/send special del 12"),
    (G, "/send stop sid12", "“stop” comes after the name.", "/send sid12 stop"),
    (R, "/send name old new", "“name” comes after the name.", "/send old name new"),
    (G, "/send sid 12", "Write “sid12” as one word.", "/send sid12"),
    (G, "/send sid 12 del", "Write “sid12” as one word.", "/send sid12 del"),
    # a word missing
    (G, "/send test", MISSING, "/send test NAME"),
    (G, "/send all", MISSING, "/send all NAME"),
    (G, "/send file", MISSING, "/send file NAME"),
    (G, "/send all 5m 30s 777", "The template's name is missing before “5m”.", "/send all NAME 5m 30s 777"),
    (G, "/send list 777 1,2", "The template's name is missing before “777”.", "/send list NAME 777 1,2"),
    (G, "/send list special", "An id is missing.", "/send list special IDS"),
    (R, "/send list", "An id is missing.", "/send list IDS"),
    (R, "/send list 5m", "An id is missing.", "/send list 5m IDS"),
    (R, "/send list i777", "An id is missing.", "/send list i777 IDS"),
    (R, "/send mark", "The mark is missing.", "/send mark MARK"),
    (R, "/send mark 5m", "The mark is missing before “5m”.", "/send mark MARK 5m"),
    (G, "/send mark", "The mark is missing.", "/send mark MARK template NAME"),
    (G, "/send mark template special", "The mark is missing.", "/send mark MARK template special"),
    (G, "/send mark vip special", "The word “template” is missing.", "/send mark vip template special"),
    (
        G,
        "/send mark vip tempalte a 5m",
        "“tempalte” is not understood: is “template” meant?",
        "/send mark vip template a 5m",
    ),
    (
        G,
        "/send mark vip templates",
        "“templates” is not understood: is “template” meant?",
        "/send mark vip template NAME",
    ),
    (G, "/send mark vip template", MISSING, "/send mark vip template NAME"),
    (G, "/send special name", "The new name is missing.", "/send special name NEW"),
    (
        G,
        "/send special for 5m",
        "The message is missing: its number in the template, or the number its link ends with.",
        "/send special for MESSAGE_ID 5m",
    ),
    (T, "/send 5m", "The template's name is missing before “5m”.", "/send NAME 5m"),
    (T, "/bind", "An id is missing.", "/bind USER_ID"),
    # names
    (R, "/send 1abc", f"“1abc” {BAD_NAME}", "/send NAME"),
    (R, "/send über", f"“über” {BAD_NAME}", "/send NAME"),
    (R, "/send привет 5m", f"“привет” {BAD_NAME}", "/send NAME 5m"),
    (R, "/send 😀", f"“😀” {BAD_NAME}", "/send NAME"),
    (R, "/send a.b", f"“a.b” {BAD_NAME}", "/send NAME"),
    (R, "/send " + "a" * 65, f"“{'a' * 40}…” {BAD_NAME}", "/send NAME"),
    (R, "/send @", f"“@” {BAD_NAME}", "/send NAME"),
    (R, "/send \u202f_x", f"“_x” {BAD_NAME}", "/send NAME"),
    (R, "/send now", "The template's name is missing before “now”.", "/send NAME now"),
    (G, "/send all red,red", "Two to 4 different templates are compared, with commas between.", "/send all red"),
    (G, "/send test red,blue", "A test sends one template. Left out: “blue”.", "/send test red"),
    (R, "/send template", f"“template” {OWN_WORD}", "/send NAME"),
    (G, "/send all all", f"“all” {OWN_WORD}", "/send all NAME"),
    (G, "/send all sid12", f"“sid12” {OWN_WORD}", "/send all NAME"),
    (G, "/send special name Test", f"“Test” {OWN_WORD}", "/send special name NEW"),
    (G, "/send special name sid-1", f"“sid-1” {OWN_WORD}", "/send special name NEW"),
    # sendings
    (G, "/send sid0", "“sid0” is no sending: they are numbered from sid1.", "/send sidN"),
    (G, "/send sid-1 del", "“sid-1” is no sending: they are numbered from sid1.", "/send sidN del"),
    (G, "/send sid1x", "“sid1x” is no sending: they are numbered from sid1.", "/send sidN"),
    (G, "/send sid1²", "“sid1²” is no sending: they are numbered from sid1.", "/send sidN"),
    (G, "/send sid²", f"“sid²” {BAD_NAME}", "/send NAME"),
    (
        G,
        "/send sid9223372036854775808",
        "“sid9223372036854775808” is no sending: they are numbered from sid1.",
        "/send sidN",
    ),
    # messages
    (G, "/send special del x", f"“x” {NO_MESSAGE}", "/send special del MESSAGE_ID"),
    (G, "/send special del 0", f"“0” {NO_MESSAGE}", "/send special del MESSAGE_ID"),
    (G, "/send special del 12 13", "“13” is not expected here.", "/send special del 12"),
    (G, "/send special del https://t.me/c/1/12", f"“https://t.me/c/1/12” {NO_MESSAGE}", "/send special del 12"),
    (G, "/send special for ９ 5m", f"“９” {NO_MESSAGE}", "/send special for MESSAGE_ID 5m"),
    # times
    (
        R,
        "/send all 31.02.",
        "“31.02.” is no time: date and time are written YYYY-MM-DD HH:MM, in UTC.",
        "/send all YYYY-MM-DD HH:MM",
    ),
    (R, "/send all 2024-02-30 10:00 777", f"“2024-02-30 10:00” is no time: {NO_DAY}", "/send all YYYY-MM-DD HH:MM 777"),
    (R, "/send all 2024-12-27 24:61", f"“2024-12-27 24:61” is no time: {NO_DAY}", "/send all YYYY-MM-DD HH:MM"),
    (
        R,
        "/send all 2024-12-27",
        "“2024-12-27” is no time: the time of day (UTC) is missing.",
        "/send all 2024-12-27 HH:MM",
    ),
    (R, "/send all 14:25 777", "“14:25” is no time: the date is missing.", "/send all YYYY-MM-DD 14:25 777"),
    (
        R,
        "/send all 2024-1-5T9:05",
        "“2024-1-5T9:05” is no time: it is written YYYY-MM-DD HH:MM or YYYY-MM-DD HH:MM:SS, in UTC.",
        "/send all 2024-01-05 09:05",
    ),
    (
        R,
        "/send all 2024-12-27 14:25 UTC",
        f"“2024-12-27 14:25 UTC” {WRITTEN}",
        "/send all 2024-12-27 14:25",
    ),
    (
        G,
        "/send all a 2024-12-27 14:25 UTC",
        f"“2024-12-27 14:25 UTC” {WRITTEN}",
        "/send all a 2024-12-27 14:25",
    ),
    (R, "/send a 30s 5m", "“30s 5m” is no time: the largest unit comes first, each only once.", "/send a 5m 30s"),
    (R, "/send a 5m 5m", "“5m 5m” is no time: the largest unit comes first, each only once.", "/send a 10m"),
    (R, "/send a 5min", "“5min” is no time: the units are d, h, m and s.", "/send a 5m"),
    (R, "/send a 5 minutes", "“5 minutes” is no time: the units are d, h, m and s.", "/send a 5m"),
    (R, "/send a 5x", f"“5x” is no time: {FORMS}", "/send a TIME"),
    (R, "/send a now 5m", f"“now 5m” is no time: {FORMS}", "/send a TIME"),
    (R, "/send a 367d", "“367d” is no time: a delay is at most 366 days.", "/send a TIME"),
    (R, "/send a -5m", DRESSED, "/send a 5m"),
    (R, "/send a ５m", "“５m” is not expected here.", "/send a [TIME]"),
    (R, "/send all 777 5m", LATE_TIME, "/send all 5m 777"),
    (R, "/send list 1,2 5m", LATE_TIME, "/send list 5m 1,2"),
    (R, "/send list 777 5m 1,2", LATE_TIME, "/send list 5m 777 1,2"),
    # instances
    (R, "/send all 777 888", "“all” is every customer: ids come after “list”.", "/send list 777,888"),
    (R, "/send all 9223372036854775808", "“9223372036854775808” is too large for an instance.", "/send all INSTANCE"),
    (R, "/send list 1,2 i777", "The instance comes before the ids.", "/send list i777 1,2"),
    (R, "/send list 1,2 i777 5m", LATE_TIME, "/send list 5m i777 1,2"),
    (R, "/send a 5m 777", "“777” is not expected here.", "/send a 5m"),
    (T, "/send special 777", "“777” is not expected here.", "/send special [TIME]"),
    (T, "/send sendings 777", "“777” is not expected here.", "/send sendings"),
    # ids
    (R, "/send list 1 2 3", COMMAS, "/send list 1,2,3"),
    (R, "/send list i777 1 2", COMMAS, "/send list i777 1,2"),
    (R, "/send list 1,2 3", COMMAS, "/send list 1,2,3"),
    (R, "/send list -1001 5", COMMAS, "/send list -1001,5"),
    (G, "/send list special 1 2 3", COMMAS, "/send list special 1,2,3"),
    (R, "/send list 1,,2", "An id is missing.", "/send list 1,2"),
    (R, "/send list 1,2,", "An id is missing.", "/send list 1,2"),
    (R, "/send list ,", "An id is missing.", "/send list IDS"),
    (R, "/send list 1,x,3", f"“x” {NO_PEER}", "/send list 1,USER_ID,3"),
    (R, "/send list 0", f"“0” {NO_PEER}", "/send list USER_ID"),
    (R, "/send list -5", f"“-5” {NO_PEER}", "/send list USER_ID"),
    (R, "/send list -100", f"“-100” {NO_PEER}", "/send list USER_ID"),
    (R, "/send list 777 x,1", f"“x” {NO_PEER}", "/send list 777 USER_ID,1"),
    (R, "/send list １,2", f"“１” {NO_PEER}", "/send list USER_ID,2"),
    (R, "/send list 9223372036854775808", f"“9223372036854775808” {NO_PEER}", "/send list USER_ID"),
    (R, "/send list @me,5", f"“@me” {NO_PEER}", "/send list USER_ID,5"),
    (R, "/send list " + ",".join(map(str, range(60))), f"“0” {NO_PEER}", "/send list IDS"),
    (T, "/bind @me", f"“@me” {NO_PEER}", "/bind USER_ID"),
    (T, "/bind 1,2", f"“1,2” {NO_PEER}", "/bind USER_ID"),
    (T, "/bind 1 2", "“2” is not expected here.", "/bind 1"),
    # at the wrong place
    (R, "/send all special", "“all” is every customer: is the mark “special” meant?", "/send mark special"),
    (
        R,
        "/send list special 5m 1,2",
        f"{NO_REPLY} Left out: “special”.",
        "/send list 5m [INSTANCE] 1,2",
    ),
    (
        R,
        "/send mark vip template special 777",
        f"{NO_REPLY} Left out: “special”.",
        "/send mark vip [TIME] 777",
    ),
    (G, "/send special 1,2", "Ids come after “list” and the template's name.", "/send list special 1,2"),
    (
        G,
        "/send special 5m",
        "A message is added to a template by a reply to it; a template is sent to somebody.",
        "/send test special 5m",
    ),
    (G, "/send special offer", "“offer” is not expected here.", "/send special"),
    (G, "/send templates all", "“all” is not expected here.", "/send templates"),
    (T, "/send all", f"“/send all” is started in General. {HERE}", "/send NAME"),
    (T, "/send ALL special 5m", f"“/send all” is started in General. {HERE}", "/send special 5m"),
    (
        T,
        "/send list 1,2",
        f"“/send list” is started in General. {HERE} Left out: “1”, “2”.",
        "/send NAME [TIME]",
    ),
    (
        T,
        "/send mark vip template special",
        f"“/send mark” is started in General. {HERE} Left out: “vip”.",
        "/send special [TIME]",
    ),
    (T, "/send special del", "Templates are changed in General: “/send special del”.", "/send templates"),
    (
        T,
        "/send special name offer",
        "Templates are changed in General: “/send special name offer”.",
        "/send templates",
    ),
    (T, "/send sid12 report", "Reports are in General.", "/send sid12"),
    (G, "/bind 5", "“/bind” works in a dialog topic.", "/send"),
    (G, "/optout", "“/optout” works in a dialog topic.", "/send"),
    (T, "/optout 5", "“5” is not expected here.", "/optout"),
    (R, "/bind 5", "“/bind” works in a dialog topic.", "/send"),
    # what cannot be seen
    (R, "/send al\u200bl", "There is an invisible character (U+200B) after “/send al”.", "/send all"),
    (R, "/send all\u200f", "There is an invisible character (U+200F) after “/send all”.", "/send all"),
    (R, "\ufeff/send all", "There is an invisible character (U+FEFF) at the beginning.", "/send all"),
    (R, "/send\u2060 all", "There is an invisible character (U+2060) after “/send”.", "/send all"),
    (R, "/send \x00", "There is an invisible character (U+0000) after “/send”.", "/send"),
    (R, "/send spe\u00adcial 5m", "There is an invisible character (U+00AD) after “/send spe”.", "/send special 5m"),
    (G, "/send a\u3164", "There is an invisible character (U+3164) after “/send a”.", "/send a"),
    (G, "/send \ud800a", "There is an invisible character (U+D800) after “/send”.", "/send a"),
    (R, "/send list 1,\u202e2", "There is an invisible character (U+202E) after “/send list 1,”.", "/send list 1,2"),
    (
        G,
        "/send all \u200b",
        "There is an invisible character (U+200B) after “/send all”. " + MISSING,
        "/send all NAME",
    ),
    # what is none
    (G, "", "This is no /send command.", "/send"),
    (G, "hello", "This is no /send command.", "/send"),
    (G, "/sender", "This is no /send command.", "/send"),
    (G, "/ send", "This is no /send command.", "/send"),
    (R, "/send " + "a" * 4091, "The command is longer than 4096 characters.", "/send file"),
    (G, "/send " + "a" * 4091, "The command is longer than 4096 characters.", "/send file NAME"),
    (T, "/send " + "a" * 4091, "The command is longer than 4096 characters.", "/send"),
]


@pytest.mark.parametrize(("place", "text", "what", "hint"), MISTAKEN)
def test_mistaken(place: Place, text: str, what: str, hint: str) -> None:
    assert parse(text, place) == Mistake(what, hint)
