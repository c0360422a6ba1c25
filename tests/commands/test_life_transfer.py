"""A case handed over to another panel: what goes, what stays behind, and whose it is until it is accepted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from commands.kit.about import About
from commands.panels.cycle import plan
from panel.codes import ActionStatus, Role
from panel.codes.life import TransferStatus
from panel.codes.linked import AtRiskAs
from storage.tables import (
    Action,
    Agency,
    AuditRow,
    Case,
    Conflict,
    CourtOrder,
    Item,
    Linked,
    Panel,
    Seat,
    Transfer,
    Victim,
)  # fmt: skip
from tests.commands.life_desk import CHAIR, COORDINATOR, START, case, choose, fill, find, forged, moves, press
from tests.desk import Desk, open_desk

ONE = "MSP-26-0018"
THERE = "T.H."  # coordinates the other panel
OPEN_WORDS, LIMITED_WORDS, NOTE_WORDS, AREA = "tawnyheron", "greybittern", "dunlinplover", "Osprey Vale"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path, START) as desk:
        desk.stage.settle()
        second_panel(desk)
        furnish(desk)
        yield desk


def second_panel(desk: Desk) -> None:
    user = desk.newcomer(THERE)
    with desk.work() as work:
        ours = work.first(Panel)
        assert ours is not None
        told = ours.model_dump(exclude={"id", "code", "channel_id", "wake_at", "go_live"})
        there = work.add(Panel(**{**told, "code": "OVP", "name": "Osprey Vale panel", "area": "Osprey Vale"}))
        assert there.id is not None
        work.add(Seat(panel_id=there.id, role=Role.COORDINATOR, team_id=ours.team_id, user_id=user, since=work.now))
        plan(work, there, work.now.date(), date(2027, 12, 31))


def furnish(desk: Desk) -> None:
    """Nothing left to do, a victim whose area is known, and items under every sort of restriction."""
    with desk.work() as work:
        row = work.first(Case, Case.ref == ONE)
        assert row is not None and row.id is not None
        row.picture = {**row.picture, "whereabouts": {"type": "living-with-victim", "area": AREA}}
        for action in work.rows(Action, case_id=row.id):
            action.status = ActionStatus.COMPLETE
        for victim in work.rows(Victim, case_id=row.id):
            victim.details = {**(victim.details or {}), "area": AREA, "address": "hidden"}
        agency = work.first(Agency, Agency.panel_id == row.panel_id, Agency.code == "POL")
        assert agency is not None
        for body, limits, audience in (
            (OPEN_WORDS, "ALL", "shared"), ("kept from some", "NOT_PERP_FACING", "shared"),
            (LIMITED_WORDS, "IDVA", "shared"), (LIMITED_WORDS, "CHAIR", "shared"),
            (LIMITED_WORDS, "NAMED[POL]", "shared"), (LIMITED_WORDS, "ALL EXPIRES(2026-01-01)", "shared"),
            (LIMITED_WORDS, "ALL", "agency_note"), (LIMITED_WORDS, "ALL", "intelligence"),
        ):  # fmt: skip
            work.add(
                Item(
                    case_id=row.id, agency_id=agency.id, by_user="U1", at=work.now, kind="fact", audience=audience,
                    body=body, restriction=limits,
                )
            )  # fmt: skip


def offer(desk: Desk, **answers: object) -> Transfer:
    there = _panel(desk, "OVP")
    fill(desk, ONE, "life.transfer.open", {"to": str(there.id), **answers})
    desk.stage.settle()
    return transfer(desk)


def _panel(desk: Desk, code: str) -> Panel:
    with desk.work() as work:
        found = work.first(Panel, Panel.code == code)
        assert found is not None
        work.session.expunge_all()
        return found


def transfer(desk: Desk) -> Transfer:
    with desk.work() as work:
        found = work.find(Transfer)[-1]
        work.session.expunge_all()
        return found


def test_a_case_stays_ours_until_it_is_accepted_and_both_sides_are_told_by_reference(desk: Desk) -> None:
    assert offer(desk, note=NOTE_WORDS).status == TransferStatus.OFFERED and case(desk, ONE).status == "active"
    told = desk.seen_by(THERE)
    assert any("Another panel offers you " + ONE in text for text in told) and NOTE_WORDS not in str(told)
    view = str(desk.stage.press_in_message(THERE, "life.transfer.receive").view)
    assert NOTE_WORDS in view and OPEN_WORDS in view and LIMITED_WORDS not in view
    assert transfer(desk).status == TransferStatus.ACKNOWLEDGED
    desk.stage.press(THERE, "life.transfer.accept")
    desk.stage.submit(THERE, {})
    desk.stage.settle()
    assert case(desk, ONE).status == "transferred_out" and moves(desk, ONE)[-1][2] == "transfer_accepted"
    assert any("answer on handing over" in text for text in desk.seen_by(COORDINATOR))
    ours, made = case(desk, ONE), transfer(desk)
    with desk.work() as work:
        found = work.get(Transfer, made.id)
        new = work.get(Case, found.new_case_id)
        assert (new.status, new.ref[:3], new.next_review is not None) == ("accepted_waiting", "OVP", True)
        kept = {(item.body, item.restriction) for item in work.rows(Item, case_id=new.id)}
        assert kept == {(OPEN_WORDS, "ALL"), ("kept from some", "NOT_PERP_FACING")}
        for panel_id in (new.panel_id, ours.panel_id):
            assert work.first(AuditRow, AuditRow.verb == "opened", AuditRow.panel_id == panel_id,
                              AuditRow.thing == f"transfer:{found.id}")  # fmt: skip


def test_where_a_victim_lives_stays_behind_unless_it_is_needed(desk: Desk) -> None:
    assert AREA not in str(offer(desk).pack)
    desk.stage.close(COORDINATOR)
    choose(desk, ONE)
    find(desk, COORDINATOR, "life.transfer.answer")
    desk.stage.press(COORDINATOR, "life.transfer.answer")
    desk.stage.submit(COORDINATOR, {"status": "withdrawn"})
    assert AREA in str(offer(desk, areas=["yes"]).pack)


def test_who_may_know_the_address_goes_with_the_victim(desk: Desk) -> None:
    pack = offer(desk).pack
    assert pack is not None and {each["details"]["address"] for each in pack["victims"]} == {"hidden"}


def closed_to(desk: Desk, who: str) -> None:
    with desk.work() as work:
        row = work.first(Case, Case.ref == ONE)
        assert row is not None and row.id is not None
        work.add(Conflict(case_id=row.id, user_id=desk.users[who], declared_at=work.now))


def test_whom_a_case_is_closed_to_does_not_read_it_by_way_of_another_panel(desk: Desk) -> None:
    closed_to(desk, THERE)
    made = offer(desk, note=NOTE_WORDS)
    assert not any(ONE in text for text in desk.seen_by(THERE)), "nobody is told of what is closed to them"
    about = About(panel=_panel(desk, "OVP").id, row=made.id, version=made.version)
    for action_id in ("life.transfer.receive", "life.transfer.turn.next", "life.transfer.accept"):
        said = forged(desk, THERE, action_id, about)
        assert "conflict of interest" in said and NOTE_WORDS not in said and OPEN_WORDS not in said
    assert transfer(desk).status == TransferStatus.OFFERED


def test_a_conflict_declared_after_the_pack_was_opened_closes_it(desk: Desk) -> None:
    offer(desk)
    desk.stage.press_in_message(THERE, "life.transfer.receive")
    desk.stage.press(THERE, "life.transfer.accept")
    closed_to(desk, THERE)
    refused = desk.stage.submit(THERE, {}, expect="errors")
    assert "conflict of interest" in str(refused.errors) and case(desk, ONE).status == "active"


def test_a_case_stays_closed_to_whoever_sits_on_both_panels(desk: Desk) -> None:
    closed_to(desk, CHAIR)
    with desk.work() as work:
        there = work.first(Panel, Panel.code == "OVP")
        assert there is not None and there.id is not None
        work.add(Seat(panel_id=there.id, role=Role.CHAIR, team_id=there.team_id, user_id=desk.users[CHAIR],
                      since=work.now))  # fmt: skip
    offer(desk)
    desk.stage.press_in_message(THERE, "life.transfer.receive")
    desk.stage.press(THERE, "life.transfer.accept")
    desk.stage.submit(THERE, {})
    with desk.work() as work:
        new = work.get(Transfer, transfer(desk).id).new_case_id
        assert [link.user_id for link in work.rows(Conflict, case_id=new)] == [desk.users[CHAIR]]


def test_a_refusal_leaves_the_case_where_it_was_and_says_why(desk: Desk) -> None:
    offer(desk)
    desk.stage.press_in_message(THERE, "life.transfer.receive")
    desk.stage.press(THERE, "life.transfer.refuse")
    desk.stage.submit(THERE, {"why": NOTE_WORDS})
    assert transfer(desk).status == TransferStatus.REFUSED and case(desk, ONE).status == "active"
    choose(desk, ONE)
    find(desk, COORDINATOR, "life.transfer.open")
    assert NOTE_WORDS in str(desk.workspace.see(desk.users[COORDINATOR])["view"])


def test_what_was_taken_back_can_not_be_accepted(desk: Desk) -> None:
    offer(desk)
    desk.stage.press_in_message(THERE, "life.transfer.receive")
    desk.stage.press(THERE, "life.transfer.accept")
    press(desk, ONE, "life.transfer.answer")
    desk.stage.submit(COORDINATOR, {"status": "withdrawn"})
    refused = desk.stage.submit(THERE, {}, expect="errors")
    assert "answered, or taken back" in str(refused.errors)
    assert case(desk, ONE).status == "active"


def test_no_case_leaves_over_open_actions(desk: Desk) -> None:
    offer(desk)
    with desk.work() as work:
        row = work.first(Case, Case.ref == ONE)
        assert row is not None
        work.rows(Action, case_id=row.id)[0].status = ActionStatus.OPEN
    desk.stage.press_in_message(THERE, "life.transfer.receive")
    desk.stage.press(THERE, "life.transfer.accept")
    refused = desk.stage.submit(THERE, {}, expect="errors")
    assert "open action" in str(refused.errors) and case(desk, ONE).status == "active"


def test_elsewhere_it_goes_by_the_secure_route_and_its_answers_are_recorded(desk: Desk) -> None:
    press(desk, ONE, "life.transfer.open")
    refused = desk.stage.submit(COORDINATOR, {"to": "elsewhere"}, expect="errors")
    assert set(refused.errors) == {"area", "route"}
    desk.stage.submit(COORDINATOR, {"to": "elsewhere", "area": "Lower Fen", "route": "CJSM 4411"})
    press(desk, ONE, "life.transfer.answer")
    desk.stage.submit(COORDINATOR, {"status": "accepted"})
    assert case(desk, ONE).status == "transferred_out"


def test_a_panel_opens_no_offer_that_is_not_its_own(desk: Desk) -> None:
    made = offer(desk)
    about = About(panel=desk.panel.id, row=made.id, version=made.version)
    assert "no longer here" in forged(desk, CHAIR, "life.transfer.receive", about)
    assert transfer(desk).status == TransferStatus.OFFERED


KEPT_APART, PLAN, STAFF = "russetmartin", "supervised contact only", "Never at the door"

CHILD = {"age": "5_10", "whose": "partner", "lives": "victim", "care": "cin", "plan": PLAN, "lead": "SW"}


def furnish_more(desk: Desk) -> None:
    """A child with a plan and a voice of its own, somebody else at risk, a need, forums, staff safety, dates ahead."""
    with desk.work() as work:
        row = work.first(Case, Case.ref == ONE)
        assert row is not None and row.id is not None
        child = {**CHILD, "agency": "CSC", "voice": KEPT_APART}
        work.add(Linked(case_id=row.id, role="child", ref="C-018z", details=child))
        work.add(Linked(case_id=row.id, role="at_risk", ref="R-018z", details={"relation": AtRiskAs.NEW_PARTNER}))
        work.add(CourtOrder(case_id=row.id, ends=date(2026, 12, 1), details={"type": "other"}))
        row.picture = {
            **row.picture, "staff_safety": STAFF, "staff": {"risks": ["dogs"], "on": "2026-09-20"},
            "needs": {"housing": {"need": "present", "service": "HOU", "state": "offered", "effect": "lowers"}},
            "forums": {"on": ["MARAC"], "leads": "panel"},
            "dates": [{"what": "hearing", "on": "2026-10-20"}, {"what": "contact", "on": "2026-01-20"}],
        }  # fmt: skip


def test_children_others_needs_forums_staff_safety_and_dates_ahead_go_along_and_what_is_kept_apart_stays(
    desk: Desk,
) -> None:
    furnish_more(desk)
    pack = offer(desk).pack
    assert pack is not None and KEPT_APART not in str(pack) and AREA not in str(pack)
    shown = str(desk.stage.press_in_message(THERE, "life.transfer.receive").view)
    for words in ("C-018z", PLAN, "R-018z", "Dogs", STAFF, "Tuesday 20 October 2026: Hearing",
                  "Tuesday 1 December 2026: An order ends", "Housing", "MARAC"):  # fmt: skip
        assert words in shown, words
    assert "20 January 2026" not in shown
    desk.stage.press(THERE, "life.transfer.accept")
    desk.stage.submit(THERE, {})
    with desk.work() as work:
        new = work.get(Case, work.get(Transfer, transfer(desk).id).new_case_id)
        kept = {row.ref: row.details or {} for row in work.rows(Linked, case_id=new.id)}
        assert kept["C-018z"] == CHILD, "an agency of another panel is none of this one"
        assert kept["R-018z"] == {"relation": AtRiskAs.NEW_PARTNER}
        assert new.picture["needs"]["housing"]["service"] == "elsewhere" and new.picture["staff"]["risks"] == ["dogs"]
        assert new.picture["forums"]["on"] == ["MARAC"]
        assert {each["on"] for each in new.picture["dates"]} == {"2026-01-20", "2026-10-20"}


def test_who_declares_a_link_before_opening_never_opens_the_pack_and_the_chair_is_told_instead(desk: Desk) -> None:
    with desk.work() as work:
        there = work.first(Panel, Panel.code == "OVP")
        assert there is not None and there.id is not None
        work.add(Seat(panel_id=there.id, role=Role.CHAIR, team_id=there.team_id, user_id=desk.users["I.K."],
                      since=work.now))  # fmt: skip
    made = offer(desk, note=NOTE_WORDS)
    desk.stage.press_in_message(THERE, "life.transfer.link", expect="message")
    desk.stage.settle()
    about = About(panel=_panel(desk, "OVP").id, row=made.id, version=made.version)
    for action_id in ("life.transfer.receive", "life.transfer.accept", "life.transfer.refuse"):
        said = forged(desk, THERE, action_id, about)
        assert "conflict of interest" in said and NOTE_WORDS not in said and OPEN_WORDS not in said
    assert transfer(desk).status == TransferStatus.OFFERED
    assert [text for text in desk.seen_by("I.K.") if "Another panel offers you" in text]
    desk.stage.press_in_message("I.K.", "life.transfer.receive")
    desk.stage.press("I.K.", "life.transfer.accept")
    desk.stage.submit("I.K.", {})
    with desk.work() as work:
        new = work.get(Transfer, made.id).new_case_id
        assert [link.user_id for link in work.rows(Conflict, case_id=new)] == [desk.users[THERE]]


def test_nobody_declares_a_link_to_an_offer_that_is_not_their_panels(desk: Desk) -> None:
    made = offer(desk)
    about = About(panel=desk.panel.id, row=made.id)
    assert "no longer here" in forged(desk, CHAIR, "life.transfer.link", about)
    with desk.work() as work:
        assert not work.find(Conflict, Conflict.user_id == desk.users[CHAIR])
