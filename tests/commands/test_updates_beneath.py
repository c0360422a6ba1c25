"""The list beneath a form: drawn anew by a notice once the form was saved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from commands.kit.about import About
from commands.updates.sitting import SITTING
from storage.outbox import REDRAW, Owed
from storage.tables import Agency, Case, Conflict, Notice, Seat
from tests.commands.updates_desk import ASKED, desk_with_cases, letter, sit, tell
from tests.desk import Desk

CASE, ANOTHER = "MSP-26-0029", "MSP-26-0025"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_with_cases(tmp_path_factory.mktemp("beneath")) as desk:
        desk.go_to(ASKED)
        yield desk


def redraws(desk: Desk) -> list[str]:
    """How each redraw ended."""
    desk.bot.relay.drain()
    with desk.work() as work:
        return [notice.state for notice in work.find(Notice, Notice.kind == REDRAW)]


def test_a_save_closes_the_form_and_the_list_beneath_says_so(desk: Desk) -> None:
    sit(desk, "F.J.")
    before = len(redraws(desk))
    saved = tell(desk, "F.J.", CASE, happened="Two lines", readers="everyone")
    assert saved.view is not None and saved.view["callback_id"] == SITTING, "the form is closed"
    assert desk.shows("F.J.", "Information to share") and desk.shows("F.J.", "Fictional"), "and it carries the stamp"
    assert redraws(desk)[before:] == ["sent"]
    desk.stage.close("F.J.")


def test_who_closed_everything_meanwhile_is_left_alone(desk: Desk) -> None:
    sit(desk, "F.J.")
    before = len(redraws(desk))
    desk.workspace.config(faults=[{"kind": "error", "method": "views.update", "code": "not_found"}])
    try:
        tell(desk, "F.J.", ANOTHER, happened="Two more lines", readers="everyone")
        assert redraws(desk)[before:] == ["dropped"]
    finally:
        desk.workspace.config(faults=[])
    assert letter(desk, ANOTHER, "ICB") == "I", "what was saved is saved"
    with desk.work() as work:
        assert not work.find(Notice, Notice.kind == "undelivered")


def test_what_was_just_opened_is_not_closed_by_what_a_save_before_still_owes(desk: Desk) -> None:
    """The bot ended before it had drawn the list anew: once it is back the list is pressed in first."""
    sit(desk, "F.J.")
    tell(desk, "F.J.", CASE, happened="Two lines", readers="everyone")
    redraws(desk)
    view = desk.workspace.see(desk.users["F.J."])["view"]["id"]
    with desk.work() as work:
        for name, to in (("mine", view), ("another's", "V0")):
            work.owe(name, REDRAW, to, panel_id=desk.panel.id, not_before=work.now + timedelta(days=900), about={})
    desk.stage.press("F.J.", "updates.change", block_id=CASE)
    with desk.work() as work:
        owed = {name: work.rows(Notice, name=name)[0] for name in ("mine", "another's")}
        assert {name: row.state for name, row in owed.items()} == {"mine": "dropped", "another's": "pending"}
        owed["another's"].state = "dropped"
    desk.stage.press("F.J.", "updates.tell.open", block_id=CASE)
    desk.stage.close("F.J.")


def test_a_view_does_not_wait_for_the_pace_of_messages(desk: Desk) -> None:
    """A hundred messages go out one by one; whoever just saved does not wait for them."""
    with desk.work() as work:
        for number in range(40):
            work.owe(f"later:{number}", "updates.request", desk.users["F.J."], about={})
    sit(desk, "R.Y.")
    tell(desk, "R.Y.", CASE, happened="Words", readers="everyone")
    assert desk.shows("R.Y.", "Information to share", seconds=3)


def drawn(desk: Desk, who: str) -> bool:
    """Whether the sitting of the health board is drawn anew for this person."""
    with desk.work() as work:
        agency = work.first(Agency, Agency.code == "ICB")
        assert agency is not None
        panel, about = desk.panel.id, About(panel=desk.panel.id, meeting=desk.meeting.id, agency=agency.id)
        told = {"user": desk.users[who], "surface": SITTING, "about": about.dump()}
        kind = desk.bot.service.notices[REDRAW]
        return kind.render(work, Owed(1, REDRAW, REDRAW, panel, "V1", told, 1, False)) is not None


def test_nothing_is_drawn_for_whoever_may_not_see_it_any_more(desk: Desk) -> None:
    assert drawn(desk, "F.J.")
    with desk.work() as work:
        closed = [
            Conflict(case_id=case.id or 0, user_id=desk.users["F.J."], declared_at=work.now) for case in work.find(Case)
        ]
        work.session.add_all(closed)
    assert drawn(desk, "F.J."), "how many cases are closed to them is theirs to know"
    with desk.work() as work:
        (seat,) = work.find(Seat, Seat.user_id == desk.users["F.J."])
        seat.until = work.now
    assert not drawn(desk, "F.J."), "nor a count, where every case is closed to them"
    with desk.work() as work:
        for each in closed:
            work.session.delete(work.get(Conflict, each.id))
    assert not drawn(desk, "F.J.")
    with desk.work() as work:
        work.get(Seat, seat.id).until = None
    assert drawn(desk, "F.J.")
