"""The tracker as rows for a file: what one person may see of every action."""

from __future__ import annotations

import unicodedata

from commands.actions.cast import Cast
from commands.actions.facts import facts_many
from commands.actions.kind import outside, purpose_of, type_of
from commands.actions.sight import Eyes
from commands.actions.where import result_words
from commands.actions.words import outcome_words, type_words
from commands.kit.meetings import today, zone_of
from commands.kit.mentions import label_of
from commands.kit.reading import Sight
from panel import actions as rules
from panel.access import Person
from panel.actions import ActionFacts
from panel.codes import SafetyStatus
from panel.mail import outside_slack
from storage.tables import Action, Case, Panel
from storage.work import UnitOfWork

RESTRICTED = "restricted"
COLUMNS = (
    "action", "case", "subject", "type", "purpose", "words", "owner", "done_by", "priority", "agreed", "due",
    "first_due", "more_time_by", "status", "overdue", "check", "outcome", "level", "panels_overdue", "times_moved",
    "times_put_off", "result",
)  # fmt: skip
STARTS_A_FORMULA = ("=", "+", "-", "@", "\N{MINUS SIGN}")  # full-width and small ones are read as these
NOT_SEEN = ("Z", "C")  # Unicode's blanks and controls: some spreadsheets pass over them to what follows
CHECK = {
    SafetyStatus.NOT_REQUIRED: "",
    SafetyStatus.PENDING: "waiting",
    SafetyStatus.BLOCKED: "on hold",
}  # conditions are the victim service's and the chair's: others read that it may go on


def rows(work: UnitOfWork, panel: Panel, person: Person) -> list[dict[str, str]]:
    """Every action this person sees, in the order of references. Words they may not read stand as "restricted".
    The keys are `COLUMNS`. No value can be taken for a formula by a spreadsheet.
    """
    eyes, cast = Eyes(work, panel, person), Cast(work, panel)
    known = work.find(Action, Action.panel_id == panel.id, order=Action.ref)
    facts = facts_many(work, panel, known, agencies=cast.agencies)
    return [
        {name: cell(value) for name, value in _row(work, panel, action, facts[action.id], eyes, cast).items()}
        for action in known
        if action.id is not None and eyes.sight(action) is not Sight.NOTHING
    ]


def cell(value: object) -> str:
    """A value as a spreadsheet takes it for text, whatever blanks it begins with and however wide its signs are."""
    text = "" if value is None else str(value)
    first = next((sign for sign in text if not unicodedata.category(sign).startswith(NOT_SEEN)), "")
    begins = unicodedata.normalize("NFKC", first).startswith(STARTS_A_FORMULA) or text.startswith(("\t", "\r"))
    return f"'{text}" if begins else text


def _done_by(work: UnitOfWork, cast: Cast, action: Action) -> str:
    doer = cast.doer(action)
    return label_of(work, doer) if doer and outside_slack(doer) else cast.label(doer)


def _row(
    work: UnitOfWork, panel: Panel, action: Action, facts: ActionFacts, eyes: Eyes, cast: Cast
) -> dict[str, object]:
    case = work.get(Case, action.case_id)
    reads = eyes.sight(action) is Sight.ALL
    safety = eyes.sees_safety(action)
    late = rules.overdue(facts, work.now, zone_of(panel))
    values = (
        action.ref,
        case.ref,
        case.subject_ref,
        type_words(type_of(action)) if reads else RESTRICTED,
        purpose_of(action).label if reads else RESTRICTED,
        (action.text if reads else RESTRICTED),
        facts.owner,
        _done_by(work, cast, action) or (outside(action) if reads else None),
        action.priority,
        today(panel, action.agreed_at) if action.agreed_at else None,
        action.due,
        action.original_due,
        action.extended_by,
        rules.shown_status(facts, safety, case.ended_at is not None),
        "yes" if late else "no",
        CHECK.get(facts.safety, "may go on"),
        outcome_words(action, safety),
        action.level,
        action.carried_forward,
        facts.slips,
        facts.snoozes,
        result_words(action, safety) if reads else RESTRICTED if action.result else None,
    )
    return dict(zip(COLUMNS, values, strict=True))
