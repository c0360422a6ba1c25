"""Saving a return: every answer is a new version, and what stood before stays in the history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import col, or_

from commands.kit.alerts import alerted
from commands.kit.errors import Refusal
from commands.kit.forms import WrongAnswers
from commands.kit.turn import Turn
from commands.updates.basis import basis_of
from commands.updates.current import WITHDRAWN, Asked, deadline_of
from commands.updates.desk import Answering
from panel.codes import ReturnKind, Role
from panel.codes.returns import ReturnSection
from panel.restriction import ItemKind, Restriction
from panel.returns import NILS, ReturnDraft, is_late, return_problems
from storage.tables import Item, Meeting, Return

ASKED_AS = {"information": "happened"}  # the question under which a rule's sentence stands
APART = (ItemKind.AGENCY_NOTE, ItemKind.INTELLIGENCE)  # no part of the return: nobody may see that they are there
SECTION_OF: Mapping[str, ReturnSection] = {
    "fact": ReturnSection.FACTS,
    "opinion": ReturnSection.VIEW,
    "whereabouts": ReturnSection.WHEREABOUTS,
    "risk": ReturnSection.VIEW,
    "risk_change": ReturnSection.VIEW,
    "strengths": ReturnSection.VIEW,
    "ahead": ReturnSection.WHEREABOUTS,
    "engagement": ReturnSection.VIEW,
    "language": ReturnSection.VIEW,
    "neurodiversity": ReturnSection.VIEW,
    "works": ReturnSection.VIEW,
    "victims": ReturnSection.VICTIMS,
    "children": ReturnSection.VICTIMS,
    "in_danger": ReturnSection.VICTIMS,
    "proposed_action": ReturnSection.ACTIONS,
    "own_action": ReturnSection.ACTIONS,
}


class UndoFirst(Refusal):
    """Your agency has sent information on {ref}, and this can't stand beside it. Choose Undo first, then answer
    anew."""


class AgendaIssued(Refusal):
    """The agenda has been issued, so what your agency sent on {ref} stands. If something has changed, choose “Tell us
    something”: it goes to the meeting as a late paper."""


class NothingToUndo(Refusal):
    """Nothing has been sent on {ref} yet."""


def keep(turn: Turn, here: Answering, draft: ReturnDraft) -> Return:
    """Save an answer as a new version. Raises WrongAnswers, UndoFirst or AgendaIssued; a second tap on the same
    nil in the same sitting changes nothing."""
    problems = return_problems(draft, turn.work.now)
    if problems:
        raise WrongAnswers({ASKED_AS.get(each.field, each.field): each.sentence for each in problems})
    assert draft.kind is not None
    before = here.asked.current
    _may_stand(here, draft.kind)
    if before is not None and draft.kind in NILS and _same(before, draft.kind, here):
        return before
    if draft.kind is not ReturnKind.INFORMATION or (before and before.kind != ReturnKind.INFORMATION):
        _retire_items(turn, here.asked, reasons_only=True)
    made = _version(turn, here, draft.kind, late=_late(turn, here.asked))
    turn.audit(
        "returned", f"request:{here.asked.request.id}", case_id=here.asked.case.id, kind=str(draft.kind),
        version=made.version, list_version=here.statement.list_version, on_behalf=here.sitting.on_behalf,
    )  # fmt: skip
    if here.sitting.meeting.agenda_issued_at is not None:
        _late_paper(turn, here, made)
    return made


def undo(turn: Turn, here: Answering) -> None:
    """Take back whatever stands for the pair, items included. Only until the agenda is issued. A case that was
    marked imminent stays so: that is the chair's to judge."""
    ref = here.asked.case.ref
    if here.sitting.meeting.agenda_issued_at is not None:
        raise AgendaIssued(ref=ref)
    if here.asked.current is None:
        raise NothingToUndo(ref=ref)
    made = _version(turn, here, WITHDRAWN, late=False)
    _retire_items(turn, here.asked)
    turn.audit("took back", f"request:{here.asked.request.id}", case_id=here.asked.case.id, version=made.version)


