"""Who may do what: the table as a whole, each condition, each refusal."""

from dataclasses import replace
from datetime import date

import pytest

from panel.access import (
    CONFLICTED,
    NOT_LISTED,
    NOTHING_IN_WRITING,
    Allowed,
    Person,
    Refused,
    RoleHeld,
    Thing,
    Verb,
    as_reader,
    may,
    role_clash,
)
from panel.codes import Function, RestrictionKind, Role
from panel.grants import GRANTS, PANEL_OFFICE, Condition, Holder
from panel.restriction import Item, Reader, Restriction, may_read


def person(*roles: RoleHeld, user: str = "U1", **more: bool) -> Person:
    return replace(Person(user, frozenset(roles)), **more)  # type: ignore[arg-type]


CHAIR = person(RoleHeld(Role.CHAIR, "POL", Function.POLICE), user="U-CHAIR")
COORDINATOR = person(RoleHeld(Role.COORDINATOR), user="U-COORD")
POLICE = person(RoleHeld(Role.REP, "POL", Function.POLICE), user="U-POL")
HOUSING = person(RoleHeld(Role.REP, "HOU", Function.HOUSING), user="U-HOU")
HOUSING_DEPUTY = person(RoleHeld(Role.DEPUTY, "HOU", Function.HOUSING), user="U-HOU2")
HOUSING_LEAD = person(RoleHeld(Role.LEAD, "HOU", Function.HOUSING), user="U-HOU3")
VICTIM_SERVICE = person(RoleHeld(Role.REP, "LAN", Function.VICTIM_SERVICE), user="U-LAN")
GOVERNANCE = person(RoleHeld(Role.INFORMATION_GOVERNANCE), user="U-IG")
STEERING = person(RoleHeld(Role.STEERING), user="U-ST")
OBSERVER = person(RoleHeld(Role.OBSERVER), user="U-OB")
ADMIN = person(user="U-AD", system_admin=True)
STRANGER = person(user="U-X")
WORKER = person(user="U-W")

ON_CASE = frozenset({"POL", "HOU", "LAN"})
ACTION = Thing(agency="HOU", assignee="U-W", on_case=ON_CASE)
OFFICE_ACTION = Thing(agency=PANEL_OFFICE, on_case=ON_CASE)

