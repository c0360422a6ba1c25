"""The timeline, the way into case management, and two cases that are one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.kit.about import About
from panel.codes import ActionStatus
from storage.tables import Action, Agency, AuditRow, Case, Conflict, Item, Listing, Meeting, PathwayStep, Request
from tests.commands.life_desk import CHAIR, COORDINATOR, START, case, choose, fill, find, forged, moves, press
from tests.desk import Desk, open_desk

ONE, TWO, THREE = "MSP-26-0018", "MSP-26-0025", "MSP-26-0029"
POLICE = "R.Y."
SHARED, FOR_SERVICE, NOTE, SUPERSEDED = "tawnyheron", "greybittern", "dunlinplover", "olderword"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, START) as desk:
        desk.stage.settle()
        yield desk


def write(
    desk: Desk, ref: str, body: str, limits: str = "ALL", audience: str = "shared", replaced: bool = False
) -> None:
    with desk.work() as work:
        row = work.first(Case, Case.ref == ref)
        agency = work.first(Agency, Agency.code == "HOU")
        assert row is not None and row.id is not None and agency is not None
        work.add(
            Item(
                case_id=row.id, agency_id=agency.id, by_user="U1", at=work.now, kind="fact", audience=audience,
                body=body, restriction=limits, replaced_at=work.now if replaced else None,
            )
        )  # fmt: skip


def timeline(desk: Desk, ref: str, who: str) -> str:
    """Every page of it."""
    view = press(desk, ref, "life.timeline", who).view
    said = str(view)
    while "life.timeline.turn.next" in str(view):
        view = desk.stage.press(who, "life.timeline.turn.next").view
        said += str(view)
    desk.stage.close(who)
    return said


def test_each_reader_finds_what_is_theirs_and_no_trace_of_the_rest(desk: Desk) -> None:
    write(desk, ONE, SHARED)
    write(desk, ONE, FOR_SERVICE, "IDVA")
    write(desk, ONE, NOTE, audience="agency_note")
    write(desk, ONE, SUPERSEDED, replaced=True)
    seen = {who: timeline(desk, ONE, who) for who in (COORDINATOR, CHAIR, POLICE)}
    assert all(SHARED in said for said in seen.values())
    assert FOR_SERVICE in seen[CHAIR] and FOR_SERVICE not in seen[POLICE] and FOR_SERVICE not in seen[COORDINATOR]
    assert not any(NOTE in said or SUPERSEDED in said for said in seen.values())
    assert not any("hidden" in said or "restricted" in said for said in seen.values())
    with desk.work() as work:
        looks = work.find(AuditRow, AuditRow.verb == "opened", AuditRow.by_user == desk.users[POLICE])
        assert any(row.details.get("section") == "timeline" for row in looks)


def test_who_kept_its_name_from_the_police_keeps_it_in_the_timeline_too(desk: Desk) -> None:
    write(desk, ONE, SHARED, audience="intelligence")
    with desk.work() as work:
        item = work.find(Item, order=Item.id)[-1]
        item.details = {"handling": "source_withheld"}
    said = timeline(desk, ONE, POLICE)
    line = next(part for part in said.split("*") if SHARED in part)
    assert "source withheld" in line and "HOU" not in line


def test_the_newest_stands_first_and_moves_say_why(desk: Desk) -> None:
    fill(desk, ONE, "life.status.open", {"to": "mappa_managed", "reason": "mappa_in_charge", "note": NOTE})
    desk.go_to(desk.bot.clock.now().replace(day=29))
    fill(desk, ONE, "life.status.open", {"to": "active", "reason": "mappa_stepped_down"})
    said = timeline(desk, ONE, POLICE)
    assert said.index("MAPPA has stepped down") < said.index("MAPPA level 2 or 3")
    assert NOTE not in said, "what the office noted beside a move is its own"
    assert NOTE in timeline(desk, ONE, COORDINATOR)


def test_whose_agency_was_left_out_of_a_meeting_does_not_read_what_it_decided(desk: Desk) -> None:
    write(desk, ONE, SHARED)
    with desk.work() as work:
        row = work.first(Case, Case.ref == ONE)
        agency = work.first(Agency, Agency.code == "POL")
        held = work.find(Meeting, order=Meeting.day)[-1]  # not the one that is prepared, whose list decides who is on
        assert row is not None and row.id is not None and agency is not None and agency.id is not None
        assert held.id is not None
        held.record_closed_at = work.now
        work.add(Listing(case_id=row.id, meeting_id=held.id, kind="review", decision="step_down"))
        work.add(Request(meeting_id=held.id, case_id=row.id, agency_id=agency.id, status="left_out"))
        day = held.day
    said = f"{day.day} {day:%b}"
    assert said in timeline(desk, ONE, CHAIR)
    assert SHARED in (theirs := timeline_or_none(desk, POLICE)) and said not in theirs


def test_an_action_shows_its_words_to_whom_it_is_for_and_no_gap_to_others(desk: Desk) -> None:
    with desk.work() as work:
        row = work.first(Case, Case.ref == ONE)
        assert row is not None
        action = work.rows(Action, case_id=row.id)[0]
        action.text, action.restriction, action.assignee, action.safety = SHARED, "CHAIR", None, "not_required"
        number = action.ref
    assert SHARED in timeline(desk, ONE, CHAIR)
    other = next(who for who in ("R.Y.", "D.U.", "S.O.") if number not in timeline_or_none(desk, who))
    assert SHARED not in timeline_or_none(desk, other)


def timeline_or_none(desk: Desk, who: str) -> str:
    about = About(panel=desk.panel.id, case=case(desk, ONE).id)
    return forged(desk, who, "life.timeline", about)


def test_a_conflict_closes_the_timeline(desk: Desk) -> None:
    with desk.work() as work:
        row = work.first(Case, Case.ref == ONE)
        assert row is not None and row.id is not None
        work.add(Conflict(case_id=row.id, user_id=desk.users[POLICE], declared_at=work.now))
    write(desk, ONE, SHARED)
    said = timeline_or_none(desk, POLICE)
    assert "conflict of interest" in said and SHARED not in said


def test_a_long_history_is_paged_and_loses_nothing(desk: Desk) -> None:
    for number in range(120):
        write(desk, ONE, f"{SHARED}{number:03}")
    said = timeline(desk, ONE, COORDINATOR)
    assert all(f"{SHARED}{number:03}" in said for number in range(120))


# -- into case management


def step(desk: Desk, stage: str, expect: str = "saved", who: str = COORDINATOR, **more: object) -> object:
    press(desk, THREE, "life.pathway.open", who)
    return desk.stage.submit(who, {"stage": stage, "on": "2026-09-28", **more}, expect=expect)


def test_the_way_into_case_management_is_taken_step_by_step(desk: Desk) -> None:
    step(desk, "offered")
    step(desk, "suitable")
    refused = step(desk, "allocated", "errors")
    assert "victim worker" in str(getattr(refused, "errors", ""))
    step(desk, "allocated", victim_worker=["yes"])
    step(desk, "planned")
    refused = step(desk, "disruption_only", "errors")
    assert "reason" in str(getattr(refused, "errors", ""))
    step(desk, "disruption_only", reason="not_reached")
    with desk.work() as work:
        rows = [(row.stage, row.reason) for row in work.find(PathwayStep)]
    assert rows[-1] == ("disruption_only", "not_reached") and len(rows) == 5


def test_what_was_noted_with_a_step_is_read_by_those_who_record_steps(desk: Desk) -> None:
    """In the course of the case, and above the form for the next step; hostile text stays harmless."""
    service = next(each.rep for each in desk.month.agencies if each.function == "perpetrator_service")
    note = "Meets him at the office <!channel>\nnever at home " + "&" * 700
    step(desk, "offered", who=service, note=note)
    for who in (COORDINATOR, CHAIR, service):
        shown = json.dumps(press(desk, THREE, "life.pathway.open", who).view)
        assert "> Meets him at the office &lt;!channel&gt;" in shown and "> never at home" in shown, who
    choose(desk, THREE)
    find(desk, COORDINATOR, "life.pathway.open")
    assert "> never at home" in json.dumps(desk.workspace.see(desk.users[COORDINATOR])["view"])
    choose(desk, THREE, POLICE)
    assert "never at home" not in json.dumps(desk.workspace.see(desk.users[POLICE])["view"])


@pytest.mark.parametrize("day", ["2026-09-29", "2031-01-01"])
def test_a_step_that_has_not_been_taken_yet_is_refused(desk: Desk, day: str) -> None:
    refused = step(desk, "offered", "errors", on=day)
    assert "not come yet" in str(getattr(refused, "errors", ""))
    with desk.work() as work:
        assert not work.find(PathwayStep)


def test_two_who_record_the_same_step_leave_one(desk: Desk) -> None:
    press(desk, THREE, "life.pathway.open")
    step(desk, "offered", who=CHAIR)
    refused = desk.stage.submit(COORDINATOR, {"stage": "offered", "on": "2026-09-28"}, expect="errors")
    assert "Somebody changed this" in str(refused.errors)


def test_the_service_that_works_with_subjects_records_its_own_steps(desk: Desk) -> None:
    service = next(each.rep for each in desk.month.agencies if each.function == "perpetrator_service")
    step(desk, "offered", who=service)
    choose(desk, THREE, POLICE)
    about = About(panel=desk.panel.id, case=case(desk, THREE).id)
    assert "Only" in forged(desk, POLICE, "life.pathway.open", about)


# -- two cases that are one


def merge(desk: Desk, ref: str, into: str, expect: str = "saved") -> object:
    press(desk, ref, "life.merge.open")
    return desk.stage.submit(COORDINATOR, {"into": into, "sure": ["yes"]}, expect=expect)


def test_a_duplicate_points_on_and_nothing_of_it_is_lost(desk: Desk) -> None:
    write(desk, TWO, SHARED)
    with desk.work() as work:
        row = work.first(Case, Case.ref == TWO)
        assert row is not None
        for action in work.rows(Action, case_id=row.id):
            action.status = ActionStatus.COMPLETE
    merge(desk, TWO, THREE)
    merged = case(desk, TWO)
    assert (merged.status, merged.merged_into_id) == ("merged", case(desk, THREE).id)
    assert moves(desk, TWO)[-1] == ("active", "merged", "duplicate")
    with desk.work() as work:
        assert work.rows(Item, case_id=merged.id)
    refused = merge(desk, THREE, TWO, "errors")
    assert "can't go on in itself" in str(getattr(refused, "errors", "")), "no circle"


@pytest.mark.parametrize("into", [TWO, "MSP-26-9999", "OVP-26-0001", "nonsense"])
def test_a_case_is_merged_with_no_other_kind_of_thing(desk: Desk, into: str) -> None:
    merge(desk, TWO, into, "errors")
    assert case(desk, TWO).status == "active" and case(desk, TWO).merged_into_id is None
