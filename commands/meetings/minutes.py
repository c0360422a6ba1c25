"""The minutes' text: drafted from the record, unrestricted items only, a section a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col

from commands.actions.facts import facts_many
from commands.actions.kind import type_of
from commands.agendas.facts import to_ratify
from commands.agendas.late import late_papers
from commands.agendas.lines import hearing
from commands.agendas.overdue import carried_to
from commands.kit.meetings import cut_offs_of, listed, next_after, today
from commands.kit.words import Words
from commands.meetings.order import rows_in_order
from commands.meetings.proposed import PROPOSED
from commands.meetings.quorum import attendance, expected, present_at
from commands.meetings.statement import again_for, confirmed, observers, read_at
from commands.updates.current import pairs
from panel.actions import shown_status
from panel.codes import Attendance as Came
from panel.codes import Decision, Written
from panel.cycle import CutOff
from panel.quorum import THERE
from panel.restriction import ItemKind, Restriction, for_minutes
from storage.tables import Action, Case, Conflict, Item, Listing, Meeting, Minutes, Panel
from storage.work import UnitOfWork

Facts = Mapping[str, Any]
DECIDING = frozenset({PROPOSED, *Written})  # in writing: the decision's own lines hold what came of it


def newest(work: UnitOfWork, meeting: Meeting) -> Minutes | None:
    """The latest version."""
    return work.first(Minutes, Minutes.meeting_id == meeting.id, order=col(Minutes.version).desc())


def minutes_text(work: UnitOfWork, panel: Panel, meeting: Meeting) -> str:
    """The minutes as they stand, as Markdown; a draft of the moment while there are none."""
    found = newest(work, meeting)
    return (found.text or "") if found else fresh_text(work, panel, meeting)


def fresh_text(work: UnitOfWork, panel: Panel, meeting: Meeting) -> str:
    """A draft from the record as it stands, without sealed cases: everybody reads it."""
    with work.in_public():
        return _fresh(work, panel, meeting)


def _fresh(work: UnitOfWork, panel: Panel, meeting: Meeting) -> str:
    following = next_after(work, panel, meeting.day)
    return Words().file(
        "meetings/minutes",
        panel=panel,
        meeting=meeting,
        agencies=_agencies(work, panel, meeting),
        quorum=present_at(work, panel, meeting),
        conflicts=_conflicts(work, meeting),
        statement=read_at(work, meeting) is not None,
        observers=observers(work, meeting),
        late=len(late_papers(work, meeting)),
        ratified=[
            (row.day, work.get(Case, row.case_id).ref) for row in to_ratify(work, panel, meeting) if row.ratified_at
        ],
        cases=[
            case_facts(work, panel, meeting, listing, case) for listing, case in rows_in_order(work, panel, meeting)
        ],
        others=_others(work, panel, meeting),
        next=following,
        dates=_dates(work, panel, following),
    )


def _agencies(work: UnitOfWork, panel: Panel, meeting: Meeting) -> list[Facts]:
    """Each agency: who came for it, and whether information was sent and when."""
    rows = attendance(work, meeting)
    refs = {case.id: case.ref for _, case in listed(work, meeting)}
    return [
        {
            "code": agency.code,
            "name": agency.name,
            "came": Came(row.who) if (row := rows.get(agency.id or 0)) else None,
            "written": bool(row and row.written_return),
            "video": bool(row and row.remote and row.who in THERE),
            "confirmed": confirmed(work, meeting, agency),
            "only": [refs[key] for key in (row.cases if row else ()) if key in refs],
            "sent": _sent(work, panel, meeting, agency),
        }
        for agency in expected(work, panel, meeting)
    ]


def _sent(work: UnitOfWork, panel: Panel, meeting: Meeting, agency: Any) -> Facts:
    asked = pairs(work, meeting, agency)
    days = [today(panel, pair.current.at) for pair in asked if pair.current and pair.complete]
    return {"done": len(days), "asked": len(asked), "last": max(days, default=None)}


def _conflicts(work: UnitOfWork, meeting: Meeting) -> int:
    cases = [case.id for _, case in listed(work, meeting)]
    return len(work.find(Conflict, col(Conflict.case_id).in_(cases), col(Conflict.lifted_at).is_(None)))


def case_facts(work: UnitOfWork, panel: Panel, meeting: Meeting, listing: Listing, case: Case) -> Facts:
    """A case as its section has it."""
    agreed = work.find(Action, Action.case_id == case.id, Action.meeting_id == meeting.id, order=Action.ref)
    return {
        "case": case,
        "hearing": hearing(listing),
        "decision": Decision(listing.decision).label if listing.decision else None,
        "note": listing.decision_note,
        "dissent": listing.dissent,
        "statement": again_for(work, meeting, case),
        "next_review": listing.next_review,
        "shared": _shared(work, panel, meeting, case),
        "agreed": _actions(work, panel, agreed, today(panel, work.now)),
        "carried": _actions(work, panel, carried_to(work, meeting, [case.id or 0]), today(panel, work.now)),
    }


def _others(work: UnitOfWork, panel: Panel, meeting: Meeting) -> list[Facts]:
    """Cases that were not heard but have actions carried forward."""
    heard = {case.id for _, case in listed(work, meeting)}
    cases = [case for case in work.find(Case, Case.panel_id == panel.id, order=Case.ref) if case.id not in heard]
    on = today(panel, work.now)
    found = [(case, _actions(work, panel, carried_to(work, meeting, [case.id or 0]), on)) for case in cases]
    return [{"case": case, "carried": carried} for case, carried in found if carried]


def _shared(work: UnitOfWork, panel: Panel, meeting: Meeting, case: Case) -> list[Facts]:
    items = work.find(
        Item, Item.case_id == case.id, Item.meeting_id == meeting.id, col(Item.replaced_at).is_(None),
        Item.audience == ItemKind.SHARED,
    )  # fmt: skip
    codes = {pair.agency.id: pair.agency.code for pair in pairs(work, meeting)}
    on = today(panel, work.now)
    return [
        {"agency": codes.get(item.agency_id, panel.code), "kind": item.kind.replace("_", " "), "body": item.body}
        for item in items
        if item.body and item.kind not in DECIDING and for_minutes(Restriction.parse(item.restriction), on)
    ]


def _actions(work: UnitOfWork, panel: Panel, rows: Sequence[Action], on: date) -> list[Facts]:
    """Actions that everybody on the case may read; what was stopped for safety reads as for everybody else."""
    facts = facts_many(work, panel, rows)
    return [
        {
            "ref": row.ref,
            "owner": facts[row.id or 0].owner,
            "text": row.text or type_of(row).label,
            "due": row.due,
            "status": shown_status(facts[row.id or 0], sees_safety=False),
            "outcome": outcome.shown_to_others if (outcome := facts[row.id or 0].outcome) else None,
        }
        for row in rows
        if for_minutes(Restriction.parse(row.restriction), on)
    ]


def _dates(work: UnitOfWork, panel: Panel, following: Meeting | None) -> list[tuple[str, date]]:
    if following is None:
        return []
    at = cut_offs_of(work, following)
    wanted = (CutOff.REFERRAL_DEADLINE, CutOff.UPDATE_DEADLINE)
    return [(cut_off.label, today(panel, at[cut_off])) for cut_off in wanted if cut_off in at]
