"""What people do with the actions that a meeting agreed, from the same evening to the day the month is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from bot.demo.scenes import action_cast as cast
from bot.demo.scenes import action_plays as plays
from bot.demo.scenes.action_entry import add_scene, carried
from bot.demo.stage import Scene, Stage
from bot.month.actions import Action
from panel.actions import APPROVED
from panel.catalogue import action_type
from panel.codes import ActionStatus as S
from panel.codes import Check, Outcome, Priority, SafetyStatus
from panel.cycle import CutOff

__all__ = ["add_scene", "scenes"]

CHECKED = APPROVED | {SafetyStatus.BLOCKED}
ANSWERS = {
    SafetyStatus.APPROVED: "approves {} for the victim",
    SafetyStatus.APPROVED_WITH_CONDITIONS: "approves {} for the victim, on conditions",
    SafetyStatus.BLOCKED: "puts {} on hold for the victim's safety",
}
UNDER_WAY = (S.IN_PROGRESS, S.REPORTED_COMPLETE, S.COMPLETE)
REPORTED = (S.REPORTED_COMPLETE, S.COMPLETE)
Planned = tuple[datetime, str, str, plays.Play]  # when it is meant to be, who, the line of the story, what they do


def scenes(stage: Stage) -> Iterable[Scene]:
    """Checks the same evening, then each action to where the file has it."""
    if stage.month.demo is None:
        return
    end = stage.on(stage.month.demo.as_of, "09:00")
    reported: dict[str, datetime] = {}
    rows = _dependencies_first(stage.month.actions)
    for number, row in enumerate(rows):
        planned = _story(stage, row, [reported[ref] for ref in row.depends_on if ref in reported])
        deeper = sum(row.id in other.depends_on for other in rows)
        found = list(_in_time(planned, end - timedelta(hours=1 + deeper)))
        for at, (_, who, tells, act) in found:
            yield Scene(at, who, tells, partial(act, who=who, row=row), order=number)
            if act is plays.done:
                reported[row.id] = at
    eve = stage.on(stage.calendar.add_working_days(stage.month.demo.as_of, -1), "16:00")
    coordinator = stage.month.panel.coordinator.initials
    yield Scene(eve, coordinator, f"{coordinator} looks through the tracker", plays.look_at_tracker)


def _dependencies_first(rows: Iterable[Action]) -> list[Action]:
    known = {row.id: row for row in rows}
    laid: dict[str, Action] = {}

    def lay(row: Action) -> None:
        for ref in row.depends_on:
            lay(known[ref])
        laid[row.id] = row

    for row in known.values():
        lay(row)
    return list(laid.values())


def _in_time(planned: list[Planned], end: datetime) -> Iterable[tuple[datetime, Planned]]:
    """In order, none after `end`, each at its own moment."""
    last: datetime | None = None
    for number, one in enumerate(planned):
        at = min(one[0], end - timedelta(minutes=3 * (len(planned) - number)))
        at = at if last is None or at > last else last + timedelta(minutes=1)
        last = at
        yield at, one


def _story(stage: Stage, row: Action, after: list[datetime]) -> list[Planned]:
    made = [*_check(stage, row), *_agreed(stage, row)]
    if row.original_due is not None:
        return [*made, *_extended(stage, row), *_to_its_end(stage, row, after, again=True)]
    return [*made, *_to_its_end(stage, row, after, again=False)]


def _check(stage: Stage, row: Action) -> Iterable[Planned]:
    """The victim service's answer, the evening of the panel; where nobody can give it the chair decides."""
    if row.safety not in CHECKED or (carried(stage, row) and row.safety is not SafetyStatus.BLOCKED):
        return
    yield _checking(stage, row, stage.after(CutOff.ACTIONS_CIRCULATED, 0.5))


def _checking(stage: Stage, row: Action, at: datetime) -> Planned:
    checker = cast.checker(stage.month, row)
    if checker is not None:
        return at, checker, f"{checker} {ANSWERS[row.safety].format(row.id)}", plays.check
    chair = stage.month.panel.chair.initials
    return at, chair, f"{chair} lets {row.id} proceed: nobody outside the owner's agency can check it", plays.proceed