# Every verb, and who of these may do it to the housing action above.
ALLOWED: dict[Verb, set[str]] = {
    Verb.SET_UP_PANEL: {"coordinator", "admin"},
    Verb.CHANGE_SETTINGS: {"coordinator", "chair"},
    Verb.MANAGE_PEOPLE: {"coordinator", "admin"},
    Verb.SET_GO_LIVE: {"governance"},
    Verb.SCHEDULE: {"coordinator", "chair"},
    Verb.MOVE_MEETING: {"coordinator", "chair"},
    Verb.CANCEL_MEETING: {"coordinator", "chair"},
    Verb.REFER: {"coordinator", "chair", "police", "housing", "housing deputy", "housing lead", "victim service"},
    Verb.TRIAGE: {"coordinator", "chair"},
    Verb.READ_VICTIMS_VIEWS: {"chair", "victim service"},
    Verb.SIGN_OFF_REFERRAL: {"housing", "housing deputy", "housing lead"},
    Verb.DECLARE_URGENT: {"chair"},
    Verb.EDIT_CASE: {"coordinator", "chair"},
    Verb.KEEP_APART: {"chair", "victim service"},
    Verb.SAY_PRIMARY: {"chair"},
    Verb.KEEP_EQUALITY: {"coordinator"},
    Verb.COUNT_EQUALITY: {"coordinator", "chair"},
    Verb.INVITE_AGENCY: {"coordinator", "chair"},
    Verb.AGREE_INVITATION: {"victim service"},
    Verb.AGREE_IMMIGRATION: {"chair"},
    Verb.WITHDRAW_INVITATION: {"coordinator", "chair"},
    Verb.DECLARE_CONFLICT: {
        "coordinator",
        "chair",
        "police",
        "housing",
        "housing deputy",
        "housing lead",
        "victim service",
        "worker",
    },
    Verb.MOVE_CASE: {"coordinator", "chair"},
    Verb.END_CASE: {"chair"},
    Verb.GIVE_VICTIM_VIEW: {"victim service"},
    Verb.MARK_FILE: {"housing", "housing deputy"},
    Verb.STEP_PATHWAY: {"coordinator", "chair"},
    Verb.RECORD_DEATH: {"coordinator", "chair"},
    Verb.HAND_OVER_CASE: {"coordinator", "chair"},
    Verb.FOLLOW_UP: {"coordinator", "chair"},
    Verb.SEE_TIMELINE: {"coordinator", "chair", "police", "housing", "housing deputy", "victim service"},
    Verb.SUBMIT_RETURN: {"housing", "housing deputy"},
    Verb.ENTER_ON_BEHALF: {"coordinator"},
    Verb.WRITE_PROFILE: {"coordinator", "housing", "housing deputy"},  # of the police, were they this agency
    Verb.ISSUE_LIST: {"coordinator", "chair"},
    Verb.SEE_BOARD: {"coordinator", "chair"},
    Verb.REMIND: {"coordinator"},
    Verb.PREVIEW_AGENDA: {"coordinator", "chair"},
    Verb.APPROVE_AGENDA: {"chair"},
    Verb.OPEN_BRIEFING: {"coordinator", "chair", "police", "housing", "housing deputy", "victim service"},
    Verb.RECORD_TOLD: {"victim service"},
    Verb.TABLE_LATE_PAPER: {"coordinator", "police", "housing", "housing deputy", "victim service"},
    Verb.PRINT_PACK: {"coordinator", "chair"},
    Verb.RECORD_MEETING: {"coordinator", "chair"},
    Verb.PROPOSE_END: {"coordinator", "chair", "police", "housing", "housing deputy", "victim service"},
    Verb.DRAFT_MINUTES: {"coordinator"},
    Verb.APPROVE_MINUTES: {"chair", "worker"},
    Verb.ISSUE_MINUTES: {"coordinator"},
    Verb.SEE_MINUTES: {"coordinator", "chair", "police", "housing", "housing deputy", "victim service"},
    Verb.WITHOUT_QUORUM: {"chair"},
    Verb.KEEP_AGREEMENTS: {"coordinator", "chair", "governance"},
    Verb.LET_IN: {"chair"},
    Verb.DECLARE: {"coordinator", "chair", "police", "housing", "housing deputy", "housing lead", "victim service"},
    Verb.DECLARE_FOR: {"coordinator"},
    Verb.CONFIRM_STATEMENT: {"housing", "housing deputy"},
    Verb.DELEGATE_MINUTES: {"chair"},
    Verb.DECIDE_IN_WRITING: {"chair"},
    Verb.ANSWER_IN_WRITING: {"housing", "housing deputy"},
    Verb.ANSWER_IN_WRITING_FOR: {"coordinator"},
    Verb.PROPOSE_ACTION: {"coordinator", "chair", "police", "housing", "housing deputy", "victim service"},
    Verb.ADD_ACTION: {"coordinator", "chair"},
    Verb.AGREE_ACTION: {"chair"},
    Verb.EDIT_ACTION: {"coordinator", "chair"},
    Verb.CHECK_SAFETY: {"victim service"},
    Verb.CHECK_FOR: {"coordinator"},
    Verb.PROCEED_AGAINST_ADVICE: {"chair"},
    Verb.ACKNOWLEDGE: {"housing", "housing deputy", "worker"},
    Verb.REPORT_PROGRESS: {"housing", "housing deputy", "worker"},
    Verb.REPORT_COMPLETE: {"housing", "housing deputy", "worker"},
    Verb.ASK_TIME: {"housing", "housing deputy", "worker"},
    Verb.APPROVE_TIME: {"chair"},
    Verb.CONFIRM_ACTION: {"coordinator", "chair"},
    Verb.QUERY_ACTION: {"coordinator", "chair"},
    Verb.NOT_POSSIBLE: {"chair"},
    Verb.NOT_DONE: {"housing", "housing deputy", "chair"},
    Verb.GIVE_REASON: {"housing", "housing deputy", "worker", "coordinator", "chair"},
    Verb.SUPERSEDE: {"chair"},
    Verb.CANCEL_ACTION: {"chair"},
    Verb.ANSWER_FOR: {"coordinator"},
    Verb.REASSIGN: {"housing", "housing deputy", "coordinator"},
    Verb.SNOOZE_ACTION: {"housing", "housing deputy", "worker"},
    Verb.SAY_NOT_POSSIBLE: {"housing", "housing deputy", "worker", "chair"},
    Verb.REOPEN_ACTION: {"coordinator", "chair"},
    Verb.RESTORE_ACTION: {"chair"},
    Verb.MOVE_DATE: {"chair"},
    Verb.DELEGATE_TIME: {"chair"},
    Verb.SEE_ACTION: {
        "coordinator",
        "chair",
        "police",
        "housing",
        "housing deputy",
        "housing lead",
        "victim service",
        "worker",
    },
    Verb.SEE_AGENCY_TRACKER: {"coordinator", "chair", "housing", "housing deputy", "housing lead"},
    Verb.SEE_TRACKER: {"coordinator", "chair"},
    Verb.SEE_HEALTH: {"coordinator", "chair", "steering"},
    Verb.EXPORT: {"coordinator", "governance"},
    Verb.SEE_AUDIT: {"coordinator", "chair", "governance"},
    Verb.CHANGE_CATALOGUE: {"coordinator", "chair"},
    Verb.AGREE_LIGHTER: {"victim service"},
    Verb.LIGHTEN_CHECK: {"chair"},
    Verb.SEAL_CASE: {"coordinator", "chair"},
    Verb.CHANGE_SEAL: {"chair"},
    Verb.KEEP_RECORDS: {"governance"},
    Verb.HOLD_RECORD: {"governance", "chair"},
    Verb.ANSWER_REQUEST: {"governance"},
    Verb.SAY_WHAT_MAY_BE_GIVEN: {"housing", "housing deputy"},
    Verb.BREAK_GLASS: {"housing lead"},  # the others' agencies are on the case
    Verb.REVIEW_GLASS: {"chair"},
    Verb.ATTEST_SEAT: {"coordinator", "chair", "housing lead"},
}
PEOPLE = {
    "chair": CHAIR,
    "coordinator": COORDINATOR,
    "police": POLICE,
    "housing": HOUSING,
    "housing deputy": HOUSING_DEPUTY,
    "housing lead": HOUSING_LEAD,
    "victim service": VICTIM_SERVICE,
    "governance": GOVERNANCE,
    "steering": STEERING,
    "observer": OBSERVER,
    "admin": ADMIN,
    "stranger": STRANGER,
    "worker": WORKER,
}


