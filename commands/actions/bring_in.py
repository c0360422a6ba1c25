"""A tracker's rows become actions: all of them or none, counted in the audit log, told in one message a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from commands.actions.bring import New, Plan
from commands.actions.bring_known import AT, BROUGHT, Known
from commands.actions.cast import Cast
from commands.actions.facts import facts_many, patterns, round_of
from commands.actions.kind import note, take_type
from commands.actions.tell import ask_for_idva, start_hours
from commands.actions.wake import settle_as
from commands.kit.meetings import settings_of, start_of, zone_of
from panel.access import Refused
from panel.actions import DOING, ActionFacts
from panel.calendar import instant
from panel.codes import ActionStatus, Outcome, Priority, SafetyStatus
from panel.moves import FAILURES, Move, move
from panel.refs import ACTION, RESTRICTED_FROM, propose_action, subject_number
from panel.settings import Content
from panel.tracker.values import ENDED, Standing
from storage.tables import Action, ActionMove, ImportedRow, Panel
from storage.work import UnitOfWork

WHERE_FROM = "From the panel's own tracker."
AT_WORK = (Standing.IN_PROGRESS, Standing.ONGOING)


def bring_in(work: UnitOfWork, panel: Panel, made: Plan, by: str, surface: str) -> list[Action]:
    """Add every new row of a plan, in the transaction that the plan was made in; answers the actions. What is overdue
    already starts no messages of its own: it stands in the next digest, one line each."""
    assert panel.id is not None
    refs = _Refs(work, panel)
    added = [(new, _action(work, panel, new, refs)) for new in made.new]
    work.session.add_all(action for _, action in added)
    work.session.flush()
    known = Known(work, panel, ())
    for new, action in added:
        assert action.id is not None
        note(action, **{BROUGHT: known.said(new.line, new.owner) | {AT: work.now.isoformat()}})
        work.put(ImportedRow(panel_id=panel.id, source=new.source, action_id=action.id, at=work.now))
        _remember(work, action, by, "enter", "", WHERE_FROM)
    _start(work, panel, [(new, action) for new, action in added if not new.line.over], by)
    actions = [action for _, action in added]
    _tell(work, panel, actions)
    work.audit(
        "imported", f"tracker:{panel.id}", by=by, surface=surface, panel_id=panel.id, actions=len(added),
        there=len(made.there), changed=len(made.changed), faults=len(made.faults),
    )  # fmt: skip
    return actions


def _remember(work: UnitOfWork, action: Action, by: str, what: str, was: str, note: str | None = None) -> None:
    assert action.id is not None
    work.put(ActionMove(action_id=action.id, at=work.now, by_user=by, move=what, was=was, now=action.status, note=note))


def _action(work: UnitOfWork, panel: Panel, new: New, refs: _Refs) -> Action:
    line, status, outcome = new.line, ActionStatus.AGREED, None
    if line.over:
        status, outcome = ENDED[line.standing]
        outcome = _outcome(line.outcome, status) or outcome
    held = settings_of(panel).content is Content.HELD
    assert panel.id is not None and new.case.id is not None
    action = Action(
        panel_id=panel.id, case_id=new.case.id, ref=refs.next(new), code=new.kind.code,
        text=line.text if held else None, note=(_note(new) or None) if held else None, owner_id=new.owner_id,
        priority=_priority(new), agreed_at=_moment(panel, line.agreed) or work.now, due=new.due, status=status,
        status_at=_moment(panel, line.reported) or work.now, outcome=outcome,
        reported_at=_moment(panel, line.reported) if status is ActionStatus.COMPLETE else None,
        carried_forward=line.carried,
    )  # fmt: skip
    take_type(action, new.kind)
    return action


def _outcome(said: Outcome | None, status: ActionStatus) -> Outcome | None:
    """The outcome that the tracker gives, where an action that stands so can have it."""
    if status is ActionStatus.COMPLETE:
        return None if said in FAILURES else said
    return said if status is ActionStatus.NOT_DONE and said in FAILURES else None


def _note(new: New) -> str:
    """What is noted, and an outcome that an action still open can't have yet."""
    early = new.line.outcome.label if new.line.outcome and not new.line.over else ""
    return "\n".join(part for part in (new.line.note, early) if part)


