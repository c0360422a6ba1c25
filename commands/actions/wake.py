"""The ladder at work: levels, the moments at which an action wakes, and the few messages outside the digest."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import col

from commands.actions.bring_known import came_at
from commands.actions.cast import Cast
from commands.actions.facts import facts_many, facts_of, open_actions, patterns, round_of
from commands.actions.kind import advice_until
from commands.actions.lapse import next_lapse
from commands.kit.meetings import zone_of
from panel import actions as rules
from panel import ladder
from panel.actions import ActionFacts
from panel.codes import ActionStatus, Check
from panel.grants import PANEL_OFFICE
from panel.ladder import PanelTime, Recipient, Rung, Step
from storage.tables import Action, ActionMove, Meeting, Panel
from storage.work import UnitOfWork

# Everything else that is due to a person on a working day stands in their one digest.
TELEPHONES = (Recipient.COORDINATOR,)


def settle(work: UnitOfWork, panel: Panel, action: Action) -> None:
    """After any change: the level as the ladder has it now (none once reported or ended), and the next moment: of the
    ladder, the end of an order on which the check rests, or of the hours that advice is waited for."""
    settle_as(work, panel, action, facts_of(work, panel, action), round_of(work, panel))


def settle_all(work: UnitOfWork, panel: Panel, but: Collection[int | None]) -> None:
    """The same for every open action of the panel, when its numbers have changed. `but`: those whose moment has come
    by the old ones, which the next tick tells of."""
    rows = open_actions(work, panel)
    facts, panel_time = facts_many(work, panel, rows, patterns(work, panel)), round_of(work, panel)
    for row in rows:
        if row.id is not None and row.id not in but:
            settle_as(work, panel, row, facts[row.id], panel_time)


def wakes_now(work: UnitOfWork, panel: Panel) -> frozenset[int | None]:
    """The open actions whose moment has come and is not planned yet."""
    return frozenset(row.id for row in open_actions(work, panel, col(Action.wake_at) <= work.now))


def settle_as(work: UnitOfWork, panel: Panel, action: Action, facts: ActionFacts, panel_time: PanelTime) -> None:
    """The same, by facts that were read already."""
    action.level = ladder.level(facts, work.now, panel_time)
    asked = facts.status is ActionStatus.AWAITING_SAFETY_CHECK and facts.check is not Check.REQUIRED
    waits = advice_until(action) if asked else None
    moments = (ladder.next_wake(facts, work.now, panel_time), next_lapse(work, panel, action), waits)
    action.wake_at = min((moment for moment in moments if moment), default=None)


def wake(work: UnitOfWork, action: Action, *, come: bool = True) -> None:
    """Steps of the ladder have come: the level rises, and whoever is told outside the digest is told. After an
    outage only the latest step is told of, and of an action that came in with a tracker no step from before it came.
    `come`: its moment has. Else a meeting counted it, and the hours and days before were told when they came: not once
    more, to whoever follows."""
    panel = work.get(Panel, action.panel_id)
    settle(work, panel, action)
    facts, panel_time = facts_of(work, panel, action), round_of(work, panel)
    came = came_at(action)
    steps = [s for s in ladder.steps(facts, panel_time) if s.at <= work.now and (came is None or s.at > came)]
    loud = [s for s in steps if told_directly(s, facts)]
    cast = Cast(work, panel)
    for step in loud:
        if (come and step.at == loud[-1].at) or step.name == Rung.STEERING:
            _tell(work, panel, action, facts, step, cast)


def told_directly(step: Step, facts: ActionFacts) -> tuple[Recipient, ...]:
    """Whom a step tells by a message of its own; for most steps nobody: the digest does."""
    if step.name.startswith("fast"):
        return step.tell
    if step.name == Rung.LEAD and not rules.is_waiting(facts):
        return (Recipient.CHAIR,) if facts.owner == PANEL_OFFICE else TELEPHONES
    return step.tell if step.name == Rung.STEERING and not rules.is_waiting(facts) else ()


def _tell(work: UnitOfWork, panel: Panel, action: Action, facts: ActionFacts, step: Step, cast: Cast) -> None:
    to = told_directly(step, facts)
    held = [recipient for recipient in Recipient if cast.holders(action, recipient)]
    telling = ladder.addressees(Step(step.name, step.at, to, step.level), held)
    users = dict.fromkeys(user for recipient in telling.tell for user in cast.holders(action, recipient))
    coordinator = cast.coordinator(action)
    for user in users:
        missing = bool(telling.missing) and user in coordinator
        work.owe(
            f"escalate:{action.id}:{action.due}:{step.name}:{user}", "actions.escalate", user, panel_id=panel.id,
            about={"action": action.id, "due": action.due.isoformat(), "step": step.name, "missing": missing},
        )  # fmt: skip


def carry_forward(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """At the start of a meeting: count one meeting more for every action that is overdue at it. What came with the
    books was counted for the meeting they were read in for."""
    known = open_actions(work, panel)
    facts = facts_many(work, panel, known, patterns(work, panel))
    for action in known:
        assert action.id is not None
        if not rules.overdue(facts[action.id], meeting.starts_at, zone_of(panel)):
            continue
        if not _counted_in_the_books(work, panel, action, meeting):
            action.carried_forward += 1
            wake(work, action, come=action.wake_at is not None and action.wake_at <= work.now)


def _counted_in_the_books(work: UnitOfWork, panel: Panel, action: Action, meeting: Meeting) -> bool:
    entered = work.first(ActionMove, ActionMove.action_id == action.id, ActionMove.was == "")
    if entered is not None or action.agreed_at is None:
        return False
    earlier = work.first(
        Meeting,
        Meeting.panel_id == panel.id,
        Meeting.kind == "regular",
        Meeting.status != "cancelled",
        Meeting.starts_at > action.agreed_at,
        col(Meeting.starts_at) < meeting.starts_at,
    )
    return earlier is None
