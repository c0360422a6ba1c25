"""Somebody asks what is held about them: found by reference, agencies asked, decided piece by piece, blacked out in a
pack; with neither confirmed nor denied it is the same whatever is held; erased only where no hold is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from commands.kit.about import About
from panel.codes import HoldKind
from storage import audit_check
from storage.tables import (
    Action,
    Agency,
    AuditRow,
    Case,
    Erasure,
    Hold,
    Item,
    Notice,
    Seat,
    SubjectItem,
    SubjectRequest,
    Victim,
)
from tests.bot.pages.reader import free_port, shown_link
from tests.commands.life_desk import forged
from tests.commands.records_desk import CHAIR, COORDINATOR, LEAD, ONE, TWO, opened, records_desk
from tests.commands.seen import buttons, words
from tests.desk import Desk

POLICE = "R.Y."
WORD, OTHERS = "zqxsubject", "zqxother"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    port = free_port()
    told = {"convenor_public_url": f"http://127.0.0.1:{port}", "convenor_listen": f"127.0.0.1:{port}"}
    with records_desk(tmp_path, **told) as desk:
        yield desk


def subject(desk: Desk, ref: str = ONE) -> str:
    with desk.work() as work:
        case = work.first(Case, Case.ref == ref)
        assert case is not None
        return case.subject_ref


def said(desk: Desk, body: str, agency: str = "POL", ref: str = ONE) -> int:
    """A piece of an agency's about a case; its id."""
    with desk.work() as work:
        case = work.first(Case, Case.ref == ref)
        assert case is not None
        found = {row.code: row.id for row in work.find(Agency)}
        row = work.add(Item(case_id=case.id or 0, agency_id=found[agency], by_user="U1", at=work.now, kind="fact",
                            body=body))  # fmt: skip
        return row.id or 0


def enter(desk: Desk, reference: str, route: str = "disclose", received: str = "2026-09-21") -> dict[str, str]:
    opened(desk, "records.requests.open")
    desk.stage.press(LEAD, "records.request.open")
    answers = {"reference": reference, "received": received, "route": route}
    return desk.workspace.submit(desk.users[LEAD], answers).errors


def open_request(desk: Desk) -> Any:
    opened(desk, "records.requests.open")
    return desk.stage.press(LEAD, "records.request.show")


def ways(desk: Desk, button: str) -> Any:
    open_request(desk)
    return desk.stage.press(LEAD, button)


def request(desk: Desk) -> SubjectRequest:
    with desk.work() as work:
        (found,) = work.find(SubjectRequest)
        work.session.expunge_all()
        return found


def decide(desk: Desk, item: int, **answers: Any) -> Any:
    """Decide on the piece that is this item."""
    view = ways(desk, "records.pieces.open").view
    with desk.work() as work:
        row = work.first(SubjectItem, SubjectItem.thing == f"item:{item}")
        assert row is not None
        wanted = About(panel=desk.panel.id, row=row.id, version=row.version).dump()
    assert wanted in json.dumps(view) or wanted.replace('"', '\\"') in json.dumps(view)
    desk.stage.press(LEAD, "records.decide.open", value=wanted)
    return desk.workspace.submit(desk.users[LEAD], answers)


def test_everything_about_a_reference_is_found_wherever_it_stands(desk: Desk) -> None:
    own = said(desk, f"{WORD} of his own")
    elsewhere = said(desk, f"seen with {subject(desk)} on Monday", "HOU", TWO)
    not_meant = said(desk, f"another {subject(desk)}9", "HOU", TWO)
    assert enter(desk, subject(desk).lower()) == {}
    with desk.work() as work:
        things = {row.thing for row in work.find(SubjectItem)}
        case = work.first(Case, Case.ref == ONE)
        assert case is not None
        actions = {f"action:{row.id}" for row in work.rows(Action, case_id=case.id) if row.text}
        assert {f"item:{own}", f"item:{elsewhere}", f"case:{case.id}"} | actions <= things
        assert f"item:{not_meant}" not in things
    view = words(open_request(desk))
    assert "The reference stands for: subject" in view and "Not decided" not in view
    assert (request(desk).due - request(desk).received).days == 28


def test_a_victim_is_found_by_her_reference_and_her_case_is_not_hers(desk: Desk) -> None:
    with desk.work() as work:
        row = work.find(Victim)[0]
        ref = row.ref
    enter(desk, ref)
    with desk.work() as work:
        things = {each.thing for each in work.find(SubjectItem)}
    assert f"victim:{row.id}" in things and f"case:{row.case_id}" not in things
    assert "stands for: victim" in words(open_request(desk))


@pytest.mark.parametrize(
    ("reference", "received", "field"),
    [("Somebody Smith", "2026-09-21", "reference"), ("K-018", "2027-01-01", "received")],
)
def test_a_name_or_a_day_to_come_is_refused(desk: Desk, reference: str, received: str, field: str) -> None:
    assert field in enter(desk, reference, received=received)


