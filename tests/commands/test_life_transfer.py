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
from storage.tables import Action, Agency, AuditRow, Case, Conflict, Item, Panel, Seat, Transfer, Victim
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
