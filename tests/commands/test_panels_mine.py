"""Which part somebody has is read in a view; a message says only that it has changed."""

from __future__ import annotations

from pathlib import Path

from panel.codes import Role
from storage.tables import Agency, Seat
from tests.commands.seen import words
from tests.commands.test_panels_leave import COORDINATOR, DEPUTY, REP, for_them
from tests.commands.updates_desk import desk_with_cases


def test_both_read_their_parts_and_the_days(tmp_path: Path) -> None:
    with desk_with_cases(tmp_path) as desk:
        for_them(desk, REP, "2026-10-01", "2026-10-08")
        for who, said in ((REP, "*Representative* of MH"), (DEPUTY, "*Deputy representative* of MH")):
            told = desk.workspace.messages(user=desk.users[who])[-1]
            assert "MH" not in str(told["text"]) and "epresentative" not in told["text"].replace("the rep", "")
            seen = words(desk.workspace.press(desk.users[who], "panels.mine"))
            assert said in seen and "from *1 October* to *8 October*" in seen, who
            assert ("You stand in" in seen) is (who == DEPUTY)
            desk.stage.close(who)


def test_whoever_has_nothing_left_is_told_so_and_given_no_button(tmp_path: Path) -> None:
    with desk_with_cases(tmp_path) as desk:
        seen = desk.stage.command(COORDINATOR, "/panel", "people")
        assert seen.view is not None
        with desk.work() as work:
            agency = work.first(Agency, Agency.code == "SUB")
            assert agency is not None
            seat = work.first(Seat, Seat.role == Role.DEPUTY, Seat.agency_id == agency.id)
            assert seat is not None and seat.id is not None
            seat.until = work.now
            work.owe(f"unseated:{seat.id}", "unseated", str(seat.user_id), panel_id=1, about={"seat": seat.id})
        desk.stage.settle()
        (told,) = desk.workspace.messages(user=desk.users["Y.E."])
        assert told["text"].startswith("*You have no part on panel MSP any more.*") and "panels.mine" not in str(told)
