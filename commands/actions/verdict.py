"""What the victim service's answers make of an action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import col

from commands.actions import sequence
from commands.actions.facts import facts_of
from commands.actions.moving import accepted, audit, tell_people
from commands.actions.record import write
from commands.actions.tell import tell_cleared
from commands.kit.turn import Turn
from panel.actions import APPROVED, DOING, combined_verdict
from panel.codes import ActionStatus, SafetyStatus
from panel.codes.gate import WhenTold
from panel.moves import Move, apply_verdict
from storage.tables import Action, SafetyCheck, Victim


@dataclass(frozen=True)
class Answers:
    """One sitting's answers: a verdict by victim ("" where none is identified), and the words that go with them."""

    verdicts: Mapping[str, SafetyStatus]
    conditions: str | None
    instruction: str | None
    reason: str | None
    basis: str | None = None
    told: str | None = None
    day: date | None = None
    beside: Mapping[str, Any] = field(default_factory=dict)  # who entered it for whom, say

    @property
    def details(self) -> dict[str, Any]:
        """What is kept beside verdict and words; what is empty is left out."""
        day = self.day.isoformat() if self.day else None
        kept = {"basis": self.basis, "told": self.told, "day": day, **self.beside}
        return {name: said for name, said in kept.items() if said}


def give(turn: Turn, action: Action, victims: Sequence[Victim], answers: Answers) -> None:
    """Record the answers, apply what they come to, and tell whoever has to know: never why."""
    was = action.status
    _keep(turn, action, victims, answers)
    verdict = combined_verdict(answers.verdicts, [victim.ref for victim in victims])
    if verdict in APPROVED:
        sequence.keep(turn, action, victims, WhenTold(answers.told) if answers.told else None)
    facts = facts_of(turn.work, turn.panel, action)
    after = accepted(apply_verdict(facts, verdict, turn.work.now, answers.reason or ""))
    held = verdict is SafetyStatus.BLOCKED
    move = write(turn.work, turn.panel, action, after, turn.user, Move.HOLD if held else Move.APPROVE)
    audit(turn, action, "checked", verdict=verdict, victims=len(victims))
    if held and was != ActionStatus.PROPOSED:
        tell_people(turn, action, "hold", move, "owners")
        tell_people(turn, action, "on_hold", move, "coordinator", "chair")
    elif was not in DOING and action.status in DOING and not facts.unmet:
        tell_cleared(turn.work, turn.panel, action, move)


def _keep(turn: Turn, action: Action, victims: Sequence[Victim], answers: Answers) -> None:
    for row in turn.work.find(SafetyCheck, SafetyCheck.action_id == action.id, col(SafetyCheck.replaced_at).is_(None)):
        row.replaced_at = turn.work.now
    ids = {victim.ref: victim.id for victim in victims}
    assert action.id is not None
    for ref, verdict in answers.verdicts.items():
        turn.work.add(
            SafetyCheck(
                action_id=action.id, victim_id=ids.get(ref), verdict=verdict, by_user=turn.person.user,
                at=turn.work.now,
                conditions=answers.conditions if verdict is SafetyStatus.APPROVED_WITH_CONDITIONS else None,
                reason=answers.reason if verdict is SafetyStatus.BLOCKED else None,
                details=answers.details,
            )
        )  # fmt: skip
    action.conditions, action.instruction = answers.conditions, answers.instruction
    action.safety_note = answers.reason if SafetyStatus.BLOCKED in answers.verdicts.values() else None
