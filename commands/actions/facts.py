"""Actions as the rules see them, and the questions other journeys ask: what is open, what is overdue."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import col, select

from commands.actions.kind import TELLING, advice_until, agreed_hour, check_of, is_advised, level_kept
from commands.kit.meetings import calendar_of, settings_of, today, zone_of
from commands.kit.people import agencies_by_id
from panel import actions as rules
from panel import ladder
from panel.actions import DOING, ENDED, LIVE, ActionFacts, TimeAsked
from panel.codes import ActionStatus, Outcome, Priority, SafetyStatus
from panel.grants import PANEL_OFFICE, Holder
from panel.ladder import PanelTime
from panel.moves import Move
from storage.tables import Action, ActionMove, Agency, Dependency, Meeting, MoreTime, Panel
from storage.work import UnitOfWork

UNFINISHED = LIVE | {ActionStatus.PROPOSED, ActionStatus.REPORTED_COMPLETE, ActionStatus.BLOCKED}
NOT_ENDED = col(Action.status).in_([*UNFINISHED])
# What says that an action is no longer possible, and what makes an end of that.
ENDING = (
    Move.SAY_NOT_POSSIBLE, Move.KEEP_ON, Move.REPORT, Move.NOT_POSSIBLE, Move.NOT_DONE, Move.SUPERSEDE, Move.CANCEL,
)  # fmt: skip
THE_SERVICE = "the victim service"
A_MONTH = timedelta(days=31)  # at most: `ladder.recent` counts exactly


def facts_of(work: UnitOfWork, panel: Panel, action: Action) -> ActionFacts:
    """One action, with its owner's pattern of overdue ones: what its level is worked out from."""
    assert action.id is not None
    return facts_many(work, panel, [action], patterns(work, panel))[action.id]


def facts_many(
    work: UnitOfWork,
    panel: Panel,
    actions: Sequence[Action],
    pattern: Counter[int | None] | None = None,
    agencies: Mapping[int | None, Agency] | None = None,
) -> dict[int, ActionFacts]:
    """Several actions by id, in a handful of queries. `pattern`: see `patterns`; it only matters for level 4.
    `agencies`: the panel's, where the caller has read them already."""
    if not actions:
        return {}
    ids = [action.id for action in actions if action.id is not None]
    agencies = agencies or agencies_by_id(work, panel.id)
    needs = _needs(work, ids)
    freed = _freed(work, ids)
    asked, slips = _more_time(work, ids)
    ending = ending_said(work, ids)
    made = {}
    for action in actions:
        assert action.id is not None
        facts = _alone(action, agencies[action.owner_id].code if action.owner_id else PANEL_OFFICE)
        waits = needs[action.id]
        open_needs = _unmet(waits)
        done = [need.reported_at or need.status_at for need in waits if not open_needs]
        free = [moment for moment in (freed.get(action.id) or action.agreed_at, *done) if moment]
        made[action.id] = replace(
            facts,
            told_at=max(free, default=None) if action.status in DOING else None,
            unmet=open_needs,
            advice_over=_is_past(advice_until(action), work.now),
            asked=asked.get(action.id),
            slips=max(action.slips, slips[action.id], int(action.original_due is not None)),
            ending_since=ending[action.id].at if action.id in ending else None,
            agency_overdue_count=(pattern or Counter())[action.owner_id],
        )
    return made


def _alone(action: Action, owner: str) -> ActionFacts:
    """What its own row says."""
    return ActionFacts(
        owner=owner,
        due=action.due,
        status=ActionStatus(action.status),
        priority=Priority(action.priority),
        check=check_of(action),
        advised=is_advised(action),
        safety=SafetyStatus(action.safety),
        due_at=action.due_at,
        original_due=action.original_due,
        agreed_at=action.agreed_at,
        outcome=Outcome(action.outcome) if action.outcome else None,
        carried_forward_count=action.carried_forward,
        snoozes=action.snoozes,
        snoozed_until=action.snoozed_until,
        level_kept=level_kept(action),
        ref=action.ref,
    )


