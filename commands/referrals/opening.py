"""A referral becomes a case: the references it settles, and what the case takes along."""

from __future__ import annotations

from typing import Protocol

from commands.cases.conflict import close_to
from commands.cases.edit import kept
from commands.kit.errors import Refusal
from commands.kit.life import record, reopen, set_review
from commands.kit.people import agencies_of, thing_of
from commands.kit.sealing import seal_of
from commands.kit.turn import Turn
from commands.referrals import sealing
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
    """This reference has been given before. Choose another number."""


class SubjectTaken(Refusal):
    """There is a case with this subject reference{case}. If it is the same subject, decline as a live case here."""


class KeptApart(Refusal):
    """Numbers from 9001 on are kept apart. Choose one below."""


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
    if ref == referral.ref:
        return
    if refs.parse_referral(ref).serial >= refs.SEALED_FROM:
        raise KeptApart(field="referral_ref")
    with turn.work.everything():
        taken = turn.work.first(Referral, Referral.panel_id == turn.panel.id, Referral.ref == ref) is not None
    if taken:
        raise ReferralTaken(field="referral_ref")
    referral.ref = ref


def open_case(turn: Turn, referral: Referral, form: Settled) -> Case:
    """The case: the linked one again where it ended no longer ago than the months of a repeat, else a new one. Raises
    NotOurs, CaseTaken, SubjectTaken."""
    again = repeated(turn, referral)
    if again is not None:
        return _open_again(turn, referral, again)
    with turn.work.everything():
        _check_free(turn, form, sealed=sealing.readers(turn, referral) is not None)
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
    _seal(turn, referral, case)
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
    if seal_of(turn.work, case_id=case.id) is None:
        _seal(turn, referral, case)
    reopen(turn, case)
    scores(turn, referral, case)
    if referral.conflict:
        close_to(turn, case, referral.by_user)
    return case


def _check_free(turn: Turn, form: Settled, *, sealed: bool) -> None:
    if not sealed and refs.parse_case(form.case_ref).serial >= refs.SEALED_FROM:
        raise KeptApart(field="case_ref")
    if refs.parse_case(form.case_ref).prefix != turn.panel.code:
        raise NotOurs(field="case_ref", prefix=turn.panel.code)
    if turn.work.first(Case, Case.panel_id == turn.panel.id, Case.ref == form.case_ref):
        raise CaseTaken(field="case_ref")
    same = turn.work.first(Case, Case.panel_id == turn.panel.id, Case.subject_ref == form.subject_ref)
    if same is not None:
        raise SubjectTaken(field="subject_ref", case=named(turn, same, ": {ref}"))


def _seal(turn: Turn, referral: Referral, case: Case) -> None:
    """A referral that was sealed becomes a case that is, before anybody is told of it."""
    seal = seal_of(turn.work, referral_id=referral.id)
    if seal is not None and seal.lifted_at is None:
        seal.case_id = case.id
        seal.version += 1
        turn.work.session.flush()


def proposed(turn: Turn, referral: Referral) -> dict[str, str]:
    """The next free references; of a sealed referral, some of those kept apart."""
    case_ref, subject_ref = sealing.next_case(turn, sealed=sealing.readers(turn, referral) is not None)
    return {"case_ref": case_ref, "subject_ref": subject_ref}
