"""Whether a victim is told before, at or straight after a step that the subject may notice: agreed with the victim
service, and kept as a dependency between two actions (field reference 7.6)."""

from __future__ import annotations

from collections.abc import Sequence

from commands.actions.enter import next_ref
from commands.actions.facts import facts_of
from commands.actions.kind import HOUR, TELLING, note, take_type
from commands.actions.moving import accepted, audit
from commands.actions.record import remember, write
from commands.actions.tell import tell
from commands.actions.told_order import rows_of, told_of
from commands.actions.wake import settle
from commands.kit.meetings import settings_of
from commands.kit.people import agencies_by_id
from commands.kit.turn import Turn
from panel.action_types import ActionType, Term, TermKind
from panel.actions import LIVE
from panel.codes import ActionGroup, ActionStatus, Check, Function, RestrictionKind, SafetyStatus, Visibility
from panel.codes.gate import WhenTold
from panel.moves import Move, move
from panel.restriction import Restriction
from panel.settings import Content
from storage.tables import Action, Case, Dependency, Victim

TELLS = ActionType(
    TELLING, ActionGroup.COORDINATION, "Tell the victim about a step, as agreed", (Function.VICTIM_SERVICE,),
    Term(TermKind.WORKING_DAYS, 5), Check.NONE, Visibility.COVERT,
)  # fmt: skip
FIRST = (WhenTold.BEFORE, WhenTold.AT)  # the step waits for the victim to be told, or for both to be done at once
FOR_TWO = Restriction(RestrictionKind.IDVA)


def keep(turn: Turn, action: Action, victims: Sequence[Victim], when: WhenTold | None) -> None:
    """Let the step and the telling wait for each other as agreed, at the same moment until `same_hour` says when; what
    was agreed before no longer holds. The telling is the victim service's own action, which chair and victim service
    read."""
    telling = _undo(turn, action)
    if when is None or not when.is_told:
        if telling is not None and telling.status in LIVE:
            facts = facts_of(turn.work, turn.panel, telling)
            after = accepted(move(facts, Move.CANCEL, turn.work.now, reason=action.ref))
            write(turn.work, turn.panel, telling, after, turn.user, Move.CANCEL)
        return
    if telling is None or telling.status not in LIVE:
        telling = _new(turn, action, victims, when)
    first, then = (telling, action) if when in FIRST else (action, telling)
    turn.work.add(Dependency(action_id=then.id or 0, needs_id=first.id or 0, kind=when))
    note(telling, **{HOUR: None})  # an hour that was agreed before was of something else
    settle(turn.work, turn.panel, telling)


def _undo(turn: Turn, action: Action) -> Action | None:
    """Take away what was agreed; answers the action that tells, if there was one."""
    kept = told_of(turn.work, action)
    for row in rows_of(turn.work, action):
        turn.work.session.delete(row)
    turn.work.session.flush()
    return kept[1] if kept else None


def _new(turn: Turn, step: Action, victims: Sequence[Victim], when: WhenTold) -> Action:
    case = turn.work.get(Case, step.case_id)
    refs = ", ".join(victim.ref for victim in victims)
    held = settings_of(turn.panel).content is Content.HELD
    text = f"Tell {refs} {when.label.lower()} ({step.ref})."
    made = Action(
        panel_id=turn.panel.id or 0, case_id=step.case_id, ref=next_ref(turn, case, FOR_TWO), code=TELLING,
        text=text if held else None, restriction=FOR_TWO.format(), owner_id=_service(turn), priority=step.priority,
        agreed_at=turn.work.now, due=step.due, due_at=step.due_at, status=ActionStatus.OPEN,
        status_at=turn.work.now, safety=SafetyStatus.NOT_REQUIRED,
    )  # fmt: skip
    take_type(made, TELLS)
    turn.work.add(made)
    done = remember(turn.work, turn.panel, made, turn.user, "enter", "")
    audit(turn, made, "agreed", code=TELLING)
    tell(turn.work, turn.panel, made, "new", done, [turn.person.user])
    return made


def _service(turn: Turn) -> int | None:
    """The victim service of whoever answers."""
    known = agencies_by_id(turn.work, turn.panel.id).values()
    own = [each for each in known if each.function == Function.VICTIM_SERVICE and each.code in turn.person.agencies]
    return own[0].id if own else None
