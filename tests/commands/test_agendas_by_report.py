"""An agenda that does not fit: quiet reviews are proposed for paper, and the chair agrees, or does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from panel.codes import ReturnKind
from storage.tables import AgendaVersion, AuditRow, Case, Listing, Meeting, Request, Return
from storage.work import UnitOfWork
from tests.commands.agenda_desk import CHAIR, COORDINATOR, HOUSING, desk_before_panel, issued
from tests.commands.month_rows import meeting_of
from tests.commands.seen import buttons, words
from tests.desk import Desk

FIRST, SECOND = "MSP-26-0029", "MSP-26-0033"  # the month's two plain reviews


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Nobody has anything on either review, and the meeting is too short."""
    with desk_before_panel(tmp_path) as opened:
        with opened.work() as work:
            meeting_of(opened, work).minutes = 84  # 16 fewer than it needs
            for ref in (FIRST, SECOND):
                quiet(opened, work, ref)
        yield opened


def quiet(desk: Desk, work: UnitOfWork, ref: str) -> None:
    case, meeting = case_of(work, ref), meeting_of(desk, work)
    case.picture = case.picture | {"whereabouts": {"type": "unknown"}}
    for request in work.find(Request, Request.case_id == case.id, Request.meeting_id == meeting.id):
        for sent in work.find(Return, Return.request_id == request.id):
            sent.kind = ReturnKind.NIL_NO_RECORD


def case_of(work: UnitOfWork, ref: str) -> Case:
    found = work.first(Case, Case.ref == ref)
    assert found is not None
    return found


def paper(desk: Desk, ref: str) -> tuple[str | None, str | None]:
    with desk.work() as work:
        meeting = meeting_of(desk, work)
        row = work.first(Listing, Listing.case_id == case_of(work, ref).id, Listing.meeting_id == meeting.id)
        assert row is not None
        return row.paper, row.paper_by


def test_the_chair_agrees_one_by_one_and_takes_one_back(desk: Desk) -> None:
    seen = words(desk.stage.command(CHAIR, "/agenda"))
    assert "16 minutes too long" in seen and f"could go by report, on paper: {SECOND}, {FIRST}." in seen
    seen = words(desk.stage.press(CHAIR, "agendas.by_report", block_id=f"report.{SECOND}"))
    assert "7 minutes too long" in seen and f"{SECOND}* · taken by report" in seen
    assert paper(desk, SECOND) == ("agreed", desk.users[CHAIR]) and paper(desk, FIRST) == (None, None)
    seen = words(desk.stage.press(CHAIR, "agendas.in_the_room", block_id=f"report.{SECOND}"))
    assert "16 minutes too long" in seen and f"on paper: {FIRST}. That alone would not be enough" in seen
    assert paper(desk, SECOND) == ("heard", desk.users[CHAIR])
    with desk.work() as work:
        assert len(work.find(AuditRow, AuditRow.verb == "paper_review")) == 2


def test_all_at_once_then_it_is_issued_with_a_minute_each_and_the_returns_are_still_asked(desk: Desk) -> None:
    desk.stage.command(CHAIR, "/agenda")
    seen = words(desk.stage.press(CHAIR, "agendas.all_by_report"))
    assert "too long" not in seen and "82 of 84 minutes" in seen
    grid = words(desk.stage.press(CHAIR, "agendas.returns"))
    assert f"*{SECOND}*\n• CSC:" in grid, "the return grid shows a case on paper too"
    desk.stage.close(CHAIR)
    desk.stage.command(CHAIR, "/agenda")
    desk.stage.press(CHAIR, "agendas.approve")
    desk.stage.settle()
    with desk.work() as work:
        version = work.first(AgendaVersion)
        assert version is not None
        rows = [(row["case"], row["title"], row["minutes"]) for row in version.public if row["kind"] == "paper"]
        assert rows == [(FIRST, "Review by report", 1), (SECOND, "Review by report", 1)]
    desk.stage.close(CHAIR)
    assert "Review by report" in words(desk.stage.command(HOUSING, "/agenda"))
    briefing = words(desk.stage.press(HOUSING, "agendas.open", block_id=FIRST))
    assert "*Returns*" in briefing


def test_after_the_agenda_is_out_an_old_button_changes_nothing(desk: Desk) -> None:
    desk.stage.command(CHAIR, "/agenda")
    with desk.work() as work:
        meeting_of(desk, work).agenda_issued_at = work.now
    assert "issued and locked" in words(desk.stage.press(CHAIR, "agendas.all_by_report"))
    assert paper(desk, FIRST) == (None, None)


def test_what_came_in_while_the_chair_looked_is_not_put_on_paper(desk: Desk) -> None:
    desk.stage.command(CHAIR, "/agenda")
    with desk.work() as work:
        case = case_of(work, SECOND)
        case.picture = case.picture | {"whereabouts": {"type": "custody", "hearing": "2026-10-16"}}
    assert "Something has come in" in words(desk.stage.press(CHAIR, "agendas.all_by_report"))
    assert paper(desk, FIRST) == paper(desk, SECOND) == (None, None), "all or none"


def test_news_brings_a_case_back_and_the_chair_reads_why(desk: Desk) -> None:
    desk.stage.command(CHAIR, "/agenda")
    desk.stage.press(CHAIR, "agendas.all_by_report")
    desk.stage.close(CHAIR)
    with desk.work() as work:
        request = work.first(Request, Request.case_id == case_of(work, FIRST).id)
        assert request is not None and request.id
        last = work.find(Return, Return.request_id == request.id)[-1]
        work.add(
            Return(request_id=request.id, version=last.version + 1, kind="information", by_user="U1", at=work.now)
        )  # fmt: skip
    seen = words(desk.stage.command(CHAIR, "/agenda"))
    assert "was agreed by report; something has come in since" in seen


def test_only_the_chair_agrees(desk: Desk) -> None:
    outcome = desk.stage.command(COORDINATOR, "/agenda")
    assert f"{SECOND}* · could go by report" in words(outcome)
    assert not {"agendas.by_report", "agendas.all_by_report"} & buttons(outcome)


def test_a_panel_in_writing_is_never_too_long(desk: Desk) -> None:
    with desk.work() as work:
        work.get(Meeting, desk.meeting.id).mode = "asynchronous"
    seen = words(desk.stage.command(CHAIR, "/agenda"))
    assert "too long" not in seen and "by report" not in seen


def test_the_agenda_is_approved_in_one_press_with_a_case_on_paper(desk: Desk) -> None:
    desk.stage.command(CHAIR, "/agenda")
    desk.stage.press(CHAIR, "agendas.by_report", block_id=f"report.{FIRST}")
    desk.stage.close(CHAIR)
    issued(desk)
    posted = next(text for text in desk.in_channel() if "Agenda of" in text)
    assert "Review by report" in posted and "1\u00a0min" in posted


def test_a_case_that_was_not_reached_comes_first_and_is_never_proposed_for_paper(desk: Desk) -> None:
    with desk.work() as work:
        meeting = meeting_of(desk, work)
        row = work.first(Listing, Listing.case_id == case_of(work, FIRST).id, Listing.meeting_id == meeting.id)
        assert row is not None
        row.carried = True
    seen = words(desk.stage.command(CHAIR, "/agenda"))
    assert f"on paper: {SECOND}. That alone" in seen
    assert "For the office: not reached last time" in seen
    assert seen.index(f"*{FIRST}* · K-029") < seen.index("*MSP-26-0042* · K-042")
