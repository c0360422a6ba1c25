"""`convenor import`: a panel's set-up, and the books it moves in with, from a month file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.month import Month, settings_of
from bot.month.actions import Action as ActionRow
from bot.month.cases import Case as CaseRow
from bot.month.setup import EveryNWeeksRow
from commands.kit.hours import next_digest
from commands.kit.no_words import in_force
from panel.codes import ActionStatus, CaseKind, CaseStatus, Function, Role, SafetyStatus
from storage.tables import Action, Agency, Case, CourtOrder, Dependency, Panel, Seat, Victim
from storage.work import UnitOfWork

OFFICE = "PANEL"
WORDS = {"area", "staff_safety", "terms", "aware", "note"}  # of a case, its victims and its orders


class AlreadyThere(Exception):
    """A panel of that prefix is in this workspace already. Nothing was read in. To change its numbers alone, import
    the file again with --only set-up."""


@dataclass(frozen=True)
class Home:
    """Where the panel lives in Slack, and its people there by what the file calls them."""

    team: str
    enterprise: str = ""
    channel: str | None = None
    users: Mapping[str, str] | None = None


def set_up(work: UnitOfWork, month: Month, home: Home) -> tuple[Panel, list[str]]:
    """Read `panel` and `agencies` in. Answers the panel and those whom nobody in Slack matches: the coordinator
    picks them with /panel people. Raises AlreadyThere."""
    if work.first(Panel, Panel.team_id == home.team, Panel.code == month.panel.id):
        raise AlreadyThere
    panel = work.add(_panel(month, home))
    panel.wake_at = next_digest(work, panel, work.now)
    agencies = {row.code: work.add(_agency(panel, row)) for row in month.agencies}
    unmatched = []
    for role, label, code in _seats(month):
        user = (home.users or {}).get(label)
        agency = agencies.get(code or "")
        assert panel.id is not None
        work.add(
            Seat(
                panel_id=panel.id, agency_id=agency.id if agency else None, role=role, team_id=home.team,
                user_id=user, label=label, since=work.now,
            )
        )  # fmt: skip
        if user is None:
            unmatched.append(f"{label} ({role.label}{', ' + code if code else ''})")
    work.audit("imported", f"panel:{panel.id}", surface="command line", panel_id=panel.id, agencies=len(agencies))
    return panel, unmatched


def books(work: UnitOfWork, panel: Panel, month: Month, meeting_day: date) -> tuple[int, int]:
    """Read in the review cases, and as carried forward the actions that were due before the meeting; answers how
    many of each. A case that is there already is left alone, so a second run adds nothing."""
    agencies = {agency.code: agency for agency in work.find(Agency, Agency.panel_id == panel.id)}
    cases: dict[str, Case] = {}
    added = 0
    for row in month.cases:
        if row.kind is not CaseKind.REVIEW:
            continue
        known = work.first(Case, Case.panel_id == panel.id, Case.ref == row.ref)
        cases[row.ref] = known or _case(work, panel, row, agencies)
        added += known is None
    carried = [
        action
        for action in month.actions
        if action.case in cases and (action.original_due or action.due) < meeting_day
        if not work.first(Action, Action.panel_id == panel.id, Action.ref == action.id)
    ]
    for action in carried:
        _carried_forward(work, panel, action, cases[action.case], agencies)
    _dependencies(work, panel, carried)
    work.audit(
        "imported", f"books:{panel.id}", surface="command line", panel_id=panel.id, cases=added, actions=len(carried)
    )
    return added, len(carried)


def _panel(month: Month, home: Home) -> Panel:
    told = month.panel
    cadence = told.cadence
    rule: dict[str, Any] = {"type": cadence.type, "n": cadence.n, "weekday": cadence.weekday}
    if isinstance(cadence, EveryNWeeksRow):
        rule["first"] = cadence.first.isoformat()
    return Panel(
        team_id=home.team, enterprise_id=home.enterprise, channel_id=home.channel, code=told.id, name=told.name,
        area=told.area, timezone=str(told.timezone), nation=told.bank_holidays, on_holiday=told.on_holiday,
        cadence=rule, starts=f"{cadence.time:%H:%M}", minutes=cadence.minutes, mode=told.mode,
        settings=json.loads(settings_of(month).to_json()),
        neighbours=[row.model_dump() for row in told.neighbour_panels],
        fictional=bool(month.demo and month.demo.fictional),
    )  # fmt: skip


def _agency(panel: Panel, row: Any) -> Agency:
    assert panel.id is not None
    return Agency(
        panel_id=panel.id, code=row.code, name=row.name, function=row.function,
        core=row.core and row.function != Function.IMMIGRATION,  # that one is agreed to case by case, or not asked
        timezone=str(row.timezone) if row.timezone else None, nation=row.bank_holidays,
    )  # fmt: skip


def _seats(month: Month) -> list[tuple[Role, str, str | None]]:
    told = month.panel
    people = [(Role.CHAIR, told.chair), (Role.DEPUTY_CHAIR, told.deputy_chair), (Role.COORDINATOR, told.coordinator)]
    seats: list[tuple[Role, str, str | None]] = [
        (role, who.initials, None if who.agency == OFFICE else who.agency) for role, who in people if who
    ]
    for agency in month.agencies:
        for role in (Role.REP, Role.DEPUTY, Role.LEAD, Role.DUTY):
            label = getattr(agency, role.value)
            if label:
                seats.append((role, label, agency.code))
    return seats + [(Role.STEERING, label, None) for label in told.steering]


def _case(work: UnitOfWork, panel: Panel, row: CaseRow, agencies: Mapping[str, Agency]) -> Case:
    assert panel.id is not None
    case = work.add(
        Case(
            panel_id=panel.id, ref=row.ref, subject_ref=row.subject, status=CaseStatus.ACTIVE,
            lead_agency_id=agencies[row.lead].id if row.lead else None, routes=list(row.routes),
            reviews=(row.review_no or 1) - 1, opened_at=work.now,
            picture=_kept(panel, picture(row)), wake_at=work.now,
        )
    )  # fmt: skip
    assert case.id is not None
    for victim in row.victims:
        told = _plain(victim.model_dump(exclude={"ref", "idva"}, exclude_none=True))
        work.add(Victim(case_id=case.id, ref=victim.ref, idva=str(victim.idva), details=_kept(panel, told)))
    for order in row.orders:
        told = _plain(order.model_dump(exclude={"ends"}, exclude_none=True))
        work.add(CourtOrder(case_id=case.id, ends=order.ends, details=_kept(panel, told)))
    return case


def picture(row: CaseRow) -> dict[str, Any]:
    """What describes the subject, as the case keeps it (encrypted)."""
    told = row.model_dump(
        include={"whereabouts", "risk", "children", "serial", "rfg", "ppit", "staff_safety", "subject_aware"},
        exclude_none=True,
    )
    return _plain(told | {"standing": list(row.status)})


def _kept(panel: Panel, told: dict[str, Any]) -> dict[str, Any]:
    """Without what is told in words, where the panel keeps references only."""
    if not in_force(panel):
        return told
    kept = {name: value for name, value in told.items() if name not in WORDS}
    return {name: _kept(panel, value) if isinstance(value, dict) else value for name, value in kept.items()}


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    """As JSON holds it: dates as text."""
    made: dict[str, Any] = json.loads(json.dumps(told, default=str))
    return made


def _dependencies(work: UnitOfWork, panel: Panel, rows: Sequence[ActionRow]) -> None:
    """What the carried forward actions wait for, among those of the books."""
    known = {action.ref: action.id for action in work.find(Action, Action.panel_id == panel.id)}
    for row in rows:
        for ref in row.depends_on:
            action, needs = known[row.id], known.get(ref)
            if action is not None and needs is not None:
                work.add(Dependency(action_id=action, needs_id=needs))


def _carried_forward(
    work: UnitOfWork, panel: Panel, row: ActionRow, case: Case, agencies: Mapping[str, Agency]
) -> None:
    assert panel.id is not None and case.id is not None
    waiting = row.safety is SafetyStatus.PENDING
    owner = agencies.get(row.owner)
    seat = work.first(Seat, Seat.panel_id == panel.id, Seat.label == row.assignee) if row.assignee else None
    restriction = str(row.restriction) if row.restriction else "ALL"
    work.add(
        Action(
            panel_id=panel.id, case_id=case.id, ref=row.id, code=row.code,
            text=None if in_force(panel) else row.text, restriction=restriction,
            owner_id=owner.id if owner else None, assignee=seat.user_id if seat else None,
            assignee_label=row.assignee if seat is None else None, priority=row.priority, agreed_at=work.now,
            due=row.original_due or row.due,
            status=ActionStatus.AWAITING_SAFETY_CHECK if waiting else ActionStatus.OPEN, status_at=work.now,
            safety=row.safety, conditions=None if in_force(panel) else row.conditions,
            carried_forward=row.carried_forward_count,
            wake_at=work.now,
        )
    )  # fmt: skip
