"""The panel's figures around one meeting: counts, of the whole panel and by agency. Never a case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, or_

from commands.actions.cast import Cast
from commands.actions.facts import UNFINISHED, facts_many, open_actions, overdue
from commands.actions.kind import purpose_of
from commands.kit.meetings import settings_of
from commands.updates.tally import tally
from panel.codes import ActionStatus, Purpose
from panel.grants import PANEL_OFFICE
from panel.moves import Move
from panel.returns import missed_running
from storage.tables import Action, ActionMove, Meeting, Panel
from storage.work import UnitOfWork

WITH_STEERING = 4  # the level of the ladder's last step
LOOKING_BACK = 13  # meetings: a year of a four-week series
# What an agency says of an action: anything but saying nothing.
REPLIES = (Move.ACKNOWLEDGE, Move.PROGRESS, Move.REPORT, "ask_time", "reason", "not_mine")
# What never was to be done, or no longer is, counts neither as done nor as owed.
LEFT_OUT = (ActionStatus.PROPOSED, ActionStatus.CANCELLED, ActionStatus.SUPERSEDED)


@dataclass(frozen=True)
class Figures:
    """Actions and returns, counted. `unanswered`: of those overdue, on how many nobody has said a word (late is one
    thing, no reply another: field reference 7.7). `returned` of `asked`: for the meeting itself."""

    actions: int = 0
    complete: int = 0
    reported: int = 0
    overdue: int = 0
    unanswered: int = 0
    returned: int = 0
    asked: int = 0

    @property
    def open(self) -> int:
        """Neither complete nor reported; those overdue are among them."""
        return self.actions - self.complete - self.reported


def by_agency(work: UnitOfWork, panel: Panel, meeting: Meeting) -> Mapping[str, Figures]:
    """The figures of each agency by its code, in alphabetical order, the panel's own office last."""
    rows = actions_around(work, panel, meeting)
    late = {action.id for action in overdue(work, panel, rows)}
    silent = unanswered(work, late)
    returns = tally(work, meeting)
    cast = Cast(work, panel)
    owners: dict[str, list[Action]] = {code: [] for code in sorted(a.code for a in cast.agencies.values())}
    for row in rows:
        owners.setdefault(cast.code(row), []).append(row)
    codes = sorted(owners, key=lambda code: (code == PANEL_OFFICE, code))
    return {code: _figures(owners[code], late, silent, returns.get(code, (0, 0))) for code in codes}


def unanswered(work: UnitOfWork, late: Collection[int | None]) -> frozenset[int | None]:
    """Of these actions (by id), those on which their agency has not said a word since they were agreed."""
    said = work.rows(ActionMove, action_id=[*late], move=REPLIES) if late else ()
    return frozenset(late) - {row.action_id for row in said}


def of_panel(figures: Mapping[str, Figures]) -> Figures:
    """Every agency's figures, added up."""
    total: Counter[str] = Counter()
    for each in figures.values():
        total.update(each.__dict__)
    return Figures(**total)


def by_purpose(work: UnitOfWork, panel: Panel, meeting: Meeting) -> Mapping[Purpose, int]:
    """How many of these actions are for what, in the order of the codes; none that is not there."""
    counts = Counter(purpose_of(action) for action in actions_around(work, panel, meeting))
    return {purpose: counts[purpose] for purpose in Purpose if counts[purpose]}


def actions_around(work: UnitOfWork, panel: Panel, meeting: Meeting) -> Sequence[Action]:
    """The actions that were agreed at a meeting or still open when it began."""
    since = or_(col(Action.status_at) >= meeting.starts_at, col(Action.status).in_([*UNFINISHED]))
    ours = (Action.panel_id == panel.id, col(Action.status).not_in(LEFT_OUT), since)
    return work.once(("actions_around", meeting.id), lambda: work.find(Action, *ours))


def _figures(
    owned: Sequence[Action], late: Collection[int | None], silent: Collection[int | None], returns: tuple[int, int]
) -> Figures:
    return Figures(
        actions=len(owned),
        complete=sum(action.status == ActionStatus.COMPLETE for action in owned),
        reported=sum(action.status == ActionStatus.REPORTED_COMPLETE for action in owned),
        overdue=sum(action.id in late for action in owned),
        unanswered=sum(action.id in silent for action in owned),
        returned=returns[0],
        asked=returns[1],
    )


def stuck(work: UnitOfWork, panel: Panel) -> Mapping[str, int]:
    """By code, how many of each agency's actions have stayed overdue until they reached the steering group."""
    cast = Cast(work, panel)
    return Counter(cast.code(action) for action in open_actions(work, panel, Action.level == WITH_STEERING))


def slipped(work: UnitOfWork, panel: Panel) -> Mapping[str, int]:
    """By code, how many of each agency's open actions have had their day moved back as often as the panel's ladder
    passes on to the steering group."""
    often = settings_of(panel).ladder.steering_slips
    moved = open_actions(work, panel, or_(col(Action.slips) > 0, col(Action.original_due).is_not(None)))
    facts = facts_many(work, panel, moved)
    return Counter(each.owner for each in facts.values() if each.slips >= often)


def missed(work: UnitOfWork, panel: Panel, meeting: Meeting) -> Mapping[str, list[Meeting]]:
    """By code, the agencies that returned nothing for this meeting and the ones before it, as many in a row as the
    panel's ladder passes on to the steering group; and the meetings of the whole row, newest first."""
    number = settings_of(panel).ladder.steering_panels
    last = work.few(
        Meeting, LOOKING_BACK, Meeting.panel_id == panel.id, Meeting.kind == "regular", Meeting.status != "cancelled",
        col(Meeting.requests_sent_at).is_not(None), Meeting.day <= meeting.day, order=col(Meeting.day).desc(),
    )  # fmt: skip
    if not last or len(last) < number:
        return {}
    running = missed_running([tally(work, last[0])])
    rows: dict[str, list[Meeting]] = {code: [] for code in sorted(running)}
    for each in last:
        running &= missed_running([tally(work, each)]) if running else running  # no further back than a row goes
        for code in running:
            rows[code].append(each)
    return {code: meetings for code, meetings in rows.items() if len(meetings) >= number}
