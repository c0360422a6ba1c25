"""What a cell of a tracker means: days, statuses, agencies, types; and that no sentence repeats a cell."""

from datetime import date, datetime

import pytest

from panel.catalogue import ACTION_TYPES
from panel.tracker.agencies import Agencies, AgencyNamed
from panel.tracker.columns import find_headings
from panel.tracker.kinds import named, suggested
from panel.tracker.lines import Line, read_lines
from panel.tracker.sheet import EPOCH, Cell, Fault, Odd, from_text
from panel.tracker.values import Standing, Unreadable, day, standing, whole, words

TODAY = date(2026, 11, 3)
POLICE = Agencies(
    [
        AgencyNamed("POL", "Marrowshire Police", "police"), AgencyNamed("IDVA", "Lantern", "victim_service"),
        AgencyNamed("HOU", "Marrowshire Homes", "housing"), AgencyNamed("RSL", "Other Homes", "housing"),
    ],
    {"Cops": "POL"},
)  # fmt: skip


@pytest.mark.parametrize(
    "cell",
    [
        "14/10/2026", "14/10/26", "14.10.2026", "14-10-26", "2026-10-14", "2026-10-14 00:00:00", "14 October 2026",
        "Wed 14th Oct 26", "wednesday 14 oct 2026", "14-Oct-2026", 46309, 46309.0, "46309", date(2026, 10, 14),
        datetime(2026, 10, 14, 9),  # noqa: DTZ001 - as a spreadsheet has it
        "14/10/2026 09:30",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(cell: Cell) -> None:
    assert day(cell, EPOCH) == date(2026, 10, 14)


@pytest.mark.parametrize(
    "cell",
    ["31/02/2026", "10/14/2026", "14/11", "soon", "1926-10-14", "14/10/1926", True, Odd.FORMULA, 12, "14/10/2126x"],
)
def test_an_impossible_day_is_refused_and_not_repeated(cell: Cell) -> None:
    with pytest.raises(Unreadable) as told:
        day(cell, EPOCH)
    assert cell is Odd.FORMULA or str(cell) not in str(told.value)


def test_months_never_come_first() -> None:
    assert day("03/10/2026", EPOCH) == date(2026, 10, 3)


@pytest.mark.parametrize(
    ("cell", "means"),
    [
        (None, (Standing.OPEN, 0)), ("Outstanding", (Standing.OPEN, 0)), ("Completed", (Standing.DONE, 0)),
        ("carried forward", (Standing.CARRIED, 1)), ("Carried forward x3", (Standing.CARRIED, 3)),
        ("C/F twice", (Standing.CARRIED, 2)), ("not done", (Standing.NOT_DONE, 0)), (True, (Standing.DONE, 0)),
        ("On-going", (Standing.ONGOING, 0)), ("N/A", (Standing.NOT_POSSIBLE, 0)), ("HOLD", (Standing.ON_HOLD, 0)),
    ],
)  # fmt: skip
def test_a_status_is_read(cell: Cell, means: tuple[Standing, int]) -> None:
    assert standing(cell) == means


@pytest.mark.parametrize("cell", ["wobbly", "done?done", Odd.ERROR, "zqm x3"])
def test_any_other_status_is_asked(cell: Cell) -> None:
    with pytest.raises(Unreadable) as told:
        standing(cell)
    assert "zqm" not in str(told.value)


def test_numbers_and_words_have_bounds() -> None:
    assert (whole("3"), whole(3.0), whole(None)) == (3, 3, None)
    for cell in ("many", -1, 99, date(2026, 1, 1), "1.5", "²"):
        with pytest.raises(Unreadable):
            whole(cell)
    assert words("  two   words \n and more ", 20) == "two words\nand more"
    with pytest.raises(Unreadable, match="1,001 characters; at most 1,000"):
        words("x" * 1_001, 1_000)


@pytest.mark.parametrize(
    ("cell", "means"),
    [
        ("pol", ("POL", False)), ("Marrowshire Police", ("POL", False)), ("the police", ("POL", False)),
        ("Police / A.B.", ("POL", True)), ("POL - somebody", ("POL", True)), ("cops", ("POL", False)),
        ("IDVA service", ("IDVA", False)), ("Panel", ("PANEL", False)),
    ],
)  # fmt: skip
def test_an_agency_is_found_by_code_name_or_what_it_is_for(cell: str, means: tuple[str, bool]) -> None:
    assert POLICE.read(cell) == means


@pytest.mark.parametrize(
    "cell", ["Housing", "zqm", "POL and IDVA", "POL/HOU", "all", "All agencies", "Victim", "", "?"]
)
def test_anything_but_one_agency_is_refused(cell: str) -> None:
    with pytest.raises(Unreadable) as told:
        POLICE.read(cell)
    assert "zqm" not in str(told.value)


def test_a_type_is_known_by_its_code_or_label_and_only_suggested_by_words() -> None:
    assert named("P17", ACTION_TYPES) == named("p17: the car", ACTION_TYPES) == "P17"
    assert named("Place a marker on a vehicle", ACTION_TYPES) == "P17"
    assert named("X99 whatever", ACTION_TYPES) is named("", ACTION_TYPES) is None
    assert suggested("Put an ANPR marker on his car", {"police"}, ACTION_TYPES) == "P17"
    assert suggested("Apply for a stalking protection order", {"police"}, ACTION_TYPES) == "P13"
    assert suggested("Have a think", {"police"}, ACTION_TYPES) is None


def read(*rows: str) -> tuple[list[Line], list[Fault]]:
    sheet = from_text(
        "\n".join(("Case number|Action|Agency|Panel date|Due|Status|Review date", *rows)).replace("|", "\t")
    )
    return read_lines(sheet, find_headings(sheet), TODAY)


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("MSP-26-0041||POL|||", "Row 2, column B"),
        ("MSP-26-0041|Visit||||", "Row 2, column C"),
        ("MSP-26-0041|Visit|POL|01/12/2026||open", "Row 2, column D"),
        ("MSP-26-0041|Visit|POL|14/10/2026|01/10/2026|open", "Row 2, column E"),
        ("MSP-26-0041|Visit|POL|||ongoing", "Row 2, column G"),
        ("MSP-26-0041|Visit|POL||01/12/2026|overdue", "Row 2, column E"),
        ("MSP-26-0041|Visit|POL|||overdue", "Row 2, column F"),
        ("MSP-26-0041|Visit|POL|31/02/2026||open", "Row 2, column D"),
    ],
)
def test_what_is_wrong_with_a_row_is_told_by_its_place(row: str, place: str) -> None:
    lines, faults = read(row)
    assert not lines and [str(fault).startswith(place) for fault in faults] == [True]


def test_every_fault_of_a_row_is_told_and_the_others_are_read() -> None:
    lines, faults = read("MSP-26-0041|Visit|POL|31/02/2026|soon|wobbly", "MSP-26-0042|Visit|POL|14/10/26||done")
    assert [fault.column for fault in faults] == ["D", "E", "F"] and [line.row for line in lines] == [3]


def test_ongoing_work_with_a_day_of_review_is_taken() -> None:
    lines, faults = read("MSP-26-0041|Visit|POL|||ongoing|01/12/2026")
    assert not faults and lines[0].review == date(2026, 12, 1)
