"""Slack is away for three days, over a weekend and the moment at which updates are due: what goes when it is back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import col

from commands.kit.notices import Message, NoticeKind
from storage.outbox import VIEWS
from storage.tables import Notice
from tests.desk import Desk, open_desk

AWAY = "2026-10-09T08:30:00+01:00"  # a Friday; updates are due at five
BEFORE = ("2026-10-02T10:00:00+01:00", AWAY)  # the requests are sent
MEANWHILE = ("2026-10-09T12:00:00+01:00", "2026-10-09T17:05:00+01:00", "2026-10-10T12:00:00+01:00",
             "2026-10-11T12:00:00+01:00", "2026-10-12T09:45:00+01:00")  # fmt: skip
BACK = ("2026-10-12T10:00:00+01:00", "2026-10-12T10:06:00+01:00")  # what was refused waits for five minutes at most
PAPERS = [f"minutes:{number}" for number in range(3)] + [f"agenda:{part}" for part in range(2)]


@pytest.fixture(scope="module")
def back(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The desk once Slack is there again."""
    folder: Path = tmp_path_factory.mktemp("away")
    with open_desk(folder, "2026-10-01T08:00:00+01:00") as desk:
        for kind in ("minutes", "agenda"):
            desk.bot.service.notices[kind] = NoticeKind(kind, lambda work, owed: Message(owed.name))
        for moment in BEFORE:
            desk.go_to(datetime.fromisoformat(moment))
        desk.workspace.config(faults=[{"kind": "http", "method": "*", "status": 503}])
        for number, moment in enumerate(MEANWHILE):
            desk.go_to(datetime.fromisoformat(moment))
            remember(desk, number)
        desk.workspace.config(faults=[])
        for moment in BACK:
            desk.go_to(datetime.fromisoformat(moment))
        yield desk


def remember(desk: Desk, number: int) -> None:
    """The coordinator reminds somebody each day, and a paper is owed to them."""
    person = desk.users["R.Y."]
    with desk.work() as work:
        about = {"meeting": desk.meeting.id}
        work.owe(f"remind:{number}", "updates.remind", person, panel_id=desk.panel.id, about=about)
        kind = PAPERS[number].split(":")[0]
        lane = "agenda" if kind == "agenda" else None
        work.owe(PAPERS[number], kind, person, panel_id=desk.panel.id, about={}, lane=lane, seq=number)


def since(desk: Desk, *states: str) -> list[Notice]:
    """What ended so since Slack was back, in the order in which it went; views are no messages."""
    away = datetime.fromisoformat(AWAY)
    with desk.work() as work:
        found = work.find(
            Notice, Notice.made_at > away, col(Notice.state).in_(states), col(Notice.kind).not_in((*VIEWS, "remove"))
        )
        return sorted(found, key=lambda row: (row.sent_at or away, row.id))


def test_everybody_has_one_digest_of_today(back: Desk) -> None:
    digests = [row for row in since(back, "sent") if row.kind == "digest"]
    assert len(digests) > 15 and len({row.to for row in digests}) == len(digests)
    assert {row.about["day"] for row in digests} == {"2026-10-12"}
    dropped = [row for row in since(back, "dropped") if row.kind == "digest" and row.to in {row.to for row in digests}]
    assert {row.about["day"] for row in dropped} == {"2026-10-09"}


def test_of_five_reminders_the_latest_goes(back: Desk) -> None:
    assert [row.name for row in since(back, "sent") if row.kind == "updates.remind"] == ["remind:4"]


def test_papers_come_in_the_order_in_which_they_were_owed(back: Desk) -> None:
    assert [row.name for row in since(back, "sent") if row.name in PAPERS] == PAPERS


def test_nothing_else_goes_and_nothing_is_left(back: Desk) -> None:
    assert not since(back, "pending", "claimed", "sending", "uncertain", "failed")
    kinds = {row.kind for row in since(back, "sent")} - {"digest", "updates.remind", "minutes", "agenda"}
    of_the_deadline, of_the_day = {"updates_closed"}, {"previewable", "precheck"}
    assert kinds <= of_the_deadline | of_the_day
    assert back.bot.relay.ending.past_lease == 0