@pytest.mark.parametrize("verb", Verb)
def test_the_table(verb: Verb) -> None:
    assert {name for name, someone in PEOPLE.items() if may(someone, verb, ACTION)} == ALLOWED[verb]


def test_every_verb_has_a_line_and_every_line_a_sentence() -> None:
    assert set(GRANTS) == set(Verb)
    for verb in Verb:
        answer = may(OBSERVER, verb, Thing())
        assert isinstance(answer, Refused)
        assert answer.reason.endswith(".")


def test_observers_and_administrators_see_nothing_of_a_case() -> None:
    assert not [verb for verb in Verb if may(OBSERVER, verb, ACTION)]
    assert {verb for verb in Verb if may(ADMIN, verb, ACTION)} == {Verb.SET_UP_PANEL, Verb.MANAGE_PEOPLE}
    assert not as_reader(OBSERVER, ACTION).on_case
    assert not as_reader(ADMIN, ACTION).on_case


def test_a_conflict_closes_a_case_to_one_person_not_to_the_agency() -> None:
    conflicted = replace(ACTION, recused=frozenset({"U-HOU", "U-CHAIR", "U-W"}))
    assert may(HOUSING, Verb.OPEN_BRIEFING, conflicted) == Refused(CONFLICTED)
    assert may(CHAIR, Verb.TRIAGE, conflicted) == Refused(CONFLICTED)
    assert may(WORKER, Verb.ACKNOWLEDGE, conflicted) == Refused(CONFLICTED)
    assert may(HOUSING_DEPUTY, Verb.OPEN_BRIEFING, conflicted)
    assert may(HOUSING, Verb.DECLARE_CONFLICT, conflicted)


