"""Earlier cases of the same subject: found by a keyed hash of what is typed once, or by a reference; never kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from storage.tables import AuditRow, Case, Conflict, Draft, Fingerprint, Notice, Receipt, Referral, Victim
from tests.commands.seen import words
from tests.commands.test_referrals import CHAIR, COORDINATOR, OTHER, REFERRER, open_one, refer, row, told
from tests.commands.test_referrals_sections import forged, open_own
from tests.desk import Desk, open_desk

NAME, SAME, BORN = "Zquox Trowel", "trówel,  ZQUOX", "1980-02-03"  # made of nothing: nobody is meant


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk"), "2026-09-28T09:00:00+01:00") as desk:
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


def check(desk: Desk, ref: str, expect: str = "saved", who: str = REFERRER, **answers: Any) -> Any:
    """The identifiers of a referral's subject."""
    open_own(desk, ref, who)
    desk.stage.press(who, "referrals.identify")
    outcome = desk.stage.submit(who, answers, expect=expect)
    desk.stage.settle()
    desk.stage.close(who)
    return outcome


def accept(desk: Desk, ref: str, number: int) -> str:
    """A live case of the referral; answers its reference."""
    open_one(desk, ref)
    case = f"MSP-26-0{number}"
    desk.stage.submit(COORDINATOR, {"outcome": "accepted", "case_ref": case, "subject_ref": f"K-{number}"})
    desk.stage.close(COORDINATOR)
    return case


def end(desk: Desk, case: str, days: int) -> None:
    """It ended so many days ago."""
    with desk.work() as work:
        found = work.first(Case, Case.ref == case)
        assert found is not None
        found.status, found.ended_at = "closed", work.now - timedelta(days=days)


def earlier(desk: Desk, number: int, ended: int | None = None) -> str:
    """A case whose subject's identifiers were checked."""
    ref = refer(desk)
    check(desk, ref, names=NAME, born=BORN)
    case = accept(desk, ref, number)
    if ended is not None:
        end(desk, case, ended)
    return case


@pytest.mark.parametrize(
    ("ended", "says"),
    [(None, "A live case"), (100, "Referred again soon after"), (400, "An earlier case of the same subject")],
)
def test_a_name_written_otherwise_finds_the_earlier_case(desk: Desk, ended: int | None, says: str) -> None:
    case = earlier(desk, 300 + (ended or 0), ended)
    ref = refer(desk)
    check(desk, ref, names=f"Another Alias\n{SAME}", born=BORN)
    shown = words(open_one(desk, ref))
    assert case in shown and says in shown and "found by identifiers" in shown


def test_another_birthday_or_one_name_finds_nobody(desk: Desk) -> None:
    case = earlier(desk, 210)
    ref = refer(desk)
    check(desk, ref, names=NAME, born="1980-02-04")
    assert case not in words(open_one(desk, ref))


def test_a_number_finds_it_and_an_alternative_birthday_does(desk: Desk) -> None:
    first = refer(desk)
    check(desk, first, names=NAME, born=BORN, also_born="1981-02-03", police="98/ 12345x")
    case = accept(desk, first, 211)
    for answers in ({"police": "9812345X"}, {"names": SAME, "born": "1981-02-03"}):
        ref = refer(desk)
        check(desk, ref, **answers)
        assert case in words(open_one(desk, ref))
        desk.stage.close(COORDINATOR)