def test_the_reference_stands_in_no_message_and_in_no_audit_row(desk: Desk) -> None:
    enter(desk, "K-777")
    ways(desk, "records.consult.ask")
    desk.stage.settle()
    with desk.work() as work:
        told = json.dumps([row.model_dump(mode="json") for row in work.find(AuditRow, order=AuditRow.seq)])
        assert "K-777" not in told and "K-777" not in json.dumps([row.about for row in work.find(Notice)])
    assert not [text for who in desk.users for text in desk.seen_by(who) if "K-777" in text]


def test_undecided_is_not_given_and_a_part_is_blacked_out(desk: Desk) -> None:
    with desk.work() as work:
        victim = work.rows(Victim, case_id=work.rows(Case, ref=ONE)[0].id)[0].ref
    given = said(desk, f"{WORD} lives where we know, with {victim}. {OTHERS} told us so.")
    kept = said(desk, "zqxkept says the aunt")
    enter(desk, subject(desk))
    assert "exemption" in decide(desk, given, decision="part").errors
    wrong = decide(desk, given, decision="part", exemption="third_party", strike="never said")
    assert "strike" in wrong.errors
    assert decide(desk, given, decision="part", exemption="third_party", strike=f"{OTHERS} told us so.").errors == {}
    assert decide(desk, kept, decision="withhold", exemption="serious_harm").errors == {}
    page = shown_link(ways(desk, "records.pack")).send()
    assert page.status == 200
    assert WORD in page.words and "█████" in page.words and "About somebody else" in page.words
    assert OTHERS not in page.words and "zqxkept" not in page.words and "Serious harm" in page.words
    assert victim not in page.words, "nobody else's reference, in what is given or in what is not"
    assert "not decided, so not given" in page.words and "copy" in page.words
    with desk.work() as work:
        assert [row.verb for row in work.find(AuditRow, AuditRow.verb == "exported", order=AuditRow.seq)]


def test_the_pack_opens_for_the_lead_alone_and_not_once_their_part_is_over(desk: Desk) -> None:
    enter(desk, subject(desk))
    link = shown_link(ways(desk, "records.pack"))
    with desk.work() as work:
        for seat in work.rows(Seat, user_id=desk.users[LEAD]):
            seat.until = work.now
    assert link.send().status == 403


def test_each_agency_reads_its_own_pieces_and_says_what_may_be_given(desk: Desk) -> None:
    said(desk, f"{WORD} of the police")
    said(desk, f"{OTHERS} of housing", "HOU")
    enter(desk, subject(desk))
    ways(desk, "records.consult.ask")
    desk.stage.settle()
    told = [text for text in desk.seen_by(POLICE) if "word is needed on a request" in text]
    assert len(told) == 1 and subject(desk) not in told[0]
    view = desk.stage.press_in_message(POLICE, "records.consult.open")
    assert WORD in words(view) and OTHERS not in words(view)
    desk.stage.press(POLICE, "records.consult.answer")
    assert "exemption" in desk.workspace.submit(desk.users[POLICE], {"decision": "withhold"}).errors
    answer = {"decision": "withhold", "exemption": "crime", "note": "It would tip him off"}
    assert desk.workspace.submit(desk.users[POLICE], answer).errors == {}
    seen = words(open_request(desk))
    assert "*POL* says: withhold (crime and taxation). It would tip him off" in seen
    assert "POL" not in seen.split("Asked and not answered yet:")[1]
    with desk.work() as work:
        assert not [row for row in work.find(SubjectItem) if row.decision], "the lead alone decides"


def test_neither_confirm_nor_deny_is_the_same_whatever_is_held(desk: Desk) -> None:
    """The same notices to the same people, the same words to them, the same pack."""
    told: list[Any] = []
    for reference in (subject(desk), "K-999"):
        enter(desk, reference, "neither")
        view = opened(desk, "records.requests.open").view
        with desk.work() as work:
            newest = work.find(SubjectRequest)[-1]
            where = About(panel=desk.panel.id, row=newest.id).dump()
            assert newest.reference == reference and where.replace('"', '\\"') in json.dumps(view)
            held = len(work.rows(SubjectItem, request_id=newest.id))
        assert bool(held) is (reference != "K-999")
        desk.stage.press(LEAD, "records.request.show", value=where)
        desk.stage.press(LEAD, "records.consult.ask")
        desk.stage.settle()
        with desk.work() as work:
            asked = sorted(row.to for row in work.rows(Notice, kind="records.consult") if row.about["row"] == newest.id)
        seen = words(desk.stage.press_in_message(POLICE, "records.consult.open")).replace(reference, "REF")
        desk.stage.close(POLICE)
        page = shown_link(desk.stage.press(LEAD, "records.pack")).send()
        assert "neither confirm nor deny" in page.words
        told.append(
            (asked, seen, [line for line in page.words.splitlines() if "deny" in line], reference in page.words)
        )
    assert told[0] == told[1] and not told[0][3]


