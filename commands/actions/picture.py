"""What the victim service says once a case and cycle, before any action: questions 1 to 4 of the safety check (field
reference 7.6). For the victim service and the chair alone: who shows any of it checks that first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from commands.actions.sight import meeting_of
from commands.kit.blocks import Block, paragraphs, section
from commands.kit.errors import NoMeeting
from commands.kit.meetings import in_work
from commands.kit.text import moment
from commands.kit.turn import Turn
from panel.actions import NO_VICTIM_YET
from panel.codes import Code, YesNo
from panel.codes.gate import Asked, Reaction, Traced, Warned
from storage.tables import Action, Case, Meeting, Panel, SafetyPicture, Victim
from storage.work import UnitOfWork

AGAIN = "again"  # among the answers: what they rested on has changed since
CODED: dict[str, tuple[str, type[Code]]] = {
    "traced": ("Could be traced to them", Traced),
    "asked": ("Asked what they want", Asked),
    "reaction": ("The subject's likely reaction", Reaction),
    "safe": ("In a safe place", YesNo),
    "warned": ("Warned", Warned),
}
WORDS = {"wants": "What they want and know", "danger": "When danger is greatest", "others": "Others at risk"}
ORDER = ("traced", "asked", "wants", "reaction", "danger", "safe", "warned", "others")


def linked(work: UnitOfWork, action: Action) -> Sequence[Victim]:
    """The victims linked to its case, in the order of their references."""
    return work.find(Victim, Victim.case_id == action.case_id, order=Victim.ref)


def refs_of(victims: Sequence[Victim]) -> list[str]:
    """Whom questions are asked about: each linked victim, or nobody identified yet."""
    return [victim.ref for victim in victims] or [NO_VICTIM_YET]


def cycle_of(work: UnitOfWork, panel: Panel, action: Action) -> Meeting | None:
    """The cycle for which questions are answered now: the one in work, else the action's own; None without either."""
    try:
        return in_work(work, panel)
    except NoMeeting:
        return meeting_of(work, panel, action)


def said_of(work: UnitOfWork, action: Action, ref: str) -> Sequence[SafetyPicture]:
    """What was said of one victim on the case, a row a cycle."""
    return work.rows(SafetyPicture, case_id=action.case_id, victim_ref=ref)


def newest(work: UnitOfWork, action: Action, ref: str) -> SafetyPicture | None:
    """What was said last of one victim on the case, in whatever cycle."""
    return max(said_of(work, action, ref), key=lambda row: (row.at, row.id or 0), default=None)


def stands(work: UnitOfWork, panel: Panel, action: Action, ref: str) -> SafetyPicture | None:
    """What holds of one victim for this action: said in the cycle in work or the action's own, and of what is still
    so."""
    found = newest(work, action, ref)
    cycle = cycle_of(work, panel, action)
    mine = {action.meeting_id, cycle.id if cycle else None}
    return found if found and found.meeting_id in mine and not (found.answers or {}).get(AGAIN) else None


def missing(work: UnitOfWork, panel: Panel, action: Action, refs: Sequence[str]) -> list[str]:
    """Of these, the victims about whom nothing holds. Without a meeting planned there is no cycle to answer for."""
    if cycle_of(work, panel, action) is None:
        return []
    return [ref for ref in refs if stands(work, panel, action, ref) is None]


def unsettle(work: UnitOfWork, case: Case) -> None:
    """Something on the case changed on which the answers rested: they are asked again, with what was said filled in."""
    for row in work.rows(SafetyPicture, case_id=case.id):
        if not (row.answers or {}).get(AGAIN):
            row.answers = {**(row.answers or {}), AGAIN: True}
            row.version += 1


def summary(turn: Turn, action: Action, refs: Sequence[str]) -> list[Block]:
    """What holds of each victim, and whose answers are missing."""
    made: list[Block] = []
    for ref in refs:
        row = stands(turn.work, turn.panel, action, ref)
        who = ref or "Nobody identified yet"
        if row is None:
            made.append(section(f"*{who}* · questions 1 to 4 are not answered for this cycle."))
        else:
            made += paragraphs(in_words(row), f"*{who}* · {_said(row.at, turn.panel)}\n")
    return made


def in_words(row: SafetyPicture) -> str:
    """The answers, a line each, as plain text."""
    told = row.answers or {}
    lines = []
    for name in ORDER:
        if name in CODED and told.get(name):
            label, codes = CODED[name]
            lines.append(f"{label}: {codes(told[name]).label.lower()}")
        elif told.get(name):
            lines.append(f"{WORDS[name]}: {told[name]}")
    return "\n".join(lines)


def _said(at: datetime, panel: Panel) -> str:
    return f"said {moment(at, panel.timezone)}"