def test_what_is_typed_is_kept_nowhere_and_shown_nowhere(desk: Desk, tmp_path: Path) -> None:
    earlier(desk, 212)
    ref = refer(desk)
    saved = check(desk, ref, names=NAME, born=BORN, police="7654321Q")
    wrong = check(desk, ref, "errors", names="Zquox", born=BORN)
    assert "whole name" in str(wrong.errors) and "quox" not in str(wrong.errors).lower()
    said = str(saved) + words(open_own(desk, ref)) + str(desk.stage.press(REFERRER, "referrals.identify").view)
    said += words(open_one(desk, ref)) + "".join(text for who in desk.users for text in desk.seen_by(who))
    with desk.work() as work:
        for table in (Receipt, Draft, Notice, AuditRow, Fingerprint):
            said += "".join(str(each.model_dump()) for each in work.find(table, order=next(iter(table.__table__.c))))  # type: ignore[union-attr]
    file = desk.store.engine.url.database
    assert file is not None
    said += "".join(part.read_bytes().decode("latin-1") for part in Path(file).parent.glob("convenor.db*"))
    for typed in ("quox", "trowel", BORN, "7654321"):
        assert typed not in said.lower(), typed


def test_the_referrer_learns_nothing_of_what_was_found(desk: Desk) -> None:
    case = earlier(desk, 213)
    ref = refer(desk)
    check(desk, ref, names=NAME, born=BORN)
    assert case not in words(open_own(desk, ref)) and case not in told(desk, REFERRER, ref)


def test_a_case_that_is_closed_to_the_reader_is_not_offered(desk: Desk) -> None:
    case = earlier(desk, 214)
    with desk.work() as work:
        found = work.first(Case, Case.ref == case)
        assert found is not None and found.id is not None
        work.add(Conflict(case_id=found.id, user_id=desk.users[COORDINATOR], declared_at=work.now))
        key = found.id
    ref = refer(desk)
    check(desk, ref, names=NAME, born=BORN)
    shown = words(open_one(desk, ref))
    assert case not in shown and "May be the same" not in shown
    assert "no longer here" in forged(
        desk, COORDINATOR, "referrals.link", ref, case=key, version=row(desk, ref).version
    )
    desk.stage.close(COORDINATOR)
    assert case in words(open_one(desk, ref, CHAIR))


def test_a_reference_that_is_named_is_offered_too(desk: Desk) -> None:
    ref = refer(desk)
    check(desk, ref, earlier="k-033")
    shown = words(open_one(desk, ref))
    assert "MSP-26-0033" in shown and "the reference that was named" in shown


@pytest.mark.parametrize(
    ("answers", "field", "says"),
    [
        ({}, "names", "whole name"),
        ({"names": NAME}, "names", "whole name"),
        ({"born": BORN}, "names", "whole name"),
        ({"police": "12"}, "names", "whole name"),
        ({"names": NAME, "born": "2026-09-29"}, "born", "has not come yet"),
        ({"earlier": "XYZ-26-0041"}, "earlier", "of this panel"),
        ({"earlier": NAME}, "earlier", "of this panel"),
    ],
)
def test_too_little_or_another_panels_is_refused(desk: Desk, answers: dict[str, Any], field: str, says: str) -> None:
    ref = refer(desk)
    outcome = check(desk, ref, "errors", **answers)
    assert says in outcome.errors[field] and NAME not in str(outcome.errors)
    with desk.work() as work:
        assert not work.rows(Fingerprint, referral_id=row_id(desk, work, ref))


def row_id(desk: Desk, work: Any, ref: str) -> int:
    found = work.first(Referral, Referral.ref == ref)
    assert found is not None and found.id is not None
    return int(found.id)


def test_a_later_referral_is_linked_and_its_case_is_about_the_same_person(desk: Desk) -> None:
    case = earlier(desk, 215, 400)
    ref = refer(desk)
    check(desk, ref, names=SAME, born=BORN)
    open_one(desk, ref)
    assert "*Linked.*" in words(desk.stage.press(COORDINATOR, "referrals.link"))
    desk.stage.submit(COORDINATOR, {"outcome": "accepted", "case_ref": "MSP-26-0216", "subject_ref": "K-216"})
    with desk.work() as work:
        cases = {each.ref: each for each in work.find(Case, Case.ref.in_([case, "MSP-26-0216"]))}  # type: ignore[attr-defined]
        assert cases[case].person_id is not None and cases[case].person_id == cases["MSP-26-0216"].person_id
        found = work.first(Referral, Referral.ref == ref)
        assert found is not None and found.repeats_id == cases[case].id


