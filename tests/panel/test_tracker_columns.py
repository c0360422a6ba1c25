"""Which column of a tracker holds what, and which are refused for what they hold."""

import pytest

from panel.tracker.columns import Column, HoldsNames, find_headings, of_people
from panel.tracker.sheet import MOST_ROWS, NotASheet, Sheet, from_text, letter

SAFELIVES = "MARAC date,Case number,Action,Agency/Representative,Date status reported,Status"


def test_a_column_has_the_letter_that_a_spreadsheet_gives_it() -> None:
    assert [letter(index) for index in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_the_form_that_maracs_use_is_known() -> None:
    columns = find_headings(from_text(f"{SAFELIVES}\n")).columns
    assert [*columns] == [Column.SET, Column.CASE, Column.TEXT, Column.OWNER, Column.REPORTED, Column.STATUS]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Subject ref", Column.SUBJECT), ("Perpetrator ID", Column.SUBJECT), ("Owner", Column.OWNER),
        ("By when?", Column.DUE), ("DUE DATE", Column.DUE), ("Comments", Column.NOTE), ("Review date", Column.REVIEW),
    ],
)  # fmt: skip
def test_usual_names_are_known_too(heading: str, column: Column) -> None:
    rows = f"Case ref;Agreed action;{heading}\n" if column is Column.OWNER else f"Case ref;Action;Agency;{heading}\n"
    assert column in find_headings(from_text(rows)).columns


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Victim name", "victim name"), ("VICTIM’S NAME", "victim name"), ("Perpetrator", "subject"),
        ("Victim / Survivor", "victim"), ("Perp DOB", "subject dob"), ("Home address", "address"), ("Name", "name"),
        ("Rep name", "name"), ("Phone number", "phone"), ("Suspect’s details", "subject"),
        ("Date of birth", "date of birth"),
        ("NHS number", "nhs number"), ("Postcode", "postcode"), ("Victim initials", "victim"),
    ],
)  # fmt: skip
def test_a_column_of_people_is_refused_by_its_heading(heading: str, said: str) -> None:
    sheet = from_text(f"Case number\tAction\tAgency\t{heading}\nMSP-26-0041\tx\tPOL\tzqmsecret\n")
    with pytest.raises(HoldsNames) as told:
        find_headings(sheet)
    assert told.value.found == [("D", said)] and "zqmsecret" not in str(told.value)
    assert "D" not in [letter(i) for i in find_headings(sheet, leave=["d"]).columns.values()]


@pytest.mark.parametrize("heading", ["Victim ref", "Agency name", "Victim informed?", "Subject", "Partner agency"])
def test_a_column_of_references_or_answers_is_not(heading: str) -> None:
    assert of_people(heading) is None


def test_titles_may_stand_above_and_unknown_columns_are_left_alone() -> None:
    found = find_headings(from_text("Actions of the panel,,,\n,,,\nRAG,Case number,Action,Agency\nr,x,y,POL\n"))
    assert (found.row, found.unread) == (3, ("A",))


def test_what_a_column_holds_can_be_said_by_letter_or_heading() -> None:
    sheet = from_text("Nr,Beef,Lot\nMSP-26-0041,x,POL\n")
    given = {"nr": Column.CASE, "B": Column.TEXT, "LOT": Column.OWNER}
    assert find_headings(sheet, given).columns == {Column.CASE: 0, Column.TEXT: 1, Column.OWNER: 2}


def test_a_name_column_is_refused_even_where_it_is_said_to_hold_something_else() -> None:
    sheet = from_text("Victim name,Action,Agency\nx,y,POL\n")
    with pytest.raises(HoldsNames):
        find_headings(sheet, {"A": Column.CASE})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing"),
        (" \n,,,\n", "nothing"),
        ("Case number,Action\nx,y\n", "“Agency”"),
        ("Action,Agency\nx,y\n", "“Case number” or “Subject ref”"),
        ("Case number,Action,Task,Agency\n", "B and C"),
        ("Case number,Action,Agency\n" + "x,y,POL\n" * MOST_ROWS, "rows"),
        ("a," * 150 + "b\n", "columns"),
        ("Case\0number", "no text"),
        ('"Case number,Action,Agency\n' + "x" * 200_000, "not divided"),
    ],
)
def test_what_is_no_tracker_is_said(text: str, said: str) -> None:
    with pytest.raises(NotASheet, match=said):
        find_headings(from_text(text))


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_any_of_the_three_marks_divides(mark: str) -> None:
    rows = [["Case number", "Action", "Agency"], ["MSP-26-0041", "Visit; then, if out, leave", "POL"]]
    text = "\ufeff" + "\r\n".join(mark.join(f'"{cell}"' for cell in row) for row in rows)
    assert from_text(text).rows == rows


def test_empty_rows_keep_their_numbers() -> None:
    sheet = Sheet([["a"], [], [None, " "], ["b"]])
    assert [number for number, _ in sheet.numbered(1)] == [4]