@pytest.mark.parametrize(
    ("someone", "verb", "thing", "condition"),
    [
        (HOUSING, Verb.SUBMIT_RETURN, Thing(agency="POL", on_case=ON_CASE), Condition.OWN_AGENCY),
        (HOUSING, Verb.SUBMIT_RETURN, Thing(agency="HOU", on_case=frozenset({"POL"})), Condition.AGENCY_ON_CASE),
        (HOUSING, Verb.OPEN_BRIEFING, Thing(on_case=frozenset({"POL"})), Condition.ON_CASE),
        (VICTIM_SERVICE, Verb.CHECK_SAFETY, Thing(agency="LAN", on_case=ON_CASE), Condition.NOT_OWNER_AGENCY),
        (VICTIM_SERVICE, Verb.CHECK_SAFETY, Thing(on_case=ON_CASE), Condition.NOT_OWNER_AGENCY),
        (CHAIR, Verb.APPROVE_AGENDA, Thing(author="U-CHAIR"), Condition.NOT_AUTHOR),
        (CHAIR, Verb.APPROVE_MINUTES, Thing(author="U-CHAIR"), Condition.NOT_AUTHOR),
        (CHAIR, Verb.APPROVE_TIME, Thing(author="U-CHAIR"), Condition.NOT_AUTHOR),
        (COORDINATOR, Verb.CONFIRM_ACTION, OFFICE_ACTION, Condition.NOT_PANEL_OWNED),
        (COORDINATOR, Verb.CONFIRM_ACTION, Thing(), Condition.NOT_PANEL_OWNED),
        (COORDINATOR, Verb.CONFIRM_ACTION, replace(ACTION, sensitive=True), Condition.NOT_SENSITIVE),
        (COORDINATOR, Verb.CONFIRM_ACTION, replace(ACTION, author="U-COORD"), Condition.NOT_AUTHOR),
        (COORDINATOR, Verb.ACKNOWLEDGE, ACTION, Condition.PANEL_OWNED),
        (CHAIR, Verb.AGREE_INVITATION, Thing(on_case=ON_CASE), Condition.NO_VICTIM_SERVICE),
        (HOUSING, Verb.BREAK_GLASS, ACTION, Condition.NOT_ON_CASE),
        (CHAIR, Verb.REVIEW_GLASS, Thing(author="U-CHAIR"), Condition.NOT_AUTHOR),
        (COORDINATOR, Verb.ATTEST_SEAT, Thing(assignee="U-COORD"), Condition.NOT_OWN_SEAT),
        (CHAIR, Verb.ATTEST_SEAT, Thing(assignee="U-CHAIR"), Condition.NOT_OWN_SEAT),
        (HOUSING_LEAD, Verb.ATTEST_SEAT, Thing(agency="HOU", assignee="U-HOU3"), Condition.NOT_OWN_SEAT),
        (HOUSING_LEAD, Verb.ATTEST_SEAT, Thing(agency="POL", assignee="U-POL"), Condition.OWN_AGENCY),
        (COORDINATOR, Verb.APPROVE_TIME, ACTION, Condition.DELEGATED),
        (STRANGER, Verb.SET_UP_PANEL, Thing(), Condition.FIRST_PANEL),
    ],
)
def test_each_condition_refuses_with_what_to_do(
    someone: Person, verb: Verb, thing: Thing, condition: Condition
) -> None:
    assert may(someone, verb, thing) == Refused(condition.label)


