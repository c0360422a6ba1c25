"""The way into intensive case management: one short form a step, with its day and its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commands.cases.hub import back_to_case, meeting_in_work
from commands.kit.about import About
from commands.kit.answers import Answer, Show, Wrong
from commands.kit.blocks import Block, button, context, sections
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.fields import Day, One, Text, Tick
from commands.kit.forms import Form, ask
from commands.kit.meetings import today
from commands.kit.people import thing_of
from commands.kit.text import chunks, escape, weekday
from commands.kit.turn import Turn
from panel.access import Verb, may
from panel.codes import CaseStatus
from panel.codes.life import PathwayReason, PathwayStage
from panel.life import STAGES, Step, is_open, wrong_step
from storage.tables import Case, PathwayStep

HINTS = {
    PathwayStage.ALLOCATED: "D01 (allocate a case manager) is the action that goes with it.",
    PathwayStage.DISRUPTION_ONLY: "D02 (a disruption-only plan) is the action that goes with it.",
}


class NotOpen(Refusal):
    """This case has ended at panel. Open it again before a step into case management is recorded."""


@dataclass
class NextStep(Form):
    """One step."""

    name = "life.pathway"
    title = "Case management"
    stage: str = ask(One("Which step was taken?"))
    on: date = ask(Day("On which day?"))
    reason: str | None = ask(
        One("Why?", "Needed when it waits, stops or was never taken up.", optional=True,
            choices=[(each, each.label) for each in PathwayReason])
    )  # fmt: skip
    victim_worker: bool = ask(
        Tick("Victim worker", "Nobody is allocated without one.", True, "A victim worker is allocated alongside"), False
    )
    note: str | None = ask(
        Text("Anything the panel should know", "The plan for first contact, say. No names, addresses or numbers.",
             optional=True, lines=True, limit=1_000)
    )  # fmt: skip


def open_form(turn: Turn) -> Answer:
    """The form, with the steps that may follow the last."""
    case = _case(turn)
    steps = _steps(turn, case)
    last = PathwayStage(steps[-1].stage) if steps else None
    turn.audit("opened", f"case:{case.id}", case_id=case.id, section="pathway")
    offered = [(each, each.label) for each in STAGES[last]]
    hints = "\n".join(HINTS[each] for each in STAGES[last] if each in HINTS)
    before = [*sections("\n".join(_said(steps, noted=steps[-1:]))), *([context(hints)] if hints else [])]
    about = turn.about.but(row=steps[-1].id if steps else 0)
    return Show(
        NextStep.draw(
            about, choices={"stage": offered}, before=before,
            initial={"on": today(turn.panel, turn.work.now)},
        )
    )  # fmt: skip


def save(turn: Turn, form: NextStep) -> Answer:
    """Keep the step; steps are never taken back, the next one says where it stands."""
    case = _case(turn)
    steps = _steps(turn, case)
    if turn.about.row != (steps[-1].id if steps else 0):
        raise ChangedMeanwhile
    reason = PathwayReason(form.reason) if form.reason else None
    step = Step(PathwayStage(form.stage), form.on, reason, form.victim_worker)
    wrong = wrong_step(step, [_plain(each) for each in steps], today(turn.panel, turn.work.now))
    if wrong:
        return Wrong(dict(wrong))
    assert case.id is not None
    turn.work.add(
        PathwayStep(
            case_id=case.id, stage=form.stage, reason=form.reason, on=form.on, note=form.note, by_user=turn.user,
            at=turn.work.now,
        )
    )  # fmt: skip
    turn.audit("pathway", f"case:{case.id}", case_id=case.id, stage=form.stage, reason=form.reason)
    return back_to_case(turn, case)


def lines(turn: Turn, case: Case) -> list[str]:
    """For the record: each step, the last one last; what was noted with it for those who record steps (chair,
    coordinator, the service that works with the subject)."""
    steps = _steps(turn, case)
    return _said(steps, noted=steps if _may_step(turn, case) else ())


def _said(steps: Sequence[PathwayStep], noted: Sequence[PathwayStep]) -> list[str]:
    said = []
    for step in steps:
        why = f" · {PathwayReason(step.reason).label}" if step.reason else ""
        said.append(f"{weekday(step.on)}: {PathwayStage(step.stage).label}{why}")
        said += _quoted(step.note) if step.note and step in noted else []
    return ["Case management:", *said] if said else []


def _quoted(note: str) -> list[str]:
    """A note line by line, each short enough for a section."""
    return [f"> {piece}" for line in escape(note).splitlines() if line.strip() for piece in chunks(line)]


def last(turn: Turn, case: Case) -> str:
    """The last step, in a word; nothing before the first."""
    steps = _steps(turn, case)
    return f"case management: {PathwayStage(steps[-1].stage).label.lower()}" if steps else ""


def for_service(turn: Turn, case: Case, about: About) -> Sequence[Block]:
    """The button for the service that works with subjects, where its agency is on the case."""
    return [button("Case management", "life.pathway.open", about)] if _may_step(turn, case) else []


def _may_step(turn: Turn, case: Case) -> bool:
    return bool(may(turn.person, Verb.STEP_PATHWAY, thing_of(turn.work, case, meeting_in_work(turn))))


def _case(turn: Turn) -> Case:
    case = turn.case()
    turn.need(Verb.STEP_PATHWAY, thing_of(turn.work, case, meeting_in_work(turn)))
    if not is_open(CaseStatus(case.status)):
        raise NotOpen
    return case


def _steps(turn: Turn, case: Case) -> Sequence[PathwayStep]:
    return turn.work.find(PathwayStep, PathwayStep.case_id == case.id, order=PathwayStep.id)


def _plain(row: PathwayStep) -> Step:
    return Step(PathwayStage(row.stage), row.on, PathwayReason(row.reason) if row.reason else None)
