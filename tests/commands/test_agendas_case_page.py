"""The case page in its order: last time, overdue, the victims' voice, what changed, risk, actions, what to decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from storage.tables import Action, Agency, Case, Item, Listing, Meeting, Victim
from storage.work import UnitOfWork
from tests.commands.agenda_desk import CHAIR, HOUSING, VICTIM_SERVICE, brief, desk_before_panel, issued
from tests.commands.month_rows import meeting_of, panel_of, write
from tests.commands.seen import words
from tests.desk import Desk

REF, NEW = "MSP-26-0033", "MSP-26-0042"
POLICE = "R.Y."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_before_panel(tmp_path) as opened:
        yield opened


def case_of(work: UnitOfWork, ref: str) -> Case:
    found = work.first(Case, Case.ref == ref)
    assert found is not None
    return found


def say(desk: Desk, code: str, kind: str, body: str, limits: str = "ALL", **more: Any) -> None:
    with desk.work() as work:
        agency = work.first(Agency, Agency.code == code)
        assert agency is not None
        write(work, meeting_of(desk, work), case_of(work, REF), agency, kind, body, limits, **more)


def act(desk: Desk, ref: str, status: str, due: date, **more: Any) -> None:
    with desk.work() as work:
        agency, case = work.first(Agency, Agency.code == "POL"), case_of(work, REF)
        assert agency is not None and case.id
        work.add(
            Action(
                panel_id=case.panel_id, case_id=case.id, ref=ref, owner_id=agency.id, code="P17", priority="standard",
                text=f"words of {ref}", due=due, status=status, status_at=work.now, agreed_at=work.now, **more,
            )
        )  # fmt: skip


def decided(desk: Desk, note: str) -> None:
    with desk.work() as work:
        panel, case, begins = panel_of(work), case_of(work, REF), datetime(2026, 9, 16, 8, 30, tzinfo=UTC)
        sitting = work.add(
            Meeting(
                panel_id=panel.id or 0, status="held", day=begins.date(), rule_day=begins.date(), wall_time="09:30",
                zone=panel.timezone, starts_at=begins, minutes=120, mode="meeting", record_closed_at=begins,
            )
        )  # fmt: skip
        work.add(
            Listing(
                meeting_id=sitting.id or 0, case_id=case.id or 0, kind="review", decision="continue",
                next_review=date(2026, 10, 14), decision_note=note,
            )
        )  # fmt: skip


def test_the_page_is_read_in_the_fields_order(desk: Desk) -> None:
    decided(desk, "objective: keep the exclusion zone")
    act(desk, "A-033-90", "acknowledged", date(2026, 9, 30))
    act(desk, "A-033-91", "acknowledged", date(2026, 11, 30))
    act(desk, "A-033-92", "proposed", date(2026, 11, 30), safety="pending")
    say(desk, "IDVA", "fact", "the voice", "ALL")
    say(desk, "HOU", "fact", "later seen", details={"day": "2026-10-11"})
    say(desk, "POL", "fact", "earlier seen", details={"day": "2026-10-02"})
    say(desk, "PROB", "risk", "increased")
    say(desk, "PROB", "strengths", "steady work")
    say(desk, "HOU", "ahead", "viewing in November", details={"day": "2026-11-11"})
    say(desk, "PROB", "ahead", "court in October", details={"day": "2026-10-20"})
    say(desk, "PROB", "works", "plain words")
    issued(desk)
    seen = words(brief(desk, CHAIR, REF))
    order = [
        "*Staff safety:*", f"*{REF}*", "*Last time* (Wednesday 16 September 2026): Continue", "objective: keep",
        "*Overdue actions*", "words of A-033-90", "*Whereabouts:*", "*The victims' voice*", "the voice",
        "*What changed*, oldest first", "earlier seen", "later seen", "*Appointments ahead*, soonest first",
        "court in October", "viewing in November", "*How agencies see the risk*", "Increased",
        "steady work", "*Working with the subject*", "plain words",
        "*Returns*", "*Actions*", "words of A-033-91", "*Proposed actions*", "words of A-033-92",
        "*Safety check:*", "*To decide:*", "Continue", "the next review",
    ]  # fmt: skip
    found = [seen.find(text) for text in order[:-2]]
    assert -1 not in found and found == sorted(found), dict(zip(order, found, strict=False))
    assert seen.index("*To decide:*") < seen.rindex("the next review")
    assert seen.count("words of A-033-90") == 1, "an overdue action stands once"


def test_an_end_is_offered_only_where_it_was_proposed_and_what_was_decided_takes_its_place(desk: Desk) -> None:
    issued(desk)
    assert "End at panel" not in words(brief(desk, HOUSING, REF))
    with desk.work() as work:
        row = work.first(Listing, Listing.case_id == case_of(work, "MSP-26-0018").id)
        assert row is not None and row.proposal == "close_with_flags_12_months"
    assert "; End at panel, flags kept for 12 months" in words(brief(desk, HOUSING, "MSP-26-0018"))
    with desk.work() as work:
        meeting = meeting_of(desk, work)
        row = work.first(Listing, Listing.case_id == case_of(work, REF).id, Listing.meeting_id == meeting.id)
        assert row is not None
        row.decision = "step_down"
    assert "*To decide:*" in words(brief(desk, HOUSING, REF)), "the record is still open"
    with desk.work() as work:
        meeting_of(desk, work).record_closed_at = work.now
    seen = words(brief(desk, HOUSING, REF))
    assert "*Decided:* Step down to paper review" in seen and "*To decide:*" not in seen


def test_a_new_case_has_no_last_time_and_a_review_from_the_books_says_so(desk: Desk) -> None:
    issued(desk)
    assert "Last time" not in words(brief(desk, VICTIM_SERVICE, NEW))
    assert "no decision is recorded here" in words(brief(desk, VICTIM_SERVICE, REF))


def test_what_has_run_out_stands_on_nobodys_page_and_a_note_on_its_own_agencys_alone(desk: Desk) -> None:
    say(desk, "HOU", "fact", "run out", "ALL EXPIRES(2026-10-11)")
    say(desk, "HOU", "fact", "until tonight", "ALL EXPIRES(2026-10-12)")
    say(desk, "HOU", "fact", "for ourselves", audience="agency_note")
    say(desk, "HOU", "fact", "not minuted", "ALL NO_MINUTE")
    issued(desk)
    for who in (CHAIR, VICTIM_SERVICE, HOUSING, POLICE):
        seen = words(brief(desk, who, REF))
        assert "run out" not in seen and "until tonight" in seen and "not minuted" in seen, who
        assert ("for ourselves" in seen) is (who == HOUSING), who
    with desk.work() as work:
        assert work.first(Item, Item.restriction == "ALL EXPIRES(2026-10-11)") is not None


def test_the_victims_voice_has_its_place_also_where_it_is_only_spoken_or_not_for_the_reader(desk: Desk) -> None:
    issued(desk)
    seen = words(brief(desk, HOUSING, REF))
    assert seen.index("*The victims' voice*") < seen.index("IDVA has a verbal item") < seen.index("*What changed*")
    nothing = "Hear the victim service first"
    assert nothing not in seen
    with desk.work() as work:
        agency = work.first(Agency, Agency.code == "IDVA")
        assert agency is not None
        for item in work.find(Item, Item.agency_id == agency.id, Item.case_id == case_of(work, REF).id):
            item.restriction, item.body, item.kind = "IDVA", "kept apart", "fact"
    seen = words(brief(desk, HOUSING, REF))
    assert nothing in seen and "kept apart" not in seen and "verbal" not in seen
    assert "kept apart" in words(brief(desk, VICTIM_SERVICE, REF))
    with desk.work() as work:
        for item in work.find(Item, Item.agency_id == agency.id, Item.case_id == case_of(work, REF).id):
            work.session.delete(item)
    assert words(brief(desk, HOUSING, REF)) == seen, "nothing tells that there was something"


def test_a_victims_line_says_since_when_and_from_whom_it_is_known(desk: Desk) -> None:
    told = {"since": "2025-03-01", "sources": ["POL", "IDVA"], "support": "other_service", "standing": "possible"}
    with desk.work() as work:
        victim = work.first(Victim, Victim.case_id == case_of(work, REF).id, Victim.ref == "V-033b")
        assert victim is not None
        victim.details = (victim.details or {}) | told
    issued(desk)
    seen = words(brief(desk, VICTIM_SERVICE, REF))
    assert "support: Another specialist service, harm known since Saturday 1 March 2025 (from POL, IDVA)" in seen
    seen = words(brief(desk, HOUSING, REF))
    assert "harm known since Saturday 1 March 2025" in seen and "(from" not in seen, "who knows of it is kept apart"
    line = next(each for each in seen.splitlines() if each.startswith("*V-033a*"))
    assert "known since" not in line and "(from" not in line


def test_who_may_not_see_an_action_sees_no_heading_over_nothing(desk: Desk) -> None:
    act(desk, "A-033-93", "proposed", date(2026, 11, 30), restriction="IDVA")
    issued(desk)
    assert "*Proposed actions*" in words(brief(desk, CHAIR, REF))
    seen = words(brief(desk, HOUSING, REF))
    assert "*Proposed actions*" not in seen and "A-033-93" not in seen
