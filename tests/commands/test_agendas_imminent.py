"""Who was told of an imminent risk, and when: the first lines of the briefing, for whoever may read them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from storage.tables import Agency, Case, Item, Request, Return
from tests.commands.agenda_desk import (
    CHAIR,
    COORDINATOR,
    HOUSING,
    MENTAL_HEALTH,
    VICTIM_SERVICE,
    brief,
    desk_before_panel,
    issued,
)
from tests.commands.month_rows import meeting_of
from tests.commands.seen import words
from tests.desk import Desk

pytestmark = pytest.mark.slow

REF = "MSP-26-0042"
AT = datetime.fromisoformat("2026-10-09T15:20:00+01:00")
CALLED = (CHAIR, VICTIM_SERVICE, MENTAL_HEALTH)


def say_imminent(desk: Desk, limits: str) -> None:
    """Mental health calls the risk on a case imminent, with this restriction."""
    with desk.work() as work:
        case, agency = work.first(Case, Case.ref == REF), work.first(Agency, Agency.code == "MH")
        assert case is not None and agency is not None
        request = work.first(
            Request, Request.meeting_id == meeting_of(desk, work).id, Request.case_id == case.id,
            Request.agency_id == agency.id,
        )  # fmt: skip
        assert request is not None and request.id is not None and case.id is not None
        sent = work.add(
            Return(
                request_id=request.id, version=9, kind="information", by_user="U1", at=AT, imminent=True,
                told="wordtold <999>", told_at=AT,
            )
        )  # fmt: skip
        kind, body = ("verbal", None) if limits == "VERBAL" else ("risk", "imminent")
        work.add(
            Item(
                case_id=case.id, meeting_id=request.meeting_id, return_id=sent.id, agency_id=agency.id, by_user="U1",
                at=AT, kind=kind, body=body, restriction=limits,
            )
        )  # fmt: skip


@pytest.mark.parametrize(
    ("limits", "coordinator"),
    [("ALL", True), ("CHAIR", True), ("IDVA", False), ("NAMED[CSC]", False), ("VERBAL", False)],
)
def test_chair_and_victim_service_read_it_always_and_the_coordinator_by_the_restriction(
    tmp_path: Path, limits: str, coordinator: bool
) -> None:
    with desk_before_panel(tmp_path) as desk:
        say_imminent(desk, limits)
        issued(desk)
        readers = {*CALLED, *([COORDINATOR] if coordinator else [])}
        for who in (*CALLED, COORDINATOR, HOUSING, "N.B."):
            assert ("wordtold" in words(brief(desk, who, REF))) is (who in readers), who


def test_it_stands_first_with_its_moment_and_goes_when_it_is_taken_back(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        say_imminent(desk, "ALL")
        seen = words(brief(desk, CHAIR, REF))
        line = seen.index("*Imminent risk*, MH. Told <!date^1791555600^")
        assert line < seen.index("wordtold &lt;999&gt;") < seen.index("Staff safety")
        with desk.work() as work:
            sent = work.first(Return, Return.version == 9)
            assert sent is not None
            item = work.first(Item, Item.return_id == sent.id)
            assert item is not None
            item.replaced_at = work.now
        assert "wordtold" not in words(brief(desk, CHAIR, REF))


def test_it_goes_with_the_case_to_the_next_panel_when_this_one_is_called_off(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        say_imminent(desk, "ALL")
        with desk.work() as work:
            meeting = str(meeting_of(desk, work).id)
        desk.stage.command(COORDINATOR, "/panel", "cancel")
        desk.stage.submit(COORDINATOR, {"meeting": meeting, "sure": ["yes"]})
        desk.stage.close(COORDINATOR)
        desk.stage.settle()
        assert "wordtold" in words(brief(desk, CHAIR, REF))
