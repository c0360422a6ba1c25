"""Triage of one referral: accept it and open a case, or say with a coded reason why not."""

from __future__ import annotations

from dataclasses import dataclass

from commands.cases.conflict import close_to
from commands.cases.edit import kept
from commands.kit.answers import Answer, Show, Tell
from commands.kit.blocks import Block, actions, button, context, divider
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.fields import One, Text
from commands.kit.forms import Form, ask
from commands.kit.life import record, set_review
from commands.kit.meetings import today
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from commands.referrals import sign_off
from commands.referrals.facts import IN_TRIAGE, meetings_for
from commands.referrals.placing import place
from commands.referrals.sections import counted
from commands.referrals.triage import answers_of, to_be_triaged
from panel import refs
from panel.access import Thing, Verb, may
from panel.codes import CaseStatus, SubjectAware, TriageOutcome, TriageReason
from panel.codes.life import MoveReason
from storage.tables import Case, Referral

OPEN = (IN_TRIAGE, TriageOutcome.DEFERRED)


class Decided(Refusal):
    """Triage has decided on this one already. Close this and open the list again."""


class ReferralTaken(Refusal):
    """Another referral has this reference. Choose another number."""


class CaseTaken(Refusal):
    """There is a case with this reference. Choose another number."""


class SubjectTaken(Refusal):
    """There is a case with this subject reference: {case}. If it is the same subject, decline as a live case here."""


class NotOurs(Refusal):
    """References of this panel begin with {prefix}."""


@dataclass
class Triage(Form):
    """The decision, and the references it settles."""

    name = "referrals.triage"
    title = "Triage"
    submit = "Record the decision"
    outcome: str = ask(One("What was decided?", choices=[(c, c.label) for c in TriageOutcome]))
    reason: str | None = ask(
        One(
            "Why was it not accepted?",
            "The referrer reads it.",
            optional=True,
            choices=[(c, c.label) for c in TriageReason],
        )
    )
    note: str | None = ask(
        Text(
            "Note to the referrer", "What to do next. No names, addresses or numbers.", optional=True, lines=True,
            limit=1_000,
        )
    )  # fmt: skip
    referral_ref: str = ask(Text("Referral reference", "Proposed; change it if your books say otherwise.", limit=14))
    case_ref: str = ask(Text("Case reference", "Used when the referral is accepted.", limit=12))
    subject_ref: str = ask(Text("Subject reference", "Used when the referral is accepted.", limit=6))
    lead: str | None = ask(One("Lead agency", optional=True), None)

    def check(self) -> dict[str, str]:
        """A reason goes with everything but acceptance; references look as they should."""
        wrong: dict[str, str] = {}
        if self.outcome != TriageOutcome.ACCEPTED and not self.reason:
            wrong["reason"] = "Choose the reason: the referrer reads it."
        if self.outcome == TriageOutcome.ACCEPTED and self.reason:
            wrong["reason"] = "An accepted referral has no reason here. Clear this, or choose another decision."
        patterns = {"referral_ref": refs.REFERRAL, "case_ref": refs.CASE, "subject_ref": refs.SUBJECT}
        examples = {"referral_ref": "MSP-26-R-0107", "case_ref": "MSP-26-0041", "subject_ref": "K-041"}
        for name, pattern in patterns.items():
            if not pattern.fullmatch(getattr(self, name)):
                wrong[name] = f"Write it as {examples[name]}."
        return wrong


def open_form(turn: Turn) -> Answer:
    """The answers, and below them the decision. The look is audited."""
    referral = to_be_triaged(turn)
    if referral.status not in OPEN:
        raise Decided
    turn.audit("opened", f"referral:{referral.id}")
    return Show(triage_view(turn, referral))


def triage_view(turn: Turn, referral: Referral) -> Block:
    """The form with the answers above it and the references proposed."""
    agencies = agencies_of(turn.work, turn.panel)
    lead = next((agency.code for agency in agencies if agency.id == referral.agency_id), None)
    about = turn.about.but(referral=referral.id, version=referral.version)
    return Triage.draw(
        about,
        initial={**_proposed(turn), "referral_ref": referral.ref, "lead": lead},
        choices={"lead": [(agency.code, f"{agency.code} · {agency.name}"[:75]) for agency in agencies]},
        without=() if agencies else ("lead",),
        before=[*answers_of(turn, referral), *_beside(turn, referral), *_urgent(turn, referral)],
    )


