"""Linking a referral to an earlier case of the same subject, and taking the link away."""

from __future__ import annotations

from commands.kit.answers import Answer, Replace
from commands.kit.errors import ChangedMeanwhile, NoSuchThing
from commands.kit.turn import Turn
from commands.referrals.decide import Decided, triage_view
from commands.referrals.facts import OPEN
from commands.referrals.matches import matches
from commands.referrals.triage import to_be_triaged
from storage.tables import Referral


def link(turn: Turn) -> Answer:
    """To a case that was offered. Raises NoSuchThing for any other."""
    referral = _open(turn)
    if turn.about.case not in {match.case.id for match in matches(turn, referral)}:
        raise NoSuchThing
    return _set(turn, referral, turn.about.case)


def unlink(turn: Turn) -> Answer:
    """It was somebody else after all."""
    return _set(turn, _open(turn), None)


def _open(turn: Turn) -> Referral:
    referral = to_be_triaged(turn)
    if turn.about.version != referral.version:
        raise ChangedMeanwhile
    if referral.status not in OPEN:
        raise Decided
    return referral


def _set(turn: Turn, referral: Referral, case_id: int | None) -> Answer:
    referral.repeats_id = case_id
    referral.version += 1
    turn.work.session.flush()
    turn.audit("linked" if case_id else "unlinked", f"referral:{referral.id}", case_id=case_id)
    return Replace(triage_view(turn, referral))
