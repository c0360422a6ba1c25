"""The standard catalogue against the field reference's own table (7.4), row by row."""

import pytest

from panel.action_types import D28, H24, H48, HEARING, NEXT, ONGOING, RELEASE, WD5, WD10, WEEK, Term
from panel.catalogue import ACTION_TYPES
from panel.codes import Check, Function, Visibility

# code | usual owner | usual time | check | will the subject notice it
TABLE = """
    P01 | POL | 24-48h | A | O
    P02 | POL | 24h | A | O
    P03 | POL | hearing | R | O
    P04 | POL | 24h | A | O
    P05 | POL | 10wd | R | C
    P06 | POL | 10wd | A | C
    P07 | POL | 24h | A | O
    P08 | POL | 10wd | A | C
    P26 | POL | 10wd | R | C
    P09 | POL | ongoing+review | N | O
    P10 | POL | 10wd | A | O
    P11 | POL | 24h | R | O
    P12 | POL | 48h | R | O
    P13 | POL | 10wd | R | O
    P14 | POL | next | R | O
    P15 | POL | 5wd | R | O
    P16 | POL | 24h | N | C
    P25 | POL | 24h | R | C
    P17 | POL | 24h | N | C
    P18 | POL | 48h | A | C
    P19 | POL | weekly | R | O
    P20 | POL | 28d max | R | O
    P21 | POL/DRV | 5wd | R | C
    P22 | POL | 10wd | R | O
    P23 | POL | 48h | N | C
    P24 | POL/PROB | 10wd | N | C
    B01 | PROB | 24h | A | O
    B02 | PROB | 5wd | R | O
    B03 | PROB | 5wd | A | O
    B04 | PROB | pre-release | R | O
    B05 | PROB | next | A | O
    B06 | PRIS | 24h | R | I
    B07 | PROB | 5wd | R | C
    L01 | IDVA | 5wd | R | O
    L02 | POL/CPS | hearing | R | O
    L03 | CSC/CAF | hearing | R | O
    L04 | POL/CSC | 24h | R | I
    H01 | HOU/RSL | next | R | O
    H02 | HOU/CSP | 10wd | R | O
    H03 | HOU | next | R | O
    H04 | HOU | 5wd | R | O
    H05 | HOU | next | R | O
    H06 | HOU/FIRE | 5wd | R | I
    H07 | HOU | next | R | O
    C01 | CSP | 10wd | R | O
    C02 | CSP (licensing) | 10wd | R | O
    C03 | CSP | next | R | I
    C04 | CSP | 48h | A | C
    W01 | CSC | 24-48h | R | O
    W02 | CSC | 5wd | R | O
    W03 | CSC/EDU | 24h | R | I
    W04 | CSC | 24h | A | C
    W05 | ASC | 5wd | R | C
    W06 | CSC/HV | 10wd | R | I
    M01 | MH | 5wd | A | O
    M02 | SUB | 48h | R | O
    M03 | ICB/ACU | 24h | R | I
    M04 | MH/ICB | 24h | A | C
    D01 | DRV | 5wd | R | O
    D02 | DRV | ongoing | A | C
    D03 | DRV/PROB | next | R | O
    D04 | DRV | next | A | O
    E01 | DWP | 10wd | R | I
    E02 | DWP | next | R | O
    E03 | IDVA | 10wd | R | C
    E04 | POL | next | R | O
    E05 | POL/IDVA | 48h | R | I
    I01 | any | 24h | A | C
    I02 | any | 24h | A | C
    I03 | PANEL (coordinator) | 5wd | A | C
    I04 | IDVA | next | R | C
    I05 | lead | 5wd | N | C
    I06 | BAF | 5wd | A | C
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]
TIMES: dict[str, Term] = {
    "24h": H24, "48h": H48, "24-48h": H48, "5wd": WD5, "10wd": WD10, "weekly": WEEK, "28d max": D28, "next": NEXT,
    "hearing": HEARING, "pre-release": RELEASE, "ongoing": ONGOING, "ongoing+review": ONGOING,
}  # fmt: skip
OWNERS: dict[str, Function] = {
    "POL": Function.POLICE, "PROB": Function.PROBATION, "PRIS": Function.PRISON, "HOU": Function.HOUSING,
    "RSL": Function.HOUSING, "CSP": Function.COMMUNITY_SAFETY, "CSP (licensing)": Function.COMMUNITY_SAFETY,
    "CSC": Function.CHILDREN, "EDU": Function.EDUCATION, "ASC": Function.ADULT, "HV": Function.HEALTH,
    "ICB": Function.HEALTH, "ACU": Function.HEALTH, "MH": Function.MENTAL_HEALTH, "SUB": Function.SUBSTANCE,
    "DRV": Function.PERPETRATOR_SERVICE, "IDVA": Function.VICTIM_SERVICE, "BAF": Function.BY_AND_FOR,
    "CAF": Function.OTHER, "FIRE": Function.OTHER, "DWP": Function.OTHER,
}  # fmt: skip
NOT_ON_A_PANEL = {"CPS"}  # it prosecutes; the police ask it
ANYBODY = {"any", "lead", "PANEL (coordinator)"}


def test_every_type_is_in_the_table_and_the_reverse() -> None:
    assert len(ROWS) == 73
    assert [row[0] for row in ROWS] == list(ACTION_TYPES)


@pytest.mark.parametrize(("code", "owner", "time", "check", "visibility"), ROWS, ids=[row[0] for row in ROWS])
def test_a_type_is_as_its_row(code: str, owner: str, time: str, check: str, visibility: str) -> None:
    kind = ACTION_TYPES[code]
    assert (kind.term, kind.check, kind.visibility) == (TIMES[time], Check(check), Visibility(visibility))
    named = {OWNERS[each] for each in owner.split("/") if each not in NOT_ON_A_PANEL | ANYBODY}
    assert set(kind.usual_owner) == named
    assert kind.by_panel == owner.startswith("PANEL")
