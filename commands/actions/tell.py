"""Who is told what has befallen one action: by direct message, without a word of what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from commands.actions.cast import Cast
from commands.actions.circulate import circulated
from commands.actions.facts import round_of
from commands.actions.kind import UNTIL, check_of, is_advised, note
from commands.actions.wake import settle
from panel.codes import ActionStatus, Check, IdvaStatus, Priority, SafetyStatus
from panel.gate import advice_ends
from storage.tables import Action, ActionMove, Meeting, Panel, Victim
from storage.work import UnitOfWork

SITTING = timedelta(minutes=10)


def tell(work: UnitOfWork, panel: Panel, action: Action, what: str, move: ActionMove, users: Iterable[str]) -> None:
    """Owe each of them the sentence for `what` (see `notices.told`); whoever made the move knows already."""
    for user in dict.fromkeys(users):
        if user != move.by_user:
            work.owe(
                f"action:{what}:{action.id}:{move.id}:{user}", "actions.told", user, panel_id=panel.id,
                about={"action": action.id, "what": what},
            )  # fmt: skip


def tell_cleared(work: UnitOfWork, panel: Panel, action: Action, move: ActionMove) -> None:
    """Its owners may act now. Checks are answered in one sitting, so what comes within ten minutes is one message;
    an immediate action has its own, at once."""
    users = Cast(work, panel).owners(action)
    if action.priority == Priority.IMMEDIATE:
        tell(work, panel, action, "cleared", move, users)
    else:
        _with_the_sitting(work, panel, "cleared", users)


def _with_the_sitting(work: UnitOfWork, panel: Panel, what: str, users: Iterable[str]) -> None:
    """One message for all that comes within ten minutes."""
    since = work.now.replace(minute=work.now.minute // 10 * 10, second=0, microsecond=0)
    for user in users:
        work.owe(
            f"{what}:{panel.id}:{user}:{since.isoformat()}", f"actions.{what}", user, panel_id=panel.id,
            about={"since": since.isoformat()}, not_before=since + SITTING,
        )  # fmt: skip


def told_with_the_round(work: UnitOfWork, action: Action) -> bool:
    """Whether its people are told with the meeting's other actions: not when it is immediate, nor once they are."""
    meeting = work.get(Meeting, action.meeting_id) if action.meeting_id else None
    return meeting is not None and action.priority != Priority.IMMEDIATE and not circulated(work, meeting)


def tell_of_new(work: UnitOfWork, panel: Panel, action: Action, move: ActionMove) -> None:
    """A new action, to its people and to whoever checks it."""
    cast = Cast(work, panel)
    waiting = action.status == ActionStatus.AWAITING_SAFETY_CHECK
    owners = cast.owners(action)
    tell(work, panel, action, "wait" if waiting else "new", move, owners)
    if not owners:
        tell(work, panel, action, "nobody", move, cast.coordinator(action))
    if check_of(action) is Check.ADVISE:
        tell_advisers(work, panel, action, move)
    elif waiting:
        tell_checkers(work, panel, action, move, cast)


def tell_advisers(work: UnitOfWork, panel: Panel, action: Action, move: ActionMove) -> None:
    """The victim service hears at once of what needs no approval, whatever else goes round later; from now on runs the
    time that it has where its advice is heard first."""
    start_hours(work, panel, action)
    checkers = Cast(work, panel).checkers_here(action)
    if action.priority == Priority.IMMEDIATE:
        tell(work, panel, action, "goes_ahead", move, checkers)
    else:
        _with_the_sitting(work, panel, "advise", [user for user in checkers if user != move.by_user])


def start_hours(work: UnitOfWork, panel: Panel, action: Action) -> None:
    """The time that advice is waited for runs anew."""
    until = advice_ends(work.now, round_of(work, panel)) if is_advised(action) else None
    note(action, **{UNTIL: until and until.isoformat()})
    settle(work, panel, action)


def tell_checkers(work: UnitOfWork, panel: Panel, action: Action, move: ActionMove, cast: Cast) -> None:
    """A check to make: the victim service, and where nobody can make it the coordinator and the chair."""
    start_hours(work, panel, action)
    checkers = cast.checkers_here(action)
    tell(work, panel, action, "check", move, checkers)
    if not checkers:
        tell(work, panel, action, "no_checker", move, [*cast.coordinator(action), *cast.chair(action)])
    else:
        ask_for_idva(work, panel, action, cast)


def unserved(work: UnitOfWork, action: Action) -> list[str]:
    """The victims of its case (by reference) to whom no IDVA is allocated."""
    return sorted(victim.ref for victim in work.rows(Victim, case_id=action.case_id, idva=IdvaStatus.NOT_ALLOCATED))


def ask_for_idva(work: UnitOfWork, panel: Panel, action: Action, cast: Cast) -> None:
    """Where a check is waited for and a victim has no IDVA the coordinator asks for one, once for the same victims of a
    case and meeting, however many actions wait and whichever way they came."""
    whose = ",".join(unserved(work, action)) if action.safety == SafetyStatus.PENDING else ""
    for user in cast.coordinator(action) if whose else ():
        work.owe(
            f"no_idva:{action.case_id}:{action.meeting_id}:{whose}:{user}", "actions.told", user, panel_id=panel.id,
            about={"action": action.id, "what": "ask_for_one"},
        )  # fmt: skip