def _is_past(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now


def _needs(work: UnitOfWork, ids: Sequence[int]) -> dict[int, list[Action]]:
    """What each action waits for."""
    found: dict[int, list[Action]] = defaultdict(list)
    if waits := work.rows(Dependency, action_id=ids):
        needs = {need.id: need for need in work.rows(Action, id=[each.needs_id for each in waits])}
        for each in sorted(waits, key=lambda each: needs[each.needs_id].ref):
            found[each.action_id].append(needs[each.needs_id])
    return found


def _unmet(waits: Sequence[Action]) -> frozenset[str]:
    """Of these, what still stands before it: a telling does not once its hour is agreed."""
    statuses = {need.ref: ActionStatus(need.status) for need in waits}
    open_refs = rules.unmet([need.ref for need in waits if agreed_hour(need) is None], statuses)
    return frozenset(THE_SERVICE if need.code == TELLING else need.ref for need in waits if need.ref in open_refs)


def _freed(work: UnitOfWork, ids: Sequence[int]) -> dict[int, datetime]:
    """When each action last stopped waiting for its check, or was re-opened."""
    waiting = [ActionStatus.AWAITING_SAFETY_CHECK, ActionStatus.BLOCKED, ActionStatus.AGREED, ActionStatus.PROPOSED]
    waiting += ENDED  # re-opened
    rows = work.rows(ActionMove, action_id=ids, was=waiting, now=[*DOING])
    return {row.action_id: row.at for row in rows}


def _more_time(work: UnitOfWork, ids: Sequence[int]) -> tuple[dict[int, TimeAsked], Counter[int]]:
    rows = work.rows(MoreTime, action_id=ids)
    asked = {row.action_id: TimeAsked(row.new_due, row.asked_at) for row in rows if row.granted is None}
    return asked, Counter(row.action_id for row in rows if row.granted)


def ending_said(work: UnitOfWork, ids: Sequence[int]) -> dict[int, ActionMove]:
    """Which of these actions is said to be no longer possible and waits for the chair: by whom, since when and why."""
    latest = {row.action_id: row for row in work.rows(ActionMove, action_id=ids, move=[*ENDING])} if ids else {}
    return {id: row for id, row in latest.items() if row.move == Move.SAY_NOT_POSSIBLE}


def patterns(work: UnitOfWork, panel: Panel) -> Counter[int | None]:
    """By owner, how many of its actions of the last months were not reported by their day."""
    months = settings_of(panel).ladder.steering_months
    here = today(panel, work.now)
    rows = work.session.exec(
        select(col(Action.owner_id), col(Action.due), col(Action.status), col(Action.reported_at)).where(
            Action.panel_id == panel.id, Action.due < here, Action.due >= here - months * A_MONTH
        )
    ).all()
    zone = zone_of(panel)
    late: dict[int | None, list[date]] = defaultdict(list)
    for owner, due, status, reported in rows:
        reported_late = reported is not None and reported.astimezone(zone).date() > due
        if reported_late or status in DOING or status == ActionStatus.NOT_DONE:
            late[owner].append(due)
    return Counter({owner: ladder.recent(days, here, months) for owner, days in late.items()})


def round_of(work: UnitOfWork, panel: Panel) -> PanelTime:
    """The panel's calendar, settings and meetings, as the ladder needs them."""
    starts = work.session.exec(
        select(Meeting.starts_at).where(
            Meeting.panel_id == panel.id, Meeting.kind == "regular", Meeting.status != "cancelled"
        )
    ).all()
    return PanelTime(calendar_of(panel, today(panel, work.now)), zone_of(panel), settings_of(panel), tuple(starts))


def open_actions(work: UnitOfWork, panel: Panel, *conditions: object, **given: object) -> Sequence[Action]:
    """Every action not yet ended (proposed, on hold and reported ones too), the earliest due first."""
    return work.find(Action, Action.panel_id == panel.id, NOT_ENDED, *conditions, order=col(Action.due), **given)


def overdue(work: UnitOfWork, panel: Panel, actions: Iterable[Action] | None = None) -> list[Action]:
    """Those free to be done and past their day, of the given ones or of the whole panel."""
    here, zone = today(panel, work.now), zone_of(panel)
    known = open_actions(work, panel) if actions is None else actions
    due = [action for action in known if action.status in DOING and (action.due_at or action.due <= here)]
    needs = _needs(work, [action.id for action in due if action.id is not None]) if due else {}
    return [
        action
        for action in due
        if rules.overdue(replace(_alone(action, ""), unmet=_unmet(needs.get(action.id or 0, ()))), work.now, zone)
    ]


def to_confirm(work: UnitOfWork, panel: Panel) -> dict[Holder, list[Action]]:
    """What was reported and waits to be confirmed, by who confirms it (coordinator or chair)."""
    known = open_actions(work, panel, Action.status == ActionStatus.REPORTED_COMPLETE)
    facts = facts_many(work, panel, known)
    found: dict[Holder, list[Action]] = defaultdict(list)
    for action in known:
        assert action.id is not None
        found[rules.confirmer(facts[action.id])].append(action)
    return found


def time_asked(work: UnitOfWork, panel: Panel) -> list[Action]:
    """Those for which more time is asked and not decided on."""
    waiting = select(MoreTime.action_id).where(col(MoreTime.granted).is_(None))
    return list(work.find(Action, Action.panel_id == panel.id, col(Action.id).in_(waiting)))


def dependents(work: UnitOfWork, action: Action) -> Sequence[Action]:
    """The actions that wait, or waited, for this one."""
    waiting = select(Dependency.action_id).where(Dependency.needs_id == action.id)
    return work.find(Action, col(Action.id).in_(waiting))
