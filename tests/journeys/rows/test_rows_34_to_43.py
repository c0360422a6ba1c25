"""Rows 34 to 43 of the product's promises: the agenda and the case page, played with real presses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from panel.cycle import CutOff
from storage.tables import Action, Agency, Case, Item, Listing
from storage.work import UnitOfWork
from tests.bot.pages.reader import desk_with_pages, link_of
from tests.commands.agenda_desk import (
    BY_AND_FOR,
    CHAIR,
    COORDINATOR,
    HOUSING,
    VICTIM_SERVICE,
    brief,
    desk_before_panel,
    issued,
)
from tests.commands.month_rows import meeting_of
from tests.commands.seen import texts, words
from tests.commands.test_meetings import close, decide
from tests.commands.test_panels_offsets import change as move_cut_off
from tests.desk import Desk, open_desk

NEW, WITH_SLOT, CALM, RELEASE = "MSP-26-0041", "MSP-26-0042", "MSP-26-0029", "MSP-26-0033"
LEAVES, ENDS = "MSP-26-0025", "MSP-26-0018"
MOST_BLOCKS, MOST_TEXT = 50, 10_000  # what Slack takes in a message


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_before_panel(tmp_path) as made:
        yield made


def preview(desk: Desk, who: str = CHAIR) -> str:
    desk.stage.close(who)
    return words(desk.stage.command(who, "/agenda"))


def case_of(work: UnitOfWork, ref: str) -> Case:
    found = work.first(Case, Case.ref == ref)
    assert found is not None
    return found


def heard(text: str) -> list[str]:
    """The cases in the order of the items that hear them."""
    lines = [line for line in text.splitlines() if line.startswith("*") and " · lead " in line]
    return [line.split("*")[3] for line in lines]


def act(desk: Desk, ref: str, due: date) -> None:
    with desk.work() as work:
        agency, case = work.first(Agency, Agency.code == "POL"), case_of(work, RELEASE)
        assert agency is not None
        work.add(
            Action(
                panel_id=case.panel_id, case_id=case.id or 0, ref=ref, owner_id=agency.id, code="P17",
                priority="standard", text=f"words of {ref}", due=due, status="acknowledged", status_at=work.now,
                agreed_at=work.now,
            )
        )  # fmt: skip


def test_row_34_the_agenda_is_compiled_from_referrals_updates_and_open_actions(desk: Desk) -> None:
    act(desk, "A-033-90", date(2026, 10, 1))
    seen = preview(desk)
    assert f"*{NEW}* · K-041 · new" in seen, "a referral that was accepted"
    assert "Outstanding actions (exceptions)" in seen and " overdue of " in seen, "open actions"
    assert f"Closure proposal · 3\u00a0min · *{ENDS}*" in seen, "what was proposed for it"
    grid = words(desk.stage.press(CHAIR, "agendas.returns"))
    assert f"*{RELEASE}*\n• " in grid and "• POL: Information to share" in grid, "what agencies returned"


def test_row_35_cases_stand_by_risk_new_review_and_overdue_each_with_its_minutes(desk: Desk) -> None:
    assert heard(preview(desk)) == [WITH_SLOT, NEW, RELEASE, CALM, LEAVES, ENDS]
    with desk.work() as work:
        case = case_of(work, RELEASE)
        case.picture = case.picture | {"whereabouts": {"type": "unknown"}}  # no release ahead any more
        plain = case_of(work, CALM)
        plain.picture = plain.picture | {"rfg": None}
    act(desk, "A-033-90", date(2026, 10, 1))
    assert heard(preview(desk))[2:4] == [RELEASE, CALM], "what is overdue before what is not"
    desk.stage.close(COORDINATOR)
    desk.stage.command(COORDINATOR, "/panel", "urgent")
    given = {"day": "2026-10-12", "case": CALM, "trigger": "abduction", "core": ["POL", "IDVA"]}
    desk.stage.submit(COORDINATOR, given)
    seen = preview(desk)
    assert heard(seen)[0] == CALM and "For the office: imminent" in seen
    assert "New · 18\u00a0min" in seen and "Review · 10\u00a0min" in seen


def test_row_36_overdue_actions_stand_at_the_head_of_the_case(desk: Desk) -> None:
    act(desk, "A-033-90", date(2026, 10, 1))
    act(desk, "A-033-91", date(2026, 11, 20))
    issued(desk)
    seen = words(brief(desk, HOUSING, RELEASE))
    places = [seen.index(text) for text in ("*Overdue actions*", "A-033-90", "*Whereabouts:*", "*Actions*", "A-033-91")]
    assert places == sorted(places)


def test_row_37_a_case_that_was_not_reached_comes_first_on_the_next_agenda(desk: Desk) -> None:
    issued(desk)
    desk.go_to(desk.stage.after(CutOff.PANEL, 0.5))
    for ref in (NEW, WITH_SLOT, CALM):
        decide(desk, ref, "continue")
    close(desk)
    desk.stage.close(CHAIR)
    with desk.work() as work:
        november = work.first(Listing, Listing.case_id == case_of(work, RELEASE).id, Listing.carried)
        assert november is not None
        work.add(Listing(meeting_id=november.meeting_id, case_id=case_of(work, NEW).id or 0, kind="review"))
    seen = preview(desk)
    assert "11 November 2026" in seen and heard(seen)[0] == RELEASE
    assert "For the office: not reached last time" in seen


def test_row_38_sixty_cases_reach_the_channel_whole_within_slacks_limits(desk: Desk) -> None:
    refs = [f"MSP-26-{number}" for number in range(1000, 1054)]
    with desk.work() as work:
        meeting = meeting_of(desk, work)
        for ref in refs:
            case = Case(
                panel_id=meeting.panel_id, ref=ref, subject_ref=f"K-{ref[-4:]}", status="active", opened_at=work.now
            )
            work.add(case)
            work.add(Listing(meeting_id=meeting.id or 0, case_id=case.id or 0, kind="review", review_no=1))
    issued(desk)
    posted = [message for message in desk.workspace.messages(desk.channel) if "Agenda of" in message["text"]]
    assert len(posted) > 1
    for message in posted:
        assert len(message["blocks"]) <= MOST_BLOCKS and len(message["text"]) <= MOST_TEXT
        assert all(ref in "\n".join(texts(message["blocks"])) for ref in refs if ref in message["text"])
    whole = "\n".join(message["text"] for message in posted)
    assert not [ref for ref in (*refs, NEW, ENDS) if ref not in whole]
    assert "AOB and dates" in whole and "…" not in whole


def test_row_39_an_issued_agenda_is_frozen_and_the_next_version_says_what_changed(desk: Desk) -> None:
    issued(desk)
    first = next(text for text in desk.in_channel() if "version 1" in text)
    desk.go_to(desk.bot.clock.now() + timedelta(minutes=5))
    with desk.work() as work:
        meeting = meeting_of(desk, work)
        row = work.first(Listing, Listing.case_id == case_of(work, ENDS).id, Listing.meeting_id == meeting.id)
        assert row is not None
        work.session.delete(row)
    assert ENDS in preview(desk, COORDINATOR), "it is frozen"
    preview(desk)
    desk.stage.press(CHAIR, "agendas.issue_again")
    desk.stage.settle()
    second = next(text for text in desk.in_channel() if "version 2" in text)
    assert f"*Changed since version 1:*\n• Item 11 is off: Closure proposal, {ENDS}\n" in second
    assert first in desk.in_channel(), "the first stays as it was"


def test_row_40_the_chair_prints_the_pack_outside_slack(tmp_path: Path) -> None:
    with desk_with_pages(tmp_path) as desk:
        page = link_of(desk, CHAIR).send()
        assert (page.status == 200 and "@media print" in page.html) or "print" in page.html
        for ref in (NEW, WITH_SLOT, CALM, RELEASE, LEAVES, ENDS):
            assert f"<h1>{ref}</h1>" in page.html, ref
        assert "To decide:" in page.words and "Last time:" in page.words


def test_row_41_what_a_phone_previews_holds_references_and_no_content(desk: Desk) -> None:
    with desk.work() as work:
        written = [item.body for item in work.find(Item) if item.body]
    issued(desk)
    desk.go_to(desk.stage.after(CutOff.PANEL, 0.2))
    said = [text for who in (CHAIR, COORDINATOR, VICTIM_SERVICE, HOUSING, BY_AND_FOR) for text in desk.seen_by(who)]
    said += desk.in_channel()
    assert any(NEW in text for text in said) and written
    for text in said:
        assert not [body for body in written if body in text], text
        assert not [word for word in ("imminent", "recused", "children", "release") if word in text], text


def test_row_42_standing_items_are_the_panels_own(desk: Desk) -> None:
    for kind, minutes, place in (("apologies", "2", "welcome"), ("matters_arising", "4", "minutes")):
        desk.stage.close(COORDINATOR)
        desk.stage.command(COORDINATOR, "/panel", "settings")
        desk.stage.press(COORDINATOR, "agendas.standing")
        desk.stage.press(COORDINATOR, "agendas.item", block_id=kind)
        desk.stage.submit(COORDINATOR, {"minutes": minutes, "place": place})
    issued(desk)
    posted = next(text for text in desk.in_channel() if "Agenda of" in text)
    order = ["Apologies and deputies", "Confidentiality", "Minutes of 16 September", "Matters arising", "Outstanding"]
    places = [posted.index(item) for item in order]
    assert places == sorted(places)


def test_row_43_the_agenda_stands_in_the_channel_as_many_days_ahead_as_the_panel_says(tmp_path: Path) -> None:
    with open_desk(tmp_path, "2026-09-22T08:00:00+01:00") as desk:
        assert move_cut_off(desk, CutOff.AGENDA_LOCKED, 2, "before", "10:00") == {}
        desk.stage.close(COORDINATOR)
        desk.go_to(desk.stage.on(date(2026, 10, 12), "09:50"))
        assert not [text for text in desk.in_channel() if "Agenda of" in text]
        desk.go_to(desk.stage.on(date(2026, 10, 12), "10:05"))
        (posted,) = [message for message in desk.workspace.messages(desk.channel) if "Agenda of" in message["text"]]
        assert "Wednesday 14 October 2026" in posted["text"] and "agendas.cross" in str(posted["blocks"])