def _beside(turn: Turn, referral: Referral) -> list[Block]:
    """What was told after it was sent, and whether a manager stands behind it where one must."""
    unsigned = sign_off.needed(referral) and sign_off.given(turn.work, referral) is None
    waits = [context("A manager's sign-off belongs to this route. It has not been given yet.")] if unsigned else []
    return [*counted(turn, referral), *waits, divider()]


def save(turn: Turn, form: Triage) -> Answer:
    """Record the decision, and owe the referrer a word."""
    referral = to_be_triaged(turn)
    if turn.about.version != referral.version:
        raise ChangedMeanwhile
    if referral.status not in OPEN:
        raise Decided
    _settle_reference(turn, referral, form)
    accepted = form.outcome == TriageOutcome.ACCEPTED
    case = _open_case(turn, referral, form) if accepted else None
    _record(turn, referral, form, case)
    if case is not None:
        return Tell(turn.say("referrals/accepted", referral=referral, case=case, place=place(turn, referral, case)))
    return Tell(turn.say("referrals/not_accepted", referral=referral, outcome=TriageOutcome(form.outcome).label))


def _record(turn: Turn, referral: Referral, form: Triage, case: Case | None) -> None:
    referral.status, referral.reason, referral.note = form.outcome, form.reason, form.note
    referral.decided_by, referral.decided_at = turn.user, turn.work.now
    referral.case_id = case.id if case else None
    referral.version += 1
    turn.audit("triaged", f"referral:{referral.id}", case_id=referral.case_id, outcome=form.outcome, reason=form.reason)
    turn.work.owe(
        f"referral_decided:{referral.id}:{referral.version}", "referrals.decided", referral.by_user,
        panel_id=referral.panel_id, about={"referral": referral.id},
    )  # fmt: skip


def _settle_reference(turn: Turn, referral: Referral, form: Triage) -> None:
    if refs.parse_referral(form.referral_ref).prefix != turn.panel.code:
        raise NotOurs(field="referral_ref", prefix=turn.panel.code)
    other = turn.work.first(Referral, Referral.panel_id == turn.panel.id, Referral.ref == form.referral_ref)
    if other is not None and other.id != referral.id:
        raise ReferralTaken(field="referral_ref")
    referral.ref = form.referral_ref


def _open_case(turn: Turn, referral: Referral, form: Triage) -> Case:
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
    if referral.conflict:
        close_to(turn, case, referral.by_user)
    return case


def _check_free(turn: Turn, form: Triage) -> None:
    if refs.parse_case(form.case_ref).prefix != turn.panel.code:
        raise NotOurs(field="case_ref", prefix=turn.panel.code)
    if turn.work.first(Case, Case.panel_id == turn.panel.id, Case.ref == form.case_ref):
        raise CaseTaken(field="case_ref")
    same = turn.work.first(Case, Case.panel_id == turn.panel.id, Case.subject_ref == form.subject_ref)
    if same is not None:
        raise SubjectTaken(field="subject_ref", case=same.ref)


def _proposed(turn: Turn) -> dict[str, str]:
    cases = turn.work.find(Case, Case.panel_id == turn.panel.id)
    year = today(turn.panel, turn.work.now).year
    case_ref = refs.next_case(turn.panel.code, year, [case.ref for case in cases])
    return {"case_ref": case_ref, "subject_ref": refs.propose_subject(case_ref, [case.subject_ref for case in cases])}


def _urgent(turn: Turn, referral: Referral) -> list[Block]:
    """The chair's button, as long as there is something to bring forward."""
    nearest, _ = meetings_for(turn.work, turn.panel)
    forward = referral.urgent and (nearest is None or referral.meeting_id == nearest.id)
    if forward or not may(turn.person, Verb.DECLARE_URGENT, Thing()):
        return []
    about = turn.about.but(referral=referral.id, version=referral.version)
    asks = "It is then taken at the nearest meeting, and stands first there."
    return [actions(button("Call it urgent", "referrals.call_urgent", about, ask=asks))]
