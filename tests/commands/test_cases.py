"""The case record: who sees it, each of its forms, proposals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk.models.views import View

from commands.cases import record
from commands.cases.score import answers
from commands.kit.about import About
from commands.kit.case_sections import CaseSection
from panel.case_order import Rfg
from panel.codes import RiskFactor, SubjectAware, SubjectStatus, WhereaboutsType
from sandbox.client import Outcome
from storage.tables import AuditRow, Case, CourtOrder, Listing, Meeting, Panel, Victim
from tests.commands.case_desk import forged, to, whole
from tests.commands.seen import SIZES
from tests.desk import Desk, open_desk

WORD = "quagmirefinch"
COORDINATOR, CHAIR = "Z.O.", "V.X."
REF = "MSP-26-0029"  # POL leads it
REPRESENTATIVE, GUEST = "R.Y.", "S.O."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk"), "2026-09-28T09:00:00+01:00") as desk:
        desk.workspace.change_channel(desk.channel, add=[desk.users[GUEST]])
        yield desk


@pytest.fixture(autouse=True)
def tidy(desk: Desk) -> Iterator[None]:
    yield
    for who in (COORDINATOR, CHAIR, REPRESENTATIVE, GUEST):
        desk.stage.close(who)


def choose(desk: Desk, who: str = COORDINATOR, ref: str = REF, **expect: str) -> Outcome:
    desk.stage.command(who, "/panel", "case")
    return desk.stage.press(who, "cases.choose", value=offered(desk, who)[ref], **expect)


def offered(desk: Desk, who: str) -> dict[str, str]:
    """What the chooser that is open offers: the reference and the option's value."""
    view = desk.workspace.see(desk.users[who])["view"]
    menus = [e for block in view["blocks"] for e in block.get("elements", ()) if e["type"] == "static_select"]
    return {o["text"]["text"].split(" ")[0]: o["value"] for menu in menus for o in menu["options"]}


def fill(desk: Desk, button: str, values: dict[str, Any], **where: Any) -> Outcome:
    to(desk, button)
    desk.stage.press(COORDINATOR, button, **where)
    return desk.stage.submit(COORDINATOR, values)


def buttons(view: dict[str, Any]) -> int:
    """How many there are to press."""
    found = [e for block in view["blocks"] for e in [block.get("accessory") or {}, *block.get("elements", ())]]
    return sum(each.get("type") == "button" for each in found)


def case(desk: Desk, ref: str = REF) -> Case:
    with desk.work() as work:
        found = work.first(Case, Case.ref == ref)
        assert found is not None
        return found


def victims(desk: Desk) -> dict[str, Victim]:
    with desk.work() as work:
        return {victim.ref: victim for victim in record.victims(work, case_in(work))}


def case_in(work: Any, ref: str = REF) -> Case:
    found = work.first(Case, Case.ref == ref)
    assert isinstance(found, Case)
    return found


def test_the_chooser_offers_every_live_case_by_reference(desk: Desk) -> None:
    desk.stage.command(COORDINATOR, "/panel", "case")
    wanted = {"MSP-26-0018", "MSP-26-0025", "MSP-26-0029", "MSP-26-0033"}
    assert wanted <= set(offered(desk, COORDINATOR))


def test_the_record_is_shown_to_the_office_and_the_look_is_audited(desk: Desk) -> None:
    text = whole(desk, REF)
    for said in ("K-029", "Quillport", "V-029b", "Interim Stalking", "74 of 100", "total 12", "no home visits"):
        assert said in text
    with desk.work() as work:
        looks = work.find(
            AuditRow, AuditRow.verb == "opened", AuditRow.by_user == desk.users[COORDINATOR], order=AuditRow.seq
        )
        assert f"case:{case_in(work).id}" in {look.thing for look in looks}


def test_the_first_view_says_where_each_section_stands_and_opens_it(desk: Desk) -> None:
    text = str(choose(desk).view)
    for said in ("Where the case stands", "2 victims", "1 order; next lapses Tuesday 27 October 2026", "score 74 of"):
        assert said in text
    assert "Quillport" not in text, "what a section holds is read there"
    for each in CaseSection:
        assert f"*{each.label}*" in str(desk.stage.press(COORDINATOR, f"cases.section.{each}").view)
    desk.stage.press(COORDINATOR, "cases.turn.back")
    assert "Where the case stands" in str(desk.workspace.see(desk.users[COORDINATOR])["view"])


