"""A panel that works in writing: the chair proposes, agencies answer until a day, the chair decides with every answer
in view. Who says nothing has not yet answered; one who needs a meeting holds it for one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from commands.kit.about import About
from commands.meetings.minutes import fresh_text
from commands.meetings.proposed import agencies_asked
from panel.codes import Mode, Written
from storage.tables import Agency, AuditRow, Case, Item, Listing, Meeting, Panel
from storage.work import UnitOfWork
from tests.commands.agenda_desk import CHAIR, COORDINATOR, HOUSING, VICTIM_SERVICE, desk_before_panel
from tests.commands.home_help import home, said
from tests.commands.life_desk import forged as press_forged
from tests.commands.month_rows import meeting_of, panel_of
from tests.commands.seen import words
from tests.desk import Desk

CASE, POLICE = "MSP-26-0041", "R.Y."
CLOSES = "2026-10-20"
PROPOSAL = {"decision": "step_down", "closes": CLOSES, "next_review": "2026-11-11", "why": "quarrytern"}
WHY_NOT, APART = "ledgerwren", "thicketrail"
EVERYONE, FEW = {"readers": "everyone"}, {"readers": "chair_and_victim_service"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Two days before the closing date of a panel that works in writing."""
    with desk_before_panel(tmp_path) as made:
        with made.work() as work:
            for row in (*work.find(Panel), *work.find(Meeting)):
                row.mode = Mode.ASYNCHRONOUS
            quorum(work, 1, [])
        yield made


def case_of(work: UnitOfWork) -> Case:
    found = work.first(Case, Case.ref == CASE)
    assert found is not None
    return found


def quorum(work: UnitOfWork, least: int, must_have: list[str]) -> None:
    panel = panel_of(work)
    panel.settings = {**panel.settings, "quorum": {"agencies_min": least, "must_have": must_have or ["POL"]}}


def opened(desk: Desk, who: str, ref: str = CASE) -> str:
    desk.stage.close(who)
    desk.stage.command(who, "/panel", "proposed")
    return words(desk.stage.press(who, "meetings.proposed.show", block_id=ref))


def propose(desk: Desk, **given: Any) -> str:
    opened(desk, CHAIR)
    desk.stage.press(CHAIR, "meetings.propose")
    shown = words(desk.stage.submit(CHAIR, PROPOSAL | given))
    desk.stage.settle()
    return shown


def answer(desk: Desk, who: str, said: str, **more: Any) -> str:
    opened(desk, who)
    desk.stage.press(who, "meetings.answer")
    return words(desk.stage.submit(who, {"answer": said, **EVERYONE, **more}))


def representatives(desk: Desk) -> list[str]:
    with desk.work() as work:
        case = case_of(work)
        asked = {each.code for each in agencies_asked(work, panel_of(work), meeting_of(desk, work), case)}
    return [agency.rep for agency in desk.month.agencies if agency.code in asked]


def past_closing(desk: Desk) -> None:
    desk.go_to(desk.bot.clock.now() + timedelta(days=9))


def listing(desk: Desk) -> Listing:
    with desk.work() as work:
        case = case_of(work)
        found = work.first(Listing, Listing.case_id == case.id, Listing.meeting_id == desk.meeting.id)
        assert found is not None
        work.session.expunge(found)
        return found


def decide(desk: Desk) -> Any:
    opened(desk, CHAIR)
    return desk.stage.press(CHAIR, "meetings.decide_in_writing")


def forced(desk: Desk, who: str, action: str, **more: Any) -> str:
    """A press that no button of theirs makes."""
    with desk.work() as work:
        case = case_of(work)
        about = About(panel=panel_of(work).id, meeting=meeting_of(desk, work).id, case=case.id, **more)
    return press_forged(desk, who, action, about)


def test_each_agency_on_the_case_is_told_by_reference_and_asked_once_more_two_working_days_before(desk: Desk) -> None:
    propose(desk)
    for who in representatives(desk):
        (told,) = [text for text in desk.seen_by(who) if "the chair proposes a decision" in text]
        assert CASE in told and "quarrytern" not in told and "Step down" not in told
    answer(desk, POLICE, "agrees")
    desk.go_to(desk.bot.clock.now().replace(day=16, hour=7))
    assert not [text for text in desk.seen_by(HOUSING) if "not yet answered" in text]
    desk.go_to(desk.bot.clock.now().replace(day=16, hour=12))
    for who in representatives(desk):
        reminded = [text for text in desk.seen_by(who) if "has not yet answered the proposed decision" in text]
        assert len(reminded) == (who != POLICE), who
        assert all("no answer is not taken as consent" in text for text in reminded)