def write(
    turn: Turn, here: Answering, sent: Return | None, kind: str, body: str | None, limits: Restriction,
    audience: ItemKind = ItemKind.SHARED, *, section: ReturnSection | None = None,
    details: Mapping[str, Any] | None = None, replaces: Item | None = None,
) -> None:  # fmt: skip
    """One item of a return (None: a note to the agency itself, or intelligence); after the agenda was issued it is a
    late paper. `replaces`: what it said before, kept in the history."""
    assert here.asked.case.id is not None
    if replaces is not None:
        replaces.replaced_at = turn.work.now
    turn.work.put(
        Item(
            case_id=here.asked.case.id, meeting_id=here.sitting.meeting.id, return_id=sent.id if sent else None,
            agency_id=here.asked.agency.id, by_user=turn.user, at=turn.work.now, kind=kind, audience=audience,
            body=body, restriction=limits.format(), expires=limits.expires,
            section=section or SECTION_OF.get(kind), details=_details(here, details),
            replaces_id=replaces.id if replaces else None, basis=basis_of(turn, here),
            late=here.sitting.meeting.agenda_issued_at is not None and audience not in APART,
        )
    )  # fmt: skip


def _details(here: Answering, details: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """As they are kept; that somebody wrote it for the agency is kept with each item."""
    return {**(details or {}), **({"on_behalf": True} if here.sitting.on_behalf else {})} or None


def own_items(turn: Turn, asked: Asked) -> list[Item]:
    """What the agency has on the case for this meeting, oldest first: its notes to itself, its reasons for holding
    back and what it sent to police alone are among it."""
    return list(
        turn.work.find(
            Item, Item.case_id == asked.case.id, Item.agency_id == asked.agency.id,
            Item.meeting_id == asked.request.meeting_id, col(Item.replaced_at).is_(None),
            or_(col(Item.return_id).is_not(None), col(Item.audience).in_(APART)),
        )
    )  # fmt: skip


def is_apart(item: Item) -> bool:
    """Whether it is a note for its own agency or for police alone: no return, and never taken back with one."""
    return item.audience in APART


def _same(before: Return, kind: ReturnKind, here: Answering) -> bool:
    return (before.kind, before.statement_id) == (kind, here.statement.id)


def _may_stand(here: Answering, kind: ReturnKind) -> None:
    ref, before = here.asked.case.ref, here.asked.kind
    if kind is ReturnKind.INFORMATION or before is None:
        return
    if here.sitting.meeting.agenda_issued_at is not None and before.complete:
        raise AgendaIssued(ref=ref)
    if before is ReturnKind.INFORMATION:
        raise UndoFirst(ref=ref)


def _version(turn: Turn, here: Answering, kind: str, *, late: bool) -> Return:
    request = here.asked.request
    assert request.id is not None
    return turn.work.add(
        Return(
            request_id=request.id, version=here.asked.next_version, kind=kind,
            statement_id=here.statement.id, by_user=turn.user, on_behalf=here.sitting.on_behalf,
            at=turn.work.now, late=late,
        )
    )  # fmt: skip


def _late(turn: Turn, asked: Asked) -> bool:
    """An answer that was complete in time is not made late by a correction."""
    if asked.complete and asked.current is not None:
        return asked.current.late
    meeting = turn.work.get(Meeting, asked.request.meeting_id)
    return is_late(turn.work.now, deadline_of(turn.work, meeting))


def _retire_items(turn: Turn, asked: Asked, *, reasons_only: bool = False) -> None:
    now: datetime = turn.work.now
    for item in own_items(turn, asked):
        if item.kind == "reason" or not (reasons_only or is_apart(item)):
            item.replaced_at = now


def _late_paper(turn: Turn, here: Answering, sent: Return) -> None:
    """Chair and coordinator learn that a paper came after the agenda; not what it says."""
    meeting, case_id = here.sitting.meeting, here.asked.case.id
    panel_id, acting = meeting.panel_id, meeting.acting_chair
    for user in alerted(turn.work, panel_id, Role.CHAIR, Role.COORDINATOR, case_id=case_id, acting=acting):
        if user == turn.user:
            continue
        turn.work.owe(
            f"late_paper:{here.asked.request.id}:{sent.version}:{user}", "updates.late_paper", user,
            panel_id=panel_id, about={"meeting": meeting.id, "case": case_id},
        )  # fmt: skip