@pytest.mark.parametrize("page", [99, 199, 700, 2**31 - 1])
def test_a_page_that_there_is_not_is_the_nearest_that_there_is(desk: Desk, page: int) -> None:
    about = About(panel=desk.panel.id, case=case(desk).id, page=page)
    assert REF in forged(desk, COORDINATOR, "cases.turn.next", about)


def test_a_representative_finds_the_door_and_no_content(desk: Desk) -> None:
    text = str(choose(desk, REPRESENTATIVE).view)
    assert "K-029" in text and "cases.propose" in text
    assert not any(said in text for said in ("Quillport", "V-029", "74 of", "cases.facts"))


def test_who_is_on_no_case_is_offered_none(desk: Desk) -> None:
    desk.stage.command(GUEST, "/panel", "case")
    assert not offered(desk, GUEST)


def test_facts_are_kept_encrypted_and_shown(desk: Desk) -> None:
    choose(desk, ref="MSP-26-0025")
    view = fill(
        desk,
        "cases.facts",
        {"whereabouts": "custody", "area": WORD, "confidence": "high", "verified": "2026-09-27",
         "release": "2026-11-01", "hearing": "2026-10-20", "standing": ["remand", "charged"], "risk": ["weapons"]},
    ).view  # fmt: skip
    assert WORD in str(view) and "1 November 2026" in str(view)
    found = case(desk, "MSP-26-0025")
    where = record.whereabouts(found)
    assert (where.type, where.area) == (WhereaboutsType.CUSTODY, WORD)
    assert record.release(found).isoformat() == "2026-11-01" and record.hearing(found).isoformat() == "2026-10-20"  # type: ignore[union-attr]
    assert record.risk(found) == [RiskFactor.WEAPONS]
    assert record.standing(found) == [SubjectStatus.REMAND, SubjectStatus.CHARGED]
    with desk.work() as work:
        assert work.first(AuditRow, AuditRow.verb == "edited", AuditRow.case_id == found.id)


def test_background_score_and_ppit_are_kept_as_given(desk: Desk) -> None:
    choose(desk, ref="MSP-26-0018")
    fill(
        desk,
        "cases.background",
        {"children": 3, "victims_known": 2, "window_months": 36, "lead": "MH", "subject_aware": "partly",
         "routes": ["DRV"]},
    )  # fmt: skip
    fill(desk, "cases.staff", {"risks": ["double_crewed"], "words": "two at a door"})
    fill(desk, "cases.score", {"score": "85.5 of 100", "components": "R25 F22.5 H9", "method": "ranking / 2",
                               "window": 24, "run": "2026-09-01", "place": "3 of 412", "source": "the sheet",
                               "by": "POL"})  # fmt: skip
    fill(desk, "cases.score.more", {"entry": 91.25, "caveat": "in custody"})
    told = {"total": 9, "priority": "no", "by": "IDVA", "items": "2 2 1 1 - 2 0 1 0 -", "on": "2026-09-02"}
    fill(desk, "cases.ppit", told)
    found = case(desk, "MSP-26-0018")
    assert record.children(found) == 3 and record.subject_aware(found) is SubjectAware.PARTLY
    assert record.serial(found) == {"victims_known": 2, "window_months": 36} and found.routes == ["DRV"]
    assert record.staff_safety(found) == "two at a door"
    assert record.score(found) == {
        "score": 85.5, "max": 100, "entry_score": 91.25, "R": 25, "F": 22.5, "H": 9, "method": "ranking",
        "version": "2", "window_months": 24, "run": "2026-09-01", "rank": 3, "list_size": 412, "caveat": "in custody",
        "source": "the sheet", "given_by": "POL",
    }  # fmt: skip
    assert record.rfg(found) == Rfg(85.5, "ranking 2")
    assert record.ppit(found) == {
        "total": 9, "priority": False, "by": "IDVA", "items": [2, 2, 1, 1, None, 2, 0, 1, 0, None],
        "on": "2026-09-02",
    }  # fmt: skip
    with desk.work() as work:
        assert record.lead(work, found) == "MH"


