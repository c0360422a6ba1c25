"""Triage of one referral: accept it and open a case, or say with a coded reason why not."""

from __future__ import annotations

from dataclasses import dataclass

from commands.kit.about import About
from commands.kit.answers import Answer, Show, Tell
from commands.kit.blocks import Block, actions, button, context, divider
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.fields import One, Text
from commands.kit.forms import Form, ask
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from commands.referrals import additions, late, matches, sign_off
from commands.referrals.facts import OPEN, meetings_for
from commands.referrals.opening import open_case, proposed, settle_reference
from commands.referrals.placing import place
from commands.referrals.sections import counted
from commands.referrals.triage import answers_of, to_be_triaged
from panel import refs
from panel.access import Thing, Verb, may
from panel.codes import OtherForum, TriageOutcome, TriageReason
from panel.referral import alone
from storage.tables import Case, Referral


class Decided(Refusal):
    """Triage has decided on this one already. Close this and open the list again."""


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
            "The referrer reads it, but for the victim's safety: they are told that the panel gives no reason.",
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
    forum: str | None = ask(
        One("Redirected to which forum?", optional=True, choices=[(c, c.label) for c in OtherForum]), None
    )
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
        if (self.outcome == TriageOutcome.REDIRECTED) != (self.forum is not None):
            wrong["forum"] = "Name the forum where it is redirected to one, and only then."
        lonely = alone(TriageReason(self.reason), self.note) if self.reason else None
        wrong |= {"reason": lonely} if lonely else {}
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
        initial={**proposed(turn, referral), "referral_ref": referral.ref, "lead": lead},
        choices={"lead": [(agency.code, f"{agency.code} · {agency.name}"[:75]) for agency in agencies]},
        without=() if agencies else ("lead",),
        before=[*answers_of(turn, referral), *_beside(turn, referral), *_urgent(turn, referral)],
    )


def _beside(turn: Turn, referral: Referral) -> list[Block]:
    """What was told after it was sent, and whether a manager stands behind it where one must."""
    unsigned = sign_off.needed(referral) and sign_off.given(turn.work, referral) is None
    waits = [context("A manager's sign-off belongs to this route. It has not been given yet.")] if unsigned else []
    return [*counted(turn, referral), *waits, divider(), *matches.blocks(turn, referral)]


def save(turn: Turn, form: Triage) -> Answer:
    """Record the decision, and owe the referrer a word."""
    referral = to_be_triaged(turn)
    if turn.about.version != referral.version:
        raise ChangedMeanwhile
    if referral.status not in OPEN:
        raise Decided
    settle_reference(turn, referral, form.referral_ref)
    accepted = form.outcome == TriageOutcome.ACCEPTED
    case = open_case(turn, referral, form) if accepted else None
    _record(turn, referral, form, case)
    if case is not None:
        return Tell(turn.say("referrals/accepted", referral=referral, case=case, place=place(turn, referral, case)))
    return Tell(turn.say("referrals/not_accepted", referral=referral, outcome=TriageOutcome(form.outcome).label))


def _record(turn: Turn, referral: Referral, form: Triage, case: Case | None) -> None:
    referral.status, referral.reason, referral.note = form.outcome, form.reason, form.note
    referral.decided_by, referral.decided_at = turn.user, turn.work.now
    referral.case_id = case.id if case else None
    referral.version += 1
    if form.forum:
        additions.note(turn, referral, additions.REDIRECTED, {"forum": form.forum})
    reason = None if form.reason == TriageReason.VICTIM_SAFETY else form.reason  # the log is read by others
    turn.audit("triaged", f"referral:{referral.id}", case_id=referral.case_id, outcome=form.outcome, reason=reason)
    turn.work.owe(
        f"referral_decided:{referral.id}:{referral.version}", "referrals.decided", referral.by_user,
        panel_id=referral.panel_id, about={"referral": referral.id},
    )  # fmt: skip


def _urgent(turn: Turn, referral: Referral) -> list[Block]:
    """The chair's buttons, as long as there is something to bring forward."""
    nearest, _ = meetings_for(turn.work, turn.panel)
    if not may(turn.person, Verb.DECLARE_URGENT, Thing()):
        return []
    about = About(panel=turn.panel.id, referral=referral.id, version=referral.version)
    row = late.buttons(turn, referral, nearest, about)
    if not (referral.urgent and (nearest is None or referral.meeting_id == nearest.id)):
        asks = "It is then taken at the nearest meeting, and stands first there."
        row.append(button("Call it urgent", "referrals.call_urgent", about, ask=asks))
    return [actions(*row)] if row else []
