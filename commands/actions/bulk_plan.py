"""Several actions at once: what would happen to each, and doing it, by the same rules as one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from commands.actions.bulk_state import Chosen, What
from commands.actions.cast import Cast
from commands.actions.facts import facts_of, round_of
from commands.actions.hand_over import check_doer, give
from commands.actions.moving import audit, tell_people
from commands.actions.recheck import recheck
from commands.actions.record import write
from commands.actions.sight import thing
from commands.kit.errors import Refusal
from commands.kit.turn import Turn
from panel.access import Refused, Verb, may
from panel.actions import LIVE, ActionFacts, needs_new_check
from panel.codes import ActionStatus
from panel.leeway import is_short, move_day
from panel.moves import Move, move
from storage.tables import Action

CHANGED, GONE = "changed meanwhile", "It is no longer here."


@dataclass(frozen=True)
class Line:
    """One action: refused with a reason, or what it comes to. `stale`: somebody changed it since it was ticked."""

    action: Action
    refused: str = ""
    checked_again: bool = False
    stale: bool = False
    do: Callable[[], None] = lambda: None


def plan(turn: Turn, chosen: Chosen, value: date | str | None, reason: str) -> list[Line]:
    """A line for each that was ticked, in the order of references. `value`: the day, or the user who does it."""
    found = [(turn.work.look(Action, key), version) for key, version in chosen.picks]
    known = [(each, version) for each, version in found if each is not None and each.panel_id == turn.panel.id]
    lines = [
        replace(_line(turn, chosen.what, each, value, reason), stale=each.version != version) for each, version in known
    ]
    return sorted(lines, key=lambda line: line.action.ref)


def do(turn: Turn, lines: Sequence[Line]) -> list[Line]:
    """Make every one that can be; answers which those were."""
    able = [line for line in lines if not line.refused]
    for line in able:
        line.do()
    return able


def _line(turn: Turn, what: What, action: Action, value: date | str | None, reason: str) -> Line:
    facts = facts_of(turn.work, turn.panel, action)
    if what is What.CONFIRM:
        return _confirmed(turn, action, facts)
    if what is What.MOVE:
        assert isinstance(value, date)
        return _moved(turn, action, facts, value, reason)
    assert not isinstance(value, date)
    return _given(turn, action, facts, value, reason)


def _moved(turn: Turn, action: Action, facts: ActionFacts, day: date, reason: str) -> Line:
    time = round_of(turn.work, turn.panel)
    short = replace(thing(turn.work, turn.panel, action), delegated=is_short(facts, day, time))
    verdict, after = may(turn.person, Verb.MOVE_DATE, short), move_day(facts, day, turn.work.now, time)
    if isinstance(verdict, Refused) or isinstance(after, Refused):
        return Line(action, refused=(verdict if isinstance(verdict, Refused) else after).reason)  # type: ignore[union-attr]
    again = after.status is ActionStatus.AWAITING_SAFETY_CHECK and facts.status is not after.status

    def make() -> None:
        done = write(turn.work, turn.panel, action, after, turn.user, "move_date", reason)
        action.extended_by = str(verdict.by) if verdict.by else None
        audit(turn, action, "move_date", due=action.due, several="yes")
        tell_people(turn, action, "changed" if again else "moved", done, "owners")
        recheck(turn.work, turn.panel, action, done)

    return Line(action, checked_again=again, do=make)


def _given(turn: Turn, action: Action, facts: ActionFacts, doer: str | None, reason: str) -> Line:
    cast = Cast(turn.work, turn.panel)
    verdict = may(turn.person, Verb.REASSIGN, thing(turn.work, turn.panel, action))
    if isinstance(verdict, Refused):
        return Line(action, refused=verdict.reason)
    if facts.status not in LIVE:
        return Line(action, refused=f"It is “{facts.status.label}” by now.")
    try:
        check_doer(cast, action.case_id, action.owner_id, doer)
    except Refusal as no:
        return Line(action, refused=no.sentence)
    if action.assignee == doer:
        return Line(action, refused="They have it already.")
    again = needs_new_check(facts).status is not facts.status
    return Line(action, checked_again=again, do=lambda: give(turn, cast, action, doer, reason, second=action.second))


def _confirmed(turn: Turn, action: Action, facts: ActionFacts) -> Line:
    verdict = may(turn.person, Verb.CONFIRM_ACTION, thing(turn.work, turn.panel, action, action.reported_by))
    after = move(facts, Move.CONFIRM, turn.work.now)
    if isinstance(verdict, Refused):
        return Line(action, refused=verdict.reason)
    if isinstance(after, Refused):
        return Line(action, refused=after.reason)

    def make() -> None:
        write(turn.work, turn.panel, action, after, turn.user, Move.CONFIRM)
        audit(turn, action, Move.CONFIRM, several="yes")

    return Line(action, do=make)
