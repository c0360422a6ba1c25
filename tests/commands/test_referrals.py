"""Referring and triage, as people see them, in the days in which referrals are open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.models.views import View
from sqlmodel import col

from panel import refs
from sandbox.client import Outcome
from storage.tables import AuditRow, Case, Conflict, Meeting, Notice, Panel, Referral, Seat
from tests.commands.seen import SIZES
from tests.desk import Desk, open_desk

WORD = "quagmirefinch"  # stands for content: it may be read in views and nowhere else
COORDINATOR, CHAIR, REFERRER, OTHER = "Z.O.", "V.X.", "N.B.", "B.X."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk"), "2026-09-28T09:00:00+01:00") as desk:
        yield desk


@pytest.fixture(autouse=True)
def tidy(desk: Desk) -> Iterator[None]:
    """Nothing of one test stays open on a screen or in triage."""
    yield
    for who in (COORDINATOR, CHAIR, REFERRER, OTHER):
        desk.stage.close(who)
    with desk.work() as work:
        for referral in work.find(Referral, Referral.status == "in_triage"):
            referral.status = "declined"


def refer(desk: Desk, who: str = REFERRER, **changes: Any) -> str:
    """Send a referral; answers its reference."""
    answers = {
        "routes": ["MARAC", "MASH"], "whereabouts": "sofa-surfing", "verified": "2026-09-27", "victims": "2",
        "children": 1, "why": f"Why {WORD}", "conflict": "no", "sharing": "yes",
    }  # fmt: skip
    desk.stage.command(who, "/refer")
    outcome = desk.stage.submit(who, {**answers, **changes}, expect="view")
    found = re.search(refs.REFERRAL, str(outcome.view))
    assert found is not None
    desk.stage.close(who)
    desk.stage.settle()
    return found[0]


def open_one(desk: Desk, ref: str, who: str = COORDINATOR) -> Outcome:
    """Open a referral from the triage list."""
    shown = desk.stage.command(who, "/panel", "triage")
    assert shown.view is not None
    row = next(block for block in shown.view["blocks"] if f"*{ref}*" in str(block.get("text")))
    return desk.stage.press(who, "referrals.triage.open", value=row["accessory"]["value"])


def panel_id(desk: Desk) -> int:
    with desk.work() as work:
        found = work.first(Panel)
        assert found is not None and found.id is not None
        return found.id


def meeting_id(desk: Desk) -> int | None:
    with desk.work() as work:
        found = work.first(Meeting, Meeting.day == desk.stage.panel_day)
        assert found is not None
        return found.id


def told(desk: Desk, who: str, ref: str) -> str:
    """The newest direct message to somebody about a referral; nothing when there is none."""
    return next((text for text in reversed(desk.seen_by(who)) if ref in text), "")


def row(desk: Desk, ref: str) -> Referral:
    with desk.work() as work:
        found = work.first(Referral, Referral.ref == ref)
        assert found is not None
        return found


def test_the_form_asks_eight_questions_and_warns_first(desk: Desk) -> None:
    view = desk.stage.command(REFERRER, "/refer").view
    assert view is not None
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    assert inputs == ["routes", "urgent", "whereabouts", "victims", "children", "why", "conflict", "sharing"]
    warning = str(view["blocks"][: [block["type"] for block in view["blocks"]].index("input")])
    assert "may have to record crimes" in warning and "Never write a name" in warning
    assert set(re.findall(r'"(\w+)":', view["private_metadata"])) == {"v", "panel"}


def test_a_referral_is_kept_and_confirmed_with_reference_and_date(desk: Desk) -> None:
    desk.stage.command(REFERRER, "/refer")
    outcome = desk.stage.submit(
        REFERRER,
        {"routes": ["BAF"], "whereabouts": "custody", "verified": "2026-09-01", "victims": "0", "children": 0,
         "why": WORD, "conflict": "no", "sharing": "yes"},
    )  # fmt: skip
    text = str(outcome.view)
    found = re.search(refs.REFERRAL, text)
    assert found and "Wednesday 14 October 2026" in text and WORD not in text
    kept = row(desk, found[0])
    assert kept.routes == ["BAF"] and not kept.urgent and not kept.late and kept.meeting_id == meeting_id(desk)
    assert kept.answers is not None and kept.answers["why"] == WORD and kept.answers["victims"] == 0
    desk.stage.settle()
    assert not told(desk, COORDINATOR, found[0]), "nobody is disturbed by a referral that can wait"
    with desk.work() as work:
        assert work.first(AuditRow, AuditRow.verb == "referred", AuditRow.thing == f"referral:{kept.id}")


def test_an_urgent_one_is_told_at_once_without_content(desk: Desk) -> None:
    ref = refer(desk, urgent=f"{WORD} tonight")
    for who in (CHAIR, COORDINATOR):
        assert "An urgent referral has come in" in told(desk, who, ref)
        assert WORD not in "".join(desk.seen_by(who))
    assert not told(desk, OTHER, ref)
    opened = desk.stage.press_in_message(CHAIR, "referrals.triage.open")
    assert f"{WORD} tonight" in str(opened.view)


@pytest.mark.parametrize(
    ("answers", "field", "says"),
    [
        ({"verified": None}, "whereabouts", "Choose the day"),
        ({"verified": "2026-09-29"}, "whereabouts", "has not come yet"),
        ({"sharing": None}, "sharing", "required"),
        ({"why": None}, "why", "required"),
    ],
)
def test_what_is_missing_is_said_under_the_question(desk: Desk, answers: dict[str, Any], field: str, says: str) -> None:
    desk.stage.command(REFERRER, "/refer")
    whole = {
        "routes": ["MARAC"], "whereabouts": "nfa", "verified": "2026-09-27", "victims": "1", "children": 0, "why": "x",
        "conflict": "no", "sharing": "yes",
    }  # fmt: skip
    outcome = desk.stage.submit(REFERRER, whole | answers, expect="errors")
    assert says in outcome.errors[field]


def test_unknown_whereabouts_need_no_date(desk: Desk) -> None:
    assert row(desk, refer(desk, whereabouts="unknown", verified=None)).answers is not None


def test_an_observer_is_refused_in_a_sentence(desk: Desk) -> None:
    observer = desk.workspace.add_user("observer")
    desk.workspace.change_channel(desk.channel, add=[observer])
    panel = panel_id(desk)
    with desk.work() as work:
        work.add(Seat(panel_id=panel, role="observer", user_id=observer, since=work.now))
    outcome = desk.workspace.command(observer, desk.channel, "/refer")
    assert "Observers see nothing in writing" in str(outcome.messages)


def test_a_representative_does_not_triage(desk: Desk) -> None:
    outcome = desk.stage.command(REFERRER, "/panel", "triage", expect="message")
    assert "can triage referrals" in str(outcome.messages)


def test_accepting_opens_a_case_and_the_referrer_reads_it_in_a_view(desk: Desk) -> None:
    ref = refer(desk)
    view = open_one(desk, ref).view
    assert WORD in str(view)
    desk.stage.submit(
        COORDINATOR,
        {"outcome": "accepted", "referral_ref": "MSP-26-R-0200", "case_ref": "MSP-26-0077", "subject_ref": "K-077",
         "lead": "CSC"},
    )  # fmt: skip
    desk.stage.settle()
    kept = row(desk, "MSP-26-R-0200")
    with desk.work() as work:
        case = work.get(Case, kept.case_id)
        assert (case.ref, case.subject_ref, case.status) == ("MSP-26-0077", "K-077", "accepted_waiting")
        assert case.routes == ["MARAC", "MASH"] and case.picture["children"] == 1
        assert case.picture["whereabouts"] == {"type": "sofa-surfing", "verified": "2026-09-27"}
        opened = work.find(AuditRow, AuditRow.thing == f"referral:{kept.id}", order=col(AuditRow.seq))
        assert [audit.verb for audit in opened] == ["referred", "opened", "triaged"]
    message = told(desk, REFERRER, "MSP-26-R-0200")
    assert message and "accepted" not in message.lower() and "0077" not in message
    assert "MSP-26-0077" in str(desk.stage.press_in_message(REFERRER, "referrals.outcome").view)


def test_a_declined_one_is_kept_and_its_reason_is_read_by_the_referrer(desk: Desk) -> None:
    ref = refer(desk)
    open_one(desk, ref, CHAIR)
    desk.stage.submit(CHAIR, {"outcome": "declined", "reason": "below_threshold", "note": f"Note {WORD}"})
    desk.stage.settle()
    kept = row(desk, ref)
    assert (kept.status, kept.reason, kept.note, kept.case_id) == (
        "declined", "below_threshold", f"Note {WORD}", None,
    )  # fmt: skip
    assert WORD not in told(desk, REFERRER, ref)
    read = str(desk.stage.press_in_message(REFERRER, "referrals.outcome").view)
    assert f"Note {WORD}" in read and "threshold" in read


def test_a_redirected_one_names_the_forum(desk: Desk) -> None:
    ref = refer(desk)
    open_one(desk, ref)
    desk.stage.submit(COORDINATOR, {"outcome": "redirected", "reason": "MAPPA_managed", "forum": "MAPPA"})
    desk.stage.settle()
    assert "Redirected to another forum: MAPPA" in str(desk.stage.press_in_message(REFERRER, "referrals.outcome").view)


def test_that_it_would_not_be_safe_is_read_by_chair_and_victim_service_alone(desk: Desk) -> None:
    ref = refer(desk)
    open_one(desk, ref, CHAIR)
    desk.stage.submit(CHAIR, {"outcome": "declined", "reason": "victim_safety"})
    desk.stage.settle()
    read = str(desk.stage.press_in_message(REFERRER, "referrals.outcome").view)
    assert "safe for the victim" not in read and "the panel gives none" in read
    with desk.work() as work:
        rows = work.find(AuditRow, AuditRow.verb == "triaged", order=AuditRow.seq)
        assert "victim_safety" not in str(rows[-1].details)


@pytest.mark.parametrize(
    ("answers", "field", "says"),
    [
        ({"outcome": "declined"}, "reason", "Choose the reason"),
        ({"outcome": "accepted", "reason": "not_DA"}, "reason", "has no reason"),
        ({"outcome": "redirected", "reason": "MAPPA_managed"}, "forum", "Name the forum"),
        ({"outcome": "declined", "reason": "not_DA", "forum": "MARAC"}, "forum", "only then"),
        ({"outcome": "declined", "reason": "consent_issue"}, "reason", "never a reason on its own"),
        ({"outcome": "accepted", "case_ref": "41"}, "case_ref", "MSP-26-0041"),
        ({"outcome": "accepted", "case_ref": "XYZ-26-0041"}, "case_ref", "begin with MSP"),
        ({"outcome": "accepted", "case_ref": "MSP-26-0033"}, "case_ref", "given before"),
        ({"outcome": "accepted", "subject_ref": "K-033"}, "subject_ref", "MSP-26-0033"),
        ({"outcome": "accepted", "referral_ref": "XYZ-26-R-0001"}, "referral_ref", "begin with MSP"),
    ],
)
def test_a_wrong_decision_is_said_under_the_question(
    desk: Desk, answers: dict[str, Any], field: str, says: str
) -> None:
    open_one(desk, refer(desk))
    outcome = desk.stage.submit(COORDINATOR, answers, expect="errors")
    assert says in outcome.errors[field]


def test_a_reference_in_use_is_not_given_twice(desk: Desk) -> None:
    first, second = refer(desk), refer(desk)
    open_one(desk, second)
    answers = {"outcome": "declined", "reason": "not_DA", "referral_ref": first}
    assert "Another referral" in desk.stage.submit(COORDINATOR, answers, expect="errors").errors["referral_ref"]


def test_two_people_triaging_the_same_one(desk: Desk) -> None:
    ref = refer(desk)
    open_one(desk, ref, CHAIR)
    open_one(desk, ref, COORDINATOR)
    desk.stage.submit(CHAIR, {"outcome": "deferred", "reason": "insufficient_info"})
    late = desk.stage.submit(COORDINATOR, {"outcome": "declined", "reason": "not_DA"}, expect="errors")
    assert "changed this while you were writing" in str(late.errors)
    assert row(desk, ref).status == "deferred"


def test_a_deferred_one_may_be_decided_on_again(desk: Desk) -> None:
    ref = refer(desk)
    for outcome, more in (("deferred", {}), ("redirected", {"forum": "MARAC"})):
        open_one(desk, ref)
        desk.stage.submit(COORDINATOR, {"outcome": outcome, "reason": "insufficient_info", **more})
        desk.stage.close(COORDINATOR)
    assert row(desk, ref).status == "redirected"


def test_who_knows_somebody_in_it_is_shut_out_of_the_case(desk: Desk) -> None:
    ref = refer(desk, conflict="yes")
    open_one(desk, ref)
    desk.stage.submit(COORDINATOR, {"outcome": "accepted", "case_ref": "MSP-26-0088", "subject_ref": "K-088"})
    with desk.work() as work:
        link = work.first(Conflict, Conflict.case_id == row(desk, ref).case_id)
        assert link is not None and link.user_id == desk.users[REFERRER]


def test_who_refers_somebody_they_know_does_not_triage_it(desk: Desk) -> None:
    ref = refer(desk, COORDINATOR, conflict="yes")
    shown = desk.stage.command(COORDINATOR, "/panel", "triage")
    assert shown.view is not None
    found = next(block for block in shown.view["blocks"] if f"*{ref}*" in str(block.get("text")))
    refused = desk.stage.press(COORDINATOR, "referrals.triage.open", value=found["accessory"]["value"])
    assert "conflict of interest" in str(refused.view) and WORD not in str(refused.view)


@pytest.mark.parametrize("why", ["<!channel> & <@U1>", "\N{PILE OF POO}" * 3_000, "& " * 1_500])
def test_whatever_is_written_arrives_harmless_and_whole(desk: Desk, why: str) -> None:
    view = open_one(desk, refer(desk, why=why)).view
    text = "".join(str(block["text"]["text"]) for block in view["blocks"] if block["type"] == "section")  # type: ignore[index]
    assert "<!channel>" not in text
    whole = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert why.strip() in whole


@pytest.mark.parametrize("number", SIZES)
def test_the_list_fits_whatever_waits(desk: Desk, number: int) -> None:
    panel = panel_id(desk)
    with desk.work() as work:
        for n in range(number):
            ref = f"MSP-25-R-{number + n:04}"
            found = work.first(Referral, Referral.ref == ref)
            answers = {"whereabouts": "nfa", "verified": None, "victims": 1, "children": 0, "why": "x", "urgent": None}
            referral = found or work.add(
                Referral(panel_id=panel, by_user="U1", at=work.now, ref=ref, routes=["BAF"], answers=answers)
            )
            referral.status = "in_triage"
    view = desk.stage.command(COORDINATOR, "/panel", "triage").view
    assert view is not None
    View(**{key: view[key] for key in ("type", "title", "blocks", "close", "callback_id")}).validate_json()
    if number == 300:
        assert "Page 1 of 4" in str(view)
        assert "Page 2 of 4" in str(desk.stage.press(COORDINATOR, "referrals.turn.next").view)


def test_nothing_of_a_referral_is_in_a_message_or_in_the_clear(desk: Desk, tmp_path: Path) -> None:
    refer(desk, urgent=WORD)
    assert not any(WORD in text for who in desk.users for text in desk.seen_by(who))
    assert not any(WORD in text for text in desk.in_channel())
    file = desk.store.engine.url.database
    assert file is not None
    for part in Path(file).parent.glob("convenor.db*"):
        assert WORD.encode() not in part.read_bytes(), part.name
    with desk.work() as work:
        assert not any(WORD in str(notice.about) for notice in work.find(Notice))
