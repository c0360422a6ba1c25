"""An agenda that is issued again: what changed, told in words to the channel, and with why to the chair."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.tables import Agency, AgendaVersion, Case, Listing
from tests.commands.agenda_desk import BY_AND_FOR, CHAIR, COORDINATOR, HOUSING, desk_before_panel, issued
from tests.commands.month_rows import meeting_of, write
from tests.commands.seen import buttons, words
from tests.desk import Desk

LAST, OFF = "MSP-26-0033", "MSP-26-0018"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The agenda is out; then one case turns imminent, one comes off the list, and a late paper comes in."""
    with desk_before_panel(tmp_path) as opened:
        issued(opened)
        opened.go_to(opened.bot.clock.now() + timedelta(minutes=5))
        yield opened


def change(desk: Desk) -> None:
    with desk.work() as work:
        meeting = meeting_of(desk, work)
        for row in work.find(Listing, Listing.meeting_id == meeting.id):
            case = work.get(Case, row.case_id)
            row.imminent = row.imminent or case.ref == LAST
            if case.ref == OFF:
                work.session.delete(row)
            if case.ref == LAST:
                agency = work.first(Agency, Agency.code == "POL")
                assert agency is not None
                write(work, meeting, case, agency, "fact", "Late words", late=True)


def versions(desk: Desk) -> list[AgendaVersion]:
    with desk.work() as work:
        found = list(work.find(AgendaVersion, order=AgendaVersion.version))
        work.session.expunge_all()
        return found


def test_the_channel_reads_what_changed_and_the_chair_why(desk: Desk) -> None:
    change(desk)
    seen = words(desk.stage.command(CHAIR, "/agenda"))
    assert "Changed since version 1" in seen and "1 late paper came in" in seen
    assert f"Review, {LAST}: moved from item 8 to item 6 (for the office: imminent, release in 9 days)" in seen
    assert f"Item 11 is off: Closure proposal, {OFF}" in seen
    seen = words(desk.stage.press(CHAIR, "agendas.issue_again"))
    assert "Version 2 is issued and locked" in seen and "agendas.issue_again" not in seen
    desk.stage.settle()
    posted = [text for text in desk.in_channel() if "version 2" in text]
    assert len(posted) == 1 and "*Changed since version 1:*" in posted[0]
    assert f"• Review, {LAST}: moved from item 8 to item 6\n" in posted[0]
    assert "imminent" not in posted[0] and "release in" not in posted[0] and "Late words" not in posted[0]
    first, second = versions(desk)
    assert first.changes == [] and [row["what"] for row in second.changes] == ["out", "moved", "late"]
    assert {key for row in second.changes for key in row} <= {"what", "title", "case", "was", "now"}
    assert second.approved_by == desk.users[CHAIR]


def test_it_is_not_offered_while_nothing_changed_nor_once_the_meeting_began(desk: Desk) -> None:
    assert "agendas.issue_again" not in buttons(desk.stage.command(CHAIR, "/agenda"))
    desk.stage.close(CHAIR)
    change(desk)
    outcome = desk.stage.command(COORDINATOR, "/agenda")
    assert "Changed since version 1" in words(outcome) and "agendas.issue_again" not in buttons(outcome)
    desk.stage.close(COORDINATOR)
    desk.stage.command(CHAIR, "/agenda")
    with desk.work() as work:
        desk_meeting = meeting_of(desk, work)
        desk_meeting.starts_at = work.now
    assert "Nothing has changed" in words(desk.stage.press(CHAIR, "agendas.issue_again"))
    assert len(versions(desk)) == 1


def test_two_who_look_at_the_same_version_issue_one(desk: Desk) -> None:
    change(desk)
    desk.stage.command(CHAIR, "/agenda")
    with desk.work() as work:
        before = work.first(AgendaVersion)
        assert before is not None and before.issued_at
        work.add(
            AgendaVersion(
                meeting_id=before.meeting_id, version=2, public=before.public, private=before.private,
                made_at=work.now, issued_at=work.now, approved_by="U1", approved_at=work.now,
            )
        )  # fmt: skip
    assert "Somebody changed this" in words(desk.stage.press(CHAIR, "agendas.issue_again"))
    assert len(versions(desk)) == 2


def test_an_invited_agency_gets_the_new_version_of_its_part_and_a_member_reads_it(desk: Desk) -> None:
    change(desk)
    desk.stage.command(CHAIR, "/agenda")
    desk.stage.press(CHAIR, "agendas.issue_again")
    desk.stage.close(CHAIR)
    desk.stage.settle()
    parts = [text for text in desk.seen_by(BY_AND_FOR) if "MSP-26-0042" in text]
    assert len(parts) == 2 and "MSP-26-0033" not in parts[-1] and OFF not in parts[-1]
    seen = words(desk.stage.command(HOUSING, "/agenda"))
    assert "version 2" in seen and OFF not in seen
