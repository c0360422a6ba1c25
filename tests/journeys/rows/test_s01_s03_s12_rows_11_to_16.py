"""Referral and triage as the product promises them: rows S1 to S3 and S12, 11 to 16 and 19, a short story each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from panel.codes import Route, TriageReason
from storage.tables import Case, Fingerprint, Referral
from tests.commands.seen import words
from tests.commands.test_cases_scores import PPIT, WHOLE, shown
from tests.commands.test_referrals import CHAIR, COORDINATOR, REFERRER, open_one, refer, row, told
from tests.commands.test_referrals_lists import LIST
from tests.commands.test_referrals_matches import BORN, NAME, SAME, check
from tests.commands.test_referrals_sections import open_own, tell
from tests.desk import Desk, open_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("rows"), "2026-09-28T09:00:00+01:00") as desk:
        yield desk


@pytest.fixture(autouse=True)
def tidy(desk: Desk) -> Iterator[None]:
    yield
    for who in desk.users:
        desk.stage.close(who)
    with desk.work() as work:
        for referral in work.find(Referral, Referral.status == "in_triage"):
            referral.status = "declined"
        for each in work.find(Fingerprint):
            work.session.delete(each)


def accept(desk: Desk, ref: str, number: int) -> str:
    """A case of the referral; answers its reference."""
    open_one(desk, ref)
    case = f"MSP-26-0{number}"
    desk.stage.submit(COORDINATOR, {"outcome": "accepted", "case_ref": case, "subject_ref": f"K-{number}"})
    desk.stage.close(COORDINATOR)
    return case


def test_s1_a_police_ranking_is_held_as_given_and_ranks_the_intake(desk: Desk) -> None:
    ref = refer(desk, routes=["POL_RFG"])
    tell(desk, ref, "rfg", **WHOLE)
    assert row(desk, ref).status == "in_triage", "a score decides nothing"
    said = shown(desk, accept(desk, ref, 801))
    for each in ("70 of 100", "R20 F20 G30", "rank 9 of 412", "ranking / 2", "20 September 2026"):
        assert each in said
    desk.stage.command(COORDINATOR, "/panel", "cohort")
    desk.stage.press(COORDINATOR, "referrals.intake")
    desk.stage.press(COORDINATOR, "referrals.intake.enter")
    listed = words(desk.stage.submit(COORDINATOR, {**LIST, "lines": "K-801, 70, 9\nPOL-0007, 99, 1"}))
    assert "live as MSP-26-0801" in listed and "1. *POL-0007* · 99 of 100 · *not referred*" in listed


def test_s2_two_assessors_ppit_stand_side_by_side(desk: Desk) -> None:
    ref = refer(desk, routes=["POL_PPIT", "AGY_PPIT"])
    tell(desk, ref, "ppit", **PPIT, evidence="Escalating: three calls in a month")
    tell(desk, ref, "ppit", **{**PPIT, "by": "IDVA", "priority": "no", "total": 6})
    said = shown(desk, accept(desk, ref, 802))
    assert "POL: priority · total 12" in said and "IDVA: not a priority · total 6" in said
    assert "Escalating: three calls" in said and "total 9" not in said


@pytest.mark.parametrize("route", [route for route in Route if route is not Route.POL_RFG])
def test_s3_any_agency_refers_by_any_route_without_a_score(desk: Desk, route: Route) -> None:
    ref = refer(desk, routes=[route])
    kept = row(desk, ref)
    assert kept.routes == [route] and kept.agency_id is not None and kept.status == "in_triage"
    assert route.label in words(open_one(desk, ref))


def test_s12_pairs_and_people_are_counted_by_reference(desk: Desk) -> None:
    first = refer(desk)
    check(desk, first, names=NAME, born=BORN)
    case = accept(desk, first, 803)
    with desk.work() as work:
        found = work.first(Case, Case.ref == case)
        assert found is not None
        found.status, found.ended_at = "closed", work.now - timedelta(days=400)
    second = refer(desk)
    check(desk, second, names=SAME, born=BORN)
    open_one(desk, second)
    desk.stage.press(COORDINATOR, "referrals.link")
    desk.stage.submit(COORDINATOR, {"outcome": "accepted", "case_ref": "MSP-26-0804", "subject_ref": "K-804"})
    with desk.work() as work:
        cases = [work.first(Case, Case.ref == ref) for ref in (case, "MSP-26-0804")]
        people = {each.person_id for each in cases if each is not None}
    assert len(people) == 1 and None not in people


def test_row_11_eight_questions_then_sections_each_optional(desk: Desk) -> None:
    view = desk.stage.command(REFERRER, "/refer").view
    assert view is not None and sum(block["type"] == "input" for block in view["blocks"]) == 8
    desk.stage.close(REFERRER)
    ref = refer(desk)
    tell(desk, ref, "pattern", tactics=["stalking"])
    listed = words(open_own(desk, ref))
    assert "Told on Monday 28 September 2026" in listed and "Risk factors" in listed


def test_row_12_the_score_stays_with_the_referral(desk: Desk) -> None:
    ref = refer(desk, routes=["POL_RFG"])
    tell(desk, ref, "rfg", **WHOLE)
    open_one(desk, ref)
    assert "70 of 100" in words(desk.stage.press(COORDINATOR, "referrals.told"))


@pytest.mark.parametrize("outcome", ["declined", "deferred"])
def test_row_13_a_decision_keeps_its_reason_and_the_referrer_reads_it(desk: Desk, outcome: str) -> None:
    ref = refer(desk)
    open_one(desk, ref)
    desk.stage.submit(COORDINATOR, {"outcome": outcome, "reason": "below_threshold"})
    desk.stage.settle()
    desk.stage.close(COORDINATOR)
    assert "threshold" not in told(desk, REFERRER, ref), "a message carries no reason"
    assert TriageReason.BELOW_THRESHOLD.label in words(desk.stage.press_in_message(REFERRER, "referrals.outcome"))
    desk.stage.command(COORDINATOR, "/panel", "referrals")
    kind = "deferred" if outcome == "deferred" else "not_accepted"
    listed = words(desk.stage.press(COORDINATOR, f"referrals.kept.{kind}"))
    assert ref in listed and TriageReason.BELOW_THRESHOLD.label in listed


def test_row_14_a_late_referral_is_the_chairs_to_place(tmp_path_factory: pytest.TempPathFactory) -> None:
    with open_desk(tmp_path_factory.mktemp("late"), "2026-09-30T14:00:00+01:00") as desk:
        ref = refer(desk)
        assert row(desk, ref).late and row(desk, ref).meeting_id != desk.meeting.id
        open_one(desk, ref, CHAIR)
        desk.stage.press(CHAIR, "referrals.late.this")
        assert row(desk, ref).meeting_id == desk.meeting.id


def test_row_15_a_repeat_is_found_by_a_hash_and_linked(desk: Desk) -> None:
    first = refer(desk)
    check(desk, first, names=NAME, born=BORN)
    case = accept(desk, first, 805)
    ref = refer(desk)
    check(desk, ref, names=SAME, born=BORN)
    at_triage = words(open_one(desk, ref))
    assert case in at_triage and "A live case of the same subject" in at_triage
    assert "*Linked.*" in words(desk.stage.press(COORDINATOR, "referrals.link"))


def test_row_16_another_areas_case_comes_with_its_pack(desk: Desk) -> None:
    ref = refer(desk, routes=["TRANSFER_IN"])
    tell(desk, ref, "transfer", pack="NPP-26-T-0007", area="Next Door", limits="The IDVA's update for chair and IDVA")
    open_one(desk, ref)
    read = words(desk.stage.press(COORDINATOR, "referrals.told"))
    assert "NPP-26-T-0007" in read and "for chair and IDVA" in read


def test_row_19_other_forums_go_with_the_case(desk: Desk) -> None:
    ref = refer(desk)
    tell(desk, ref, "forums", forums=["MARAC", "IOM"])
    case = accept(desk, ref, 806)
    with desk.work() as work:
        found = work.first(Case, Case.ref == case)
        assert found is not None and found.picture["forums"]["on"] == ["MARAC", "IOM"]
