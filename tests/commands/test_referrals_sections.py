"""What is told after a referral was sent: section by section, in order, nothing of it ever changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk.models.views import View

from commands.kit.about import About
from commands.kit.people import seats_of
from commands.kit.turn import Request
from commands.referrals.catalogue import EVERY
from panel.codes import Role, Route
from storage.tables import AuditRow, Conflict, Leave, Notice, Referral, ReferralAddition
from tests.commands.owed import away
from tests.commands.seen import buttons, words
from tests.commands.test_referrals import CHAIR, COORDINATOR, OTHER, REFERRER, open_one, refer, row, told
from tests.desk import Desk, open_desk

WORD = "quagmirefinch"
VICTIM_SERVICE, LEAD = "I.K.", "P.T."


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


def open_own(desk: Desk, ref: str, who: str = REFERRER) -> Any:
    """The sections of one's own referral, from the list of them."""
    shown = desk.stage.command(who, "/refer", "mine")
    assert shown.view is not None
    found = next(block for block in shown.view["blocks"] if f"*{ref}*" in str(block.get("text")))
    return desk.stage.press(who, "referrals.sections.open", value=found["accessory"]["value"])


def tell(desk: Desk, ref: str, section: str, expect: str = "saved", **answers: Any) -> Any:
    """One section of it, from the list."""
    open_own(desk, ref)
    desk.stage.press(REFERRER, f"referrals.more.{section}")
    outcome = desk.stage.submit(REFERRER, answers, expect=expect)
    desk.stage.settle()
    return outcome


def forged(desk: Desk, who: str, action_id: str, ref: str, **more: Any) -> str:
    """What somebody reads who presses a button that nobody showed them."""
    about = About(panel=desk.panel.id, referral=row(desk, ref).id, **more)
    team = desk.workspace.info()["team_id"]
    asked = Request("message", "", team, desk.users[who], None, about, action_id=action_id, value=about.dump())
    return str(desk.bot.service._press(asked))


def additions(desk: Desk, ref: str) -> list[ReferralAddition]:
    with desk.work() as work:
        return [*work.rows(ReferralAddition, referral_id=row(desk, ref).id)]


def test_each_route_asks_for_its_own_evidence_and_for_no_other(desk: Desk) -> None:
    for route in Route:
        ref = refer(desk, routes=[route])
        shown = {name for name in buttons(open_own(desk, ref)) if name.startswith("referrals.more.")}
        wanted = {form.name for form in EVERY if not form.routes or route in form.routes}
        assert shown == wanted
        assert ("referrals.sign_off.ask" in str(desk.workspace.see(desk.users[REFERRER])["view"])) == (
            route == "AGY_PJ"
        )
        desk.stage.close(REFERRER)


@pytest.mark.parametrize("form", EVERY, ids=lambda form: form.section)
def test_no_form_asks_more_than_eight_questions_and_each_box_says_what_to_write(form: Any) -> None:
    questions = form.questions()
    assert len(questions) <= 8
    assert all(each.hint for each in questions.values() if type(each).__name__ == "Text")


def test_the_confirmation_leads_to_the_sections(desk: Desk) -> None:
    desk.stage.command(REFERRER, "/refer")
    answers = {
        "routes": ["MASH"],
        "whereabouts": "unknown",
        "victims": "0",
        "children": 0,
        "why": "x",
        "conflict": "no",
    }
    sent = desk.stage.submit(REFERRER, {**answers, "sharing": "yes"}, expect="view")
    assert "All the rest is optional" in words(sent)
    assert "What its route brings" in words(desk.stage.press(REFERRER, "referrals.sections.open"))


def test_sections_are_saved_one_by_one_and_read_in_order_at_triage(desk: Desk) -> None:
    ref = refer(desk, why="Something")
    tell(desk, ref, "marac", days="2026-06-11 2026-09-10", repeat="yes")
    tell(desk, ref, "risk", factors=["weapons"], more=f"Behind {WORD}")
    tell(desk, ref, "correction", wrong="Two victims", right="Three victims")
    assert [each.section for each in additions(desk, ref)] == ["marac", "risk", "correction"]
    at_triage = words(open_one(desk, ref))
    assert "MARAC, Risk factors, A correction" in at_triage and WORD not in at_triage
    read = words(desk.stage.press(COORDINATOR, "referrals.told"))
    order = [read.index(said) for said in ("2026-06-11 2026-09-10", "Weapons or firearms", f"Behind {WORD}", "Three")]
    assert order == sorted(order) and "28 September 2026" in read
    thing = f"referral:{row(desk, ref).id}"
    with desk.work() as work:
        looks = work.find(AuditRow, AuditRow.thing == thing, AuditRow.verb == "opened", order=AuditRow.seq)
        assert looks[-1].details == {"section": "added"} and looks[-1].by_user == desk.users[COORDINATOR]


