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
