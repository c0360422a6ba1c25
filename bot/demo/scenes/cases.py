"""The record of each new case, the personal links that people declare, and what is put up for the end."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from bot.demo.stage import Scene, Stage
from bot.month.cases import Case, Order, Ppit, Rfg, Victim
from commands.cases.ppit import items_line
from commands.cases.score import answers
from commands.kit.case_sections import CaseSection
from panel.codes import CaseKind
from panel.codes.linked import Relation
from panel.codes.subject import StaffRisk
from panel.cycle import CutOff

ENTERED_AFTER = 3  # hours after triage opens: the referrals are decided by then
ONE_CASE = timedelta(minutes=10)
AFTERNOON = "15:00"
# In which section of the record a form's button stands; staff safety is on its first view.
SECTION_OF = {
    "cases.facts": CaseSection.SUBJECT,
    "cases.background": CaseSection.SUBJECT,
    "cases.victim.add": CaseSection.PEOPLE,
    "cases.order.add": CaseSection.ORDERS,
    "cases.score": CaseSection.EVIDENCE,
    "cases.score.more": CaseSection.EVIDENCE,
    "cases.ppit": CaseSection.EVIDENCE,
}


def scenes(stage: Stage) -> Iterable[Scene]:
    """All of them, for every case of the month."""
    new = [case for case in stage.month.cases if case.kind is CaseKind.NEW]
    for number, case in enumerate(new):
        yield from _record(stage, case, stage.after(CutOff.TRIAGE, ENTERED_AFTER) + number * ONE_CASE)
    for case in stage.month.cases:
        yield from _conflicts(stage, case)
        if case.kind is CaseKind.REVIEW and case.decision is not None and case.decision.proposed_before:
            yield _proposal(stage, case)


# -- the record


def _record(stage: Stage, case: Case, at: datetime) -> Iterator[Scene]:
    """Entered once it is open; what its owners date later is entered on that day."""
    who = stage.month.panel.coordinator.initials
    yield Scene(at, who, f"{who} enters the record of {case.ref}", partial(_enter, who=who, case=case, at=at))
    verified = case.whereabouts.verified
    if verified and verified > _day(stage, at):
        later = _entered(stage, verified)
        tells = f"{who} brings the facts of {case.ref} up to date"
        yield Scene(later, who, tells, partial(_enter_facts, who=who, case=case, at=later))
    if case.rfg and case.rfg.run > _day(stage, at):
        tells = f"{who} enters the ranking of {case.ref}"
        act = partial(_enter_score, who=who, case=case, given=case.rfg)
        yield Scene(_entered(stage, case.rfg.run), who, tells, act, order=1)


def _entered(stage: Stage, day: date) -> datetime:
    """When what is dated on a day is entered: that afternoon, or the next working day's."""
    return stage.on(stage.calendar.next_working_day(day), AFTERNOON)


def _enter(stage: Stage, who: str, case: Case, at: datetime) -> None:
    _open(stage, who, case)
    _fill(stage, who, "cases.staff", _staff(case))
    _fill(stage, who, "cases.facts", _facts(case, _day(stage, at)))
    _fill(stage, who, "cases.background", _background(case))
    for victim in case.victims:
        _fill(stage, who, "cases.victim.add", _victim(victim))
    for order in case.orders:
        _fill(stage, who, "cases.order.add", _order(order))
    if case.rfg and case.rfg.run <= _day(stage, at):
        _fill_score(stage, who, case.rfg)
    if case.ppit:
        _fill(stage, who, "cases.ppit", _ppit(case.ppit, _day(stage, at)))
    stage.close(who)


def _enter_facts(stage: Stage, who: str, case: Case, at: datetime) -> None:
    _open(stage, who, case)
    _fill(stage, who, "cases.facts", _facts(case, _day(stage, at)))
    stage.close(who)


def _enter_score(stage: Stage, who: str, case: Case, given: Rfg) -> None:
    _open(stage, who, case)
    _fill_score(stage, who, given)
    stage.close(who)


def _fill_score(stage: Stage, who: str, given: Rfg) -> None:
    """The ranking as it was given, and what the panel reads it with."""
    _fill(stage, who, "cases.score", _score(given))
    if given.entry_score is not None or given.caveat:
        _fill(stage, who, "cases.score.more", {"entry": given.entry_score, "caveat": given.caveat})


def _open(stage: Stage, who: str, case: Case) -> None:
    """Through the chooser: the menu that offers the case, and the case in it."""
    shown = stage.command(who, "/panel", "case")
    assert shown.view is not None
    for block in shown.view["blocks"]:
        for option in (o for element in block.get("elements", ()) for o in element.get("options", ())):
            if option["text"]["text"].startswith(case.ref):
                stage.press(who, "cases.choose", block_id=block["block_id"], value=option["value"])


