"""The coordinator, the chair and the victim service: the list, invitations, the board, entering for an agency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.demo.scenes.answering import press_answer
from commands.kit.people import person_on, thing_of
from commands.updates.current import board_of, counts, current_return, outstanding
from commands.updates.listing import fit
from panel.access import Refused, Verb, may
from panel.codes import CaseStatus
from panel.cycle import CutOff
from panel.settings import Capacity
from storage.tables import (
    Agency,
    AuditRow,
    Case,
    Item,
    Listing,
    Meeting,
    Notice,
    Panel,
    Request,
    Return,
    Seat,
)
from storage.work import UnitOfWork
from tests.commands import owed
from tests.commands.updates_desk import ASKED, asked, desk_with_cases, items, letter, meeting_of, sit, tell, words
from tests.desk import Desk

pytestmark = pytest.mark.slow

C41, C42, C33, C29, C25, C18 = (f"MSP-26-00{n}" for n in (41, 42, 33, 29, 25, 18))


@pytest.fixture
def before(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The day before the requests."""
    with desk_with_cases(tmp_path_factory.mktemp("before")) as desk:
        yield desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """After the requests."""
    with desk_with_cases(tmp_path_factory.mktemp("office")) as desk:
        desk.go_to(ASKED)
        yield desk


def invite(desk: Desk, ref: str, agency: str, what: str = "invite", slot: bool = False) -> Any:
    """The coordinator's form, whatever comes of it."""
    desk.stage.close("Z.O.")
    view = desk.stage.command("Z.O.", "/panel", "invite").view
    assert view is not None
    labels = {
        option["text"]["text"].split(" ")[0]: option["value"]
        for block in view["blocks"]
        if block["block_id"] in ("case", "agency")
        for option in block["element"]["options"]
    }
    values = {"case": labels[ref], "agency": labels[agency], "what": what} | ({"slot": ["yes"]} if slot else {})
    return desk.workspace.submit(desk.users["Z.O."], values)


def listed_refs(desk: Desk) -> set[str]:
    with desk.work() as work:
        rows = work.find(Listing, Listing.meeting_id == meeting_of(desk, work).id)
        return {work.get(Case, row.case_id).ref for row in rows}


# ---- the list


def case(number: int, status: str = "active") -> Case:
    return Case(id=number, panel_id=1, ref=f"MSP-26-{number:04}", subject_ref=f"K-{number}", status=status,
                opened_at=datetime(2026, 1, number, tzinfo=UTC))  # fmt: skip


def test_reviews_keep_their_place_and_new_ones_come_by_urgency_then_date() -> None:
    day = datetime(2026, 9, 1, tzinfo=UTC)
    reviews, new = [case(n) for n in (1, 2, 3)], [case(n, "accepted_waiting") for n in (4, 5, 6, 7)]
    referred = {4: (True, day), 5: (True, day - timedelta(days=1)), 6: (False, day + timedelta(days=3)), 7: (True, day)}
    taken, waiting = fit([*new, *reviews], Capacity(max_cases=8, max_new=2), referred)
    assert [each.id for each in taken] == [1, 2, 3, 6, 5]
    assert [each.id for each in waiting] == [4, 7]
    taken, waiting = fit([*new, *reviews], Capacity(max_cases=4, max_new=3), referred)
    assert [each.id for each in taken] == [1, 2, 3, 6]
    taken, waiting = fit(reviews, Capacity(max_cases=2, max_new=3), {})
    assert ([each.id for each in taken], [each.id for each in waiting]) == ([1, 2], [3])
    assert fit([], Capacity(), {}) == ([], [])


def test_what_does_not_fit_waits_and_the_coordinator_is_told(before: Desk) -> None:
    with before.work() as work:
        panel = work.first(Panel)
        assert panel is not None
        panel.settings = panel.settings | {"capacity": {"max_cases": 5, "max_new": 3, "live_cohort_target": 20}}
    before.go_to(ASKED)
    assert listed_refs(before) == {C33, C29, C25, C18, C41}
    told = [text for text in before.seen_by("Z.O.") if "not fit" in text]
    assert len(told) == 1 and "1 case does not fit" in told[0]
    with before.work() as work:
        waits = work.first(Case, Case.ref == C42)
        assert waits is not None and waits.status == CaseStatus.ACCEPTED_WAITING


