"""/panel referrals: every referral, those that were not accepted too, a kind at a time."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, section
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.referrals.facts import IN_TRIAGE, state_of
from commands.referrals.outcome import forum_of, reason_for
from commands.referrals.triage import received
from panel.access import Thing, Verb
from panel.codes import Code, TriageOutcome
from storage.tables import Case, Referral


class Shown(Code):
    """Which referrals are listed."""

    WAITING = "waiting", "Waiting"
    DEFERRED = "deferred", "Deferred"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    ACCEPTED = "accepted", "Accepted"


STATES = {
    Shown.WAITING: (IN_TRIAGE,),
    Shown.DEFERRED: (TriageOutcome.DEFERRED,),
    Shown.NOT_ACCEPTED: (TriageOutcome.DECLINED, TriageOutcome.REDIRECTED),
    Shown.ACCEPTED: (TriageOutcome.ACCEPTED,),
}


def open_list(turn: Turn) -> Answer:
    """Those that wait, and buttons to the other kinds."""
    return Show(_view(turn))


def turn_to(turn: Turn) -> Answer:
    """Another kind, or another page, in its place."""
    return Replace(_view(turn))


def _view(turn: Turn) -> Block:
    turn.need(Verb.TRIAGE, Thing())
    shown = turn.code(Shown) if turn.about.code else Shown.WAITING
    about = About(panel=turn.panel.id, code=shown.value, page=turn.about.page)
    found = _found(turn, shown)
    turn.audit("opened", f"referrals:{shown.value}", listed=len(found))
    said = turn.say("referrals/kept", shown=shown.label, many=len(found))
    doors = [
        button(each.label, f"referrals.kept.{each}", about.but(code=each.value, page=None))
        for each in Shown
        if each is not shown
    ]
    parts = [[section(said), actions(*doors)], *([_row(turn, referral, about)] for referral in found)]
    return paged("Referrals", parts, about, "referrals.kept", name="referrals.kept")


def _found(turn: Turn, shown: Shown) -> Sequence[Referral]:
    """Newest first."""
    return turn.work.find(
        Referral, Referral.panel_id == turn.panel.id, col(Referral.status).in_(STATES[shown]),
        order=col(Referral.id).desc(),
    )  # fmt: skip


def _row(turn: Turn, referral: Referral, about: About) -> Block:
    here = about.but(code=None, page=None, referral=referral.id)
    said = [f"*{referral.ref}* · {received(turn, referral)}", _became(turn, referral)]
    undecided = referral.status in (IN_TRIAGE, TriageOutcome.DEFERRED)
    door = "referrals.triage.open" if undecided else "referrals.told"
    return section("\n".join(filter(None, said)), button("Open", door, here))


def _became(turn: Turn, referral: Referral) -> str:
    """What was decided, where and why."""
    if referral.status == IN_TRIAGE:
        return ""
    case = turn.work.look(Case, referral.case_id)
    parts = [state_of(referral), forum_of(turn, referral), case and case.ref, reason_for(turn, referral)]
    return " · ".join(part for part in parts if part)