def _fill(stage: Stage, who: str, action_id: str, values: Mapping[str, Any]) -> None:
    """A form of the record, from the section in which its button stands."""
    if f'"{action_id}"' not in json.dumps(stage.workspace.see(stage.users[who])["view"]):
        stage.press(who, f"cases.section.{SECTION_OF[action_id]}")
    stage.press(who, action_id)
    stage.submit(who, values)


def _facts(case: Case, today: date) -> Mapping[str, Any]:
    where = case.whereabouts
    return {
        "whereabouts": where.type, "area": where.area, **({"confidence": where.confidence} if where.confidence else {}),
        "verified": min(where.verified, today) if where.verified else None, "release": where.release,
        "standing": list(case.status), "risk": list(case.risk),
    }  # fmt: skip


def _background(case: Case) -> Mapping[str, Any]:
    return {
        "children": case.children,
        "victims_known": case.serial.victims_known if case.serial else None,
        "window_months": case.serial.window_months if case.serial else None,
        "subject_aware": case.subject_aware,
        "routes": list(case.routes),
        "lead": case.lead,
    }


def _staff(case: Case) -> Mapping[str, Any]:
    """In the file's own words; where it has none, that no risk is known has to be said."""
    risk = StaffRisk.OTHER if case.staff_safety else StaffRisk.NONE_KNOWN
    return {"risks": [risk], "words": case.staff_safety}


def _victim(victim: Victim) -> Mapping[str, Any]:
    marac = " ".join(day.isoformat() for day in victim.marac)
    told = victim.model_dump(exclude={"address"})
    told |= {"address": victim.address.lower()} if victim.address else {}
    return {**told, "marac": marac or None, "relation": relation(victim.relation)}


def relation(words: str) -> Relation:
    """The code that says the file's words, or what comes nearest."""
    nearest = (code for code in Relation if code.value in words.lower().replace("_", "-").replace(" ", "-"))
    return Relation.of(words) or max(nearest, key=len, default=Relation.OTHER)


def _order(order: Order) -> Mapping[str, Any]:
    return {**order.model_dump(), "beneficiary": order.beneficiary or "nobody"}


def _score(given: Rfg) -> Mapping[str, Any]:
    told = given.model_dump(exclude_none=True)
    return answers({**told, "run": given.run.isoformat()})


def _ppit(given: Ppit, on: date) -> Mapping[str, Any]:
    priority = "yes" if given.priority else "no"
    items = items_line(list(given.items))
    return {"total": given.total, "priority": priority, "by": given.by, "items": items, "on": on}


# -- personal links, and proposals


def _conflicts(stage: Stage, case: Case) -> Iterator[Scene]:
    """On the day given; never before the case and the panel's books are there."""
    new = case.kind is CaseKind.NEW
    earliest = stage.after(CutOff.TRIAGE, ENTERED_AFTER - 0.5) if new else stage.after(CutOff.CALL_FOR_REFERRALS)
    for link in case.recused:
        at = max(stage.on(link.declared), earliest)
        tells = f"{link.person} declares a personal link to {case.ref}"
        yield Scene(at, link.person, tells, partial(_declare, who=link.person, case=case))


def _declare(stage: Stage, who: str, case: Case) -> None:
    shown = stage.command(who, "/panel", "conflict")
    assert shown.view is not None
    listed = any(block.get("block_id") == "case" for block in shown.view["blocks"])
    stage.submit(who, {"case" if listed else "ref": case.ref, "sure": "yes"})
    stage.close(who)


def _proposal(stage: Stage, case: Case) -> Scene:
    """By the lead agency, on the day of the first reminder: the list is out, the agenda is not."""
    who = _lead(stage, case)
    act = partial(_propose, who=who, case=case)
    return Scene(stage.after(CutOff.REMINDER_1), who, f"{who} makes a proposal on {case.ref}", act)


def _propose(stage: Stage, who: str, case: Case) -> None:
    _open(stage, who, case)
    _fill(stage, who, "cases.propose", {"decision": case.decision})
    stage.close(who)


def _lead(stage: Stage, case: Case) -> str:
    """The lead agency's representative or deputy, if in the channel; else the coordinator."""
    recused = {link.person for link in case.recused}
    agency = next((a for a in stage.month.agencies if a.code == case.lead and a.core), None)
    people = [agency.rep, agency.deputy] if agency else []
    return next((p for p in people if p and p not in recused), stage.month.panel.coordinator.initials)


def _day(stage: Stage, at: datetime) -> date:
    return at.astimezone(stage.zone).date()
