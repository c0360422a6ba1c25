"""A referral becomes a case: the references it settles, and what the case takes along."""

from __future__ import annotations

from typing import Protocol

from commands.cases.conflict import close_to
from commands.cases.edit import kept
from commands.kit.errors import Refusal
from commands.kit.life import record, reopen, set_review
from commands.kit.meetings import today
from commands.kit.people import agencies_of, thing_of
from commands.kit.turn import Turn
from commands.referrals.carry import carry, scores
from commands.referrals.matches import named, repeated, same_person
from panel import refs
from panel.access import Verb
from panel.codes import CaseStatus, SubjectAware
from panel.codes.life import MoveReason
from storage.tables import Case, Referral


class ReferralTaken(Refusal):
    """Another referral has this reference. Choose another number."""


class CaseTaken(Refusal):
    """There is a case with this reference. Choose another number."""


class SubjectTaken(Refusal):
    """There is a case with this subject reference{case}. If it is the same subject, decline as a live case here."""


class NotOurs(Refusal):
    """References of this panel begin with {prefix}."""


class Settled(Protocol):
    """What a decision to accept settles."""

    case_ref: str
    subject_ref: str
    lead: str | None


def settle_reference(turn: Turn, referral: Referral, ref: str) -> None:
    """The referral's own reference. Raises NotOurs, ReferralTaken."""
    if refs.parse_referral(ref).prefix != turn.panel.code:
        raise NotOurs(field="referral_ref", prefix=turn.panel.code)
    other = turn.work.first(Referral, Referral.panel_id == turn.panel.id, Referral.ref == ref)
    if other is not None and other.id != referral.id:
        raise ReferralTaken(field="referral_ref")
    referral.ref = ref


def open_case(turn: Turn, referral: Referral, form: Settled) -> Case:
    """The case: the linked one again where it ended no longer ago than the months of a repeat, else a new one. Raises
    NotOurs, CaseTaken, SubjectTaken."""
    again = repeated(turn, referral)
    if again is not None:
        return _open_again(turn, referral, again)
    _check_free(turn, form)
    told = referral.answers or {}
    leads = {agency.code: agency.id for agency in agencies_of(turn.work, turn.panel)}
    assert turn.panel.id is not None
    case = turn.work.add(
        Case(
            panel_id=turn.panel.id, ref=form.case_ref, subject_ref=form.subject_ref, status=CaseStatus.ACCEPTED_WAITING,
            lead_agency_id=leads[form.lead] if form.lead else None, routes=list(referral.routes),
            opened_at=turn.work.now,
            picture={
                "whereabouts": kept(type=told["whereabouts"], verified=told["verified"]),
                "children": told["children"], "standing": [], "risk": [], "subject_aware": SubjectAware.NO,
            },
        )
    )  # fmt: skip
    record(turn.work, case, CaseStatus.IN_TRIAGE, by=turn.user, reason=MoveReason.ACCEPTED)
    set_review(turn.work, turn.panel, case)
    carry(turn, referral, case)
    same_person(turn, referral, case)
    if referral.conflict:
        close_to(turn, case, referral.by_user)
    return case


def _open_again(turn: Turn, referral: Referral, case: Case) -> Case:
    """Its reviews go on and its record stays; the references of the form are not used."""
    turn.need(Verb.MOVE_CASE, thing_of(turn.work, case))
    reopen(turn, case)
    scores(turn, referral, case)
    if referral.conflict:
        close_to(turn, case, referral.by_user)
    return case


def _check_free(turn: Turn, form: Settled) -> None:
    if refs.parse_case(form.case_ref).prefix != turn.panel.code:
        raise NotOurs(field="case_ref", prefix=turn.panel.code)
    if turn.work.first(Case, Case.panel_id == turn.panel.id, Case.ref == form.case_ref):
        raise CaseTaken(field="case_ref")
    same = turn.work.first(Case, Case.panel_id == turn.panel.id, Case.subject_ref == form.subject_ref)
    if same is not None:
        raise SubjectTaken(field="subject_ref", case=named(turn, same, ": {ref}"))


def proposed(turn: Turn) -> dict[str, str]:
    """The next free references."""
    cases = turn.work.find(Case, Case.panel_id == turn.panel.id)
    year = today(turn.panel, turn.work.now).year
    case_ref = refs.next_case(turn.panel.code, year, [case.ref for case in cases])
    return {"case_ref": case_ref, "subject_ref": refs.propose_subject(case_ref, [case.subject_ref for case in cases])}
