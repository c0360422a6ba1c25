"""What the table of access leaves no room for: who may do what in each situation that a line asks about.

`test_access` says who may do everything to one action on one case. Here the same case is off, the office's, given to
the person who asks, sensitive and so on, and the lines say what that changes (+ who may besides, - who may no longer).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from panel.access import (
    NOT_LISTED,
    PANEL_OFFICE,
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
from panel.grants import Condition
from panel.restriction import Item, Reader, Restriction, carried, may_read, perp_facing_by_default, tightest
from tests.panel.test_access import ACTION, ALLOWED, CHAIR, HOUSING, ON_CASE, PEOPLE, person

MANAGER = person(RoleHeld(Role.REP, "DRV", Function.PERPETRATOR_SERVICE), user="U-DRV")
DUTY = person(RoleHeld(Role.DUTY, "HOU", Function.HOUSING), user="U-DUTY")
DEPUTY_CHAIR = replace(
    person(RoleHeld(Role.DEPUTY_CHAIR, "PROB", Function.PROBATION), user="U-DC"), chairs=frozenset({"U-CHAIR"})
)
HELPER = person(user="U-HELP")
EVERYBODY = PEOPLE | {"case manager": MANAGER, "duty lead": DUTY, "deputy chair": DEPUTY_CHAIR, "helper": HELPER}
HERE = replace(ACTION, second="U-HELP", on_case=ON_CASE | {"DRV"})
WORLDS: dict[str, Callable[[Person], Thing]] = {
    "off the case": lambda _who: replace(HERE, on_case=frozenset()),
    "of the office": lambda _who: replace(HERE, agency=PANEL_OFFICE),
    "of the police": lambda _who: replace(HERE, agency="POL"),
    "of the victim service": lambda _who: replace(HERE, agency="LAN"),
    "of nobody": lambda _who: replace(HERE, agency=None),
    "prepared by them": lambda who: replace(HERE, author=who.user),
    "given to them": lambda who: replace(HERE, assignee=who.user),
    "helped by them": lambda who: replace(HERE, second=who.user),
    "sensitive": lambda _who: replace(HERE, sensitive=True),
    "delegated": lambda _who: replace(HERE, delegated=True),
    "delegated, prepared by them": lambda who: replace(HERE, delegated=True, author=who.user),
    "without a victim service": lambda _who: replace(HERE, no_victim_service=True),
    "the first panel": lambda _who: replace(HERE, first_panel=True),
    "opened off the case": lambda who: replace(HERE, on_case=frozenset(), opened=frozenset({who.user})),
}
CHANGES = {
    "off the case": """
        keep_apart: -victim_service
        agree_invitation: -victim_service
        give_victim_view: -victim_service
        step_pathway: -case_manager
        see_timeline: -case_manager -housing -housing_deputy -police -victim_service
        submit_return: -housing -housing_deputy
        enter_on_behalf: -coordinator
        write_profile: -housing -housing_deputy
        open_briefing: -case_manager -housing -housing_deputy -police -victim_service
        record_told: -victim_service
        table_late_paper: -case_manager -housing -housing_deputy -police -victim_service
        propose_end: -case_manager -housing -housing_deputy -police -victim_service
        see_minutes: -case_manager -housing -housing_deputy -police -victim_service
        answer_in_writing: -housing -housing_deputy
        answer_in_writing_for: -coordinator
        propose_action: -case_manager -housing -housing_deputy -police -victim_service
        check_safety: -victim_service
        see_action: -case_manager -police -victim_service
        break_glass: +case_manager +housing +housing_deputy +police +victim_service
    """,
    "of the office": """
        sign_off_referral: -duty_lead -housing -housing_deputy -housing_lead
        mark_file: -housing -housing_deputy
        submit_return: -housing -housing_deputy
        enter_on_behalf: -coordinator
        write_profile: -housing -housing_deputy
        confirm_statement: -housing -housing_deputy
        answer_in_writing: -housing -housing_deputy
        answer_in_writing_for: -coordinator
        check_for: -coordinator
        acknowledge: +coordinator -housing -housing_deputy
        report_progress: +coordinator -housing -housing_deputy
        report_complete: +coordinator -housing -housing_deputy
        ask_time: +coordinator -housing -housing_deputy
        confirm_action: -coordinator
        query_action: -coordinator
        not_done: +coordinator -housing -housing_deputy
        give_reason: -housing -housing_deputy
        reassign: -housing -housing_deputy
        answer_for: -coordinator
        snooze_action: +coordinator -housing -housing_deputy
        say_not_possible: +coordinator -housing -housing_deputy
        reopen_action: -coordinator
        see_action: -duty_lead -housing_lead
        see_agency_tracker: -duty_lead -housing -housing_deputy -housing_lead
        say_what_may_be_given: -housing -housing_deputy
        attest_seat: -duty_lead -housing_lead
    """,
    "of the police": """
        sign_off_referral: +police -duty_lead -housing -housing_deputy -housing_lead
        mark_file: +police -housing -housing_deputy
        submit_return: +police -housing -housing_deputy
        write_profile: +police -housing -housing_deputy
        confirm_statement: +police -housing -housing_deputy
        answer_in_writing: +police -housing -housing_deputy
        acknowledge: +police -housing -housing_deputy
        report_progress: +police -housing -housing_deputy
        report_complete: +police -housing -housing_deputy
        ask_time: +police -housing -housing_deputy
        not_done: +police -housing -housing_deputy
        give_reason: +police -housing -housing_deputy
        reassign: +police -housing -housing_deputy
        snooze_action: +police -housing -housing_deputy
        say_not_possible: +police -housing -housing_deputy
        see_action: -duty_lead -housing_lead
        see_agency_tracker: +police -duty_lead -housing -housing_deputy -housing_lead
        say_what_may_be_given: +police -housing -housing_deputy
        attest_seat: -duty_lead -housing_lead
    """,
    "of the victim service": """
        sign_off_referral: +victim_service -duty_lead -housing -housing_deputy -housing_lead
        mark_file: +victim_service -housing -housing_deputy
        submit_return: +victim_service -housing -housing_deputy
        write_profile: +victim_service -housing -housing_deputy
        confirm_statement: +victim_service -housing -housing_deputy
        answer_in_writing: +victim_service -housing -housing_deputy
        check_safety: -victim_service
        acknowledge: +victim_service -housing -housing_deputy
        report_progress: +victim_service -housing -housing_deputy
        report_complete: +victim_service -housing -housing_deputy
        ask_time: +victim_service -housing -housing_deputy
        not_done: +victim_service -housing -housing_deputy
        give_reason: +victim_service -housing -housing_deputy
        reassign: +victim_service -housing -housing_deputy
        snooze_action: +victim_service -housing -housing_deputy
        say_not_possible: +victim_service -housing -housing_deputy
        see_action: -duty_lead -housing_lead
        see_agency_tracker: +victim_service -duty_lead -housing -housing_deputy -housing_lead
        say_what_may_be_given: +victim_service -housing -housing_deputy
        attest_seat: -duty_lead -housing_lead
    """,
    "of nobody": """
        sign_off_referral: -duty_lead -housing -housing_deputy -housing_lead
        mark_file: -housing -housing_deputy
        submit_return: -housing -housing_deputy
        enter_on_behalf: -coordinator
        write_profile: -housing -housing_deputy
        confirm_statement: -housing -housing_deputy
        answer_in_writing: -housing -housing_deputy
        answer_in_writing_for: -coordinator
        check_safety: -victim_service
        check_for: -coordinator
        acknowledge: -housing -housing_deputy
        report_progress: -housing -housing_deputy
        report_complete: -housing -housing_deputy
        ask_time: -housing -housing_deputy
        confirm_action: -coordinator
        query_action: -coordinator
        not_done: -housing -housing_deputy
        give_reason: -housing -housing_deputy
        reassign: -housing -housing_deputy
        answer_for: -coordinator
        snooze_action: -housing -housing_deputy
        say_not_possible: -housing -housing_deputy
        reopen_action: -coordinator
        see_action: -duty_lead -housing_lead
        see_agency_tracker: -duty_lead -housing -housing_deputy -housing_lead
        say_what_may_be_given: -housing -housing_deputy
        attest_seat: -duty_lead -housing_lead
    """,
    "prepared by them": """
        sign_off_referral: -duty_lead -housing -housing_deputy -housing_lead
        approve_agenda: -chair
        approve_minutes: -chair -helper -worker
        approve_time: -chair
        confirm_action: -chair -coordinator
        query_action: -chair -coordinator
        not_possible: -chair
        review_glass: -chair
    """,
    "given to them": """
        declare_conflict: everybody
        approve_minutes: everybody
        check_safety: -victim_service
        check_for: -coordinator
        acknowledge: everybody
        report_progress: everybody
        report_complete: everybody
        ask_time: everybody
        give_reason: everybody
        snooze_action: everybody
        say_not_possible: everybody
        see_action: everybody
        attest_seat: -chair -coordinator -duty_lead -housing_lead
    """,
    "helped by them": """
        declare_conflict: everybody
        approve_minutes: everybody
        check_safety: -victim_service
        check_for: -coordinator
        acknowledge: everybody
        report_progress: everybody
        report_complete: everybody
        ask_time: everybody
        give_reason: everybody
        snooze_action: everybody
        say_not_possible: everybody
        see_action: everybody
    """,
    "sensitive": """
        confirm_action: -coordinator
        query_action: -coordinator
        reopen_action: -coordinator
    """,
    "delegated": """
        approve_time: +coordinator
        move_date: +coordinator
    """,
    "delegated, prepared by them": """
        sign_off_referral: -duty_lead -housing -housing_deputy -housing_lead
        approve_agenda: -chair
        approve_minutes: -chair -helper -worker
        approve_time: -chair
        confirm_action: -chair -coordinator
        query_action: -chair -coordinator
        not_possible: -chair
        move_date: +coordinator
        review_glass: -chair
    """,
    "without a victim service": """
        agree_invitation: +chair
        give_victim_view: +chair
    """,
    "the first panel": """
        set_up_panel: everybody
    """,
    "opened off the case": """
        keep_apart: -victim_service
        agree_invitation: -victim_service
        give_victim_view: -victim_service
        step_pathway: -case_manager
        see_timeline: +duty_lead +housing_lead
        submit_return: -housing -housing_deputy
        enter_on_behalf: -coordinator
        write_profile: -housing -housing_deputy
        open_briefing: +duty_lead +housing_lead
        record_told: -victim_service
        table_late_paper: -case_manager -housing -housing_deputy -police -victim_service
        propose_end: -case_manager -housing -housing_deputy -police -victim_service
        see_minutes: -case_manager -housing -housing_deputy -police -victim_service
        answer_in_writing: -housing -housing_deputy
        answer_in_writing_for: -coordinator
        propose_action: -case_manager -housing -housing_deputy -police -victim_service
        check_safety: -victim_service
        see_action: -case_manager -police -victim_service
        break_glass: +case_manager +housing +housing_deputy +police +victim_service
    """,
}


def allowed(verb: Verb, world: Callable[[Person], Thing]) -> set[str]:
    """Who of everybody may."""
    return {name for name, someone in EVERYBODY.items() if may(someone, verb, world(someone))}


@pytest.mark.parametrize("name", WORLDS)
def test_what_a_situation_changes(name: str) -> None:
    told = dict(line.strip().split(":") for line in CHANGES[name].strip().splitlines())
    assert set(told) <= set(Verb)
    for verb in Verb:
        before = allowed(verb, lambda _who: HERE)
        words = told.get(verb, "").split()
        wanted = before | {word[1:].replace("_", " ") for word in words if word[0] == "+"}
        wanted -= {word[1:].replace("_", " ") for word in words if word[0] == "-"}
        assert allowed(verb, WORLDS[name]) == (set(EVERYBODY) if words == ["everybody"] else wanted), verb


@pytest.mark.parametrize("verb", Verb)
def test_a_duty_lead_is_as_a_senior_lead_and_a_helper_as_the_doer(verb: Verb) -> None:
    may_now = allowed(verb, lambda _who: HERE)
    assert may_now - {"case manager", "duty lead", "deputy chair", "helper"} == ALLOWED[verb]
    assert ("duty lead" in may_now) is ("housing lead" in may_now)
    assert ("helper" in may_now) is ("worker" in may_now)
    assert "deputy chair" not in may_now  # the chair is there


@pytest.mark.parametrize("verb", Verb)
def test_where_a_case_is_closed_to_the_chair_the_deputy_chair_has_all_of_the_chairs_and_the_chair_nothing(
    verb: Verb,
) -> None:
    closed = replace(HERE, recused=frozenset({"U-CHAIR"}))
    assert bool(may(DEPUTY_CHAIR, verb, closed)) is bool(may(CHAIR, verb, HERE))
    assert bool(may(CHAIR, verb, closed)) is (verb is Verb.DECLARE_CONFLICT)


def test_a_deputy_chair_stands_in_only_where_no_chair_is_left() -> None:
    two = replace(DEPUTY_CHAIR, chairs=frozenset({"U-CHAIR", "U-CHAIR2"}))
    assert not may(two, Verb.TRIAGE, replace(HERE, recused=frozenset({"U-CHAIR"})))
    assert may(two, Verb.TRIAGE, replace(HERE, recused=frozenset({"U-CHAIR", "U-CHAIR2"})))
    assert may(two, Verb.TRIAGE, replace(HERE, recused=frozenset({"U-CHAIR", "U-CHAIR2", "U-POL"})))
    assert may(replace(two, chairs=frozenset()), Verb.TRIAGE, HERE)
    assert not may(replace(two, chairs=None), Verb.TRIAGE, HERE)
    both = person(RoleHeld(Role.CHAIR), RoleHeld(Role.DEPUTY_CHAIR), user="U-BOTH")
    assert both.is_chair and not both.deputises and not DEPUTY_CHAIR.is_chair


def test_a_seat_without_an_agency_stands_for_none() -> None:
    nowhere = person(RoleHeld(Role.REP))
    assert nowhere.agencies == frozenset() and nowhere.functions == frozenset()
    assert not may(nowhere, Verb.REFER, Thing())
    assert not may(nowhere, Verb.SUBMIT_RETURN, Thing())
    half = person(RoleHeld(Role.REP), RoleHeld(Role.REP, "HOU", Function.HOUSING), RoleHeld(Role.COORDINATOR))
    assert not may(half, Verb.MARK_FILE, Thing())
    reader = as_reader(half, HERE)
    assert reader.agencies == {"HOU"} and reader.functions == {Function.HOUSING}


def test_the_checker_has_no_part_in_doing_it() -> None:
    checks = person(RoleHeld(Role.REP, "LAN", Function.VICTIM_SERVICE), RoleHeld(Role.LEAD, "HOU"), user="U-LAN")
    assert not may(checks, Verb.CHECK_SAFETY, HERE)
    office = person(RoleHeld(Role.REP, "LAN", Function.VICTIM_SERVICE), RoleHeld(Role.COORDINATOR), user="U-LAN")
    assert not may(office, Verb.CHECK_SAFETY, replace(HERE, agency=PANEL_OFFICE))
    assert may(PEOPLE["victim service"], Verb.CHECK_SAFETY, replace(HERE, agency=PANEL_OFFICE))


def test_an_administrator_without_a_part_is_told_who_may() -> None:
    assert may(PEOPLE["admin"], Verb.TRIAGE, HERE) == Refused(
        "Only the coordinator or the chair can triage referrals. Ask them."
    )
    assert may(person(user="U-NEW"), Verb.TRIAGE, HERE) == Refused(NOT_LISTED)


def test_nobody_reads_as_chair_who_coordinates_too_unless_they_act() -> None:
    both = person(RoleHeld(Role.CHAIR), RoleHeld(Role.COORDINATOR), user="U-BOTH")
    assert not as_reader(both, HERE).acting_chair
    assert as_reader(replace(both, acting_chair=True), HERE).acting_chair


def test_a_lead_who_represents_an_agency_on_the_case_needs_no_emergency() -> None:
    both = person(RoleHeld(Role.LEAD, "HOU"), RoleHeld(Role.REP, "POL", Function.POLICE))
    assert may(both, Verb.BREAK_GLASS, HERE) == Refused(Condition.NOT_ON_CASE.label)


def test_a_chair_from_outside_chairs_what_they_were_named_for() -> None:
    outsider = person(user="U-OUT")
    assert may(outsider, Verb.AGREE_ACTION, replace(HERE, chairs=frozenset({"U-OUT"})))
    assert not may(outsider, Verb.AGREE_ACTION, replace(HERE, chairs=frozenset({"U-CHAIR2"})))


def test_a_reader_is_nobody_until_said_otherwise() -> None:
    assert Reader() == Reader(
        agencies=frozenset(), functions=frozenset(), acting_chair=False, coordinator=False, perp_facing=True,
        on_case=False, recused=False,
    )  # fmt: skip
    assert perp_facing_by_default(frozenset())
    assert perp_facing_by_default(frozenset({Function.IMMIGRATION}))
    assert not Person("U-NEW").in_emergency


def test_without_an_agency_only_the_coordinator_reads_what_is_for_the_chair() -> None:
    lead = as_reader(PEOPLE["housing lead"], replace(HERE, opened=frozenset({"U-HOU3"})))
    item = Item(Restriction(RestrictionKind.CHAIR), "POL")
    assert lead.on_case and not may_read(lead, item, date(2026, 10, 14))
    assert may_read(as_reader(PEOPLE["coordinator"], HERE), item, date(2026, 10, 14))


def test_what_is_said_in_the_room_stands_alone_and_a_restriction_names_no_one_who_is_nobody() -> None:
    assert tightest(Restriction(RestrictionKind.VERBAL), Restriction(RestrictionKind.CHAIR)).also == frozenset()
    named = Restriction(RestrictionKind.NAMED, frozenset({"POL"}))
    assert carried(Item(named, None), ["POL"]) == named
    with pytest.raises(ValueError, match=r"VERBAL") as told:
        Restriction.parse("nothing")
    assert "NAMED," not in str(told.value) and "NAMED or" not in str(told.value)


def test_one_side_alone_is_no_clash() -> None:
    victims = RoleHeld(Role.REP, "LAN", Function.VICTIM_SERVICE)
    subjects = RoleHeld(Role.REP, "DRV", Function.PERPETRATOR_SERVICE)
    assert role_clash([victims]) is None and role_clash([subjects]) is None
    assert role_clash([victims, subjects, RoleHeld(Role.OBSERVER)])
    assert as_reader(HOUSING, HERE).functions == {Function.HOUSING}