def test_the_referral_stays_as_it_was_and_a_second_answer_stands_beside_the_first(desk: Desk) -> None:
    ref = refer(desk)
    before = row(desk, ref).answers
    tell(desk, ref, "risk", more="The first")
    open_own(desk, ref)
    form = desk.stage.press(REFERRER, "referrals.more.risk")
    assert "The first" in words(form) and "initial_value" not in str(form.view), "shown beside the box, never in it"
    desk.stage.submit(REFERRER, {"more": "The second"})
    assert [each.answers for each in additions(desk, ref)] == [{"more": "The first"}, {"more": "The second"}]
    assert row(desk, ref).answers == before


def test_an_empty_section_keeps_nothing(desk: Desk) -> None:
    ref = refer(desk)
    outcome = tell(desk, ref, "risk", "errors")
    assert "at least one" in str(outcome.errors) and not additions(desk, ref)


@pytest.mark.parametrize(
    ("route", "section", "answers", "field", "says"),
    [
        ("MARAC", "marac", {"days": "11 June"}, "days", "2026-06-11"),
        ("MARAC", "marac", {"days": "0226-06-11"}, "days", "2026-06-11"),
        ("DAPO_COURT", "court", {"starts": "2026-09-10", "ends": "2026-09-09"}, "ends", "before it begins"),
        ("PRISON_REL", "release", {"released": "2026-11-01", "licence_until": "2026-10-01"}, "licence_until", "before"),
        ("MAPPA_DOWN", "mappa", {"ended": "2026-09-29"}, "ended", "has not come yet"),
        ("TRANSFER_IN", "transfer", {"moved": "2027-01-01"}, "moved", "has not come yet"),
        ("BAF", "situation", {"standing": ["none", "bail"]}, "standing", "None alone"),
        ("BAF", "safety", {"precautions": ["no_risk_known", "dogs"]}, "precautions", "alone"),
    ],
)
def test_what_cannot_be_is_said_under_its_question(
    desk: Desk, route: str, section: str, answers: dict[str, Any], field: str, says: str
) -> None:
    ref = refer(desk, routes=[route])
    outcome = tell(desk, ref, section, "errors", **answers)
    assert says in outcome.errors[field] and not additions(desk, ref)


def test_what_a_victim_wants_is_for_chair_and_victim_service(desk: Desk) -> None:
    ref = refer(desk, why="Something")
    tell(desk, ref, "voice", views="aware_opposes", words=f"Wants {WORD}")
    assert "for the chair and the victim service alone" in words(open_one(desk, ref))
    assert WORD not in words(desk.stage.press(COORDINATOR, "referrals.sections.open"))
    desk.stage.close(COORDINATOR)
    for who in (CHAIR, VICTIM_SERVICE):
        assert WORD not in told(desk, who, ref) and "victim's views" in told(desk, who, ref)
        assert f"Wants {WORD}" in words(desk.stage.press_in_message(who, "referrals.voice"))
    for who in (COORDINATOR, OTHER):
        seen = forged(desk, who, "referrals.voice", ref)
        assert WORD not in seen and "can read a victim" in seen


def test_somebody_elses_referral_is_nobodys_to_add_to(desk: Desk) -> None:
    ref = refer(desk)
    for action in ("referrals.sections.open", "referrals.more.risk", "referrals.told", "referrals.sign_off.ask"):
        assert "can triage referrals" in forged(desk, OTHER, action, ref, code="risk"), action
    assert ref not in words(desk.stage.command(OTHER, "/refer", "mine"))


def test_news_brings_a_deferred_referral_back_to_triage(desk: Desk) -> None:
    ref = refer(desk)
    open_one(desk, ref)
    desk.stage.submit(COORDINATOR, {"outcome": "deferred", "reason": "insufficient_info"})
    desk.stage.close(COORDINATOR)
    tell(desk, ref, "activity", now="Two visits")
    assert row(desk, ref).status == "in_triage"
    assert "waits for triage again" in told(desk, COORDINATOR, ref)
    assert "Activity and proposals" in words(open_one(desk, ref))


def test_after_a_no_only_a_correction_is_taken(desk: Desk) -> None:
    ref = refer(desk)
    open_one(desk, ref)
    desk.stage.submit(COORDINATOR, {"outcome": "declined", "reason": "below_threshold"})
    desk.stage.close(COORDINATOR)
    open_own(desk, ref)
    assert "only a correction" in words(desk.stage.press(REFERRER, "referrals.more.risk"))
    desk.stage.close(REFERRER)
    tell(desk, ref, "correction", wrong="x", right="y")
    assert [each.section for each in additions(desk, ref)] == ["correction"] and row(desk, ref).status == "declined"


def test_who_decides_has_read_what_came_meanwhile(desk: Desk) -> None:
    ref = refer(desk)
    open_one(desk, ref)
    tell(desk, ref, "risk", factors=["weapons"])
    late = desk.stage.submit(COORDINATOR, {"outcome": "declined", "reason": "not_DA"}, expect="errors")
    assert "changed this while you were writing" in str(late.errors)


