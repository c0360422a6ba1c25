"""A sealed case: named people alone, and for everybody else no such case."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from commands.kit.about import About
from commands.kit.meetings import ahead
from commands.referrals.identify import PLACE
from commands.updates.requests import send
from panel import refs
from panel.identity import identifiers
from storage.tables import Agency, AuditRow, Case, Fingerprint, Panel, Referral, Request, Seal, SealedReader
from storage.work import UnitOfWork
from tests.commands.case_desk import CHAIR, COORDINATOR, POLICE, VICTIM_SERVICE, case_in, choose, forged
from tests.commands.test_referrals_sections import open_own
from tests.desk import Desk, open_desk

pytestmark = pytest.mark.slow

REF = "MSP-26-0025"
HOUSING = "T.G."
LISTED = "MSP-26-0018"
GONE = "no longer here"


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk"), "2026-10-05T09:00:00+01:00") as desk:
        yield desk


def key_of(desk: Desk, ref: str = REF) -> int:
    with desk.work() as work:
        return case_in(work, ref).id or 0


def seal(
    desk: Desk, *named: str, out: str | None = None, who: str = COORDINATOR, expect: str = "saved", ref: str = REF
) -> str:
    """Seal the case in its record; answers what is shown."""
    choose(desk, ref, who)
    desk.stage.press(who, "cases.section.course")
    desk.stage.press(who, "cases.seal")
    told: dict[str, object] = {"reason": "subject_works_here", "named": [desk.users[each] for each in named]}
    with desk.work() as work:
        codes = {agency.code: str(agency.id) for agency in work.find(Agency)}
    if out:
        told["out"] = [codes[out]]
    found = desk.stage.submit(who, told, expect=expect)
    desk.stage.settle()
    if expect == "saved":
        desk.stage.close(who)
    return str(found.errors or found.view)


def offered(desk: Desk, who: str) -> str:
    shown = str(desk.stage.command(who, "/panel", "case").view)
    desk.stage.close(who)
    return shown


def test_it_is_gone_for_everybody_who_is_not_named_and_there_for_those_who_are(desk: Desk) -> None:
    key = key_of(desk)
    assert REF in offered(desk, HOUSING)
    seal(desk, CHAIR, VICTIM_SERVICE)
    assert REF not in offered(desk, HOUSING) and REF not in offered(desk, POLICE)
    for who in (COORDINATOR, CHAIR, VICTIM_SERVICE):
        assert REF in offered(desk, who)
    never = forged(desk, HOUSING, "cases.open", About(panel=1, case=99_999))
    assert forged(desk, HOUSING, "cases.open", About(panel=1, case=key)) == never and GONE in never


def test_those_named_are_told_in_their_own_conversation_and_nobody_else(desk: Desk) -> None:
    before = {who: len(desk.seen_by(who)) for who in (CHAIR, VICTIM_SERVICE, HOUSING, POLICE)}
    channel = len(desk.workspace.messages(desk.channel))
    seal(desk, CHAIR, VICTIM_SERVICE)
    new = {who: desk.seen_by(who)[before[who] :] for who in before}
    assert all(any("is sealed" in text for text in new[who]) for who in (CHAIR, VICTIM_SERVICE))
    assert not any("sealed" in text for who in (HOUSING, POLICE) for text in new[who])
    assert len(desk.workspace.messages(desk.channel)) == channel


def test_nobody_of_an_agency_that_is_kept_out_can_be_named_now_or_later(desk: Desk) -> None:
    assert "kept out" in seal(desk, CHAIR, HOUSING, out="HOU", expect="errors")
    desk.stage.close(COORDINATOR)
    seal(desk, CHAIR, out="HOU")
    list_of(desk, CHAIR)
    desk.stage.press(CHAIR, "cases.seal.name")
    wrong = desk.stage.submit(CHAIR, {"who": desk.users[HOUSING]}, expect="errors")
    assert "kept out" in str(wrong.errors)


def test_somebody_who_chairs_must_be_named(desk: Desk) -> None:
    assert "Nobody chosen here chairs" in seal(desk, VICTIM_SERVICE, expect="errors")


def list_of(desk: Desk, who: str, ref: str = REF) -> str:
    choose(desk, ref, who)
    desk.stage.press(who, "cases.section.course")
    return str(desk.stage.press(who, "cases.seal.list").view)


def test_who_is_taken_off_finds_it_no_more_at_once(desk: Desk) -> None:
    seal(desk, CHAIR, HOUSING)
    assert REF in offered(desk, HOUSING)
    list_of(desk, CHAIR)
    about = next(
        e["accessory"]["value"]
        for e in desk.workspace.see(desk.users[CHAIR])["view"]["blocks"]
        if desk.users[HOUSING] in json.dumps(e)
    )
    desk.stage.press(CHAIR, "cases.seal.off", value=about)
    assert REF not in offered(desk, HOUSING)
    with desk.work() as work:
        assert {row.verb for row in work.find(AuditRow, AuditRow.thing == "seal:1", order=AuditRow.seq)} >= {
            "sealed", "named", "unnamed",
        }  # fmt: skip


def test_the_coordinator_can_not_change_the_list(desk: Desk) -> None:
    seal(desk, CHAIR)
    shown = list_of(desk, COORDINATOR)
    assert "cases.seal.off" not in shown and "cases.seal.lift" not in shown
    told = forged(desk, COORDINATOR, "cases.seal.lift", About(panel=1, row=1, version=2))
    assert "Only the chair" in told
    with desk.work() as work:
        assert work.get(Seal, 1).lifted_at is None


def test_agencies_of_whom_nobody_is_named_are_asked_no_more_and_again_when_it_is_lifted(desk: Desk) -> None:
    def asked() -> set[str]:
        with desk.work() as work:
            return {row.status for row in work.find(Request, Request.case_id == key_of(desk, LISTED))}

    with desk.work() as work:
        panel = work.get(Panel, 1)
        send(work, panel, ahead(work, panel))
    before = asked()
    assert before == {"asked"}
    seal(desk, CHAIR, VICTIM_SERVICE, ref=LISTED)
    assert asked() == {"asked", "left_out"}
    list_of(desk, CHAIR, LISTED)
    desk.stage.press(CHAIR, "cases.seal.lift")
    assert asked() == before and LISTED in offered(desk, HOUSING)


def test_a_chair_from_outside_chairs_this_case_and_no_other(desk: Desk) -> None:
    chair = desk.newcomer("chair")
    seal(desk, CHAIR)
    list_of(desk, CHAIR)
    desk.stage.press(CHAIR, "cases.seal.name")
    assert desk.stage.submit(CHAIR, {"who": chair, "chairs": "yes"}).ok
    desk.stage.settle()
    desk.users["outside"] = chair
    assert REF in forged(desk, "outside", "cases.open", About(panel=1, case=key_of(desk)))
    assert "cases.seal.lift" in forged(desk, "outside", "cases.seal.list", About(panel=1, row=1))
    other = forged(desk, "outside", "cases.open", About(panel=1, case=key_of(desk, "MSP-26-0033")))
    assert "MSP-26-0033" not in other
    with desk.work() as work:
        assert [row.user_id for row in work.find(SealedReader) if row.chairs] == [chair]


def refer(desk: Desk, who: str, works_here: str | None = None, expect: str = "view") -> str:
    """Send a referral; with an agency for which somebody in it works."""
    told: dict[str, object] = {
        "routes": ["MARAC"], "whereabouts": "unknown", "victims": "1", "children": 0, "conflict": "no",
        "why": "Several agencies see the same pattern.", "sharing": "yes",
    }  # fmt: skip
    if works_here:
        with desk.work() as work:
            agency = work.first(Agency, Agency.code == works_here)
            assert agency is not None
            told["works_here"] = [str(agency.id)]
    desk.stage.command(who, "/refer")
    outcome = desk.stage.submit(who, told, expect=expect)
    desk.stage.settle()
    desk.stage.close(who)
    return str(outcome.errors or outcome.view)


def newest(desk: Desk) -> Referral:
    with desk.work() as work:
        return work.find(Referral)[-1]


def test_a_referral_is_sealed_as_it_is_sent_and_numbered_apart(desk: Desk) -> None:
    refer(desk, POLICE)
    before = newest(desk).ref
    shown = refer(desk, VICTIM_SERVICE, "HOU")
    sealed = newest(desk)
    assert sealed.ref in shown and refs.parse_referral(sealed.ref).serial >= refs.SEALED_FROM
    assert sealed.ref not in str(desk.stage.command(COORDINATOR, "/panel", "triage").view)
    desk.stage.close(COORDINATOR)
    assert sealed.ref in str(desk.stage.command(CHAIR, "/panel", "triage").view)
    desk.stage.close(CHAIR)
    refer(desk, POLICE)
    last = refs.parse_referral(before).serial
    assert refs.parse_referral(newest(desk).ref).serial == last + 1, "no gap where it stands"
    assert GONE in forged(desk, COORDINATOR, "referrals.triage.open", About(panel=1, referral=sealed.id))


def test_who_sent_it_from_an_agency_that_is_kept_out_finds_it_no_more(desk: Desk) -> None:
    shown = refer(desk, HOUSING, "HOU")
    assert newest(desk).ref not in shown and "no longer here for you" in shown
    assert newest(desk).ref not in str(desk.stage.command(HOUSING, "/refer", "mine").view)


def test_the_case_that_it_becomes_is_sealed_by_the_same_seal(desk: Desk) -> None:
    refer(desk, VICTIM_SERVICE, "HOU")
    sealed = newest(desk)
    desk.stage.command(CHAIR, "/panel", "triage")
    desk.stage.press(CHAIR, "referrals.triage.open", value=About(panel=1, referral=sealed.id).dump())
    desk.stage.submit(CHAIR, {"outcome": "accepted", "reason": None})
    desk.stage.settle()
    desk.stage.close(CHAIR)
    with desk.work() as work:
        (seal,) = work.find(Seal)
        case = work.get(Case, seal.case_id)
    assert refs.parse_case(case.ref).serial >= refs.SEALED_FROM
    assert case.ref in offered(desk, CHAIR) and case.ref not in offered(desk, COORDINATOR) + offered(desk, HOUSING)
    assert case.ref not in str(desk.workspace.messages(desk.channel)) + str(desk.seen_by(COORDINATOR))


def test_a_referral_with_the_same_identifiers_is_told_to_those_named_and_not_to_its_sender(desk: Desk) -> None:
    refer(desk, VICTIM_SERVICE, "HOU")
    sealed = newest(desk)
    refer(desk, POLICE)
    other = newest(desk)
    with desk.work() as work:
        work.add(Fingerprint(panel_id=1, referral_id=sealed.id or 0, digest=digest(work), at=work.now))
    open_own(desk, other.ref, POLICE)
    desk.stage.press(POLICE, "referrals.identify")
    shown = str(desk.stage.submit(POLICE, {"police": "12/345678X"}).view)
    desk.stage.settle()
    assert sealed.ref not in shown
    assert any(sealed.ref in text and other.ref in text for text in desk.seen_by(CHAIR))
    assert not any(sealed.ref in text for who in (POLICE, COORDINATOR) for text in desk.seen_by(who))


def digest(work: UnitOfWork) -> str:
    (found,) = identifiers([], [], ["12/345678X", ""])
    return work.keyed_hash(f"1 {found}", PLACE)