def test_the_lead_is_reminded_before_the_day_on_it_and_each_week_after(desk: Desk) -> None:
    enter(desk, "K-777")  # due on 19 October
    start = datetime.fromisoformat("2026-10-01T12:00:00+01:00")
    for day in range(0, 40):
        desk.go_to(start + timedelta(days=day))
    told = [text for text in desk.seen_by(LEAD) if "to be answered by" in text]
    assert 3 <= len(told) <= 5 and "Monday 19 October 2026" in told[0]
    with desk.work() as work:
        days = sorted(
            row.sent_at.date().isoformat() for row in work.rows(Notice, kind="records.request") if row.sent_at
        )
    assert days[:4] == ["2026-10-12", "2026-10-19", "2026-10-26", "2026-11-02"]


def test_more_time_has_its_reason_and_its_end(desk: Desk) -> None:
    enter(desk, "K-777")
    for due, field in (("2026-10-01", "due"), ("2027-03-01", "due")):
        ways(desk, "records.extend.open")
        assert field in desk.workspace.submit(desk.users[LEAD], {"due": due, "reason": "Many papers"}).errors
    ways(desk, "records.extend.open")
    assert desk.workspace.submit(desk.users[LEAD], {"due": "2026-12-01", "reason": "Many papers"}).errors == {}
    assert request(desk).due.isoformat() == "2026-12-01" and "Many papers" in words(open_request(desk))


def test_it_is_closed_once_every_piece_is_decided_and_then_nothing_more_is_done_on_it(desk: Desk) -> None:
    enter(desk, subject(desk))
    open_request(desk)
    assert "not decided on yet" in str(desk.workspace.press(desk.users[LEAD], "records.request.close"))
    open_request(desk)
    desk.stage.press(LEAD, "records.request.route")
    desk.stage.press(LEAD, "records.request.close")
    assert request(desk).status == "closed" and request(desk).wake_at is None
    assert "records.pack" not in buttons(open_request(desk))
    stale = About(panel=desk.panel.id, row=request(desk).id, version=request(desk).version)
    for button in ("records.pieces.open", "records.pack", "records.erase", "records.consult.ask"):
        assert "closed" in forged(desk, LEAD, button, stale), button


def test_others_learn_nothing_of_it(desk: Desk) -> None:
    enter(desk, subject(desk))
    about = About(panel=desk.panel.id, row=request(desk).id, version=request(desk).version)
    for who in (COORDINATOR, CHAIR, POLICE):
        for button in ("records.requests.open", "records.request.show", "records.pieces.open", "records.pack",
                       "records.erase", "records.consult.ask", "records.extend.open"):  # fmt: skip
            assert "Only" in forged(desk, who, button, about), (who, button)
    with desk.work() as work:
        housing = next(row.id for row in work.find(Agency) if row.code == "HOU")
        police = next(row.id for row in work.find(Agency) if row.code == "POL")
    assert "another agency" in forged(desk, POLICE, "records.consult.open", about.but(agency=housing))
    assert "no longer here" in forged(desk, POLICE, "records.consult.open", about.but(agency=police)), "nobody asked"


def test_a_reference_is_erased_everywhere_and_the_chain_still_holds(desk: Desk) -> None:
    who = subject(desk)
    said(desk, f"{WORD} of his own")
    elsewhere = said(desk, f"seen with {who} on Monday", "HOU", TWO)
    enter(desk, who)
    ways(desk, "records.erase")
    desk.go_to(datetime.fromisoformat("2026-09-28T18:01:00+01:00"))
    with desk.work() as work:
        assert work.first(Case, Case.ref == ONE) is None and work.first(Case, Case.ref == TWO) is not None
        assert work.get(Item, elsewhere).body == "seen with [erased] on Monday"
        (row,) = work.find(Erasure)
        assert row.done_at and row.kept is None and row.wake_at is None
        assert audit_check.verify(work.session) is None
        assert not work.find(SubjectItem)
    assert request(desk).reference is None and request(desk).status == "closed"
    database = Path(desk.store.engine.url.database or "")
    for path in database.parent.glob(f"{database.name}*"):
        assert who.encode() not in path.read_bytes(), path.name


def test_a_hold_stops_an_erasure_that_somebody_asked_for(desk: Desk) -> None:
    enter(desk, subject(desk))
    with desk.work() as work:
        case = work.first(Case, Case.ref == ONE)
        assert case is not None
        hold = Hold(panel_id=case.panel_id, case_id=case.id, kind=HoldKind.INQUIRY, by_user="U1", at=work.now)
        work.add(hold)
    open_request(desk)
    assert "can't be erased: public inquiry" in str(desk.workspace.press(desk.users[LEAD], "records.erase"))
    with desk.work() as work:
        assert not work.find(Erasure)


def test_a_hold_put_on_it_meanwhile_stops_it_too(desk: Desk) -> None:
    enter(desk, subject(desk))
    ways(desk, "records.erase")
    with desk.work() as work:
        panel = desk.panel.id or 0
        work.add(Hold(panel_id=panel, kind=HoldKind.LITIGATION, by_user="U1", at=work.now))
    desk.go_to(datetime.fromisoformat("2026-09-28T18:01:00+01:00"))
    with desk.work() as work:
        assert work.first(Case, Case.ref == ONE) is not None
        assert [row.kept for row in work.find(Erasure)] == ["held"]