def test_the_coordinator_chooses_the_cases_before_the_requests(before: Desk) -> None:
    with before.work() as work:
        agency = work.first(Agency, Agency.code == "MH")
        assert agency is not None
        for seat in work.find(Seat, Seat.agency_id == agency.id, Seat.role == "rep"):
            seat.user_id = before.users["F.J."]
    view = before.stage.command("Z.O.", "/panel", "list").view
    assert view is not None
    block = next(block for block in view["blocks"] if block["block_id"] == "cases")
    assert len(block["element"]["options"]) == 6 and len(block["element"]["initial_options"]) == 6
    keep = [option["value"] for option in block["element"]["options"] if C41 not in option["text"]["text"]]
    late = before.workspace.submit(before.users["Z.O."], {"cases": keep, "sent": "2026-10-03"})
    assert "date to come" in late.errors["sent"]
    before.stage.submit("Z.O.", {"sent": "2026-10-01", "route": "by_hand"})
    before.go_to(ASKED)
    assert listed_refs(before) == {C42, C33, C29, C25, C18}
    with before.work() as work:
        meeting = meeting_of(before, work)
        assert (meeting.list_version, meeting.list_route) == (1, "by_hand") and meeting.requests_sent_at is not None
    assert any("10 cases to answer" in text for text in before.seen_by("F.J.")), "one message for both agencies"
    view = before.stage.command("F.J.", "/update").view
    assert view is not None
    both = {block["text"]["text"]: block["accessory"]["value"] for block in view["blocks"] if "accessory" in block}
    assert set(both) == {"*ICB*", "*MH*"}
    before.stage.press("F.J.", "updates.agency", value=both["*MH*"])
    shown = before.stage.submit("F.J.", {"other": "Files", "list_version": "1", "no_link": ["yes"]}).view
    assert "*MH* · 0 of 5 cases answered" in words(shown) and C41 not in words(shown)


def test_the_requests_can_go_out_early_and_go_out_once(before: Desk) -> None:
    with before.work() as work:
        agency = work.first(Agency, Agency.code == "SUB")
        assert agency is not None
        for seat in work.find(Seat, Seat.agency_id == agency.id):
            seat.user_id = None
    before.stage.command("Z.O.", "/panel", "list")
    before.stage.submit("Z.O.", {"now": ["yes"]})
    before.go_to(ASKED)
    assert len([text for text in before.seen_by("F.J.") if "to answer" in text]) == 1
    with before.work() as work:
        assert counts(work, meeting_of(before, work)) == (0, 54)
    told = [text for text in before.seen_by("Z.O.") if "Nobody can answer" in text]
    assert len(told) == 1 and "6 requests" in told[0], "nobody is picked for one agency"


def test_a_new_version_reopens_nothing_and_the_next_statement_names_it(desk: Desk) -> None:
    sit(desk, "D.U.")
    desk.stage.press("D.U.", "updates.no_trace", block_id=C41)
    desk.stage.close("D.U.")
    desk.stage.command("Z.O.", "/panel", "list")
    desk.stage.submit("Z.O.", {"sent": "2026-10-02", "route": "secure_workspace"})
    desk.stage.settle()
    told = [text for text in desk.seen_by("D.U.") if "Version 2" in text]
    assert len(told) == 1 and "5 cases still to answer" in told[0]
    assert letter(desk, C41, "DRV") == "N"
    view = desk.stage.command("D.U.", "/update").view
    assert view is not None and view["callback_id"] == "updates.statement"
    versions = next(block for block in view["blocks"] if block["block_id"] == "list_version")["element"]["options"]
    assert [option["text"]["text"] for option in versions] == ["Version 2 (current)", "Version 1"]
    shown = desk.stage.submit("D.U.", {"other": "Files", "list_version": "1", "no_link": ["yes"]}).view
    assert "list version 1" in words(shown) and "Version 2 of 2 October is the current one" in words(shown)


