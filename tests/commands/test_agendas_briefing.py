"""The briefing: everything a person may read on a case, nothing else, nothing cut, and every opening written down."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from commands.kit.meetings import listed, next_after
from panel.cycle import CutOff
from sandbox.client import Outcome
from storage.tables import Agency, AuditRow, Case, Conflict, Listing, Referral, ReferralAddition, Request
from tests.commands.agenda_desk import (
    BY_AND_FOR,
    CHAIR,
    COORDINATOR,
    HOUSING,
    MENTAL_HEALTH,
    VICTIM_SERVICE,
    brief,
    desk_before_panel,
    issued,
    outside,
)
from tests.commands.month_rows import meeting_of, panel_of, write
from tests.commands.seen import buttons, words
from tests.desk import Desk

pytestmark = pytest.mark.slow

REF = "MSP-26-0042"
# Each planted word: what the item is, and who reads it of the people below.
PEOPLE = (CHAIR, COORDINATOR, VICTIM_SERVICE, HOUSING, "R.Y.", "D.U.", BY_AND_FOR)
PLANTED = {
    "wordall": ("HOU", "fact", "ALL", "shared", PEOPLE),
    "wordchair": ("MH", "reason", "CHAIR", "shared", (CHAIR, COORDINATOR)),
    "wordidva": ("IDVA", "fact", "IDVA", "shared", (CHAIR, VICTIM_SERVICE)),
    "wordnamed": ("CSC", "opinion", "NAMED[POL]", "shared", ("R.Y.",)),
    "wordnpf": ("POL", "fact", "NOT_PERP_FACING", "shared", tuple(who for who in PEOPLE if who != "D.U.")),
    "wordnote": ("HOU", "fact", "ALL", "agency_note", (HOUSING,)),
    "wordintel": ("HOU", "fact", "ALL", "intelligence", (HOUSING, "R.Y.")),
    "wordexpired": ("HOU", "fact", "ALL EXPIRES(2026-10-11)", "shared", ()),
}  # fmt: skip


def plant(desk: Desk) -> None:
    with desk.work() as work:
        meeting = meeting_of(desk, work)
        case = work.first(Case, Case.ref == REF)
        agencies = {agency.code: agency for agency in work.find(Agency)}
        assert case is not None
        for word, (code, kind, limits, audience, _) in PLANTED.items():
            write(work, meeting, case, agencies[code], kind, word, limits, audience=audience)


def opened(desk: Desk, who: str, ref: str = REF) -> Outcome:
    if who != BY_AND_FOR:
        return brief(desk, who, ref)
    outside(desk, who)
    return desk.stage.press(who, "agendas.open", block_id=ref)


def test_each_person_reads_what_they_may_and_leaves_no_gap(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        plant(desk)
        issued(desk)
        for who in PEOPLE:
            seen = words(opened(desk, who))
            found = {word for word in PLANTED if word in seen}
            assert found == {word for word, (*_, readers) in PLANTED.items() if who in readers}, who
        with desk.work() as work:
            for who in PEOPLE:
                row = work.first(
                    AuditRow, AuditRow.verb == "opened", AuditRow.by_user == desk.users[who], AuditRow.allowed
                )
                assert row is not None and row.case_id is not None and "word" not in str(row.details)


def test_the_victims_voice_stands_before_what_other_agencies_write(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        issued(desk)
        seen = words(opened(desk, VICTIM_SERVICE))
        voice = seen.index("overt police visit would be traced")
        assert seen.index("Staff safety") < voice < seen.index("Child in need plan")
        assert "*IDVA* · Fact · 12 October · Chair and victim service" in seen
        assert "Professional opinion" in seen
        assert "Named agencies: CSC, DRV, IDVA" in seen


def test_what_a_victim_wants_as_told_with_the_referral_is_for_chair_and_victim_service(tmp_path: Path) -> None:
    """At the head of the voice, the day beside it; for everybody else there is not even a word of it."""
    with desk_before_panel(tmp_path) as desk:
        with desk.work() as work:
            case = work.first(Case, Case.ref == REF)
            assert case is not None
            referral = work.add(Referral(panel_id=case.panel_id, by_user="U1", at=work.now, ref=REF, case_id=case.id,
                                         status="accepted"))  # fmt: skip
            for section, words_told in (("voice", "wants him helped"), ("narrative", "a concern")):
                told = {"views": "knows", "words": words_told}
                work.add(ReferralAddition(referral_id=referral.id or 0, at=work.now, by_user="U1", section=section,
                                          answers=told))  # fmt: skip
        issued(desk)
        for who in PEOPLE:
            seen = words(opened(desk, who))
            assert ("wants him helped" in seen) is (who in (CHAIR, VICTIM_SERVICE)), who
            assert ("Told with the referral" in seen) is (who in (CHAIR, VICTIM_SERVICE)), who
            assert "a concern" not in seen
        seen = words(opened(desk, VICTIM_SERVICE))
        assert seen.index("The victims' voice") < seen.index("wants him helped") < seen.index("overt police visit")


def test_whereabouts_with_a_victim_and_address_flags_are_for_chair_and_victim_service(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        issued(desk)
        for who, reads in ((CHAIR, True), (VICTIM_SERVICE, True), ("R.Y.", False), (HOUSING, False)):
            assert ("Tarnwick" in words(opened(desk, who))) is reads, who
            assert ("known to the victim service alone" in words(opened(desk, who, "MSP-26-0029"))) is reads, who
        assert "Eddleford" in words(opened(desk, HOUSING, "MSP-26-0041"))


def test_what_is_said_in_the_room_is_a_marker_only(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        issued(desk)
        assert "IDVA has a verbal item" in words(opened(desk, HOUSING, "MSP-26-0033"))


def test_until_the_agenda_is_issued_a_representative_reads_their_own(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        plant(desk)
        seen = words(opened(desk, HOUSING))
        assert "wordall" in seen and "Child in need plan" not in seen and "Not yet returned" not in seen
        assert "Child in need plan" in words(opened(desk, VICTIM_SERVICE))


def test_a_recused_person_cannot_open_it_from_anywhere(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        issued(desk)
        posted = next(m for m in desk.workspace.messages(desk.channel) if "Agenda of" in m["text"])
        outcome = desk.workspace.press(
            desk.users[HOUSING], "agendas.open", channel=desk.channel, ts=posted["ts"], block_id="MSP-26-0025"
        )
        assert outcome.view is None and "declared a conflict of interest" in str(outcome.messages)
        with desk.work() as work:
            assert work.first(AuditRow, AuditRow.verb == "refused") is not None
            case = work.first(Case, Case.ref == REF)
            assert case is not None
            work.add(Conflict(case_id=case.id or 0, user_id=desk.users[CHAIR], declared_at=work.now))
        seen = words(desk.stage.command(CHAIR, "/agenda"))
        assert "slot:BAF" not in seen and "BAF: Information" not in seen


def test_a_late_paper_is_marked_listed_and_counted(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        issued(desk)
        with desk.work() as work:
            meeting, case = meeting_of(desk, work), work.first(Case, Case.ref == REF)
            agency = work.first(Agency, Agency.code == "MH")
            assert case is not None and agency is not None
            write(work, meeting, case, agency, "fact", "wordlate", "NAMED[CSC]", late=True)
        assert "1 late paper" in words(desk.stage.command("N.B.", "/agenda"))
        assert "late paper" not in words(desk.stage.command(HOUSING, "/agenda"))
        assert "late paper" in words(opened(desk, MENTAL_HEALTH))
        desk.go_to(desk.stage.after(CutOff.PANEL))
        below = [m for m in desk.workspace.messages(desk.channel) if "late paper" in m["text"]]
        assert len(below) == 1 and "wordlate" not in str(below[0]) and below[0].get("thread_ts")


@pytest.mark.slow
def test_forty_cases_and_twenty_five_agencies_with_long_returns(tmp_path: Path) -> None:
    with desk_before_panel(tmp_path) as desk:
        marks = grow(desk)
        begun = time.perf_counter()
        outcome = desk.stage.command(CHAIR, "/agenda")
        assert time.perf_counter() - begun < 3
        desk.stage.press(CHAIR, "agendas.approve")
        desk.stage.close(CHAIR)
        desk.stage.settle()
        posted = "\n".join(text for text in desk.in_channel() if "Agenda of" in text)
        assert all(f"MSP-26-{number}" in posted for number in range(1000, 1034))
        outcome = opened(desk, "R.Y.", "MSP-26-0041")
        seen = words(outcome)
        while "agendas.page.next" in buttons(outcome):
            outcome = desk.stage.press("R.Y.", "agendas.page.next")
            seen += words(outcome)
        assert not [mark for mark in marks if mark not in seen]
        assert seen.count("🧭") == 3_000


def grow(desk: Desk) -> list[str]:
    """34 more cases, 15 more agencies, and on one case 3,000 characters from each; answers the last word of each."""
    marks = []
    with desk.work() as work:
        meeting, panel = meeting_of(desk, work), panel_of(work)
        assert panel.id and meeting.id
        for number in range(1000, 1034):
            case = Case(
                panel_id=panel.id, ref=f"MSP-26-{number}", subject_ref=f"K-{number}", status="active",
                opened_at=work.now,
            )  # fmt: skip
            work.add(case)
            work.add(Listing(meeting_id=meeting.id, case_id=case.id or 0, kind="review", review_no=1))
        for number in range(15):
            work.add(Agency(panel_id=panel.id, code=f"X{number:02}", name=f"Agency {number}", function="other"))
        agencies, cases = work.find(Agency), [case for _, case in listed(work, meeting)]
        first = next(case for case in cases if case.ref == "MSP-26-0041")
        asked = {(row.case_id, row.agency_id) for row in work.find(Request, Request.meeting_id == meeting.id)}
        for case in cases:
            for agency in agencies:
                if (case.id, agency.id) not in asked:
                    work.add(
                        Request(
                            meeting_id=meeting.id, case_id=case.id or 0, agency_id=agency.id or 0, asked_at=work.now
                        )
                    )  # fmt: skip
        for agency in agencies:
            mark = f"end{agency.code.lower()}."
            marks.append(mark)
            write(work, meeting, first, agency, "fact", ("lorem " * 500)[: 3_000 - len(mark)] + mark)
        write(work, meeting, first, agencies[0], "fact", "🧭" * 3_000)
    return marks


def test_an_old_agendas_button_does_not_show_what_is_written_for_the_next_panel(tmp_path: Path) -> None:
    """Others read each other's updates once the agenda is out, from whichever meeting's papers they open the case."""
    with desk_before_panel(tmp_path) as desk:
        issued(desk)
        with desk.work() as work:
            meeting, case = meeting_of(desk, work), work.first(Case, Case.ref == REF)
            following = next_after(work, panel_of(work), meeting.day)
            agencies = {agency.code: agency for agency in work.find(Agency)}
            assert case is not None and following is not None
            write(work, meeting, case, agencies["POL"], "fact", "wordnow")
            write(work, following, case, agencies["POL"], "fact", "wordearly")
            write(work, following, case, agencies["HOU"], "fact", "wordown")
        seen = {who: words(opened(desk, who)) for who in (HOUSING, CHAIR)}
        assert "wordnow" in seen[HOUSING] and "wordown" in seen[HOUSING] and "wordearly" not in seen[HOUSING]
        assert "wordearly" in seen[CHAIR], "whoever prepares the meeting reads it"