def test_nothing_is_decided_before_the_day_and_no_answer_is_never_consent(desk: Desk) -> None:
    assert "until" in propose(desk)
    answer(desk, POLICE, "agrees")
    assert "meetings.decide_in_writing" not in str(desk.stage.press(POLICE, "meetings.proposed.show").view)
    item, last = newest(desk, "proposed_decision"), newest(desk, "agrees")
    assert "can answer until" in forced(desk, CHAIR, "meetings.decide_in_writing", row=item, version=last)
    assert listing(desk).decision is None
    past_closing(desk)
    assert len([text for text in desk.seen_by(CHAIR) if "Look where it stands" in text]) == 1
    shown = opened(desk, CHAIR)
    assert "*HOU* · not yet answered" in shown and "The closing date is past" in shown
    decide(desk)
    row = listing(desk)
    assert (row.decision, str(row.next_review), row.decided_by) == ("step_down", "2026-11-11", desk.users[CHAIR])
    assert row.decision_note is not None and "Agreed: POL" in row.decision_note
    assert "HOU" in row.decision_note.partition("Not yet answered:")[2] and "no consent" in row.decision_note


def test_all_have_answered_so_the_chair_decides_at_once_and_dissent_stands_in_the_record(desk: Desk) -> None:
    propose(desk)
    for who in representatives(desk):
        said = {"said": "disagrees", "reason": WHY_NOT} if who == HOUSING else {"said": "agrees"}
        answer(desk, who, **said)
    desk.stage.settle()
    (told,) = [text for text in desk.seen_by(CHAIR) if "Look where it stands" in text]
    assert WHY_NOT not in told
    decide(desk)
    assert listing(desk).dissent == f"HOU disagrees: {WHY_NOT}"
    with desk.work() as work:
        text = fresh_text(work, panel_of(work), meeting_of(desk, work))
    assert text.count(WHY_NOT) == 1 and f"Dissent: HOU disagrees: {WHY_NOT}" in text
    assert text.count("quarrytern") == 1
    past_closing(desk)
    assert len([text for text in desk.seen_by(CHAIR) if "Look where it stands" in text]) == 1, "told once"


@pytest.mark.parametrize(("who", "said"), [(HOUSING, "needs_a_meeting"), (VICTIM_SERVICE, "disagrees")])
def test_who_needs_a_meeting_and_the_victim_service_hold_it_for_one(desk: Desk, who: str, said: str) -> None:
    propose(desk)
    answer(desk, POLICE, "agrees")
    answer(desk, who, said, reason=WHY_NOT)
    desk.stage.settle()
    assert len([text for text in desk.seen_by(CHAIR) if "Look where it stands" in text]) == 1
    past_closing(desk)
    shown = opened(desk, CHAIR)
    assert "Held for a meeting" in shown and "Call a meeting" in str(desk.workspace.see(desk.users[CHAIR])["view"])
    item = newest(desk, "proposed_decision")
    assert "decided at a meeting" in forced(desk, CHAIR, "meetings.decide_in_writing", row=item, version=item)
    assert listing(desk).decision is None
    with desk.work() as work:  # a meeting on it is held
        meeting = meeting_of(desk, work)
        case = case_of(work)
        work.add(Meeting(panel_id=meeting.panel_id, kind="out_of_cycle", status="held", day=meeting.day, minutes=30,
                         rule_day=meeting.day, wall_time="10:00", zone=meeting.zone, starts_at=work.now,
                         mode="meeting", case_id=case.id))  # fmt: skip
    decide(desk)
    assert listing(desk).decision == "step_down"


def newest(desk: Desk, kind: str) -> int:
    with desk.work() as work:
        return max(item.id or 0 for item in work.rows(Item, kind=kind))