def test_i_have_not_had_the_list_tells_the_coordinator_who(desk: Desk) -> None:
    desk.stage.press_in_message("R.Y.", "updates.no_list", expect="message")
    desk.stage.settle()
    told = [text for text in desk.seen_by("Z.O.") if "of the case list" in text]
    assert len(told) == 1 and "1 person has not had version" in told[0]
    assert "<@" not in told[0] and "POL" not in told[0] and "MSP-26" not in told[0]
    view = desk.stage.press_in_message("Z.O.", "updates.without_list").view
    assert f"<@{desk.users['R.Y.']}> (POL)" in words(view) and "1 person has not had it" in words(view)
    with desk.work() as work:
        meeting = meeting_of(desk, work)
        version, meeting.list_version = meeting.list_version, 9
    outcome = desk.stage.press_in_message("Z.O.", "updates.without_list")
    assert "Nobody has said" in words(outcome.view) and desk.users["R.Y."] not in words(outcome.view)
    with desk.work() as work:
        meeting_of(desk, work).list_version = version


def offered(view: Any, question: str) -> list[str]:
    """The labels of a menu, of all its groups."""
    element = next(block for block in view["blocks"] if block.get("block_id") == question)["element"]
    groups = element.get("option_groups") or [element]
    return [option["text"]["text"] for group in groups for option in group["options"]]


def test_the_menus_hold_every_case_and_every_agency(before: Desk) -> None:
    with before.work() as work:
        for number in range(130):
            work.add(
                Case(
                    panel_id=1, ref=f"MSP-25-{number:04}", subject_ref=f"K-{number}", opened_at=work.now,
                    status="active",
                )
            )  # fmt: skip
            work.add(
                Agency(panel_id=1, code=f"X{number}", name=f"Agency {number} " + "n" * 90, function="other", core=False)
            )
    invite_view = before.stage.command("Z.O.", "/panel", "invite").view
    assert len(offered(invite_view, "case")) == 136 and len(offered(invite_view, "agency")) == 140
    assert offered(invite_view, "agency")[-1].endswith("…"), "a name that is too long says so"
    chosen = {"case": offered(invite_view, "case")[-1], "agency": offered(invite_view, "agency")[-1], "what": "invite"}
    assert "is being asked" in str(before.stage.submit("Z.O.", chosen)), "one of the last group can be sent"
    listed = before.stage.command("Z.O.", "/panel", "list").view
    asked = next(block for block in (listed or {})["blocks"] if block["block_id"] == "cases")
    assert asked["element"]["type"] == "multi_external_select", "more than a menu holds are searched"


# ---- invitations


def test_nobody_joins_a_case_without_the_victim_service(before: Desk) -> None:
    invite(before, C42, "BAF", slot=True)
    before.stage.settle()
    told = [text for text in before.seen_by("I.K.") if "invitation" in text]
    assert len(told) == 1 and C42 in told[0] and "BAF" not in told[0]
    view = before.stage.press_in_message("I.K.", "updates.invitations").view
    assert "BAF" in words(view) and "for this case only" in words(view)
    before.stage.press("I.K.", "updates.decline", block_id=f"{C42} BAF")
    before.go_to(ASKED)
    assert not [text for text in before.seen_by("S.O.") if "to answer" in text]
    assert [text for text in before.seen_by("Z.O.") if "has been answered" in text]
    invite(before, C42, "BAF")
    before.stage.settle()
    before.stage.press_in_message("I.K.", "updates.invitations")
    before.stage.press("I.K.", "updates.agree", block_id=f"{C42} BAF")
    before.stage.settle()
    assert [text for text in before.seen_by("S.O.") if "1 case to answer" in text], (
        "asked at once, the requests are out"
    )
    with before.work() as work:
        assert asked(before, work, C42, "BAF").request.agreed_by == before.users["I.K."]