def test_a_victim_is_added_with_the_next_reference_and_edited(desk: Desk) -> None:
    choose(desk)
    to(desk, "cases.victim.add")
    drawn = desk.stage.press(COORDINATOR, "cases.victim.add").view
    assert drawn is not None
    proposed = drawn["state"]["values"]["ref"]["answer"]["value"]
    assert proposed not in victims(desk) and proposed.startswith("V-029")
    desk.stage.submit(COORDINATOR, {"relation": "ex-partner", "idva": "allocated", "dash": 17,
                                    "marac": "2026-06-11, 2026-09-10",
                                    "aware": "not contacted", "address": "hidden"})  # fmt: skip
    made = victims(desk)[proposed]
    assert made.idva == "allocated" and made.details == {
        "relation": "ex-partner", "dash": 17, "marac": ["2026-06-11", "2026-09-10"], "aware": "not contacted",
        "address": "hidden",
    }  # fmt: skip
    view = desk.workspace.see(desk.users[COORDINATOR])["view"]
    row = next(b for b in view["blocks"] if proposed in str(b.get("text")))
    fill(desk, "cases.victim", {"idva": "closed", "marac": None}, value=row["accessory"]["value"])
    assert victims(desk)[proposed].idva == "closed" and victims(desk)[proposed].details["marac"] == []  # type: ignore[index]


def test_an_order_is_added_edited_and_discharged(desk: Desk) -> None:
    def orders() -> list[CourtOrder]:
        with desk.work() as work:
            return list(record.orders(work, case_in(work, "MSP-26-0025")))

    choose(desk, ref="MSP-26-0025")
    fill(desk, "cases.order.add", {"type": "dapo", "beneficiary": "V-025a", "ends": "2027-01-01", "breaches": 2})
    (made,) = orders()
    assert made.details == {"type": "dapo", "beneficiary": "V-025a", "breaches": 2}
    fill(desk, "cases.order", {"beneficiary": "nobody", "ends": None, "breaches": 3})
    (made,) = orders()
    assert made.details == {"type": "dapo", "breaches": 3} and made.ends is None
    fill(desk, "cases.order", {"ended": "2026-09-27"})
    assert not orders()
    view = desk.workspace.see(desk.users[COORDINATOR])["view"]
    assert "discharged Sunday 27 September 2026" in str(view), "it stays on the record"


@pytest.mark.parametrize(
    ("button", "values", "field", "says"),
    [
        ("cases.facts", {"verified": "2026-09-29"}, "verified", "has not come yet"),
        ("cases.facts", {"standing": ["none", "bail"]}, "standing", "None alone"),
        ("cases.background", {"victims_known": 2, "window_months": None}, "window_months", "Give both"),
        ("cases.score", {"score": "lots"}, "score", "85.5 of 100"),
        ("cases.score", {"score": "101 of 100"}, "score", "85.5 of 100"),
        ("cases.score", {"components": "R25 X3"}, "components", "R25 F22.5"),
        ("cases.score", {"place": "500 of 412"}, "place", "3 of 412"),
        ("cases.score", {"run": "2026-09-29"}, "run", "has not come yet"),
        ("cases.ppit", {"items": "2 2 2", "on": "2026-09-01"}, "items", "Ten values"),
        ("cases.victim.add", {"ref": "J. Doe", "relation": "parent", "idva": "closed"}, "ref", "V-041a"),
        ("cases.victim.add", {"ref": "V-033a", "relation": "parent", "idva": "closed"}, "ref", "already"),
        ("cases.victim.add", {"relation": "parent", "idva": "closed", "marac": "June"}, "marac", "2026-06-11"),
        ("cases.victim.add", {"relation": "parent", "idva": "closed", "marac": "0001-01-01"}, "marac", "2026-06-11"),
    ],
)
def test_what_cannot_be_is_said_under_the_question(
    desk: Desk, button: str, values: dict[str, Any], field: str, says: str
) -> None:
    choose(desk, ref="MSP-26-0033")
    to(desk, button)
    desk.stage.press(COORDINATOR, button)
    outcome = desk.stage.submit(COORDINATOR, values, expect="errors")
    assert says in outcome.errors[field]


def test_two_people_editing_lose_nothing_of_each_other(desk: Desk) -> None:
    for who in (COORDINATOR, CHAIR):
        choose(desk, who, "MSP-26-0033")
        to(desk, "cases.background", who)
        desk.stage.press(who, "cases.background")
    desk.stage.submit(CHAIR, {"children": 4})
    late = desk.stage.submit(COORDINATOR, {"children": 5}, expect="errors")
    assert "changed this while you were writing" in str(late.errors)
    assert record.children(case(desk, "MSP-26-0033")) == 4


