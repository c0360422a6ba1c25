"""Where a case stands between two meetings: stepped down, paused, held by MAPPA, back, or opened again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from commands.cases.edit import begin, finish, put, resume
from commands.kit.answers import Answer, Show, Wrong
from commands.kit.errors import Refusal
from commands.kit.fields import Day, One, Text
from commands.kit.forms import Form, ask
from commands.kit.life import move, reopen, set_review
from commands.kit.meetings import today
from commands.kit.people import thing_of
from commands.kit.turn import Turn
from commands.life.ending import DECIDED
from panel.access import Verb
from panel.codes import CaseStatus
from panel.codes.life import MoveReason
from panel.life import ENDED, may_follow
from storage.tables import Case

S = CaseStatus
STANDS = (S.ACTIVE, S.MONITOR, S.PAUSED_CUSTODY, S.MAPPA_MANAGED)
FURTHEST = timedelta(days=2 * 366)
REASONS = (
    MoveReason.LOW_CHANGE, MoveReason.RISK_ROSE, MoveReason.LONG_CUSTODY, MoveReason.RELEASED,
    MoveReason.MAPPA_IN_CHARGE, MoveReason.MAPPA_STEPPED_DOWN, MoveReason.IN_ERROR,
)  # fmt: skip


class NothingFollows(Refusal):
    """This case can't be moved from here. One that waits for a meeting is heard first; a merged one points to
    another."""


@dataclass
class WhereItStands(Form):
    """The status, why, and the next review."""

    name = "life.status"
    title = "Where the case stands"
    to: str = ask(One("Where does it stand from now on?"))
    reason: str | None = ask(One("Why?", choices=[(each, each.label) for each in REASONS]), None)
    review: date | None = ask(
        Day("Next review", "Empty: the day that goes with the status. No open case is without one.", optional=True)
    )
    note: str | None = ask(
        Text(
            "What should be remembered?", "Who asked, and what would bring it back. No names, addresses or numbers.",
            optional=True, lines=True, limit=1_000,
        )
    )  # fmt: skip


def open_form(turn: Turn) -> Answer:
    """The form, with what may follow."""
    case = begin(turn, "status")
    turn.need(Verb.MOVE_CASE, thing_of(turn.work, case))
    offered = [(each, each.label) for each in _next(case)]
    if not offered:
        raise NothingFollows
    without = ("reason",) if offered[0][0] == S.REOPENED else ()
    return Show(WhereItStands.draw(turn.about.but(version=case.version), choices={"to": offered}, without=without))


def save(turn: Turn, form: WhereItStands) -> Answer:
    """Move it; its history stays."""
    case = resume(turn)
    turn.need(Verb.MOVE_CASE, thing_of(turn.work, case))
    wrong = _wrong_day(turn, form.review)
    if wrong:
        return Wrong({"review": wrong})
    to = next((each for each in _next(case) if each == form.to), None)
    if to is None:
        return Wrong({"to": "Please choose from the list."})
    put(case, **{DECIDED: None})  # it goes elsewhere than to the end that was decided
    if to == S.REOPENED:
        reopen(turn, case, note=form.note)
    else:
        move(turn.work, case, to, by=turn.user, reason=form.reason, note=form.note, surface=turn.request.surface)
    if form.review is not None:
        set_review(turn.work, turn.panel, case, form.review)
    return finish(turn, case, "status")


def _next(case: Case) -> list[CaseStatus]:
    was = CaseStatus(case.status)
    wanted = (S.REOPENED,) if was in ENDED else STANDS
    return [each for each in wanted if each != was and may_follow(was, each)]


def _wrong_day(turn: Turn, day: date | None) -> str | None:
    here = today(turn.panel, turn.work.now)
    if day is not None and day <= here:
        return "Choose a day ahead: a review that is past is none."
    if day is not None and day > here + FURTHEST:
        return "That is more than two years ahead. Please check the year."
    return None