def test_without_a_victim_service_the_chair_agrees_and_that_is_recorded(before: Desk) -> None:
    with before.work() as work:
        service = work.first(Agency, Agency.code == "IDVA")
        assert service is not None
        seats = [seat for seat in work.find(Seat, Seat.agency_id == service.id) if seat.role in ("rep", "deputy")]
        for seat in seats:
            seat.user_id = None
    told = invite(before, C42, "BAF")
    assert "The chair is being asked, because the victim service has nobody" in str(told)
    before.stage.settle()
    assert not [text for text in before.seen_by("Z.O.") if "invitation" in text]
    view = before.stage.press_in_message("V.X.", "updates.invitations").view
    assert "BAF" in words(view) and "the answer is the chair's" in words(view).replace("\\", "")
    before.stage.press("V.X.", "updates.agree", block_id=f"{C42} BAF")
    with before.work() as work:
        (row,) = work.find(AuditRow, AuditRow.verb == "answered invitation")
        assert row.by_user == before.users["V.X."]
        assert row.details == {"agreed": True, "for_want_of_victim_service": True}
        request = work.first(Request, Request.status == "asked", Request.agreed_by == before.users["V.X."])
        assert request is not None


def test_where_there_is_a_victim_service_the_chair_does_not_agree_for_it(before: Desk) -> None:
    invite(before, C42, "BAF")
    before.stage.settle()
    with before.work() as work:
        request = work.first(Request, Request.status == "invited")
        assert request is not None
        chair = person_on(work, work.get(Panel, 1), before.users["V.X."])
        of_case = thing_of(work, work.get(Case, request.case_id), meeting_of(before, work))
    verdict = may(chair, Verb.AGREE_INVITATION, of_case)
    assert isinstance(verdict, Refused) and "This is for the victim service" in verdict.reason


def test_a_core_agency_can_be_left_out_until_the_requests(before: Desk) -> None:
    assert invite(before, C41, "SUB", "leave_out").ok
    before.go_to(ASKED)
    assert any("5 cases to answer" in text for text in before.seen_by("B.X."))
    assert C41 not in words(sit(before, "B.X.").view)
    refused = invite(before, C33, "SUB", "leave_out")
    assert "The requests have gone out" in refused.errors["what"]
    assert invite(before, C41, "SUB").ok
    before.stage.settle()
    with before.work() as work:
        assert asked(before, work, C41, "SUB").request.asked_at is not None


def test_a_core_agency_gets_its_slot_without_being_asked_twice(desk: Desk) -> None:
    assert invite(desk, C41, "ICB", slot=True).ok
    with desk.work() as work:
        request = asked(desk, work, C41, "ICB").request
        assert request.slot and request.status == "asked"


# ---- the board


def test_the_board_says_in_words_who_answered_what(desk: Desk) -> None:
    sit(desk, "N.B.")
    desk.stage.press("N.B.", "updates.known", block_id=C33)
    for who in ("Z.O.", "V.X."):
        view = desk.stage.command(who, "/panel", "board").view
        assert view is not None
        told = next(words({"blocks": [block]}) for block in view["blocks"] if f"*{C33}*" in words({"blocks": [block]}))
        assert re.search(r"K-033 · review 2: [1-9] of 9 returns in", told)
        assert "Known before, no trace in the period: CSC" in told and "Not yet returned: POL, PROB, HOU" in told
    refused = desk.workspace.command(desk.users["N.B."], desk.channel, "/panel", "board")
    assert refused.view is None or "Not yet returned:" not in words(refused.view)


