"""Referrals and triage: whoever would plausibly refer does so, and the coordinator triages on the day for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from bot.demo.stage import Scene, Stage
from bot.month import Month
from bot.month.cases import Case
from panel import refs
from panel.codes import CaseKind, Function, OtherForum, Route, TriageOutcome, TriageReason, WhereaboutsType
from panel.cycle import CutOff

WHO_REFERS: Mapping[Route, tuple[Function, ...]] = {
    Route.POL_RFG: (Function.POLICE,),
    Route.POL_PPIT: (Function.POLICE,),
    Route.DAPO_COURT: (Function.POLICE,),
    Route.MARAC: (Function.MARAC, Function.VICTIM_SERVICE),
    Route.MASH: (Function.MASH, Function.CHILDREN),
    Route.PRISON_REL: (Function.PROBATION,),
    Route.MAPPA_DOWN: (Function.PROBATION,),
    Route.BAF: (Function.BY_AND_FOR,),
    Route.DRV: (Function.PERPETRATOR_SERVICE,),
}
OUTCOMES = {
    TriageReason.MAPPA_MANAGED: TriageOutcome.REDIRECTED,
    TriageReason.INSUFFICIENT_INFO: TriageOutcome.DEFERRED,
    TriageReason.CAPACITY_DEFERRED: TriageOutcome.DEFERRED,
}
WHY = "Several agencies are in contact and no plan of one of them is enough."
WHY_URGENT = "It cannot wait for the usual order."
MOST_VICTIMS = 10


@dataclass(frozen=True)
class Sent:
    """A referral of the month: by its own reference when it is not accepted, else by its case's."""

    key: str
    who: str
    answers: Mapping[str, Any]
    decision: Mapping[str, Any]
    verified: date | None = None


def scenes(stage: Stage) -> Iterable[Scene]:
    """Every referral in the days before the deadline, and one sitting of triage."""
    referrals = list(_referrals(stage.month))
    for number, sent in enumerate(referrals):
        at = _moment(stage, number, len(referrals))
        yield Scene(at, sent.who, f"{sent.who} refers a case", partial(_refer, sent=sent, at=at))
    if referrals:
        who = stage.month.panel.coordinator.initials
        tells = f"{who} triages {len(referrals)} referrals"
        yield Scene(stage.after(CutOff.TRIAGE, 2), who, tells, partial(_triage, who=who, referrals=referrals))


def _referrals(month: Month) -> Iterator[Sent]:
    assert month.cycle is not None
    for case in month.cases:
        if case.kind is CaseKind.NEW:
            yield _accepted(month, case)
    for row in sorted(month.cycle.declined_referrals, key=lambda row: row.ref):
        outcome = OUTCOMES.get(row.reason, TriageOutcome.DECLINED)
        forum = OtherForum.MAPPA if outcome is TriageOutcome.REDIRECTED else None
        decision = {"outcome": outcome, "reason": row.reason, "note": row.note, "forum": forum}
        answers = _answers([row.route], WhereaboutsType.UNKNOWN, victims=0, children=0)
        yield Sent(row.ref, _referrer(month, [row.route]), answers, decision)


def _accepted(month: Month, case: Case) -> Sent:
    answers = _answers(
        list(case.routes), case.whereabouts.type, victims=len(case.victims), children=case.children,
        urgent=WHY_URGENT if _urgent(month, case) else None,
    )  # fmt: skip
    decision = {
        "outcome": TriageOutcome.ACCEPTED, "case_ref": case.ref, "subject_ref": case.subject, "lead": case.lead,
    }  # fmt: skip
    recused = {link.person for link in case.recused}
    who = _referrer(month, list(case.routes), case.lead, recused)
    return Sent(case.ref, who, answers, decision, case.whereabouts.verified)


def _answers(
    routes: list[Route], whereabouts: WhereaboutsType, *, victims: int, children: int, urgent: str | None = None
) -> Mapping[str, Any]:
    return {
        "routes": routes, "urgent": urgent, "whereabouts": whereabouts, "victims": str(min(victims, MOST_VICTIMS)),
        "children": children, "why": WHY, "conflict": "no", "sharing": "yes",
    }  # fmt: skip


def _urgent(month: Month, case: Case) -> bool:
    """Whether the agenda calls a new case imminent and no meeting out of cycle explains it."""
    assert month.cycle is not None
    if any(meeting.case == case.ref for meeting in month.cycle.out_of_cycle):
        return False
    items = month.agenda.items if month.agenda else ()
    return any(item.case == case.ref and "imminent" in item.reasons for item in items)


def _referrer(month: Month, routes: list[Route], lead: str | None = None, recused: Iterable[str] = ()) -> str:
    """Somebody who is in the panel's channel: by the route, else of the lead agency, else the coordinator."""
    functions = [function for route in routes for function in WHO_REFERS.get(route, ())]
    core = [agency for agency in month.agencies if agency.core]
    likely = [agency for function in functions for agency in core if agency.function is function]
    for agency in [*likely, *(agency for agency in core if agency.code == lead)]:
        for person in (agency.rep, agency.deputy):
            if person and person not in recused:
                return person
    return month.panel.coordinator.initials


def _moment(stage: Stage, number: int, of: int) -> datetime:
    """Spread over the four working days after the call, and before the deadline in any case."""
    called = stage.cut_offs[CutOff.CALL_FOR_REFERRALS].astimezone(stage.zone).date()
    day = stage.calendar.add_working_days(called, 1 + number * 4 // of)
    at = stage.on(day) + timedelta(minutes=7 * number % 240)
    return min(at, stage.before(CutOff.REFERRAL_DEADLINE))


def _refer(stage: Stage, sent: Sent, at: datetime) -> None:
    stage.command(sent.who, "/refer")
    today = at.astimezone(stage.zone).date()
    known = sent.answers["whereabouts"] is not WhereaboutsType.UNKNOWN
    verified = min(sent.verified or today, today) if known else None
    outcome = stage.submit(sent.who, {**sent.answers, "verified": verified}, expect="view")
    found = re.search(refs.REFERRAL, str(outcome.view))
    assert found is not None
    stage.notes.setdefault("referrals", {})[sent.key] = found[0]
    stage.close(sent.who)


def _triage(stage: Stage, who: str, referrals: list[Sent]) -> None:
    """Accepted ones first; the others take the references that the file gives them as those come free."""
    held: dict[str, str] = stage.notes["referrals"]
    wanted = {sent.key for sent in referrals} - {case.ref for case in stage.month.cases}
    for sent in referrals:
        if sent.key not in wanted:
            ref = held[sent.key]
            if ref in wanted:
                ref = refs.next_referral(stage.month.panel.id, refs.parse_referral(ref).year, [*held.values(), *wanted])
            _decide(stage, who, sent, ref)
    waiting = [sent for sent in referrals if sent.key in wanted]
    while waiting:
        sent = next(s for s in waiting if all(held[o.key] != s.key for o in waiting if o is not s))
        _decide(stage, who, sent, sent.key)
        waiting.remove(sent)


def _decide(stage: Stage, who: str, sent: Sent, ref: str) -> None:
    held: dict[str, str] = stage.notes["referrals"]
    shown = stage.command(who, "/panel", "triage")
    assert shown.view is not None
    row = next(block for block in shown.view["blocks"] if held[sent.key] in str(block.get("text")))
    stage.press(who, "referrals.triage.open", value=row["accessory"]["value"])
    stage.submit(who, {**sent.decision, "referral_ref": ref})
    stage.close(who)
    held[sent.key] = ref
