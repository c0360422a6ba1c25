"""What the return board says above the cases: whose returns are outstanding, and when they were reminded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import col

from storage.tables import Agency, Notice, Request
from tests.commands.updates_desk import ASKED, desk_with_cases, meeting_of
from tests.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """After the requests."""
    with desk_with_cases(tmp_path) as desk:
        desk.go_to(ASKED)
        yield desk


def test_the_board_says_when_agencies_were_reminded_and_names_the_last_ones(desk: Desk) -> None:
    assert "Not yet returned, or unable to check: POL 6, PROB 6" in heading_of_board(desk)
    desk.stage.press("Z.O.", "updates.remind")
    desk.stage.settle()
    assert re.search(r"Reminded 2 October: POL, PROB, .*HOU", heading_of_board(desk))
    only_asked(desk, "HOU", "MH")
    with desk.work() as work:
        (sent,) = work.find(Notice, Notice.kind == "updates.remind", Notice.to == desk.users["A.Z."])
        sent.sent_at = None
    told = heading_of_board(desk)
    assert "\n• Marrowshire Housing Options (HOU): 6\n• Quillport Mental Health Trust (MH): 6\n" in told
    assert told.endswith("\nReminded 2 October: HOU."), "what did not go out reminded nobody"
    assert "<@" not in told


def only_asked(desk: Desk, *codes: str) -> None:
    """Leave every other agency out."""
    with desk.work() as work:
        kept = {agency.id for agency in work.find(Agency, col(Agency.code).in_(codes))}
        for request in work.find(Request, Request.meeting_id == meeting_of(desk, work).id):
            request.status = request.status if request.agency_id in kept else "left_out"


def heading_of_board(desk: Desk) -> str:
    """What the board says above the cases."""
    desk.stage.close("Z.O.")
    view = desk.stage.command("Z.O.", "/panel", "board").view
    assert view is not None
    return next(str(b["text"]["text"]) for b in view["blocks"] if b["type"] == "section")