def test_the_chair_confirms_for_the_office_and_what_is_sensitive() -> None:
    assert may(CHAIR, Verb.CONFIRM_ACTION, OFFICE_ACTION) == Allowed()
    assert may(CHAIR, Verb.CONFIRM_ACTION, replace(ACTION, sensitive=True))
    assert may(COORDINATOR, Verb.REPORT_COMPLETE, OFFICE_ACTION)


def test_the_first_panel_can_be_set_up_by_anyone() -> None:
    assert may(STRANGER, Verb.SET_UP_PANEL, Thing(first_panel=True))


def test_a_deputy_chair_is_the_chair_only_while_acting() -> None:
    deputy = person(RoleHeld(Role.DEPUTY_CHAIR, "PROB", Function.PROBATION))
    assert not may(deputy, Verb.APPROVE_AGENDA, Thing())
    assert may(replace(deputy, acting_chair=True), Verb.APPROVE_AGENDA, Thing())


def test_a_lead_acts_for_the_agency_led_not_for_one_represented() -> None:
    both = person(RoleHeld(Role.LEAD, "HOU"), RoleHeld(Role.REP, "POL"))
    assert may(both, Verb.SEE_AGENCY_TRACKER, Thing(agency="HOU"))
    assert may(both, Verb.SEE_AGENCY_TRACKER, Thing(agency="POL"))
    assert not may(both, Verb.REPORT_COMPLETE, Thing(agency="HOU"))


def test_refusals_name_who_can() -> None:
    assert may(STRANGER, Verb.TRIAGE, Thing()) == Refused(NOT_LISTED)
    assert may(OBSERVER, Verb.TRIAGE, Thing()) == Refused(NOTHING_IN_WRITING)
    assert may(HOUSING, Verb.MOVE_MEETING, Thing()) == Refused(
        "Only the coordinator or the chair can move a meeting. Ask them."
    )
    assert may(HOUSING, Verb.CANCEL_ACTION, Thing()) == Refused(
        "Only the chair can cancel an action. Ask them, or the coordinator."
    )
    assert "Only the person named to do the action, the agency's representative or deputy or the coordinator can" in (
        str(may(STEERING, Verb.ACKNOWLEDGE, ACTION))
    )


def test_nobody_stands_for_victims_and_subjects_both() -> None:
    victims = RoleHeld(Role.DEPUTY, "LAN", Function.VICTIM_SERVICE)
    subjects = RoleHeld(Role.REP, "DRV", Function.PERPETRATOR_SERVICE)
    assert role_clash([victims, subjects])
    assert role_clash([victims, RoleHeld(Role.REP, "POL", Function.POLICE)]) is None


def test_every_holder_and_condition_is_used() -> None:
    lines = [grant for grants in GRANTS.values() for grant in grants]
    assert {grant.holder for grant in lines} == set(Holder)
    assert {condition for grant in lines for condition in grant.conditions} == set(Condition)


# ---- as a reader


def test_the_chair_alone_reads_as_chair_and_with_a_second_role_only_when_acting() -> None:
    assert as_reader(CHAIR, ACTION).acting_chair
    with_agency = person(RoleHeld(Role.CHAIR), RoleHeld(Role.REP, "HOU", Function.HOUSING))
    assert not as_reader(with_agency, ACTION).acting_chair
    assert as_reader(replace(with_agency, acting_chair=True), ACTION).acting_chair
    assert not as_reader(replace(HOUSING, acting_chair=True), ACTION).acting_chair


def test_a_representative_reads_for_the_agencies_on_the_case() -> None:
    two = person(RoleHeld(Role.REP, "HOU", Function.HOUSING), RoleHeld(Role.DEPUTY, "RSL", Function.OTHER))
    assert as_reader(two, ACTION) == Reader(
        frozenset({"HOU"}), frozenset({Function.HOUSING}), perp_facing=True, on_case=True
    )
    assert not as_reader(two, Thing(on_case=frozenset({"POL"}))).on_case
    assert not as_reader(HOUSING_LEAD, ACTION).on_case
    assert as_reader(HOUSING, replace(ACTION, recused=frozenset({"U-HOU"}))).recused


