"""The rules held to every month file that ships: grid, agenda, overdue actions, levels."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

import bot.demo
from panel.actions import ActionFacts, check_late, overdue, unmet
from panel.agenda import MeetingFacts, OutOfCycle, Recusal, compile_agenda
from panel.calendar import EveryNWeeks, NthWeekday, WorkingCalendar, instant, panel_dates
from panel.case_order import CaseFacts, Rfg
from panel.catalogue import action_type
from panel.codes import ActionStatus, CaseKind, Decision, OnHoliday, Priority, ReturnKind, SafetyStatus, Weekday
from panel.ladder import PanelTime, level
from panel.moves import starting
from panel.returns import Received, board
from panel.settings import PanelSettings

Month = dict[str, Any]
FILES = sorted((Path(bot.demo.__file__).parent / "months").glob("*.yaml"))
DEADLINE = datetime(2026, 10, 9, 16, 0, tzinfo=UTC)
SETTINGS = PanelSettings()


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def month(request: pytest.FixtureRequest) -> Month:
    loaded: Month = yaml.safe_load(request.param.read_text(encoding="utf-8"))
    return loaded


def zone(month: Month) -> ZoneInfo:
    return ZoneInfo(month["panel"]["timezone"])


def test_there_are_several() -> None:
    assert len(FILES) >= 2


# ---- returns


def test_the_board(month: Month) -> None:
    requests, received = [], []
    for case, row in month["returns"].items():
        for agency, text in row.items():
            letter, late = text.rstrip("*"), timedelta(days=1 if text.endswith("*") else -1)
            if letter != "X":
                requests.append((case, agency))
            if letter not in "XM":
                received.append(Received(case, agency, ReturnKind.of_letter(letter), DEADLINE + late))
    found, expected = board(requests, received, DEADLINE), month["expected"]
    assert found.counts() == (expected["returns_complete"], expected["returns_requested"])
    assert sorted([*row] for row in found.outstanding) == sorted(expected["returns_outstanding"])
    assert found.late == expected["returns_late"]
    for case, row in month["returns"].items():
        assert {agency: found.square(case, agency).code for agency in row} == row


# ---- agenda


def case_facts(case: Month, month: Month) -> CaseFacts:
    ref, decision, cycle = case["ref"], Decision(case["decision"]), month["cycle"]
    carried = [row for row in month["actions"] if row["case"] == ref and row["due"] < cycle["panel_date"]]
    return CaseFacts(
        ref,
        CaseKind(case["kind"]),
        case["lead"],
        imminent=any(row["case"] == ref for row in cycle["out_of_cycle"]),
        slots=tuple(row["agency"] for row in cycle["attendance"] if ref in row.get("cases", [])),
        children=case["children"],
        proposed=decision if decision.proposed_before else None,
        release=case["whereabouts"].get("release"),
        overdue_actions=len(carried),
        rfg=Rfg(case["rfg"]["score"], case["rfg"]["method"]) if case["rfg"] else None,
    )


def calendar(month: Month) -> WorkingCalendar:
    return WorkingCalendar.of(month["panel"]["bank_holidays"], 2025, 2028)


def last_meeting(month: Month) -> date:
    """The meeting before this one, by the panel's own rule."""
    rule, day = month["panel"]["cadence"], month["cycle"]["panel_date"]
    weekday = Weekday(rule["weekday"])
    weekly = rule["type"] == "every_n_weeks"
    cadence = EveryNWeeks(rule["first"], rule["n"], weekday) if weekly else NthWeekday(rule["n"], weekday)
    on_holiday = OnHoliday(month["panel"]["on_holiday"])
    found = panel_dates(cadence, day - timedelta(days=90), day, on_holiday, calendar(month))
    return max(each.day for each in found if each.day < day)


def meeting_facts(month: Month) -> MeetingFacts:
    cadence, cycle = month["panel"]["cadence"], month["cycle"]
    return MeetingFacts(
        instant(cycle["panel_date"], time.fromisoformat(cadence["time"]), zone(month)),
        zone(month),
        cadence["minutes"],
        last_meeting(month),
        tuple(OutOfCycle(row["date"], row["case"]) for row in cycle["out_of_cycle"]),
        tuple(Recusal(row["agency"], "rep", case["ref"]) for case in month["cases"] for row in case.get("recused", [])),
    )


def test_the_agenda(month: Month) -> None:
    agenda = compile_agenda(meeting_facts(month), [case_facts(case, month) for case in month["cases"]], SETTINGS)
    found = []
    for item in agenda.items:
        beside = agenda.for_chair[item.number]
        row = {"item": item.number, "title": item.title, "minutes": item.minutes, "case": item.case}
        row |= {"reasons": [*beside.reasons], "note": beside.note}
        found.append({key: value for key, value in row.items() if value})
    assert found == month["agenda"]["items"]
    assert agenda.minutes == month["expected"]["agenda_minutes"]
    assert agenda.over_by == 0


# ---- actions


def action_facts(row: Month, month: Month) -> ActionFacts:
    statuses = {other["id"]: ActionStatus(other["status"]) for other in month["actions"]}
    day = month["cycle"]["panel_date"]
    return ActionFacts(
        row["owner"],
        row["due"],
        ActionStatus(row["status"]),
        Priority(row["priority"]),
        action_type(row["code"]).check,
        SafetyStatus(row["safety"]),
        agreed_at=instant(day, time(11), zone(month)),
        unmet=unmet(row.get("depends_on", []), statuses),
        carried_forward_count=row.get("carried_forward_count", 0),
    )


def actions(month: Month) -> dict[str, ActionFacts]:
    return {row["id"]: action_facts(row, month) for row in month["actions"]}


def as_of(month: Month) -> datetime:
    return instant(month["demo"]["as_of"], time(9), zone(month))


def test_what_is_overdue_and_which_checks_are_late(month: Month) -> None:
    now, where, expected = as_of(month), zone(month), month["expected"]
    found = actions(month)
    assert {ref for ref, action in found.items() if overdue(action, now, where)} == set(
        expected["actions_overdue_on_as_of"]
    )
    assert {ref for ref, action in found.items() if check_late(action, now, where)} == set(
        expected["checks_late_on_as_of"]
    )


def test_the_levels(month: Month) -> None:
    cycle, cadence = month["cycle"], month["panel"]["cadence"]
    start = time.fromisoformat(cadence["time"])
    meetings = tuple(instant(day, start, zone(month)) for day in (cycle["panel_date"], cycle["next_panel"]))
    panel = PanelTime(calendar(month), zone(month), SETTINGS, meetings)
    expected = {row["id"]: row["escalation"] for row in month["actions"] if "escalation" in row}
    found = {ref: level(action, as_of(month), panel) for ref, action in actions(month).items()}
    assert {ref: found[ref] for ref in expected} == expected
    assert {ref for ref in found if found[ref]} == set(expected)


def test_every_check_in_the_file_is_one_the_catalogue_lets_start(month: Month) -> None:
    for ref, action in actions(month).items():
        if action.status in (ActionStatus.OPEN, ActionStatus.ACKNOWLEDGED, ActionStatus.IN_PROGRESS):
            assert starting(action.check, action.safety)[0] is ActionStatus.OPEN, ref