def test_one_press_reminds_only_those_not_yet_returned(desk: Desk) -> None:
    sit(desk, "A.Z.")
    for ref in (C41, C42, C33, C29, C25, C18):
        desk.stage.press("A.Z.", "updates.no_trace", block_id=ref)
    desk.stage.close("Z.O.")
    desk.stage.command("Z.O.", "/panel", "board")
    desk.stage.press("Z.O.", "updates.remind")
    desk.stage.settle()
    reminded = [text for text in desk.seen_by("J.Q.") if "A reminder" in text]
    assert len(reminded) == 1 and "6 cases not yet returned" in reminded[0] and "MSP-26" not in reminded[0]
    assert not [text for text in desk.seen_by("A.Z.") if "A reminder" in text]
    assert not [text for text in desk.seen_by("U.F.") if "A reminder" in text], "a deputy who owes nothing"
    with desk.work() as work:
        owing = {pair.agency.code for pair in outstanding(work, meeting_of(desk, work))}
        notices = [each for each in work.find(Notice) if each.name.startswith("remind:")]
    assert "MH" not in owing and len(notices) == len(owing)


def test_whoever_answers_before_a_reminder_goes_gets_none(desk: Desk) -> None:
    with desk.work() as work:
        meeting = meeting_of(desk, work)
        for name, user in (("done", desk.users["S.O."]), ("owing", desk.users["E.W."])):
            work.owe(f"test:{name}", "updates.remind", user, panel_id=1, about={"meeting": meeting.id})
    desk.stage.settle()
    assert not [text for user in ("S.O.", "E.W.") for text in desk.seen_by(user) if "A reminder" in text]


# ---- entering for an agency


def test_the_coordinator_enters_for_an_agency_and_sees_no_content(desk: Desk) -> None:
    sit(desk, "B.X.")
    tell(desk, "B.X.", C29, happened="Their words", readers="everyone")
    desk.stage.close("Z.O.")
    desk.stage.command("Z.O.", "/panel", "enter")
    view = desk.stage.submit("Z.O.", {"agency": "SUB · Tidewell Drug and Alcohol"}).view
    assert "You enter an update for *SUB*" in words(view)
    view = desk.stage.submit("Z.O.", {"other": "As told", "list_version": "1", "no_link": ["yes"]}).view
    assert "Information to share · 1 item" in words(view) and "Their words" not in words(view)
    assert view is not None
    offered = [e for b in view["blocks"] for e in b.get("elements", ()) if e.get("type") == "overflow"]
    assert "See or change" not in str(offered)
    desk.stage.press("Z.O.", "updates.no_trace", block_id=C33)
    with desk.work() as work:
        made = current_return(work, asked(desk, work, C33, "SUB").request)
        assert made is not None and (made.kind, made.on_behalf, made.by_user) == (
            "nil_no_record",
            True,
            desk.users["Z.O."],
        )
    refused = desk.workspace.command(desk.users["N.B."], desk.channel, "/panel", "enter")
    assert "Only the coordinator" in str(refused.messages)


# ---- after the deadline, after the agenda, after the record


def test_a_late_paper_is_told_to_nobody_to_whom_the_case_is_closed(before: Desk) -> None:
    before.go_to(ASKED)
    with before.work() as work:
        meeting_of(before, work).agenda_issued_at = work.now
        case_row = work.first(Case, Case.ref == C41)
        assert case_row is not None
        owed.recuse(work, case_row, before.users["V.X."])
    sit(before, "A.Z.")
    tell(before, "A.Z.", C41, happened="Words", readers="everyone")
    before.stage.settle()
    told = {who for who in ("V.X.", "J.Q.", "Z.O.") if any("late paper" in text for text in before.seen_by(who))}
    assert told == {"J.Q.", "Z.O."}, "the deputy chair stands in"


def test_late_then_after_the_agenda_then_after_the_record(before: Desk) -> None:
    """A late return is taken and stamped; after the agenda what was sent stands; after the record nothing is taken."""
    before.go_to(ASKED)
    sit(before, "A.Z.")
    before.stage.press("A.Z.", "updates.no_trace", block_id=C41)
    before.go_to(before.stage.cut_offs[CutOff.UPDATE_DEADLINE] + timedelta(minutes=30))
    sit(before, "A.Z.")
    view = before.stage.press("A.Z.", "updates.no_trace", block_id=C33).view
    press_answer(before.stage, "A.Z.", "updates.known", C41)
    assert words(view).count("(late)") == 1
    with before.work() as work:
        assert board_of(work, meeting_of(before, work)).late == 1
        stamps = [asked(before, work, ref, "MH").current for ref in (C33, C41)]
        assert [stamp.late for stamp in stamps if stamp] == [True, False], "a correction is not late"
        meeting_of(before, work).agenda_issued_at = work.now
    _the_agenda_is_out(before)
    with before.work() as work:
        meeting_of(before, work).record_closed_at = work.now
    outcome = before.workspace.press(before.users["A.Z."], "updates.no_trace", block_id=C29)
    assert "The record of this meeting is closed" in words(outcome.view) and letter(before, C29, "MH") == "M"


