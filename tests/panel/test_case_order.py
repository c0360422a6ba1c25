"""The order of cases: one key after another, and the reasons that go with them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.case_order import CaseFacts, Rfg, in_order, kind_of, reasons
from panel.codes import AgendaKind, CaseKind, Decision

DAY = date(2026, 10, 14)
PLAIN = CaseFacts("MSP-26-0002", CaseKind.REVIEW)

# Each key, strongest first: what holds for a case that comes before one for which only the next holds.
BY_KEY: list[dict[str, Any]] = [
    {"imminent": True},
    {"unreached": True},
    {"slots": ("BAF",)},
    {"children": 1},
    {"kind": CaseKind.NEW},
    {"release": date(2026, 10, 20)},
    {"overdue_actions": 1},
    {"rfg": Rfg(10, "m1")},
    {"ref": "MSP-26-0001"},
]


def refs(*cases: CaseFacts) -> list[str]:
    return [case.ref for case in in_order(cases, DAY, 14)]


@pytest.mark.parametrize("place", range(len(BY_KEY)))
def test_a_stronger_key_beats_all_weaker_ones(place: int) -> None:
    first = replace(PLAIN, **{"ref": "MSP-26-0009"} | BY_KEY[place])
    weaker: dict[str, Any] = {}
    for key in BY_KEY[place + 1 :]:
        weaker |= key
    second = replace(PLAIN, **weaker)
    assert refs(second, first) == [first.ref, second.ref]


def test_ranking_is_within_a_method_and_none_is_last() -> None:
    cases = [
        replace(PLAIN, ref="MSP-26-0001"),
        replace(PLAIN, ref="MSP-26-0002", rfg=Rfg(99, "b")),
        replace(PLAIN, ref="MSP-26-0003", rfg=Rfg(5, "a")),
        replace(PLAIN, ref="MSP-26-0004", rfg=Rfg(50, "a")),
    ]
    assert refs(*cases) == ["MSP-26-0004", "MSP-26-0003", "MSP-26-0002", "MSP-26-0001"]


def test_transfers_then_proposed_ends_stand_last_without_reasons() -> None:
    strong = replace(PLAIN, imminent=True, children=3, slots=("PRIS",))
    transfer = replace(strong, ref="MSP-26-0003", proposed=Decision.TRANSFER_OUT)
    end = replace(strong, ref="MSP-26-0001", proposed=Decision.CLOSE_WITH_FLAGS_12_MONTHS)
    assert refs(end, transfer, PLAIN) == ["MSP-26-0002", "MSP-26-0003", "MSP-26-0001"]
    assert reasons(transfer, DAY, 14) == reasons(end, DAY, 14) == ()
    assert [kind_of(case) for case in (PLAIN, transfer, end)] == [
        AgendaKind.REVIEW,
        AgendaKind.REVIEW_TRANSFER,
        AgendaKind.CLOSURE,
    ]
    new = replace(transfer, kind=CaseKind.NEW)
    assert kind_of(new) is AgendaKind.NEW


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"release": date(2026, 10, 23)}, ("release:9",)),
        ({"hearing": date(2026, 10, 14)}, ("hearing:0",)),
        ({"release": date(2026, 10, 28)}, ("release:14",)),
        ({"release": date(2026, 10, 29)}, ()),
        ({"release": date(2026, 10, 13)}, ()),
        ({"release": date(2026, 10, 23), "hearing": date(2026, 10, 16)}, ("hearing:2", "release:9")),
    ],
)
def test_dates_count_when_they_are_near_and_to_come(dates: dict[str, date], expected: tuple[str, ...]) -> None:
    case = replace(PLAIN, **dates)  # type: ignore[arg-type]
    assert reasons(case, DAY, 14) == expected


def test_the_soonest_date_comes_first() -> None:
    soon = replace(PLAIN, ref="MSP-26-0009", hearing=date(2026, 10, 15))
    later = replace(PLAIN, ref="MSP-26-0001", release=date(2026, 10, 16))
    assert refs(later, soon) == ["MSP-26-0009", "MSP-26-0001"]


def test_reasons_in_order() -> None:
    case = replace(
        PLAIN,
        imminent=True,
        unreached=True,
        slots=("PRIS", "BAF"),
        children=2,
        release=date(2026, 10, 20),
        overdue_actions=3,
    )
    assert reasons(case, DAY, 14) == ("imminent", "unreached", "slot:BAF", "slot:PRIS", "children", "release:6")


facts = st.builds(
    CaseFacts,
    st.integers(0, 99).map(lambda n: f"MSP-26-{n:04}"),
    st.sampled_from(CaseKind),
    imminent=st.booleans(),
    slots=st.sampled_from([(), ("BAF",)]),
    children=st.integers(0, 2),
    proposed=st.sampled_from([None, *Decision]),
    release=st.none() | st.dates(date(2026, 10, 1), date(2026, 11, 30)),
    overdue_actions=st.integers(0, 2),
    rfg=st.none() | st.builds(Rfg, st.floats(0, 100), st.sampled_from("ab")),
)


@given(st.lists(facts, unique_by=lambda case: case.ref), st.randoms())
def test_the_order_is_one_whatever_the_input_order(cases: list[CaseFacts], random: Any) -> None:
    shuffled = list(cases)
    random.shuffle(shuffled)
    assert refs(*shuffled) == refs(*cases)