def test_a_coordinator_of_an_agency_never_loses_the_tighter_role() -> None:
    both = person(RoleHeld(Role.COORDINATOR), RoleHeld(Role.REP, "HOU", Function.HOUSING))
    chair_item = Item(Restriction(RestrictionKind.CHAIR), "POL")
    assert not may_read(as_reader(both, Thing()), chair_item, date(2026, 10, 14))
    assert may_read(as_reader(COORDINATOR, Thing()), chair_item, date(2026, 10, 14))


def test_working_with_subjects_is_the_persons_own_once_said() -> None:
    probation = person(RoleHeld(Role.REP, "PROB", Function.PROBATION))
    assert as_reader(probation, ACTION).perp_facing
    assert not as_reader(replace(probation, perp_facing=False), ACTION).perp_facing
    assert as_reader(replace(HOUSING, perp_facing=True), ACTION).perp_facing
    assert not as_reader(CHAIR, ACTION).perp_facing


# ---- a case opened in an emergency

ELSEWHERE = Thing(on_case=frozenset({"POL", "LAN"}), recused=frozenset())
OPENED = replace(ELSEWHERE, opened=frozenset({"U-HOU", "U-HOU3", "U-AD", "U-OB", "U-ST", "U-IG", "U-W"}))


def test_a_case_opened_in_an_emergency_is_read_as_if_the_agency_were_invited_and_no_more() -> None:
    assert may(HOUSING, Verb.OPEN_BRIEFING, ELSEWHERE) == Refused(Condition.ON_CASE.label)
    assert {verb for verb in Verb if may(HOUSING, verb, OPENED) and not may(HOUSING, verb, ELSEWHERE)} == {
        Verb.OPEN_BRIEFING,
        Verb.SEE_TIMELINE,
    }
    verdict = may(HOUSING, Verb.OPEN_BRIEFING, OPENED)
    assert isinstance(verdict, Allowed) and verdict.by is Holder.BREAK_GLASS
    reader = as_reader(HOUSING, OPENED)
    assert reader == Reader(frozenset({"HOU"}), frozenset({Function.HOUSING}), perp_facing=False, on_case=True)
    for kind in (RestrictionKind.CHAIR, RestrictionKind.IDVA, RestrictionKind.VERBAL):
        assert not may_read(reader, Item(Restriction(kind), "POL"), date(2026, 10, 14))
    assert may_read(reader, Item(Restriction(), "POL"), date(2026, 10, 14))


def test_a_lead_opens_a_case_of_their_own_agency_too_and_reads_the_least() -> None:
    assert may(HOUSING_LEAD, Verb.BREAK_GLASS, ACTION)
    reader = as_reader(HOUSING_LEAD, OPENED)
    assert reader.on_case and reader.perp_facing and not reader.agencies and not reader.functions


def test_no_emergency_opens_a_case_to_a_conflict_or_to_somebody_whose_part_reads_nothing() -> None:
    recused = replace(OPENED, recused=frozenset({"U-HOU"}))
    assert may(HOUSING, Verb.OPEN_BRIEFING, recused) == Refused(CONFLICTED)
    assert may(HOUSING, Verb.BREAK_GLASS, recused) == Refused(CONFLICTED)
    for someone in (ADMIN, OBSERVER, STEERING, GOVERNANCE, WORKER, replace(HOUSING, roles=frozenset())):
        assert not may(someone, Verb.BREAK_GLASS, ELSEWHERE)
        assert not may(someone, Verb.OPEN_BRIEFING, OPENED)
        assert not as_reader(someone, OPENED).on_case
    assert not may(HOUSING_DEPUTY, Verb.OPEN_BRIEFING, OPENED)  # it is open to one person, not to the agency
