"""What the briefing tells of the people and plans around a subject, as far as this reader may read each of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from commands.cases import record
from commands.cases.around import kept_apart, linked, sees_victim_side
from commands.cases.hub_subject import in_words
from commands.cases.picture import ELSEWHERE, HERE, LEADERS, NOBODY, forums, lacks, managed_by_mappa
from commands.kit.meetings import today
from commands.kit.reading import Reading
from commands.kit.turn import Turn
from panel.codes import OrderType, OtherForum
from panel.codes.linked import AgeBand, AtRiskAs, CareStatus, ChildOf, LinkedRole, LivesWith, Moved
from panel.codes.subject import Effect, Need, NeedState, Requirement, ServiceState, YesNo
from panel.upcoming import upcoming
from storage.tables import Case, CourtOrder

SERVICES = {ELSEWHERE: "a service outside the panel", NOBODY: "nobody yet"}


def told(turn: Turn, case: Case, reading: Reading) -> str:
    """The lines; empty where nothing of it is on record. Whoever calls it has asked whether the case is open."""
    apart = sees_victim_side(reading)
    where = forums(case)
    return turn.say(
        "cases/told",
        mappa=managed_by_mappa(case),
        forums=[OtherForum(code).label for code in where.get("on") or ()],
        leads=dict(LEADERS)[where.get("leads") or HERE],
        dates=[(in_words(e), e.on) for e in upcoming(record.dates(turn.work, case), today(turn.panel, turn.work.now))],
        orders=list(_orders(turn, case)),
        needs=list(_needs(case)),
        children=[_child(row, apart) for row in linked(turn.work, case, LinkedRole.CHILD)],
        contacts=[_contact(v.ref, kept_apart(v)) for v in record.victims(turn.work, case) if apart and kept_apart(v)],
        others=[_other(row) for row in linked(turn.work, case, LinkedRole.AT_RISK)] if apart else [],
    )


def _orders(turn: Turn, case: Case) -> Iterator[dict[str, Any]]:
    """Those of which more is known than the line that every order has."""
    for order in record.orders(turn.work, case):
        said = order.details or {}
        if {"terms", "court", "requires"} & said.keys():
            name = OrderType(said["type"]).label
            yield {"name": name, "court": said.get("court"), "terms": said.get("terms"), "requires": _requires(order)}


def _requires(order: CourtOrder) -> dict[str, Any] | None:
    said = (order.details or {}).get("requires")
    if not said:
        return None
    provider = SERVICES.get(said["provider"], said["provider"])
    what = Requirement(said["requirement"]).label
    return {"what": what, "by": provider, "started": bool(said.get("started")), "lacks": lacks(said)}


def _needs(case: Case) -> Iterator[str]:
    for need, said in (case.picture.get("needs") or {}).items():
        state = ServiceState(said["state"])
        service = (
            "" if state is ServiceState.NONE else f", {SERVICES.get(said['service'], said['service'])}: {state.label}"
        )
        yield f"{Need(need).label}: {NeedState(said['need']).label}{service}, {Effect(said['effect']).label}"


def _child(row: Any, apart: bool) -> dict[str, Any]:
    said = row.details or {}
    return {
        "ref": row.ref,
        "facts": [
            AgeBand(said["age"]).label, ChildOf(said["whose"]).label, f"lives with: {LivesWith(said['lives']).label}",
            CareStatus(said["care"]).label,
        ],
        "lead": " ".join(filter(None, [said.get("agency"), said.get("lead")])),
        "plan": said.get("plan"),
        "voice": kept_apart(row).get("voice") if apart else None,
    }  # fmt: skip


def _contact(ref: str, kept: Any) -> dict[str, Any]:
    moved = Moved(kept.get("moved") or Moved.NOT_KNOWN)
    return {"ref": ref, "moved": moved is Moved.YES, "contact": kept.get("contact"), "never": kept.get("never")}


def _other(row: Any) -> dict[str, Any]:
    kept = kept_apart(row)
    relation = AtRiskAs((row.details or {})["relation"]).label
    return {
        "ref": row.ref,
        "relation": relation,
        "safe": YesNo(kept.get("safe") or "not_known").label,
        "talk": kept.get("talk"),
    }