def test_a_repeat_opens_the_earlier_case_again_with_its_history(desk: Desk) -> None:
    case = earlier(desk, 231, 60)
    with desk.work() as work:
        before = work.first(Case, Case.ref == case)
        assert before is not None
        before.reviews = 4
    ref = refer(desk)
    check(desk, ref, names=SAME, born=BORN)
    open_one(desk, ref)
    desk.stage.press(COORDINATOR, "referrals.link")
    told = desk.stage.submit(COORDINATOR, {"outcome": "accepted", "case_ref": "MSP-26-0232", "subject_ref": "K-232"})
    assert "open again" in str(told.view) and case in str(told.view)
    with desk.work() as work:
        assert work.first(Case, Case.ref == "MSP-26-0232") is None
        found = work.first(Case, Case.ref == case)
        assert found is not None and (found.status, found.reviews, found.ended_at) == ("reopened", 4, None)
        referral = work.first(Referral, Referral.ref == ref)
        assert referral is not None and referral.case_id == referral.repeats_id == found.id


def test_a_live_duplicate_is_not_accepted_while_it_is_linked(desk: Desk) -> None:
    case = earlier(desk, 217)
    ref = refer(desk)
    check(desk, ref, names=SAME, born=BORN)
    open_one(desk, ref)
    desk.stage.press(COORDINATOR, "referrals.link")
    answers = {"outcome": "accepted", "case_ref": "MSP-26-0218", "subject_ref": "K-218"}
    refused = str(desk.stage.submit(COORDINATOR, answers, expect="errors").errors)
    assert "is live" in refused and case in refused
    with desk.work() as work:
        assert work.first(Case, Case.ref == "MSP-26-0218") is None
    assert "Linked" not in words(desk.stage.press(COORDINATOR, "referrals.unlink"))
    desk.stage.submit(COORDINATOR, answers)


def test_a_refusal_does_not_name_a_case_to_whom_it_is_closed(desk: Desk) -> None:
    case = earlier(desk, 221)
    ref = refer(desk)
    with desk.work() as work:
        found = work.first(Case, Case.ref == case)
        assert found is not None and found.id is not None
        subject = found.subject_ref
        work.add(Conflict(case_id=found.id, user_id=desk.users[COORDINATOR], declared_at=work.now))
    answers = {"outcome": "accepted", "case_ref": "MSP-26-0299", "subject_ref": subject}
    refused = {}
    for who in (COORDINATOR, CHAIR):
        open_one(desk, ref, who)
        refused[who] = desk.stage.submit(who, answers, expect="errors").errors["subject_ref"]
        desk.stage.close(who)
    assert case in refused[CHAIR] and case not in refused[COORDINATOR]
    assert "a case with this subject reference. If" in refused[COORDINATOR]


def test_two_referrals_of_one_person_find_each_other(desk: Desk) -> None:
    first, second = refer(desk), refer(desk, OTHER)
    check(desk, first, names=NAME, born=BORN)
    check(desk, second, who=OTHER, names=SAME, born=BORN)
    assert f"*{second}* has the same identifiers" in words(open_one(desk, first))


def test_several_victims_are_worked_out_and_shown_with_the_window_and_the_sources(desk: Desk) -> None:
    case = earlier(desk, 219, 30)
    with desk.work() as work:
        found = work.first(Case, Case.ref == case)
        assert found is not None and found.id is not None
        for letter, since, source in (
            ("a", "2026-01-01", "POL"),
            ("b", "2025-01-01", "IDVA"),
            ("c", "2020-01-01", "HOU"),
        ):
            details = {"since": since, "sources": [source]}
            work.add(Victim(case_id=found.id, ref=f"V-219{letter}", details=details))
    ref = refer(desk)
    check(desk, ref, names=SAME, born=BORN)
    shown = words(open_one(desk, ref))
    assert "2 victims known within 36 months (sources: IDVA, POL), 3 in all" in shown