def _priority(new: New) -> Priority:
    """How soon: nothing that was agreed before it came is immediate any more."""
    if new.line.standing is Standing.ONGOING:
        return Priority.ONGOING
    return Priority.STANDARD if new.day_given else Priority.NEXT_PANEL


def _moment(panel: Panel, day: date | None) -> datetime | None:
    return instant(day, start_of(panel), zone_of(panel)) if day else None


def _start(work: UnitOfWork, panel: Panel, live: Sequence[tuple[New, Action]], by: str) -> None:
    """Sent to their owners, or first to the victim service, as any other action that was agreed. They are many, so that
    the facts of all of them are read at once."""
    facts = facts_many(work, panel, [action for _, action in live])
    for new, action in live:
        after = _started(new, facts[action.id or 0], work.now)
        action.status, action.safety = after.status, after.safety
        _remember(work, action, by, Move.START, ActionStatus.AGREED)
    work.session.flush()
    _settle(work, panel, [action for _, action in live])


def _started(new: New, agreed: ActionFacts, now: datetime) -> ActionFacts:
    after = move(agreed, Move.START, now)
    assert not isinstance(after, Refused)
    if new.line.standing is Standing.ON_HOLD:
        return replace(after, status=ActionStatus.AWAITING_SAFETY_CHECK, safety=SafetyStatus.PENDING)
    if new.line.standing in AT_WORK and after.status in DOING:
        return replace(after, status=ActionStatus.IN_PROGRESS)
    return after


def _settle(work: UnitOfWork, panel: Panel, actions: Sequence[Action]) -> None:
    """Their levels and next moments, the end of an order among them. Advice that is waited for has hours of its own."""
    facts, panel_time = facts_many(work, panel, actions, patterns(work, panel)), round_of(work, panel)
    for action in actions:
        if action.status == ActionStatus.AWAITING_SAFETY_CHECK:
            start_hours(work, panel, action)
        else:
            settle_as(work, panel, action, facts[action.id or 0], panel_time)


def _tell(work: UnitOfWork, panel: Panel, added: list[Action]) -> None:
    """One message to everyone who owns some of it, or checks it; its counts are those of the moment it is sent."""
    cast = Cast(work, panel)
    for action in {action.case_id: action for action in added if action.safety == SafetyStatus.PENDING}.values():
        ask_for_idva(work, panel, action, cast)
    users = {user for action in added for user in reached(cast, action)}
    for user in sorted(users):
        work.owe(
            f"brought:{panel.id}:{work.now.isoformat()}:{user}", "actions.brought", user, panel_id=panel.id,
            about={"at": work.now.isoformat()},
        )  # fmt: skip


def reached(cast: Cast, action: Action) -> list[str]:
    """Whom an action that was brought in concerns as it stands: its owners, or the victim service and they."""
    owners = cast.owners(action) or cast.coordinator(action)
    if action.status == ActionStatus.AWAITING_SAFETY_CHECK:
        return [*owners, *cast.checkers_here(action)]
    return owners if action.status in DOING else []


class _Refs:
    """References for new actions: the row's own where it is one of this panel's and free, else the subject's next."""

    def __init__(self, work: UnitOfWork, panel: Panel) -> None:
        self._taken: dict[str, set[str]] = defaultdict(set)
        for action in work.rows(Action, panel_id=panel.id):
            self._taken[action.ref.split("-")[1]].add(action.ref)

    def next(self, new: New) -> str:
        """A free reference of the case's subject."""
        number = subject_number(new.case.subject_ref)
        taken, own = self._taken[number], new.line.ref.upper()
        found = ACTION.fullmatch(own)
        counted = found is not None and found["number"] == number and int(found["serial"]) < RESTRICTED_FROM
        if not counted or own in taken:
            own = propose_action(new.case.subject_ref, taken)
        taken.add(own)
        return own
