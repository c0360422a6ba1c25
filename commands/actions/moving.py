"""The one way in which a person moves an action on: found, allowed, applied, written, told."""

from __future__ import annotations

from collections.abc import Callable, Collection

from commands.actions.cast import Cast
from commands.actions.facts import facts_of
from commands.actions.kind import RELAYED_FOR, agreed_hour, noted, outside
from commands.actions.kind import note as keep
from commands.actions.record import let_others_follow, let_others_wait, write
from commands.actions.sight import thing
from commands.actions.tell import tell
from commands.kit.errors import ChangedMeanwhile, NoSuchThing, Refusal
from commands.kit.turn import Turn
from panel.access import Refused, Verb
from panel.actions import ActionFacts
from panel.codes import ActionStatus, Outcome
from panel.moves import Move, move
from storage.tables import Action, ActionMove

BY_THE_DOER = (Move.ACKNOWLEDGE, Move.PROGRESS, Move.REPORT, Move.SAY_NOT_POSSIBLE, Move.NOT_DONE, "ask_time", "snooze")


class CannotMove(Refusal):
    """{reason}"""


def found(turn: Turn) -> Action:
    """The action that a button or form is about. Raises NoSuchThing, and ChangedMeanwhile when it was drawn from
    an earlier version."""
    action = turn.work.get(Action, turn.about.action)
    if action.panel_id != turn.panel.id:
        raise NoSuchThing
    if turn.about.version is not None and turn.about.version != action.version:
        raise ChangedMeanwhile
    return action


def may_or_refuse(turn: Turn, action: Action, verb: Verb, author: str | None = None) -> None:
    """Go on only if this person may do this to this action."""
    turn.need(verb, thing(turn.work, turn.panel, action, author))


def check_status(action: Action, allowed: Collection[ActionStatus]) -> None:
    """Raises CannotMove where it stands otherwise by now than this may be done."""
    status = ActionStatus(action.status)
    if status not in allowed:
        raise CannotMove(reason=f"It is “{status.label}” by now. Open it again to see what can be done.")


def accepted(after: ActionFacts | Refused) -> ActionFacts:
    """What the rules made of it; raises CannotMove with their reason."""
    if isinstance(after, Refused):
        raise CannotMove(reason=after.reason)
    return after


def apply(
    turn: Turn,
    verb: Verb,
    what: Move,
    *,
    outcome: Outcome | None = None,
    reason: str = "",
    note: str | None = None,
    author: Callable[[Action], str | None] = lambda _action: None,
) -> tuple[Action, ActionMove]:
    """Make one move of `panel.moves`, with everything that follows from it."""
    action = found(turn)
    may_or_refuse(turn, action, verb, author(action))
    facts = facts_of(turn.work, turn.panel, action)
    after = accepted(move(facts, what, turn.work.now, outcome=outcome, reason=reason))
    if what is Move.REPORT:
        action.reported_by, action.reported_at = turn.user, turn.work.now
    if what is Move.QUERY:
        action.reported_by = action.reported_at = None
    done = write(turn.work, turn.panel, action, after, turn.user, what, note or reason or None)
    post = relay(turn, action, done, what)
    audit(turn, action, what, outcome=outcome, relayed="yes" if post else None)
    if what is Move.REPORT and agreed_hour(action) is None:  # with an hour agreed they could go ahead already
        let_others_follow(turn.work, turn.panel, action, done)
    if what is Move.QUERY:
        let_others_wait(turn.work, turn.panel, action)
    return action, done


def relay(turn: Turn, action: Action, done: ActionMove, what: str) -> str | None:
    """Note for whom something was said: for somebody outside Slack who does it (their post), by whoever relays."""
    post = outside(action) if what in BY_THE_DOER and action.assignee is None else None
    if post:
        keep(action, **{RELAYED_FOR: {**(noted(action).get(RELAYED_FOR) or {}), str(done.id): post}})
    return post


def audit(turn: Turn, action: Action, verb: str, **details: object) -> None:
    """An audit row about this action. `details`: ids, codes and counts only; what is empty is left out."""
    kept = {name: str(value) for name, value in details.items() if value is not None}
    turn.audit(verb, f"action:{action.id}", case_id=action.case_id, **kept)


def tell_people(turn: Turn, action: Action, what: str, done: ActionMove, *parts: str) -> None:
    """Tell people of the cast by their part: owners, chair, coordinator, checkers."""
    cast = Cast(turn.work, turn.panel)
    users = [user for part in parts for user in getattr(cast, part)(action)]
    tell(turn.work, turn.panel, action, what, done, users)