def test_an_answer_is_changed_until_the_day_and_not_after_and_what_was_typed_is_kept(desk: Desk) -> None:
    propose(desk)
    answer(desk, HOUSING, "needs_a_meeting", reason=WHY_NOT)
    answer(desk, HOUSING, "agrees", reason=None)
    with desk.work() as work:
        standing = work.rows(Item, replaced_at=None, kind=[*Written])
        assert [item.kind for item in standing] == ["agrees"]
    opened(desk, HOUSING)
    desk.stage.press(HOUSING, "meetings.answer")
    past_closing(desk)
    refused = desk.stage.submit(HOUSING, {"answer": "disagrees", "reason": APART}, expect="errors")
    assert "closing date is past" in str(refused.errors)
    assert APART in str(desk.workspace.see(desk.users[HOUSING])), "what was typed stays before them"


def test_a_reason_is_needed_to_disagree_and_two_of_an_agency_do_not_overwrite_each_other(desk: Desk) -> None:
    propose(desk)
    opened(desk, HOUSING)
    desk.stage.press(HOUSING, "meetings.answer")
    assert "reason" in desk.stage.submit(HOUSING, {"answer": "disagrees", **EVERYONE}, expect="errors").errors
    with desk.work() as work:
        proposal = work.get(Item, newest(desk, "proposed_decision"))
        housing = next(each for each in work.find(Agency) if each.code == "HOU")
        work.add(Item(case_id=proposal.case_id, meeting_id=proposal.meeting_id, agency_id=housing.id, by_user="U2",
                      at=work.now, kind="agrees", details={}))  # fmt: skip
    again = desk.stage.submit(HOUSING, {"answer": "disagrees", "reason": "x", **EVERYONE}, expect="errors")
    assert "Somebody changed this" in str(again.errors)


def test_an_answer_for_few_is_read_by_them_and_stands_in_no_record(desk: Desk) -> None:
    propose(desk)
    answer(desk, POLICE, "disagrees", reason=APART, **FEW)
    assert APART in opened(desk, CHAIR) and APART in opened(desk, VICTIM_SERVICE) and APART in opened(desk, POLICE)
    for who in (HOUSING, COORDINATOR):
        shown = opened(desk, who)
        assert APART not in shown and "*POL* · has answered" in shown and "disagrees" not in shown
    past_closing(desk)
    decide(desk)
    row = listing(desk)
    assert row.dissent is None and "Answered for few to read: POL" in (row.decision_note or "")
    with desk.work() as work:
        assert APART not in fresh_text(work, panel_of(work), meeting_of(desk, work))
        assert APART not in str([each.details for each in work.find(AuditRow)])


def test_a_changed_proposal_asks_again_and_a_later_day_leaves_the_answers(desk: Desk) -> None:
    propose(desk)
    answer(desk, POLICE, "agrees")
    propose(desk, closes="2026-10-22")
    assert "*POL* · agrees" in opened(desk, CHAIR)
    propose(desk, decision="continue")
    assert "*POL* · not yet answered" in opened(desk, CHAIR)
    assert len([text for text in desk.seen_by(POLICE) if "the chair proposes a decision" in text]) == 2


def test_too_few_answers_decide_nothing_but_to_continue(desk: Desk) -> None:
    with desk.work() as work:
        quorum(work, 4, [])
    propose(desk)
    answer(desk, POLICE, "agrees")
    past_closing(desk)
    assert "Too few" in opened(desk, CHAIR)
    decide(desk)
    assert listing(desk).decision is None
    with desk.work() as work:
        panel = panel_of(work)
        panel.settings = {**panel.settings, "sitting": {"written_silence_agrees": True}}
    decide(desk)
    assert "taken as agreed by this panel's own rule" in (listing(desk).decision_note or "")


def test_only_the_chair_proposes_and_the_record_does_not_go_round_it(desk: Desk) -> None:
    for who in (COORDINATOR, POLICE):
        assert "Only the chair can" in forced(desk, who, "meetings.propose")
    assert "No decision is proposed" in forced(desk, POLICE, "meetings.answer")
    propose(desk)
    opened(desk, CHAIR)
    for wrong in ("2026-10-12", "2027-10-12"):
        desk.stage.press(CHAIR, "meetings.propose")
        assert "closes" in desk.stage.submit(CHAIR, {"closes": wrong}, expect="errors").errors
        opened(desk, CHAIR)


def test_home_says_what_waits_and_a_death_stops_the_reminder(desk: Desk) -> None:
    propose(desk)
    assert "1 proposed decision waits for your agency's answer" in said(home(desk, HOUSING))
    with desk.work() as work:
        case = case_of(work)
        case.hold_at = work.now
    past_closing(desk)
    assert not [text for text in desk.seen_by(HOUSING) if "has not yet answered" in text]
