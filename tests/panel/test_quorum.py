"""Whether a meeting can decide."""

from panel.codes import Attendance, Function
from panel.quorum import present
from panel.settings import Quorum

RULE = Quorum(agencies_min=2, must_have=("POL", "VIC"))
FUNCTIONS = {"POL": Function.POLICE, "VIC": Function.VICTIM_SERVICE, "HOU": Function.HOUSING}


def test_enough_of_the_right_ones() -> None:
    found = present({"POL": Attendance.REP, "VIC": Attendance.DEPUTY}, (), FUNCTIONS, RULE, chaired=False)
    assert found.enough and not found.provisional


def test_apologies_are_not_attendance() -> None:
    found = present({"POL": Attendance.REP, "VIC": Attendance.APOLOGIES}, (), FUNCTIONS, RULE, chaired=False)
    assert (found.short_by, found.missing, found.provisional) == (1, ("VIC",), True)
    assert not found.enough


def test_an_agency_there_for_one_case_does_not_count() -> None:
    found = present(
        {"POL": Attendance.REP, "VIC": Attendance.REP, "HOU": Attendance.REP}, {"POL"}, FUNCTIONS, RULE, chaired=False
    )
    assert (found.there, found.missing) == (frozenset({"VIC", "HOU"}), ("POL",))


def test_another_agency_does_not_stand_for_one_that_must_be_there() -> None:
    found = present({"POL": Attendance.REP, "HOU": Attendance.REP}, (), FUNCTIONS, RULE, chaired=False)
    assert (found.short_by, found.missing, found.enough) == (0, ("VIC",), False)


def test_a_panel_that_names_nobody_needs_the_functions_it_has() -> None:
    functions = FUNCTIONS | {"MH": Function.MENTAL_HEALTH, "CSC": Function.CHILDREN}
    rule = Quorum(agencies_min=1)
    found = present({"POL": Attendance.REP, "HOU": Attendance.REP}, (), functions, rule, chaired=True)
    assert found.missing == ("children's social care", "mental health or health", "victim service")
    everybody = dict.fromkeys(functions, Attendance.REP)
    assert present(everybody, (), functions, rule, chaired=True).enough, "probation is not on this panel"


def test_a_panel_that_names_nobody_needs_its_chair() -> None:
    everybody = dict.fromkeys(FUNCTIONS, Attendance.REP)
    found = present(everybody, (), FUNCTIONS, Quorum(agencies_min=1), chaired=False)
    assert found.missing == ("the chair",) and not found.enough
    assert present(everybody, (), FUNCTIONS, Quorum(agencies_min=1), chaired=True).enough
