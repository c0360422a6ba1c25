"""What was added to a referral after it was sent, and who may add to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from commands.kit.alerts import alerted, of_service
from commands.kit.errors import NoSuchThing, Refusal
from commands.kit.people import thing_of
from commands.kit.sealing import not_named, seal_of, sealing_of
from commands.kit.turn import Turn
from commands.referrals.facts import IN_TRIAGE
from panel.access import Thing, Verb, may
from panel.codes import Function, Role, Route, TriageOutcome
from storage.tables import Case, Referral, ReferralAddition
from storage.work import UnitOfWork

OPEN = (IN_TRIAGE, TriageOutcome.DEFERRED, TriageOutcome.ACCEPTED)
REDIRECTED = "redirected"  # to which forum triage sent it
SIGNED_OFF = "signed_off"  # by the manager, of what the referrer asked for in the section "sign_off"


class NotOpen(Refusal):
    """Triage has decided on this referral, so only a correction can be added. Refer again with /refer."""


def rows(work: UnitOfWork, referral: Referral, section: str | None = None) -> Sequence[ReferralAddition]:
    """Everything that was added, or what was added to one section, oldest first."""
    given = {"section": section} if section else {}
    return work.rows(ReferralAddition, referral_id=referral.id, **given)


def latest(work: UnitOfWork, referral: Referral) -> Mapping[str, Mapping[str, Any]]:
    """What each section says now: its newest answers over the older ones."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows(work, referral):
        found[row.section] = {**found.get(row.section, {}), **(row.answers or {})}
    return found


def may_be_added_to(turn: Turn, *, always: bool = False) -> Referral:
    """The referral that a view or button is about, for whoever sent it or triages it. Raises NotOpen once triage has
    decided against it, but for what is `always` taken."""
    referral = ours(turn)
    if referral.status not in OPEN and not always:
        raise NotOpen
    return referral


def ours(turn: Turn) -> Referral:
    """The referral, for whoever sent it or triages it: whatever its state."""
    referral = turn.work.get(Referral, turn.about.referral)
    if referral.panel_id != turn.panel.id:
        raise NoSuchThing
    mine = referral.by_user == turn.user
    turn.need(Verb.REFER if mine else Verb.TRIAGE, seen_as(turn.work, referral, mine=mine))
    return referral


def seen_as(work: UnitOfWork, referral: Referral, *, mine: bool = False) -> Thing:
    """The referral as the access rules see it: whoever knows somebody in it may not decide on it, nor open it once
    its case is closed to them."""
    recused = frozenset({referral.by_user}) if referral.conflict and not mine else frozenset[str]()
    recused |= not_among(work, referral)
    if referral.case_id is None:
        return Thing(recused=recused)
    return Thing(recused=recused | thing_of(work, work.get(Case, referral.case_id)).recused)


def not_among(work: UnitOfWork, referral: Referral) -> frozenset[str]:
    """Everybody on the panel who may not know of it, where it is sealed: the deputy chair stands in for a chair who may
    not."""
    seal = seal_of(work, referral_id=referral.id)
    if seal is None or seal.lifted_at is not None:
        return frozenset()
    return not_named(work, referral.panel_id, sealing_of(work, seal))


def reads_voice(turn: Turn, referral: Referral) -> bool:
    """Whether this person reads what a victim wants: the chair and the victim service (field reference 4.2)."""
    return bool(may(turn.person, Verb.READ_VICTIMS_VIEWS, seen_as(turn.work, referral)))


def add(turn: Turn, referral: Referral, section: str, answers: Mapping[str, Any]) -> ReferralAddition:
    """Keep it. A referral that was put off for information goes back to triage, and whoever decides is told."""
    row = note(turn, referral, section, answers)
    turn.audit("added", f"referral:{referral.id}", case_id=referral.case_id, section=section)
    returned = referral.status == TriageOutcome.DEFERRED
    if returned:
        referral.status = IN_TRIAGE
    if referral.status == IN_TRIAGE:
        referral.version += 1  # whoever decides has read all of it
    if returned or referral.case_id:
        _tell_office(turn, referral, row)
    return row


def note(turn: Turn, referral: Referral, section: str, answers: Mapping[str, Any]) -> ReferralAddition:
    """Keep it, and nothing follows."""
    assert referral.id is not None
    return turn.work.add(
        ReferralAddition(
            referral_id=referral.id, at=turn.work.now, by_user=turn.user, section=section, answers=dict(answers)
        )
    )  # fmt: skip


def _tell_office(turn: Turn, referral: Referral, row: ReferralAddition) -> None:
    """One word to the coordinator, not to somebody who wrote it themselves."""
    for to in alerted(turn.work, referral.panel_id, Role.COORDINATOR, case_id=referral.case_id):
        if to != turn.user:
            turn.work.owe(
                f"referral_added:{row.id}:{to}", "referrals.added", to, panel_id=referral.panel_id,
                about={"referral": referral.id},
            )  # fmt: skip


def tell_voice(turn: Turn, referral: Referral, row: ReferralAddition) -> None:
    """Chair and victim service learn that a victim's views were told; nobody else does."""
    chair = alerted(turn.work, referral.panel_id, Role.CHAIR, case_id=referral.case_id)
    service = of_service(turn.work, referral.panel_id, Function.VICTIM_SERVICE, case_id=referral.case_id)
    for to in dict.fromkeys([*chair, *service]):
        if to != turn.user:
            turn.work.owe(
                f"referral_voice:{row.id}:{to}", "referrals.voice", to, panel_id=referral.panel_id,
                about={"referral": referral.id},
            )  # fmt: skip


def routes_of(referral: Referral) -> frozenset[Route]:
    """The routes by which it came."""
    return frozenset(Route(code) for code in referral.routes)
