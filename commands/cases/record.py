"""The case record as other journeys read it: plain values, as their owners gave them and never worked out again.

Nothing here asks who is looking: whoever shows any of it checks access first and writes the audit row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from sqlmodel import col

from panel.case_order import Rfg
from panel.codes import Confidence, RiskFactor, SubjectAware, SubjectStatus, WhereaboutsType
from panel.codes.subject import Ahead, StaffRisk
from panel.life import ENDED
from panel.upcoming import Dated
from storage.tables import Agency, Case, CourtOrder, Panel, Victim
from storage.work import UnitOfWork


class Pictured(Protocol):
    """A case, or as much of it as was read."""

    @property
    def picture(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Whereabouts:
    """Where the subject is, how surely, when that was last verified, and the next release and hearing."""

    type: WhereaboutsType
    area: str | None
    confidence: Confidence | None
    verified: date | None
    release: date | None
    hearing: date | None


def live(work: UnitOfWork, panel: Panel) -> Sequence[Case]:
    """The panel's cases that have not ended, by reference."""
    return work.find(Case, Case.panel_id == panel.id, col(Case.status).not_in(ENDED), order=Case.ref)


def whereabouts(case: Case) -> Whereabouts:
    """Where the subject is."""
    told = case.picture.get("whereabouts") or {}
    return Whereabouts(
        type=WhereaboutsType(told.get("type") or WhereaboutsType.UNKNOWN),
        area=told.get("area"),
        confidence=Confidence(told["confidence"]) if told.get("confidence") else None,
        verified=_day(told.get("verified")),
        release=_day(told.get("release")),
        hearing=_day(told.get("hearing")),
    )


def release(case: Case) -> date | None:
    """The next release from custody."""
    return whereabouts(case).release


def hearing(case: Case) -> date | None:
    """The next hearing."""
    return whereabouts(case).hearing


def standing(case: Case) -> list[SubjectStatus]:
    """Where the subject stands in criminal justice."""
    return [SubjectStatus(code) for code in case.picture.get("standing") or ()]


def risk(case: Case) -> list[RiskFactor]:
    """What makes harm more likely or worse."""
    return [RiskFactor(code) for code in case.picture.get("risk") or ()]


def children(case: Case) -> int:
    """How many children are linked: counted from their rows, or as the books and the referral counted them."""
    return int(case.picture.get("children") or 0)


def serial(case: Case) -> dict[str, int] | None:
    """`victims_known` in `window_months`; None when nobody has said."""
    return case.picture.get("serial")


def score(case: Pictured) -> dict[str, Any] | None:
    """The police ranking as given: score, max, components R F G V H, method, run (ISO date), rank, list_size …"""
    return case.picture.get("rfg")


def rfg(case: Pictured) -> Rfg | None:
    """What the order of cases looks at: the score, and the method within which it compares."""
    given = score(case)
    return Rfg(given["score"], f"{given['method']} {given.get('version', '')}".strip()) if given else None


def ppit(case: Case) -> dict[str, Any] | None:
    """The result of a PPIT done elsewhere: total, priority, by (agency code), items (None: not known)."""
    return case.picture.get("ppit")


def staff_safety(case: Case) -> str | None:
    """What staff must know before a visit, in words."""
    return case.picture.get("staff_safety")


def staff_risks(case: Case) -> list[StaffRisk]:
    """The same as codes; empty where nobody has said, not even that no risk is known."""
    return [StaffRisk(code) for code in (case.picture.get("staff") or {}).get("risks") or ()]


def safety_banner(case: Case) -> str:
    """What staff must know, for the top of whatever shows the case; plain text, to be escaped where it is drawn."""
    codes = "; ".join(risk.label for risk in staff_risks(case) if risk is not StaffRisk.OTHER)
    said = ". ".join(filter(None, [codes, staff_safety(case)]))
    day = _day((case.picture.get("staff") or {}).get("on"))
    return f"{said}{f' (said on {day.day} {day:%B %Y})' if day else ''}" if said else "not yet said: ask before a visit"


def subject_aware(case: Case) -> SubjectAware:
    """Whether the subject knows; unless somebody said yes, nobody may tell."""
    return SubjectAware(case.picture.get("subject_aware") or SubjectAware.NO)


def lead(work: UnitOfWork, case: Case) -> str | None:
    """The lead agency's code."""
    return work.get(Agency, case.lead_agency_id).code if case.lead_agency_id else None


def victims(work: UnitOfWork, case: Case) -> Sequence[Victim]:
    """The linked victims, by reference."""
    return work.find(Victim, Victim.case_id == case.id, order=Victim.ref)


def orders(work: UnitOfWork, case: Case) -> Sequence[CourtOrder]:
    """The orders that have not been discharged, in the order they were entered."""
    return work.rows(CourtOrder, case_id=case.id, ended=None)


def breaches(order: CourtOrder) -> int | None:
    """How many breaches are known, with and without a date; None where nobody has said."""
    told = order.details or {}
    dated = sum(each["count"] for each in told.get("breached") or ())
    return (told.get("breaches") or 0) + dated if {"breaches", "breached"} & told.keys() else None


def dates(work: UnitOfWork, case: Case) -> list[Dated]:
    """Every date that is known of, past ones too: orders' ends, release, hearing, and what was entered by itself."""
    where = whereabouts(case)
    known = [(where.release, Ahead.RELEASE), (where.hearing, Ahead.HEARING)]
    known += [(_day(told["on"]), Ahead(told["what"])) for told in case.picture.get("dates") or ()]
    found = {Dated(day, what) for day, what in known if day}
    ends = ((order.ends, (order.details or {}).get("type", "other")) for order in orders(work, case))
    return sorted(found | {Dated(day, Ahead.ORDER_ENDS, of) for day, of in ends if day})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
