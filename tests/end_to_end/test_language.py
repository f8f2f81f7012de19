"""A team is answered in its language; commands, statuses and the report stay English."""

import pytest

from tests.office import Office


@pytest.mark.parametrize(
    ("language", "started", "finished", "unknown"),
    [
        ("de", "Gestartet. Es geht an 2 Empfänger.", "Fertig. 2 gesendet.", "Es gibt keine Vorlage welcome."),
        ("ru", "Начато. 2 получателя.", "Готово. отправлено 2.", "Шаблона welcome нет."),
    ],
)
async def test_a_mailing(team: Office, language: str, started: str, finished: str, unknown: str) -> None:
    team.options["language"] = language
    team.customers(2)
    await team.open()
    await team.ask("/send all", reply_to=team.say("News"))
    await team.notice(started)
    await team.notice(finished)
    assert {row["status"] for row in team.report_rows(finished)} == {"sent"}
    assert unknown in await team.ask("/send all welcome")


async def test_reasons_are_said_in_it_and_reported_in_english(team: Office) -> None:
    team.options["language"] = "de"
    one, two, three = team.customers(3)
    team.telegram.refuse("USER_IS_BLOCKED", recipient=one)
    await team.open()
    source = team.say("News")
    await team.ask(f"/send list {one}", reply_to=source)
    await team.notice("Fertig. 1 fehlgeschlagen")
    await team.ask(f"/send list {one},{two},{three},999999", reply_to=source)
    assert "Ausgelassen 2: hat das Konto blockiert 1, kein Dialog 1." in await team.notice("Gestartet. Es geht an 2")
    await team.notice("Fertig. 2 gesendet")
    reasons = {row["reason"] for row in team.report_rows("Fertig. 2 gesendet")}
    assert reasons == {"", "blocked the account (USER_IS_BLOCKED)", "no dialog"}


async def test_another_language_changes_nothing_but_words(slow: Office) -> None:
    slow.customers(2)
    await slow.open()
    await slow.template("chain", "now", "1h")
    await slow.ask("/send all chain")
    await slow.written_down(1, sent=2)
    assert "Paused" in await slow.ask("/send pause")
    await slow.close()
    slow.options["language"] = "de"
    await slow.open()
    assert "von Hand angehalten" in await slow.ask("/send sid1")
    assert "Es geht weiter" in await slow.ask("/send resume")
    assert "keine Zeit: der Tag fehlt." in await slow.ask("/send all 09:30", reply_to=slow.say("News"))
