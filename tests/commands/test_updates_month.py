"""The returns of a whole month, played over Slack's protocol, come to what the month file says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.demo.scenes.updates import scenes
from bot.importing import picture
from commands.updates.current import board_of, counts, pairs
from panel.codes import CaseKind, CaseStatus
from panel.cycle import CutOff
from panel.restriction import Restriction, automatic
from storage.tables import Agency, Case, Conflict, Item, Listing, Meeting, Panel, Request
from storage.work import UnitOfWork
from tests.desk import MONTHS, Desk, open_desk

FILES = {path.stem: path for path in MONTHS.glob("*.yaml")}
STORIES = {"marrowshire-october": "2026-10-01T08:00:00+01:00", "fenhallow-april": "2027-03-19T08:00:00+00:00"}


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=sorted(FILES))
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The month up to the agenda, with the new cases accepted and the conflicts declared beforehand."""
    folder = tmp_path_factory.mktemp("month")
    with open_desk(folder, STORIES[request.param], FILES[request.param]) as desk:
        with desk.work() as work:
            panel = work.first(Panel)
            assert panel is not None and panel.id is not None
            for row in desk.month.cases:
                case = work.first(Case, Case.ref == row.ref) or work.add(
                    Case(
                        panel_id=panel.id, ref=row.ref, subject_ref=row.subject, opened_at=work.now,
                        status=CaseStatus.ACCEPTED_WAITING, picture=picture(row),
                    )
                )  # fmt: skip
                assert case.id is not None
                for link in row.recused:
                    work.add(Conflict(case_id=case.id, user_id=desk.users[link.person], declared_at=work.now))
        play(desk)
        yield desk


def meeting_of(desk: Desk, work: UnitOfWork) -> Meeting:
    found = work.first(Meeting, Meeting.day == desk.stage.panel_day)
    assert found is not None
    return found


def play(desk: Desk) -> None:
    for scene in sorted(scenes(desk.stage), key=lambda scene: (scene.at, scene.order)):
        desk.go_to(scene.at)
        scene.act(desk.stage)
        desk.stage.settle()
    desk.go_to(desk.stage.cut_offs[CutOff.AGENDA_LOCKED] - timedelta(minutes=1))


def test_the_counts_are_those_of_the_month_file(played: Desk) -> None:
    expected = played.month.expected
    assert expected is not None
    with played.work() as work:
        board = board_of(work, meeting_of(played, work))
        assert counts(work, meeting_of(played, work)) == (expected.returns_complete, expected.returns_requested)
        outstanding = [(case, agency, cell) for case, agency, cell in board.outstanding]
        assert set(outstanding) == set(expected.returns_outstanding or ())
        assert board.late == expected.returns_late


def test_every_square_is_the_month_files(played: Desk) -> None:
    with played.work() as work:
        board = board_of(work, meeting_of(played, work))
        for ref, row in played.month.returns.items():
            for code, told in row.items():
                square = board.square(ref, code)
                assert (square.cell, square.late) == (told.cell, told.late), (ref, code)


def test_the_stamp_on_a_return_agrees_with_the_board(played: Desk) -> None:
    with played.work() as work:
        board = board_of(work, meeting_of(played, work))
        for pair in pairs(work, meeting_of(played, work)):
            if pair.current is not None:
                assert pair.current.late == board.square(pair.case.ref, pair.agency.code).late


def test_every_item_is_kept_with_its_restriction(played: Desk) -> None:
    with played.work() as work:
        for row in played.month.updates:
            case = work.first(Case, Case.ref == row.case)
            agency = work.first(Agency, Agency.code == row.agency)
            assert case is not None and agency is not None
            items = work.find(Item, Item.case_id == case.id, Item.agency_id == agency.id)
            limits = row.restriction or automatic(played.month.agency(row.agency).function)
            for kind, text in (("fact", row.fact), ("opinion", row.opinion), ("reason", row.reason)):
                if text:
                    kept = [item for item in items if (item.kind, item.body, item.audience) == (kind, text, "shared")]
                    assert [Restriction.parse(item.restriction) for item in kept] == [limits], row
            told = [item for item in items if item.audience == "intelligence"]
            assert [item.body for item in told] == ([row.fact] if row.intel else []), row


def test_what_is_to_be_said_in_the_room_has_no_text(played: Desk) -> None:
    spoken = [row for row in played.month.updates if row.restriction and row.restriction.format() == "VERBAL"]
    with played.work() as work:
        items = work.find(Item, Item.restriction == "VERBAL")
        assert len(items) == len(spoken) and all(item.body is None for item in items)


def test_the_list_has_the_kinds_and_numbers_of_the_file(played: Desk) -> None:
    with played.work() as work:
        for row in played.month.cases:
            case = work.first(Case, Case.ref == row.ref)
            assert case is not None
            listing = work.first(Listing, Listing.meeting_id == meeting_of(played, work).id, Listing.case_id == case.id)
            assert listing is not None
            assert (listing.kind, listing.review_no) == (row.kind, row.review_no or 0)
            assert case.status == (CaseStatus.LISTED if row.kind is CaseKind.NEW else CaseStatus.ACTIVE)


def test_slots_and_agreements_are_kept(played: Desk) -> None:
    cycle = played.month.cycle
    assert cycle is not None
    wanted = {(row.agency, ref) for row in cycle.attendance for ref in row.cases}
    with played.work() as work:
        slots = work.find(Request, Request.slot)
        assert {(work.get(Agency, r.agency_id).code, work.get(Case, r.case_id).ref) for r in slots} == wanted
        service = next(agency for agency in played.month.agencies if agency.function == "victim_service")
        assert {r.agreed_by for r in slots if not work.get(Agency, r.agency_id).core} == {played.users[service.rep]}


def test_no_message_carries_content(played: Desk) -> None:
    texts = [text for row in played.month.updates for text in (row.fact, row.opinion, row.reason) if text]
    sent = str([played.workspace.messages(user=user) for user in played.users.values()])
    sent += str(played.workspace.messages(played.channel))
    assert not [text for text in texts if text in sent]


def test_the_reminder_went_only_to_those_who_owe(played: Desk) -> None:
    with played.work() as work:
        meeting = meeting_of(played, work)
        owing = {pair.agency.code for pair in pairs(work, meeting) if not pair.complete}
        owing |= {pair.agency.code for pair in pairs(work, meeting) if pair.current and pair.current.late}
    reminded = {
        agency.code
        for agency in played.month.agencies
        for who in (agency.rep, agency.deputy)
        if who and any("A reminder" in text for text in played.seen_by(who))
    }
    assert reminded == owing