def _the_agenda_is_out(desk: Desk) -> None:
    desk.stage.press("A.Z.", "updates.change", block_id=C41)
    for action_id, value in (("updates.no_trace", None), ("updates.menu", "Undo")):
        outcome = desk.workspace.press(desk.users["A.Z."], action_id, block_id=C41, value=value)
        assert "The agenda has been issued" in words(outcome.view) and letter(desk, C41, "MH") == "K"
        desk.workspace.close(desk.users["A.Z."])
    tell(desk, "A.Z.", C41, happened="Something new", readers="everyone")
    desk.stage.settle()
    assert items(desk, C41, "MH") == [("fact", "Something new", "ALL", "shared")]
    for who in ("V.X.", "Z.O."):
        told = [text for text in desk.seen_by(who) if "A late paper came" in text]
        assert len(told) == 1 and C41 in told[0] and "MH" not in told[0] and "new" not in told[0]


# ---- a panel that keeps references only; last time's answer


def test_a_panel_of_references_keeps_a_date_instead_of_words(before: Desk) -> None:
    with before.work() as work:
        panel = work.first(Panel)
        assert panel is not None
        panel.settings = panel.settings | {"content": "references_only"}
    before.go_to(ASKED)
    sit(before, "N.B.")
    view = before.stage.press("N.B.", "updates.tell.open", block_id=C41).view
    assert view is not None and view["callback_id"] == "updates.sent"
    assert before.workspace.submit(before.users["N.B."], {"sent_on": "2026-10-03"}).errors.keys() == {"sent_on"}
    refused = before.workspace.submit(before.users["N.B."], {"sent_on": "2026-10-02", "risk": "imminent"})
    assert refused.errors.keys() == {"told", "told_at"}
    before.stage.submit("N.B.", {"risk": "increased"})
    assert items(before, C41, "CSC") == [
        ("fact", "Sent by our secure route on Friday 2 October 2026", "ALL", "shared"),
        ("risk", "increased", "ALL", "shared"),
    ]
    outcome = before.workspace.press(
        before.users["N.B."], "updates.menu", block_id=C41, value="One more item, any restriction"
    )
    assert "keeps references only" in words(outcome.view)


def test_last_times_answer_stands_beside_the_box_and_not_in_it(desk: Desk) -> None:
    sit(desk, "J.Q.")
    tell(desk, "J.Q.", C33, happened="What we said then", readers="everyone")
    with desk.work() as work:
        _moved_to_the_meeting_before(work, asked(desk, work, C33, "PROB").request, meeting_of(desk, work))
    view = desk.stage.press("J.Q.", "updates.tell.open", block_id=C33).view
    assert view is not None
    place = [block["block_id"] for block in view["blocks"]].index("happened")
    beside = words({"blocks": [view["blocks"][place - 1]]})
    assert "For 16 September:" in beside and "What we said then" in beside
    assert "initial_value" not in view["blocks"][place]["element"]


def _moved_to_the_meeting_before(work: UnitOfWork, request: Request, meeting: Meeting) -> None:
    facts = meeting.model_dump(exclude={"id"}) | {"day": date(2026, 9, 16), "status": "held"}
    earlier = work.add(Meeting(**facts))
    for item in work.find(Item, Item.case_id == request.case_id, Item.agency_id == request.agency_id):
        item.meeting_id = earlier.id
    for made in work.find(Return, Return.request_id == request.id):
        made.kind = "withdrawn"
