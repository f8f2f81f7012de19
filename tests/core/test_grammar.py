"""The grammar of /send: every form that is understood."""

import pytest

from userbot.core import grammar
from userbot.core.grammar import (
    AddStep,
    All,
    Bind,
    Cancel,
    Command,
    DeleteStep,
    DeleteTemplate,
    File,
    Help,
    Here,
    Listed,
    Marked,
    OptIn,
    OptOut,
    Pause,
    Place,
    Rename,
    Resume,
    Retime,
    Run,
    ShowSending,
    ShowSendings,
    ShowTemplate,
    ShowTemplates,
    Stop,
    parse,
)
from userbot.core.timing import MAX_DELAY, At, Delay, Now

R, G, T = Place.GENERAL_REPLY, Place.GENERAL, Place.TOPIC
TEST = grammar.Test()
NOW = Now()
MINUTES_5 = Delay(300)
MOMENT = At(1_735_309_500)  # 2024-12-27 14:25
LARGEST = 2**63 - 1
CHAT = -1001234567890

UNDERSTOOD: list[tuple[Place, str, Command]] = [
    # help
    (R, "/send", Help()),
    (G, "/send", Help()),
    (T, "/send", Help()),
    (G, "/SEND@UserBot", Help()),
    (G, "  /send\n", Help()),
    # a reply: the message itself
    (R, "/send test", Run(TEST, None, NOW, None)),
    (R, "/send TEST", Run(TEST, None, NOW, None)),
    (R, "/send test now", Run(TEST, None, NOW, None)),
    (R, "/send test 777", Run(TEST, None, NOW, 777)),
    (R, "/send test i777", Run(TEST, None, NOW, 777)),
    (R, "/send test I0", Run(TEST, None, NOW, 0)),
    (R, "/send all", Run(All(), None, NOW, None)),
    (R, "/Send@userbot ALL 5m", Run(All(), None, MINUTES_5, None)),
    (R, "/send all 5m 30s 777", Run(All(), None, Delay(330), 777)),
    (R, "/send all 5m30s 777", Run(All(), None, Delay(330), 777)),
    (R, "/send all 1h30m", Run(All(), None, Delay(5400), None)),
    (R, "/send all 5 m 30 s 777", Run(All(), None, Delay(330), 777)),
    (R, "/send all 0m", Run(All(), None, Delay(0), None)),
    (R, "/send all 366d", Run(All(), None, Delay(MAX_DELAY), None)),
    (R, "/send all 2024-12-27 14:25", Run(All(), None, MOMENT, None)),
    (R, "/send all\n2024-12-27\n14:25\n777", Run(All(), None, MOMENT, 777)),
    (R, "/send all 2024-12-27 14:25:55 i7", Run(All(), None, At(1_735_309_555), 7)),
    (R, "/send all 9999-12-31 23:59:59", Run(All(), None, At(253_402_300_799), None)),
    (R, f"/send all {LARGEST}", Run(All(), None, NOW, LARGEST)),
    (R, "/send\u00a0all\u30005m", Run(All(), None, MINUTES_5, None)),
    (R, "/send file", Run(File(), None, NOW, None)),
    (R, "/send file 2024-12-27 14:25 i777", Run(File(), None, MOMENT, 777)),
    (R, "/send list 5", Run(Listed((5,)), None, NOW, None)),
    (R, "/send list 777 1", Run(Listed((1,)), None, NOW, 777)),
    (R, "/send list 777 1,2", Run(Listed((1, 2)), None, NOW, 777)),
    (R, "/send list i777 1", Run(Listed((1,)), None, NOW, 777)),
    (R, "/send list 1,2", Run(Listed((1, 2)), None, NOW, None)),
    (R, "/send list 1 , 2 ,\n3", Run(Listed((1, 2, 3)), None, NOW, None)),
    (R, "/send list 777 1 ,\n2", Run(Listed((1, 2)), None, NOW, 777)),
    (R, "/send list 5m 1,2", Run(Listed((1, 2)), None, MINUTES_5, None)),
    (R, "/send list 5 m 1", Run(Listed((1,)), None, MINUTES_5, None)),
    (R, "/send list now 777 1,2", Run(Listed((1, 2)), None, NOW, 777)),
    (R, "/send list 2024-12-27 14:25 1", Run(Listed((1,)), None, MOMENT, None)),
    (R, f"/send list {CHAT}", Run(Listed((CHAT,)), None, NOW, None)),
    (R, f"/send list 777 {CHAT},5", Run(Listed((CHAT, 5)), None, NOW, 777)),
    (R, "/send list 2,1,2,007,7", Run(Listed((2, 1, 7)), None, NOW, None)),
    (R, f"/send list {LARGEST}", Run(Listed((LARGEST,)), None, NOW, None)),
    (R, "/send mark vip", Run(Marked("vip"), None, NOW, None)),
    (R, "/send mark VIP 5m 777", Run(Marked("VIP"), None, MINUTES_5, 777)),
    (R, "/send mark template", Run(Marked("template"), None, NOW, None)),
    (R, "/send mark all now", Run(Marked("all"), None, NOW, None)),
    (R, "/send onboarding", AddStep("onboarding", NOW)),
    (R, "/send onboarding 1h", AddStep("onboarding", Delay(3600))),
    (R, "/send Onboarding 2024-12-27 14:25", AddStep("Onboarding", MOMENT)),
    (R, "/send m 5 m", AddStep("m", MINUTES_5)),
    (R, "/send sid", AddStep("sid", NOW)),
    (R, "/send sid 5 m", AddStep("sid", MINUTES_5)),
    (R, "/send i777", AddStep("i777", NOW)),
    (R, "/send " + "a" * 64, AddStep("a" * 64, NOW)),
    # a reply: looking and managing, as anywhere in General
    (R, "/send templates", ShowTemplates()),
    (R, "/send sendings 777", ShowSendings(777)),
    (R, "/send sid12", ShowSending(12)),
    (R, "/send sid12 stop", Stop(12)),
    (R, "/send special name offer", Rename("special", "offer")),
    (R, "/send special for 12 5m", Retime("special", 12, MINUTES_5)),
    (R, "/send special del 12", DeleteStep("special", 12)),
    (R, "/send special del", DeleteTemplate("special")),
    # General: a template
    (G, "/send test special", Run(TEST, "special", NOW, None)),
    (G, "/send test special 777", Run(TEST, "special", NOW, 777)),
    (G, "/send all special 5m 30s 777", Run(All(), "special", Delay(330), 777)),
    (G, "/send all i777", Run(All(), "i777", NOW, None)),
    (G, "/send all d 1 d", Run(All(), "d", Delay(86_400), None)),
    (G, "/send file special now i7", Run(File(), "special", NOW, 7)),
    (G, "/send list special 1,2", Run(Listed((1, 2)), "special", NOW, None)),
    (G, "/send list special 777 1", Run(Listed((1,)), "special", NOW, 777)),
    (G, "/send list special 5", Run(Listed((5,)), "special", NOW, None)),
    (G, "/send list special 5m i777 1, 2", Run(Listed((1, 2)), "special", MINUTES_5, 777)),
    (G, "/send mark vip template special", Run(Marked("vip"), "special", NOW, None)),
    (G, "/SEND Mark Vip TEMPLATE Special 5M I7", Run(Marked("Vip"), "Special", MINUTES_5, 7)),
    (G, "/send mark template template special", Run(Marked("template"), "special", NOW, None)),
    # General: looking and managing
    (G, "/send templates", ShowTemplates()),
    (G, "/send Sendings", ShowSendings(None)),
    (G, "/send sendings i777", ShowSendings(777)),
    (G, "/send special", ShowTemplate("special")),
    (G, "/send help", Help()),
    (G, "/send sidney", ShowTemplate("sidney")),
    (G, "/send SID12", ShowSending(12)),
    (G, "/send sid007", ShowSending(7)),
    (G, f"/send sid{LARGEST}", ShowSending(LARGEST)),
    (G, "/send special NAME offer", Rename("special", "offer")),
    (G, "/send name-it name name_it", Rename("name-it", "name_it")),
    (G, "/send special for 12", Retime("special", 12, NOW)),
    (G, "/send special for 12 1h 30m", Retime("special", 12, Delay(5400))),
    (G, "/send special for 12 2024-12-27 14:25", Retime("special", 12, MOMENT)),
    (G, "/send special del 12", DeleteStep("special", 12)),
    (G, "/send special del", DeleteTemplate("special")),
    (R, "/send pause", Pause(None)),
    (R, "/send stop", Stop(None)),
    (G, "/SEND STOP", Stop(None)),
    (G, "/send pause all", Pause(None)),
    (G, "/send stop all now", Stop(None)),
    (G, "/send resume", Resume(None)),
    (R, "/send del", Cancel(None)),
    (T, "/send stop", Stop(None)),
    (G, "/send sid12 del", Cancel(12)),
    (G, "/send sid12 pause", Pause(12)),
    (G, "/send sid12 RESUME", Resume(12)),
    (G, "/send sid12 stop", Stop(12)),
    # a dialog topic
    (T, "/send special", Run(Here(), "special", NOW, None)),
    (T, "/send special 1h30m", Run(Here(), "special", Delay(5400), None)),
    (T, "/send special 2024-12-27 14:25", Run(Here(), "special", MOMENT, None)),
    (T, "/send templates", ShowTemplates()),
    (T, "/send sendings", ShowSendings(None)),
    (T, "/send sid12", ShowSending(12)),
    (T, "/send sid12 stop", Stop(12)),
    (T, "/send sid12 del", Cancel(12)),
    (T, "/bind @Shop_1", Bind("shop_1")),
    (R, "/send list @Anna_k,5", Run(Listed(("anna_k", 5)), None, NOW, None)),
    (G, "/send list special 777 @anna", Run(Listed(("anna",)), "special", NOW, 777)),
    (G, "/send sid12 report", ShowSending(12, report=True)),
    (T, "/bind 5", Bind(5)),
    (T, "/optout", OptOut()),
    (T, "/OptIn@UserBot", OptIn()),
    (T, "/BIND@userbot -1001234567890", Bind(CHAT)),
]


@pytest.mark.parametrize(("place", "text", "command"), UNDERSTOOD)
def test_understood(place: Place, text: str, command: Command) -> None:
    assert parse(text, place) == command


def test_nothing_that_is_understood_at_one_place_runs_by_mistake_at_another() -> None:
    """Only a reply may send a message, only General's plain commands a template, only a topic to its own customer."""
    for text in {text for _, text, _ in UNDERSTOOD}:
        runs = {place: command for place in Place if isinstance(command := parse(text, place), Run)}
        assert all((command.template is None) == (place is R) for place, command in runs.items())
        assert all((command.target == Here()) == (place is T) for place, command in runs.items())