def test_a_manager_signs_off_professional_judgement_and_never_the_referrer(desk: Desk) -> None:
    ref = refer(desk, routes=["AGY_PJ"], why=f"Why {WORD}")
    assert "sign-off belongs to this route" in words(open_one(desk, ref))
    desk.stage.close(COORDINATOR)
    open_own(desk, ref)
    asked = desk.stage.press(REFERRER, "referrals.sign_off.ask")
    desk.stage.settle()
    assert "being asked to sign off" in words(asked)
    with desk.work() as work:
        to = {notice.to for notice in work.find(Notice, Notice.kind == "referrals.sign_off")}
    managers = [who for who, user in desk.users.items() if user in to]
    assert managers == [LEAD], "the agency's lead, where it has one"
    own = forged(desk, REFERRER, "referrals.sign_off.sign", ref)
    assert WORD not in own and "Somebody else has to decide" in own
    assert WORD not in forged(desk, OTHER, "referrals.sign_off", ref)
    assert WORD not in told(desk, managers[0], ref)
    assert WORD in words(desk.stage.press_in_message(managers[0], "referrals.sign_off"))
    assert "Signed off on" in words(desk.stage.press(managers[0], "referrals.sign_off.sign"))
    assert "sign-off belongs to this route" not in words(open_one(desk, ref))
    assert "Given on" in words(open_own(desk, ref))


def test_what_is_added_after_acceptance_is_told_to_the_coordinator(desk: Desk) -> None:
    ref = refer(desk)
    open_one(desk, ref)
    desk.stage.submit(COORDINATOR, {"outcome": "accepted", "case_ref": "MSP-26-0161", "subject_ref": "K-161"})
    desk.stage.close(COORDINATOR)
    tell(desk, ref, "risk", more=f"Later {WORD}")
    message = told(desk, COORDINATOR, "MSP-26-0161")
    assert "Something was added" in message and WORD not in message
    assert f"Later {WORD}" in words(desk.stage.press_in_message(COORDINATOR, "referrals.told"))
    case = row(desk, ref).case_id
    with desk.work() as work:
        work.add(Conflict(case_id=case or 0, user_id=desk.users[REFERRER], declared_at=work.now))
    assert "conflict of interest" in words(open_own(desk, ref)), "closed to the referrer with the case"


@pytest.mark.parametrize("number", [0, 1, 40])
def test_everything_that_was_added_fits_however_much(desk: Desk, number: int) -> None:
    ref = refer(desk)
    key = row(desk, ref).id or 0
    with desk.work() as work:
        for _ in range(number):
            work.add(
                ReferralAddition(
                    referral_id=key, at=work.now, by_user=desk.users[REFERRER], section="pattern",
                    answers={"incidents": "& " * 1_500, "tactics": ["stalking"]},
                )
            )  # fmt: skip
    open_own(desk, ref)
    if number:
        view = desk.stage.press(REFERRER, "referrals.told").view
        assert view is not None
        View(**{key: view[key] for key in ("type", "title", "blocks", "close", "callback_id")}).validate_json()
        assert ("Page 1 of" in str(view)) == (number == 40)


def test_a_sign_off_is_asked_of_who_stands_in_and_never_of_somebody_who_is_away(desk: Desk) -> None:
    ref = refer(desk, routes=["AGY_PJ"], why=f"Why {WORD}")
    agency = row(desk, ref).agency_id
    with desk.work() as work:
        theirs = [seat for seat in seats_of(work, desk.panel.id) if seat.agency_id == agency]
        others = {seat.user_id: seat.role for seat in theirs if seat.user_id != desk.users[REFERRER]}
        lead = away(work, desk.users[LEAD], "2026-09-01", "2026-10-31")
    deputy = next(user for user, role in others.items() if role == Role.DEPUTY)
    assert _asked(desk, ref) == {deputy}
    with desk.work() as work:
        made = [away(work, user or "", "2026-09-01", "2026-10-31") for user in others if user != desk.users[LEAD]]
    again = refer(desk, routes=["AGY_PJ"], why=f"Why {WORD}")
    assert _asked(desk, again) == set(), "nobody is left to ask, and nobody was"
    with desk.work() as work:
        for each in (lead, *made):
            work.get(Leave, each.id).ended_at = work.now


def _asked(desk: Desk, ref: str) -> set[str]:
    """Who has been asked to sign it off, after it was asked for once more."""
    open_own(desk, ref)
    desk.stage.press(REFERRER, "referrals.sign_off.ask")
    desk.stage.settle()
    own = row(desk, ref).id
    with desk.work() as work:
        found = work.find(Notice, Notice.kind == "referrals.sign_off")
        return {notice.to for notice in found if notice.about["referral"] == own}
