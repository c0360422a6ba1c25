"""A death, of the subject or of a victim: everything stops, the record is held, and people telephone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlmodel import col, update

from commands.actions.facts import facts_of
from commands.actions.record import write
from commands.cases import record
from commands.cases.edit import begin
from commands.kit.about import About
from commands.kit.alerts import alerted
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import button, divider, section, sections
from commands.kit.errors import ChangedMeanwhile, NoSuchThing, Refusal
from commands.kit.life import move
from commands.kit.people import thing_of
from commands.kit.turn import Turn
from commands.kit.views import modal
from commands.life.ending import unfinished
from commands.life.off_lists import forget
from commands.life.transfer import open_ones
from panel.access import Verb
from panel.codes import ActionStatus, CaseStatus, Role
from panel.codes.life import CaseOutcome, MoveReason, TransferStatus, WhoDied
from panel.moves import Move
from storage.tables import Action, Case, Flag, Listing, Notice, Request, Victim

ASKS = "Every reminder on this case stops at once, and chair and coordinator are told to telephone."
REASON = "The case has ended."
KIND = "life.death"


class Recorded(Refusal):
    """A death is recorded on this case already. Nothing more is sent about it."""


def show(turn: Turn) -> Answer:
    """Whose death; each button asks once more before it acts."""
    case = begin(turn, "death")
    turn.need(Verb.RECORD_DEATH, thing_of(turn.work, case))
    about = About(panel=turn.panel.id, case=case.id, version=case.version)
    rows = [section("The subject", button("Record", "life.death.subject", about, style="danger", ask=ASKS))]
    for victim in record.victims(turn.work, case):
        named = about.but(row=victim.id)
        rows.append(section(victim.ref, button("Record", "life.death.victim", named, style="danger", ask=ASKS)))
    said = sections(turn.say("life/death", case=case))
    return Show(modal("A death", [*said, divider(), *rows], about, name="life.death"))


def subject(turn: Turn) -> Answer:
    """The subject has died."""
    return _record(turn, WhoDied.SUBJECT)


def victim(turn: Turn) -> Answer:
    """A victim has died; which, by reference, stays in the case's history."""
    case = _case(turn)
    who = turn.work.get(Victim, turn.about.row)
    if who.case_id != case.id:
        raise NoSuchThing
    return _record(turn, WhoDied.VICTIM, who.ref)


def _record(turn: Turn, who: WhoDied, ref: str | None = None) -> Answer:
    case = _case(turn)
    if case.hold_at is not None:
        raise Recorded
    if turn.about.version != case.version:
        raise ChangedMeanwhile
    case.hold_at = turn.work.now
    _stop(turn, case)
    _end(turn, case, who, ref)
    _tell(turn, case)
    said = turn.say("life/death_saved", case=case)
    return Replace(modal("A death", sections(said), About(panel=turn.panel.id), name="life.death"))


def _case(turn: Turn) -> Case:
    case = turn.case()
    turn.need(Verb.RECORD_DEATH, thing_of(turn.work, case))
    return case


def _end(turn: Turn, case: Case, who: WhoDied, ref: str | None) -> None:
    """Deceased, or ended at panel for a victim's death. What had ended stays as it was but for the hold."""
    to = CaseStatus.DECEASED if who is WhoDied.SUBJECT else CaseStatus.CLOSED
    reason = MoveReason.SUBJECT_DIED if who is WhoDied.SUBJECT else MoveReason.VICTIM_DIED
    outcome = CaseOutcome.SUBJECT_DECEASED if who is WhoDied.SUBJECT else CaseOutcome.VICTIM_DECEASED
    if case.merged_into_id is None:
        move(
            turn.work, case, to, by=turn.user, reason=reason, details={"outcome": outcome, "who": ref},
            surface=turn.request.surface,
        )  # fmt: skip
    case.wake_at = None
    turn.audit("death_recorded", f"case:{case.id}", case_id=case.id, who=str(who))


def _stop(turn: Turn, case: Case) -> None:
    """No action is owed any more, nobody is asked, and what was about to be sent is not."""
    for action in unfinished(turn.work, case):
        after = replace(facts_of(turn.work, turn.panel, action), status=ActionStatus.CANCELLED, asked=None)
        write(turn.work, turn.panel, action, after, turn.user, Move.CANCEL, REASON)
    forget(turn.work, case)
    for transfer in open_ones(turn.work, case):
        transfer.status = TransferStatus.WITHDRAWN
        transfer.version += 1
    drop = update(Notice).where(col(Notice.id).in_(_about(turn, case)), col(Notice.state) == "pending")
    turn.work.session.execute(drop.values(state="dropped"))


def _about(turn: Turn, case: Case) -> list[int | None]:
    """The notices about this case that wait to be sent."""
    waiting = turn.work.rows(Notice, panel_id=turn.panel.id, state="pending")
    ours = {
        "case": {case.id},
        "action": _ids(turn.work.rows(Action, case_id=case.id)),
        "listing": _ids(turn.work.rows(Listing, case_id=case.id)),
        "request": _ids(turn.work.rows(Request, case_id=case.id)),
        "flag": _ids(turn.work.rows(Flag, case_id=case.id)),
    }
    return [notice.id for notice in waiting if any(notice.about.get(name) in ids for name, ids in ours.items())]


def _ids(rows: Iterable[Action | Listing | Request | Flag]) -> set[int | None]:
    return {row.id for row in rows}


def _tell(turn: Turn, case: Case) -> None:
    """Chair and coordinator, at any hour: a reference, nothing else."""
    for to in alerted(turn.work, case.panel_id, Role.CHAIR, Role.COORDINATOR, case_id=case.id):
        name = f"death:{case.id}:{turn.work.now.isoformat()}:{to}"
        turn.work.owe(name, KIND, to, panel_id=case.panel_id, about={"case": case.id})