def test_a_ranking_reads_back_into_its_own_answers() -> None:
    given = {"score": 31.125, "max": 100.0, "R": 5.0, "method": "demo", "run": "2026-09-28"}
    drawn = answers(given)
    assert (drawn["score"], drawn["components"], drawn["method"], drawn["place"]) == (
        "31.125 of 100", "R5", "demo", None,
    )  # fmt: skip


# -- proposals


def put_on_list(desk: Desk, ref: str, kind: str, *, issued: bool = False) -> int:
    with desk.work() as work:
        meeting = work.first(Meeting, Meeting.day == desk.stage.panel_day)
        found = case_in(work, ref)
        assert meeting is not None and meeting.id is not None and found.id is not None
        meeting.agenda_issued_at = work.now if issued else None
        known = work.first(Listing, Listing.meeting_id == meeting.id, Listing.case_id == found.id)
        listing = known or work.add(Listing(meeting_id=meeting.id, case_id=found.id, kind=kind))
        listing.kind, listing.proposal = kind, None
        assert listing.id is not None
        return listing.id


def test_a_proposal_is_kept_for_the_meeting_and_the_chair_reads_only_the_reference(desk: Desk) -> None:
    listing = put_on_list(desk, REF, "review")
    choose(desk, REPRESENTATIVE)
    desk.stage.press(REPRESENTATIVE, "cases.propose")
    view = desk.stage.submit(REPRESENTATIVE, {"decision": "transfer_out"}).view
    assert "Transfer to another area proposed" in str(view)
    desk.stage.settle()
    with desk.work() as work:
        kept = work.get(Listing, listing)
        assert kept.proposal == "transfer_out" and kept.proposed_by == desk.users[REPRESENTATIVE]
    (told,) = [text for text in desk.seen_by(CHAIR) if REF in text]
    assert "transfer" not in told.lower()
    desk.stage.press_in_message(CHAIR, "cases.open")
    assert "Transfer to another area proposed" in str(to(desk, "cases.propose", CHAIR))
    desk.stage.press(REPRESENTATIVE, "cases.propose")
    desk.stage.submit(REPRESENTATIVE, {"decision": "nothing"})
    with desk.work() as work:
        assert work.get(Listing, listing).proposal is None


@pytest.mark.parametrize(
    ("ref", "kind", "issued", "says"),
    [
        ("MSP-26-0018", None, False, "not on the list"),
        ("MSP-26-0033", "new", False, "heard before"),
        ("MSP-26-0033", "review", True, "has been issued"),
    ],
)
def test_what_can_not_be_proposed_now_is_said(desk: Desk, ref: str, kind: str | None, issued: bool, says: str) -> None:
    if kind:
        put_on_list(desk, ref, kind, issued=issued)
    choose(desk, COORDINATOR, ref)
    to(desk, "cases.propose")
    assert says in str(desk.stage.press(COORDINATOR, "cases.propose").view)


# -- many


@pytest.mark.parametrize("number", SIZES)
def test_the_record_fits_whatever_it_holds(desk: Desk, number: int) -> None:
    ref = f"MSP-24-{number:04}"
    with desk.work() as work:
        panel = work.first(Panel)
        assert panel is not None and panel.id is not None
        made = work.add(
            Case(panel_id=panel.id, ref=ref, subject_ref=f"K-9{number:03}", status="active", opened_at=work.now)
        )
        assert made.id is not None
        for n in range(number):
            work.add(CourtOrder(case_id=made.id, details={"type": "other", "breaches": n}))
            work.add(Victim(case_id=made.id, ref=f"V-{n:04}a", idva="not_allocated", details={"relation": "x"}))
    glance = choose(desk, ref=ref).view
    assert glance is not None and buttons(glance) <= 12, "the first view is short whatever the case holds"
    view = desk.stage.press(COORDINATOR, "cases.section.people").view
    assert view is not None
    View(**{key: view[key] for key in ("type", "title", "blocks", "close", "callback_id")}).validate_json()
    assert ref in str(view) and ("page 1 of 1'" in str(view)) is (number != 300)
    if number == 300:
        assert "page 2 of " in str(desk.stage.press(COORDINATOR, "cases.turn.next").view)
