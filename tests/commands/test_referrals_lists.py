"""Every referral kept, the cohort ranked with its room, the ranked list for intake, and late referrals to the chair."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from slack_sdk.models.views import View
from sqlmodel import col

from storage.tables import Assessment, AuditRow, Case, Conflict, Listing, Meeting, Referral
from tests.commands.seen import SIZES, words
from tests.commands.test_referrals import CHAIR, COORDINATOR, REFERRER, WORD, open_one, refer, row, told
from tests.commands.test_referrals_sections import forged
from tests.desk import Desk, open_desk

LIST = {"by": "POL", "method": "ranking / 2", "run": "2026-09-20", "most": 100, "size": 412}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk"), "2026-09-28T09:00:00+01:00") as desk:
        yield desk


@pytest.fixture(autouse=True)
def tidy(desk: Desk) -> Iterator[None]:
    yield
    for who in (COORDINATOR, CHAIR, REFERRER):
        desk.stage.close(who)
    with desk.work() as work:
        for referral in work.find(Referral, Referral.status == "in_triage"):
            referral.status = "declined"


def decide(desk: Desk, ref: str, who: str = COORDINATOR, **answers: Any) -> None:
    open_one(desk, ref, who)
    desk.stage.submit(who, answers)
    desk.stage.close(who)


def test_every_referral_is_found_under_what_became_of_it(desk: Desk) -> None:
    refs = {kind: refer(desk) for kind in ("waiting", "deferred", "not_accepted", "accepted")}
    decide(desk, refs["deferred"], outcome="deferred", reason="insufficient_info")
    decide(desk, refs["not_accepted"], outcome="redirected", reason="MAPPA_managed", forum="MAPPA")
    decide(desk, refs["accepted"], outcome="accepted", case_ref="MSP-26-0401", subject_ref="K-401")
    desk.stage.command(COORDINATOR, "/panel", "referrals")
    desk.stage.press(COORDINATOR, "referrals.kept.deferred")
    pages: dict[str, str] = {}
    for kind in ("accepted", "not_accepted", "deferred", "waiting"):
        if f'"referrals.kept.{kind}"' in json.dumps(desk.workspace.see(desk.users[COORDINATOR])["view"]):
            pages[kind] = words(desk.stage.press(COORDINATOR, f"referrals.kept.{kind}"))
    for kind, ref in refs.items():
        assert ref in pages[kind] and not [r for k, r in refs.items() if k != kind and r in pages[kind]], kind
        assert WORD not in pages[kind]
    assert "Redirected to another forum · MAPPA" in pages["not_accepted"] and "MSP-26-0401" in pages["accepted"]


@pytest.mark.parametrize("word", ["referrals", "cohort"])
def test_the_lists_are_the_offices(desk: Desk, word: str) -> None:
    assert "can triage referrals" in str(desk.stage.command(REFERRER, "/panel", word, expect="message").messages)


def test_a_code_that_means_nothing_shows_nothing(desk: Desk) -> None:
    ref = refer(desk)
    assert "no longer here" in forged(desk, COORDINATOR, "referrals.kept.waiting", ref, code="everything")


@pytest.mark.parametrize("number", SIZES)
def test_the_lists_fit_whatever_they_hold(desk: Desk, number: int) -> None:
    with desk.work() as work:
        panel = desk.panel.id or 0
        for n in range(number):
            ref = f"MSP-23-{n:04}"
            if work.first(Case, Case.ref == ref) is None:
                picture = {"rfg": {"score": n % 100, "max": 100, "method": "bulk", "run": "2026-09-01"}}
                work.add(
                    Case(panel_id=panel, ref=ref, subject_ref=f"K-{5000 + n}", status="active", opened_at=work.now,
                         picture=picture)
                )  # fmt: skip
    view = desk.stage.command(COORDINATOR, "/panel", "cohort").view
    assert view is not None
    View(**{key: view[key] for key in ("type", "title", "blocks", "close", "callback_id")}).validate_json()
    if number == 300:
        assert "Page 2 of" in str(desk.stage.press(COORDINATOR, "referrals.cohort.next").view)
    with desk.work() as work:
        for case in work.find(Case, col(Case.ref).startswith("MSP-23-")):
            work.session.delete(case)


def test_the_cohort_ranks_within_one_method_and_says_how_much_room_there_is(desk: Desk) -> None:
    with desk.work() as work:
        for number, (method, score) in enumerate([("x", 50), ("x", 90), ("a", 10)]):
            given = {"score": score, "max": 100, "method": method, "version": "1", "run": "2026-09-01"}
            made = Case(
                panel_id=desk.panel.id or 0, ref=f"MSP-22-000{number}", subject_ref=f"K-60{number}", status="monitor",
                opened_at=work.now, picture={"rfg": given},
            )  # fmt: skip
            work.add(made)
    try:
        desk.stage.command(COORDINATOR, "/panel", "cohort")
        said = words(desk.stage.press(COORDINATOR, "referrals.cohort.order"))
        order = [
            said.index(ref) for ref in ("Ranked by a 1", "MSP-22-0002", "Ranked by x 1", "MSP-22-0001", "MSP-22-0000")
        ]
        assert order == sorted(order) and "room for 3 new" in said and "Stepped down, reviewed on paper: 3" in said
        desk.stage.close(COORDINATOR)
        with desk.work() as work:
            case = work.first(Case, Case.ref == "MSP-22-0001")
            assert case is not None and case.id is not None
            work.add(Conflict(case_id=case.id, user_id=desk.users[COORDINATOR], declared_at=work.now))
        assert "MSP-22-0001" not in words(desk.stage.command(COORDINATOR, "/panel", "cohort"))
        assert "MSP-22-0001" not in words(desk.stage.press(COORDINATOR, "referrals.cohort.order"))
        desk.stage.close(COORDINATOR)
        with desk.work() as work:
            assert work.first(AuditRow, AuditRow.thing == f"cohort:{desk.panel.id}")
    finally:
        with desk.work() as work:
            for each in work.find(Case, col(Case.ref).startswith("MSP-22-")):
                for row in work.rows(Conflict, case_id=each.id):
                    work.session.delete(row)
                work.session.flush()
                work.session.delete(each)


def enter(desk: Desk, lines: str, expect: str = "saved", **answers: Any) -> Any:
    desk.stage.command(COORDINATOR, "/panel", "cohort")
    desk.stage.press(COORDINATOR, "referrals.intake")
    desk.stage.press(COORDINATOR, "referrals.intake.enter")
    return desk.stage.submit(COORDINATOR, {**LIST, **answers, "lines": lines}, expect=expect)


def test_a_ranked_list_says_what_is_live_and_what_was_never_referred(desk: Desk) -> None:
    waiting = refer(desk)
    said = words(enter(desk, f"K-033, 74, 2\nPOL-0007, 91.5, 1\n{waiting}, 12, 3"))
    assert "1. *POL-0007* · 91.5 of 100 · *not referred*" in said
    assert "2. *K-033* · 74 of 100 · live as MSP-26-0033" in said and "waits for triage" in said
    assert said.index("POL-0007") < said.index("K-033") and "List by POL" in said
    desk.stage.close(COORDINATOR)
    assert "K-033" not in words(enter(desk, "K-029, 60, 1"))
    with desk.work() as work:
        lists = work.find(Assessment, Assessment.tool == "RANKED_LIST")
        assert [each.replaced_at is None for each in lists][-2:] == [False, True], "the one before is kept"


@pytest.mark.parametrize(
    ("lines", "answers", "field", "says"),
    [
        ("Somebody Named, 74, 2", {}, "lines", "Line 1"),
        ("K-033, 101, 2", {}, "lines", "greatest possible"),
        ("K-033, 74, 2", {"run": "2026-09-29"}, "run", "has not come yet"),
    ],
)
def test_a_list_that_cannot_be_is_refused(
    desk: Desk, lines: str, answers: dict[str, Any], field: str, says: str
) -> None:
    outcome = enter(desk, lines, "errors", **answers)
    assert says in outcome.errors[field] and "Somebody" not in str(outcome.errors)


def test_two_people_entering_a_list_do_not_lose_one(desk: Desk) -> None:
    for who in (CHAIR, COORDINATOR):
        desk.stage.command(who, "/panel", "cohort")
        desk.stage.press(who, "referrals.intake")
        desk.stage.press(who, "referrals.intake.enter")
    desk.stage.submit(CHAIR, {**LIST, "lines": "K-033, 74, 2"})
    late = desk.stage.submit(COORDINATOR, {**LIST, "lines": "K-029, 60, 1"}, expect="errors")
    assert "while you were writing" in str(late.errors)


def test_the_chair_takes_a_late_referral_at_this_meeting_or_leaves_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with open_desk(tmp_path_factory.mktemp("late"), "2026-09-30T11:00:00+01:00") as desk:
        desk.go_to(datetime.fromisoformat("2026-09-30T14:00:00+01:00"))
        first, second = refer(desk), refer(desk)
        assert row(desk, first).late and "after the deadline" in told(desk, CHAIR, first)
        assert "referrals.late.this" not in str(open_one(desk, first).view), "it is the chair's to decide"
        desk.stage.close(COORDINATOR)
        open_one(desk, first, CHAIR)
        desk.stage.press(CHAIR, "referrals.late.this")
        desk.stage.close(CHAIR)
        open_one(desk, second, CHAIR)
        desk.stage.press(CHAIR, "referrals.late.next")
        desk.stage.close(CHAIR)
        desk.stage.settle()
        assert row(desk, first).meeting_id == desk.meeting.id != row(desk, second).meeting_id
        assert not row(desk, first).urgent and "14 October" in told(desk, COORDINATOR, first)
        assert "can call a case urgent" in forged(
            desk, COORDINATOR, "referrals.late.next", first, version=row(desk, first).version
        )
        desk.go_to(datetime.fromisoformat("2026-10-02T10:00:00+01:00"))
        decide(desk, first, outcome="accepted", case_ref="MSP-26-0501", subject_ref="K-501")
        with desk.work() as work:
            case = work.first(Case, Case.ref == "MSP-26-0501")
            meeting = work.first(Meeting, Meeting.id == desk.meeting.id)
            assert case is not None and meeting is not None and meeting.requests_sent_at is not None
            listing = work.first(Listing, Listing.case_id == case.id, Listing.meeting_id == meeting.id)
            assert listing is not None and not listing.imminent, "it joins the list, and does not stand first"
