"""What an action must be to be entered, and what is filled in where somebody left a question empty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import col

from commands.actions.sight import Eyes
from commands.kit.blocks import label
from commands.kit.forms import WrongAnswers
from commands.kit.meetings import calendar_of, next_after, settings_of, today
from commands.kit.people import agencies_of
from commands.kit.reading import Sight
from commands.kit.turn import Turn
from panel.action_types import ActionType, TermKind
from panel.catalogue import due_for
from panel.codes import Priority
from panel.entry import Draft, entry_problems
from panel.grants import PANEL_OFFICE
from panel.restriction import Restriction, stores_text, tightest
from panel.settings import Content
from storage.tables import Action, Case, Panel
from storage.work import UnitOfWork

FOUR_WEEKS = timedelta(weeks=4)
FARTHEST = timedelta(days=2 * 366)


def check_entry(
    turn: Turn, code: str, owner: str, due: date, text: str | None, limits: Restriction, *, given_due: bool = True
) -> None:
    """Raises WrongAnswers with a sentence under each question that can't be taken as it is."""
    here = today(turn.panel, turn.work.now)
    owners = [value for value, _ in owner_choices(turn.work, turn.panel)]
    found = entry_problems(Draft(code, owner, due, text or ""), here, owners, types=[code])
    problems = {problem.field: problem.sentence for problem in found if given_due or problem.field != "due"}
    if due > here + FARTHEST:
        problems["due"] = "Choose a day within two years, or a day on which it is reviewed."
    problems |= _text_problem(turn, text, limits)
    if problems:
        raise WrongAnswers(problems)


def check_review(kind: ActionType, due: date | None) -> None:
    """Raises WrongAnswers for ongoing work without a real day: that of its review (field reference 7.3)."""
    if due is None and kind.priority is Priority.ONGOING:
        raise WrongAnswers({"due": "Ongoing work has no end of its own: give the day on which it is reviewed."})


def _text_problem(turn: Turn, text: str | None, limits: Restriction) -> dict[str, str]:
    if not stores_text(limits):
        return {"text": "What is said in the room is not written down: leave this empty."} if text else {}
    wanted = settings_of(turn.panel).content is Content.HELD
    return {"text": "Say what will be done."} if wanted and not text else {}


def usual_due(work: UnitOfWork, panel: Panel, case: Case, kind: ActionType) -> date:
    """The usual day for this kind of action, agreed today."""
    here = today(panel, work.now)
    after = next_after(work, panel, here)
    where = case.picture.get("whereabouts") or {}
    event = where.get({TermKind.RELEASE: "release", TermKind.HEARING: "hearing"}.get(kind.term.kind, ""))
    next_panel = after.day if after else here + FOUR_WEEKS
    return due_for(kind, here, calendar_of(panel, here), next_panel, date.fromisoformat(event) if event else None)


def inherited(work: UnitOfWork, case: Case, needs: Sequence[str]) -> Restriction:
    """The restriction of what an action rests on: the actions that come first; of none, everyone may read."""
    found = work.find(Action, Action.case_id == case.id, col(Action.ref).in_(needs)) if needs else ()
    return tightest(*(Restriction.parse(action.restriction) for action in found))


def owner_choices(work: UnitOfWork, panel: Panel) -> list[tuple[str, str]]:
    """Who can own an action: an agency, or (last) the panel's own office."""
    found = [(agency.code, label(f"{agency.code} {agency.name}")) for agency in agencies_of(work, panel)]
    return [*found, (PANEL_OFFICE, "The panel's own office")]


def given_owner(work: UnitOfWork, panel: Panel, code: str) -> int | None:
    """The agency behind a code; None for the panel's own office."""
    return next((agency.id for agency in agencies_of(work, panel) if agency.code == code), None)


def others_of(turn: Turn, case: Case, but: Action | None = None) -> list[tuple[str, str]]:
    """The case's other actions, for a menu: those of which this person sees at least the row."""
    eyes = Eyes(turn.work, turn.panel, turn.person)
    found = turn.work.find(Action, Action.case_id == case.id)
    return [(each.ref, each.ref) for each in found if each is not but and eyes.sight(each) is not Sight.NOTHING]
