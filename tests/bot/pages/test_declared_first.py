"""Who has not declared confidentiality is asked for it before the printable pack and the calendar, too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.tables import AuditRow, Declaration, FeedKey, Pass
from tests.bot.pages.reader import desk_with_pages, link_of
from tests.commands.agenda_desk import CHAIR, COORDINATOR
from tests.commands.seen import words
from tests.commands.test_agendas_briefing import REF
from tests.commands.test_panels_declaration import declare
from tests.desk import Desk

pytestmark = pytest.mark.slow
ASKED = "please declare confidentiality"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_with_pages(tmp_path) as made:
        yield made


def test_no_link_is_given_to_whoever_has_not_declared(desk: Desk) -> None:
    desk.stage.command(CHAIR, "/agenda")  # open since before the panel asks
    declare(desk, COORDINATOR)
    assert ASKED in words(desk.stage.press(CHAIR, "pages.pack"))
    with desk.work() as work:
        assert not work.find(Pass)
    declare(desk, CHAIR)
    assert REF in link_of(desk, CHAIR).send().words


def test_a_link_opens_nothing_once_the_declaration_has_ended(desk: Desk) -> None:
    declare(desk, CHAIR)
    link = link_of(desk, CHAIR)
    with desk.work() as work:
        (row,) = work.find(Declaration)
        row.until = (work.now - timedelta(days=30)).date()
    closed = link.send()
    assert closed.status == 403 and REF not in closed.html
    with desk.work() as work:
        (kept,) = work.find(AuditRow, AuditRow.verb == "refused", AuditRow.surface == "page")
        assert (kept.details or {})["why"] == "declaration"


def calendar(desk: Desk, who: str) -> str:
    desk.stage.close(who)
    return words(desk.workspace.command(desk.users[who], desk.elsewhere(desk.users[who]), "/panel", "calendar"))


def test_no_calendar_is_made_for_whoever_has_not_declared(desk: Desk) -> None:
    assert ASKED not in calendar(desk, CHAIR), "a practice panel asks from its first declaration on"
    declare(desk, COORDINATOR)
    assert ASKED in words(desk.stage.press(CHAIR, "pages.calendar.make")) and ASKED in calendar(desk, CHAIR)
    with desk.work() as work:
        assert not work.find(FeedKey)
    declare(desk, CHAIR)
    assert ASKED not in calendar(desk, CHAIR)