def _agreed(stage: Stage, row: Action) -> Iterable[Planned]:
    if row.status is S.AGREED:
        chair = stage.month.panel.chair.initials
        yield _day(stage, 1, "10:30"), chair, f"{chair} agrees to {row.id}", plays.agree


def _extended(stage: Stage, row: Action) -> Iterable[Planned]:
    """More time is asked for before the first date, given by the chair, and the check made again."""
    assert row.original_due is not None
    doer, chair = cast.doer(stage.month, row), stage.month.panel.chair.initials
    eve = stage.on(stage.calendar.add_working_days(row.original_due, -1), "10:00")
    asked = max(eve, _day(stage, 1, "11:00"))
    yield asked, doer, f"{doer} asks for more time for {row.id}", plays.ask_time
    yield asked + timedelta(hours=1), chair, f"{chair} gives {row.id} more time", plays.give_time
    if row.safety in APPROVED:
        yield _checking(stage, row, asked + timedelta(hours=3))


def _to_its_end(stage: Stage, row: Action, after: list[datetime], *, again: bool) -> Iterable[Planned]:
    month, doer = stage.month, cast.doer(stage.month, row)
    open_again = not again or (row.safety in APPROVED and action_type(row.code).check is Check.REQUIRED)
    if again:
        asked = max(row.original_due or row.due, stage.panel_day)
        begin = stage.on(stage.calendar.add_working_days(asked, 1), "09:40")
    else:
        begin = _day(stage, 1, "08:40")
    if row.status in (S.ACKNOWLEDGED, *UNDER_WAY) and open_again:
        yield begin, doer, f"{doer} acknowledges {row.id}", plays.acknowledge
    if row.status is S.ACKNOWLEDGED and not open_again:
        yield begin, doer, f"{doer} acknowledges {row.id}", plays.acknowledge
    if row.status is S.IN_PROGRESS:
        yield begin + timedelta(hours=5), doer, f"{doer} reports progress on {row.id}", plays.progress
    if row.status in REPORTED:
        at = max([_report_at(stage, row, begin), *(moment + timedelta(minutes=30) for moment in after)])
        yield at, doer, f"{doer} reports {row.id} {_as_what(row)}", plays.done
        if row.status is S.COMPLETE:
            who = cast.confirmer(month, row)
            next_day = stage.calendar.add_working_days(at.astimezone(stage.zone).date(), 1)
            yield stage.on(next_day, "10:00"), who, f"{who} confirms {row.id}", plays.confirm
    yield from _side_exit(stage, row)


def _as_what(row: Action) -> str:
    """Complete; and how it ended, unless well, or in a way that only some may read."""
    end = row.outcome or Outcome.DONE_EFFECTIVE
    return "complete" if end is Outcome.DONE_EFFECTIVE or end.sensitive else f"complete: {end.label.lower()}"


def _report_at(stage: Stage, row: Action, begin: datetime) -> datetime:
    if row.priority is Priority.IMMEDIATE:
        return begin + timedelta(minutes=35)
    eve = stage.calendar.add_working_days(row.due, -1)
    return max(stage.on(eve, "11:00"), begin + timedelta(hours=2))


def _side_exit(stage: Stage, row: Action) -> Iterable[Planned]:
    speaker, chair = cast.speaker(stage.month, row), stage.month.panel.chair.initials
    if row.status is S.NOT_POSSIBLE:
        yield _day(stage, 2, "11:00"), speaker, f"{speaker} says that {row.id} is no longer possible", plays.end
        yield _day(stage, 2, "11:40"), chair, f"{chair} agrees that {row.id} is no longer possible", plays.agree_end
    if row.status is S.NOT_DONE:
        late = stage.on(stage.calendar.add_working_days(max(row.due, stage.panel_day), 1), "10:00")
        yield late, speaker, f"{speaker} records that {row.id} was not done", plays.not_done
    if row.status is S.SUPERSEDED:
        yield _day(stage, 2, "12:00"), chair, f"{chair} records that {row.id} is replaced", plays.end
    if row.status is S.CANCELLED:
        yield _day(stage, 2, "12:00"), chair, f"{chair} cancels {row.id}", plays.end


def _day(stage: Stage, working_days: int, clock: str) -> datetime:
    return stage.on(stage.calendar.add_working_days(stage.panel_day, working_days), clock)
