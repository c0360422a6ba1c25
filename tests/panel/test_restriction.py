"""Who reads what: the rule by table, and inheritance as a property."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.codes import Function, RestrictionKind, WhereaboutsType
from panel.restriction import (
    EVERYONE,
    FormChoice,
    Item,
    ItemKind,
    Reader,
    Restriction,
    automatic,
    carried,
    for_minutes,
    may_change,
    may_read,
    perp_facing_by_default,
    sees_marker,
    stores_text,
    tightest,
    verbal_marker,
)

DAY = date(2026, 10, 14)
ALL, NAMED, CHAIR, IDVA, NOT_PERP_FACING, VERBAL = RestrictionKind
AGENCIES = ("POL", "CSC", "LAN", "DRV")

POLICE = Reader(frozenset({"POL"}), frozenset({Function.POLICE}), perp_facing=False, on_case=True)
CHILDREN = Reader(frozenset({"CSC"}), frozenset({Function.CHILDREN}), perp_facing=False, on_case=True)
VICTIM_SERVICE = Reader(frozenset({"LAN"}), frozenset({Function.VICTIM_SERVICE}), perp_facing=False, on_case=True)
CASE_MANAGER = Reader(frozenset({"DRV"}), frozenset({Function.PERPETRATOR_SERVICE}), perp_facing=True, on_case=True)
THE_CHAIR = Reader(acting_chair=True, perp_facing=False, on_case=True)
THE_COORDINATOR = Reader(coordinator=True, perp_facing=False, on_case=True)
PEOPLE = {
    "police": POLICE,
    "children": CHILDREN,
    "victim service": VICTIM_SERVICE,
    "case manager": CASE_MANAGER,
    "chair": THE_CHAIR,
    "coordinator": THE_COORDINATOR,
}

restrictions = st.builds(
    lambda kind, named, no_minute, expires: Restriction(
        kind, frozenset(named) if kind is NAMED else frozenset(), no_minute, expires
    ),
    st.sampled_from(RestrictionKind),
    st.sets(st.sampled_from(AGENCIES)),
    st.booleans(),
    st.none() | st.dates(date(2026, 10, 1), date(2026, 10, 31)),
)
combined = st.lists(restrictions, max_size=3).map(lambda several: tightest(*several))
readers = st.builds(
    Reader,
    st.frozensets(st.sampled_from(AGENCIES)),
    st.frozensets(st.sampled_from([Function.POLICE, Function.VICTIM_SERVICE, Function.CHILDREN])),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


def read_by(restriction: Restriction, source: str | None = "HOU", kind: ItemKind = ItemKind.SHARED) -> set[str]:
    item = Item(restriction, source, kind)
    return {name for name, reader in PEOPLE.items() if may_read(reader, item, DAY)}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("ALL", set(PEOPLE)),
        ("NAMED[POL,CSC]", {"police", "children"}),
        ("NAMED[]", set()),
        ("CHAIR", {"chair", "coordinator"}),
        ("IDVA", {"chair", "victim service"}),
        ("NOT_PERP_FACING", set(PEOPLE) - {"case manager"}),
        ("VERBAL", set()),
        ("CHAIR+IDVA", {"chair"}),
    ],
)
def test_each_restriction_has_its_readers(text: str, who: set[str]) -> None:
    assert read_by(Restriction.parse(text)) == who


@pytest.mark.parametrize("text", ["NAMED[CSC]", "CHAIR", "IDVA", "NOT_PERP_FACING", "ALL EXPIRES(2026-10-01)"])
def test_the_source_always_reads_its_own(text: str) -> None:
    assert "case manager" in read_by(Restriction.parse(text), source="DRV")


def test_nobody_reads_what_is_said_in_the_room_but_all_see_the_marker() -> None:
    assert not may_read(POLICE, Item(Restriction(VERBAL), "POL"), DAY)
    assert not stores_text(Restriction(VERBAL))
    assert stores_text(EVERYONE)
    assert verbal_marker("POL") == "POL has a verbal item"
    assert sees_marker(CASE_MANAGER)
    assert not sees_marker(replace(CASE_MANAGER, on_case=False))
    assert not sees_marker(replace(CASE_MANAGER, recused=True))


def test_a_closed_case_is_closed_even_for_the_source_and_the_chair() -> None:
    for reader in PEOPLE.values():
        assert may_read(reader, Item(EVERYONE, "POL"), DAY)
        assert not may_read(replace(reader, recused=True), Item(EVERYONE, "POL"), DAY)
        assert not may_read(replace(reader, on_case=False), Item(EVERYONE, "POL"), DAY)


def test_two_roles_read_as_the_tighter_one_until_acting_chair_is_on() -> None:
    police_coordinator = replace(POLICE, coordinator=True)
    chair_item, police_item = Item(Restriction(CHAIR), "HOU"), Item(Restriction.parse("NAMED[POL]"), "HOU")
    assert not may_read(police_coordinator, chair_item, DAY)
    assert may_read(replace(police_coordinator, acting_chair=True), chair_item, DAY)
    assert may_read(police_coordinator, police_item, DAY)
    two_agencies = replace(POLICE, agencies=frozenset({"POL", "CSC"}))
    assert not may_read(two_agencies, police_item, DAY)
    mixed = replace(VICTIM_SERVICE, functions=frozenset({Function.VICTIM_SERVICE, Function.POLICE}))
    assert not may_read(mixed, Item(Restriction(IDVA), "HOU"), DAY)


def test_a_chair_who_works_with_subjects_reads_as_chair_only_when_acting() -> None:
    probation = Reader(frozenset({"PROB"}), frozenset({Function.PROBATION}), perp_facing=True, on_case=True)
    item = Item(Restriction(NOT_PERP_FACING), "LAN")
    assert not may_read(probation, item, DAY)
    assert may_read(replace(probation, acting_chair=True), item, DAY)


def test_notes_stay_in_their_agency_and_intelligence_goes_to_police() -> None:
    assert read_by(EVERYONE, "CSC", ItemKind.AGENCY_NOTE) == {"children"}
    assert read_by(EVERYONE, "CSC", ItemKind.INTELLIGENCE) == {"children", "police"}
    assert not may_read(replace(POLICE, coordinator=True), Item(EVERYONE, "CSC", ItemKind.INTELLIGENCE), DAY)


def test_an_item_drops_out_after_its_last_day() -> None:
    last_day = Restriction(expires=DAY)
    item = Item(last_day, "CSC")
    assert may_read(POLICE, item, DAY)
    assert not may_read(POLICE, item, date(2026, 10, 15))
    assert may_read(CHILDREN, item, date(2026, 10, 15))


@given(combined)
def test_text_and_back(restriction: Restriction) -> None:
    assert Restriction.parse(restriction.format()) == restriction


def test_the_form_of_the_text() -> None:
    full = Restriction.parse("NAMED[IDVA, CSC] NO_MINUTE EXPIRES(2026-11-11)")
    assert full == Restriction(NAMED, frozenset({"CSC", "IDVA"}), True, date(2026, 11, 11))
    assert full.format() == "NAMED[CSC,IDVA] NO_MINUTE EXPIRES(2026-11-11)"


@pytest.mark.parametrize(
    "text",
    ["", "all", "NAMED", "CHAIR[POL]", "NAMED[POL", "ALL IDVA", "SECRET", "ALL EXPIRES(2026-13-01)", "ALL NOW"],
)
def test_other_text_is_refused_with_what_is_accepted(text: str) -> None:
    with pytest.raises(ValueError, match="is not a restriction: use ALL"):
        Restriction.parse(text)


def test_impossible_restrictions_are_refused() -> None:
    with pytest.raises(ValueError, match="only NAMED lists agencies"):
        Restriction(CHAIR, frozenset({"POL"}))
    with pytest.raises(ValueError, match="does not go with"):
        Restriction(ALL, also=frozenset({CHAIR}))
    with pytest.raises(ValueError, match="Name at least one agency"):
        FormChoice.NAMED.restriction()


@given(st.lists(st.tuples(combined, st.sampled_from([*AGENCIES, None])), max_size=4), readers)
def test_inheritance_never_lets_in_whom_an_item_keeps_out(
    items: list[tuple[Restriction, str | None]], reader: Reader
) -> None:
    inherited = tightest(*(restriction for restriction, _ in items))
    if may_read(reader, Item(inherited, None), DAY):
        assert all(may_read(reader, Item(restriction, source), DAY) for restriction, source in items)


@given(combined, combined, combined)
def test_inheritance_does_not_depend_on_order(a: Restriction, b: Restriction, c: Restriction) -> None:
    assert tightest(a, b, c) == tightest(c, tightest(b, a)) == tightest(a, b, c, a)


def test_inheritance_keeps_no_minute_and_the_first_last_day() -> None:
    joined = tightest(Restriction(no_minute=True), Restriction(expires=DAY), Restriction(expires=date(2026, 12, 1)))
    assert joined == Restriction(no_minute=True, expires=DAY)
    assert tightest() == EVERYONE


def test_inheritance_is_no_tighter_than_it_must_be() -> None:
    joined = tightest(Restriction.parse("NAMED[POL,CSC]"), Restriction.parse("NAMED[CSC,LAN]"), EVERYONE)
    assert joined == Restriction.parse("NAMED[CSC]")


def test_anyone_may_tighten_and_only_the_source_may_widen() -> None:
    wide, narrow = Restriction.parse("NAMED[POL,CSC]"), Restriction.parse("NAMED[CSC]")
    assert may_change(wide, narrow, "POL", "LAN")
    assert not may_change(narrow, wide, "POL", "LAN")
    assert may_change(narrow, wide, "LAN", "LAN")
    assert not may_change(narrow, Restriction(CHAIR), "POL", "LAN")  # other readers are not fewer readers
    assert not may_change(narrow, wide, None, None)


@pytest.mark.parametrize("function", [Function.VICTIM_SERVICE, Function.BY_AND_FOR])
def test_the_victims_side_is_restricted_unless_it_chooses(function: Function) -> None:
    assert automatic(function) == Restriction(IDVA)
    assert automatic(function, chosen=EVERYONE) == EVERYONE
    assert automatic(Function.POLICE) == EVERYONE


@pytest.mark.parametrize(
    "whereabouts", [WhereaboutsType.LIVING_WITH_VICTIM, WhereaboutsType.LIVING_WITH_VICTIM_INTERMITTENTLY]
)
def test_a_whereabouts_with_a_victim_is_restricted_even_when_left_open(whereabouts: WhereaboutsType) -> None:
    assert automatic(Function.POLICE, whereabouts, EVERYONE) == Restriction(IDVA)
    both = automatic(Function.POLICE, whereabouts, Restriction(NOT_PERP_FACING))
    assert both.kinds == {IDVA, NOT_PERP_FACING}
    named = Restriction.parse("NAMED[CSC]")
    assert automatic(Function.POLICE, whereabouts, named) == named
    assert automatic(Function.POLICE, near_victim=True) == Restriction(IDVA)
    assert automatic(Function.POLICE, WhereaboutsType.CUSTODY) == EVERYONE


def test_the_four_choices_of_the_form() -> None:
    chosen = {choice: choice.restriction(["CSC"]).format() for choice in FormChoice}
    assert list(chosen.values()) == ["ALL", "NAMED[CSC]", "IDVA", "VERBAL"]


@pytest.mark.parametrize(
    ("functions", "office", "expected"),
    [
        ({Function.PERPETRATOR_SERVICE}, False, True),
        ({Function.PROBATION}, False, True),
        ({Function.SUBSTANCE}, False, True),
        ({Function.MENTAL_HEALTH}, False, True),
        ({Function.POLICE}, False, False),
        ({Function.POLICE, Function.PROBATION}, False, True),
        ({Function.OTHER}, False, True),
        (set(), False, True),
        (set(), True, False),
    ],
)
def test_who_works_with_subjects_by_default(functions: set[Function], office: bool, expected: bool) -> None:
    assert perp_facing_by_default(frozenset(functions), office) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ALL", True),
        ("ALL NO_MINUTE", False),
        ("ALL EXPIRES(2026-10-13)", False),
        ("ALL EXPIRES(2026-10-14)", True),
        ("NAMED[POL]", False),
        ("NOT_PERP_FACING", False),
        ("VERBAL", False),
    ],
)
def test_only_what_everyone_reads_is_minuted(text: str, expected: bool) -> None:
    assert for_minutes(Restriction.parse(text), date(2026, 10, 14)) is expected


@pytest.mark.parametrize(
    ("limits", "kind", "inherited"),
    [
        ("ALL", ItemKind.SHARED, "ALL"),
        ("IDVA NO_MINUTE", ItemKind.SHARED, "IDVA NO_MINUTE"),
        ("NAMED[HOU]", ItemKind.SHARED, "NAMED[HOU,POL]"),
        ("ALL", ItemKind.AGENCY_NOTE, "NAMED[POL]"),
        ("ALL", ItemKind.INTELLIGENCE, "NAMED[BTP,POL]"),
        ("NAMED[HOU] NO_MINUTE", ItemKind.INTELLIGENCE, "NAMED[BTP,POL] NO_MINUTE"),
    ],
)
def test_an_action_inherits_an_items_readers(limits: str, kind: ItemKind, inherited: str) -> None:
    item = Item(Restriction.parse(limits), "POL", kind)
    assert carried(item, ["POL", "BTP"]).format() == inherited
