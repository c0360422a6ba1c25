"""The catalogue of action types."""

import re
from datetime import date

import pytest

from panel.calendar import WorkingCalendar
from panel.catalogue import ACTION_TYPES, action_type, due_for, search
from panel.codes import ActionGroup, Check, Function, Nation, Priority, Visibility
from panel.wording import wording_hints

ENGLAND = WorkingCalendar.of(Nation.ENGLAND_AND_WALES, 2026, 2028)
PANEL_DAY, NEXT_PANEL = date(2026, 10, 14), date(2026, 11, 11)
REQUIRED = (
    "P03 P05 P26 P11 P12 P13 P14 P15 P25 P19 P20 P21 P22 B02 B04 B06 B07 L01 L02 L03 L04 H01 H02 H03 H04 H05 H06 "
    "H07 C01 C02 C03 W01 W02 W03 W05 W06 M02 M03 D01 D03 E01 E02 E03 E04 E05 I04"
)
NO_CHECK = "P09 P16 P17 P23 P24 I05"


def test_seventy_three_types_in_their_groups() -> None:
    assert len(ACTION_TYPES) == 73
    assert "".join(sorted(code[0] for code in ACTION_TYPES)) == (
        "B" * 7 + "C" * 4 + "D" * 4 + "E" * 5 + "H" * 7 + "I" * 6 + "L" * 4 + "M" * 4 + "P" * 26 + "W" * 6
    )
    assert {row.group for row in ACTION_TYPES.values()} == set(ActionGroup)


def test_labels_fit_an_option_and_begin_with_a_verb_of_their_own() -> None:
    labels = [row.label for row in ACTION_TYPES.values()]
    assert len(set(labels)) == 73
    for label in labels:
        assert len(label) <= 75 and re.match(r"[A-Z][a-z]+ ", label)
        assert wording_hints(label) == []


def test_which_types_wait_for_the_victim_service() -> None:
    by_check = {check: {r.code for r in ACTION_TYPES.values() if r.check is check} for check in Check}
    assert by_check[Check.REQUIRED] == set(REQUIRED.split())
    assert by_check[Check.NONE] == set(NO_CHECK.split())
    assert len(by_check[Check.ADVISE]) == 73 - 46 - 6


def test_what_the_subject_may_work_out() -> None:
    inferable = {r.code for r in ACTION_TYPES.values() if r.visibility is Visibility.INFERABLE}
    assert inferable == {"B06", "L04", "H06", "C03", "W03", "W06", "M03", "E01", "E05"}


def test_a_victims_address_is_flagged_only_after_a_check_and_the_subjects_at_once() -> None:
    assert action_type("P16").check is Check.NONE
    assert action_type("P25").check is Check.REQUIRED


def test_owners_are_functions_and_the_panel_office_hands_over() -> None:
    assert action_type("P01").usual_owner == (Function.POLICE,)
    assert action_type("I01").usual_owner == ()
    assert [row.code for row in ACTION_TYPES.values() if row.by_panel] == ["I03"]


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(ValueError, match="'P99' is not in the action catalogue"):
        action_type("P99")


@pytest.mark.parametrize(
    ("code", "due", "priority"),
    [
        ("P17", date(2026, 10, 15), Priority.IMMEDIATE),
        ("P01", date(2026, 10, 16), Priority.URGENT),
        ("B07", date(2026, 10, 21), Priority.STANDARD),
        ("P06", date(2026, 10, 28), Priority.STANDARD),
        ("P19", date(2026, 10, 21), Priority.STANDARD),
        ("P20", date(2026, 11, 11), Priority.STANDARD),
        ("H01", NEXT_PANEL, Priority.NEXT_PANEL),
        ("P09", NEXT_PANEL, Priority.ONGOING),
        ("P03", NEXT_PANEL, Priority.STANDARD),
        ("B04", NEXT_PANEL, Priority.STANDARD),
    ],
)
def test_usual_due_days(code: str, due: date, priority: Priority) -> None:
    assert due_for(action_type(code), PANEL_DAY, ENGLAND, NEXT_PANEL) == due
    assert action_type(code).priority is priority


def test_a_hearing_is_met_on_its_day_and_a_release_the_working_day_before() -> None:
    monday = date(2026, 10, 26)
    assert due_for(action_type("P03"), PANEL_DAY, ENGLAND, NEXT_PANEL, monday) == monday
    assert due_for(action_type("B04"), PANEL_DAY, ENGLAND, NEXT_PANEL, monday) == date(2026, 10, 23)
    assert due_for(action_type("B04"), PANEL_DAY, ENGLAND, NEXT_PANEL, PANEL_DAY) == PANEL_DAY


@pytest.mark.parametrize(
    ("priority", "due"),
    [
        (Priority.IMMEDIATE, date(2026, 10, 15)),
        (Priority.URGENT, date(2026, 10, 16)),
        (Priority.STANDARD, date(2026, 10, 21)),  # the type's own week
        (Priority.NEXT_PANEL, NEXT_PANEL),
        (Priority.ONGOING, NEXT_PANEL),
    ],
)
def test_how_soon_somebody_says_it_is_to_be_done_gives_the_day(priority: Priority, due: date) -> None:
    assert due_for(action_type("B07").at(priority), PANEL_DAY, ENGLAND, NEXT_PANEL) == due
    assert due_for(action_type("P17").at(Priority.STANDARD), PANEL_DAY, ENGLAND, NEXT_PANEL) == date(2026, 10, 28)


def test_a_latest_day_on_a_day_off_comes_forward_and_hours_do_not_wait() -> None:
    friday = date(2027, 2, 26)  # 28 days later is Good Friday
    assert due_for(action_type("P20"), friday, ENGLAND, NEXT_PANEL) == date(2027, 3, 25)
    assert due_for(action_type("P17"), friday, ENGLAND, NEXT_PANEL) == date(2027, 2, 27)


def test_search_by_code_by_words_and_by_other_names() -> None:
    assert [row.code for row in search("clare's law")] == ["P20"]
    assert [row.code for row in search("ANPR")] == ["P17"]
    assert search("p2")[0].code == "P26"
    assert {row.code for row in search("housing subject")} == {"H04", "H07"}
    assert search("  ") == list(ACTION_TYPES.values())
    assert search("zeppelin") == []
