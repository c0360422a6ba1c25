"""What goes with a case to another panel, and what becomes of it there. Restrictions go with it, or it stays behind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from commands.cases import record
from commands.cases.edit import kept
from commands.cases.picture import ELSEWHERE, NOBODY
from commands.kit.meetings import today
from commands.kit.people import agencies_by_id
from commands.kit.reading import Reading
from commands.kit.turn import Turn
from panel.codes import RestrictionKind
from panel.codes.linked import AddressFlag
from panel.restriction import WITH_A_VICTIM, ItemKind, Restriction
from panel.upcoming import upcoming
from storage.tables import Case, CaseMove, CourtOrder, Item, Linked, Victim
from storage.work import UnitOfWork

# What everyone on the case may read goes, and what is only kept from those who work with subjects.
GOES = frozenset({RestrictionKind.ALL, RestrictionKind.NOT_PERP_FACING})
PICTURE = (
    "whereabouts", "standing", "risk", "children", "serial", "rfg", "ppit", "staff_safety", "staff", "subject_aware",
    "needs", "forums", "dates",
)  # fmt: skip
OF_A_LINKED = ("age", "whose", "lives", "care", "plan", "lead", "agency", "relation")  # never what is kept apart
OF_A_VICTIM = ("relation", "dash", "marac", "aware", "support", "since", "standing", "until")  # never where they live
AREA, ADDRESS = "area", "address"


def packed(turn: Turn, case: Case, *, areas: bool) -> dict[str, Any]:
    """The pack, as JSON. `areas`: where a victim lives is needed there, and goes too."""
    work = turn.work
    items = work.rows(Item, case_id=case.id, replaced_at=None)
    orders = work.rows(CourtOrder, case_id=case.id, ended=None)
    return {
        "ref": case.ref, "subject": case.subject_ref, "panel": turn.panel.code, "routes": list(case.routes),
        "reviews": case.reviews, "opened": case.opened_at.date().isoformat(), "picture": _picture(case, areas),
        "linked": [_linked(each) for each in work.rows(Linked, case_id=case.id)],
        "victims": [_victim(each, areas) for each in record.victims(work, case)],
        "ahead": _ahead(turn, case),
        "orders": [{"ends": each.ends and each.ends.isoformat(), "details": each.details} for each in orders],
        "items": [_item(turn, each) for each in items if _goes(turn, each)],
        "history": [_move(each) for each in work.rows(CaseMove, case_id=case.id)],
    }  # fmt: skip


def unpacked(work: UnitOfWork, case: Case, pack: Mapping[str, Any], by: str) -> None:
    """Everything of the pack on the new case: items as the panel's own office keeps them, each with its restriction
    and whose it was."""
    assert case.id is not None
    for told in pack["victims"]:
        work.add(Victim(case_id=case.id, ref=told["ref"], idva=told["idva"], details=told["details"]))
    for told in pack.get("linked", ()):
        details = _known_here(work, case, told["details"], "agency", None)
        work.add(Linked(case_id=case.id, role=told["role"], ref=told["ref"], details=details))
    for told in pack["orders"]:
        ends = date.fromisoformat(told["ends"]) if told["ends"] else None
        work.add(CourtOrder(case_id=case.id, ends=ends, details=told["details"]))
    for told in pack["items"]:
        details = {"from": told["from"], "on": told["on"]}
        work.add(
            Item(
                case_id=case.id, by_user=by, at=work.now, kind=told["kind"], body=told["body"],
                restriction=told["restriction"], details=details,
            )
        )  # fmt: skip


def pictured(work: UnitOfWork, case: Case, pack: Mapping[str, Any]) -> dict[str, Any]:
    """The picture on the new case. A service that is no agency of this panel is one outside it."""
    picture = dict(pack["picture"])
    needs = picture.get("needs") or {}
    if needs:
        picture["needs"] = {name: _known_here(work, case, told, "service", ELSEWHERE) for name, told in needs.items()}
    return picture


def _ahead(turn: Turn, case: Case) -> list[dict[str, str]]:
    """What is still to come: an order's last day, a hearing, a release."""
    coming = upcoming(record.dates(turn.work, case), today(turn.panel, turn.work.now))
    return [{"on": each.on.isoformat(), "what": str(each.what)} for each in coming]


def _known_here(
    work: UnitOfWork, case: Case, told: Mapping[str, Any], name: str, otherwise: str | None
) -> dict[str, Any]:
    """The same, with the code of an agency that this panel does not have replaced, or left out."""
    codes = {agency.code for agency in agencies_by_id(work, case.panel_id).values()} | {ELSEWHERE, NOBODY}
    if name not in told or told[name] in codes:
        return dict(told)
    return kept(**{**told, name: otherwise})


def _linked(row: Linked) -> dict[str, Any]:
    details = row.details or {}
    return {"role": row.role, "ref": row.ref, "details": {k: details[k] for k in OF_A_LINKED if k in details}}


def _picture(case: Case, areas: bool) -> dict[str, Any]:
    told = {name: case.picture[name] for name in PICTURE if name in case.picture}
    where = dict(told.get("whereabouts") or {})
    if where.get("type") in WITH_A_VICTIM and not areas:
        where.pop(AREA, None)
    return {**told, "whereabouts": where}


def _victim(victim: Victim, areas: bool) -> dict[str, Any]:
    details = victim.details or {}
    names = (*OF_A_VICTIM, AREA) if areas else OF_A_VICTIM
    told = {k: details[k] for k in names if k in details}
    if str(details.get(ADDRESS)).lower() in {*AddressFlag}:  # a limit, never the address: it goes wherever they go
        told[ADDRESS] = str(details[ADDRESS]).lower()
    return {"ref": victim.ref, "idva": victim.idva, "details": told}


def _goes(turn: Turn, item: Item) -> bool:
    """Shared, written down, not for some readers only, and not past its day."""
    limits = Restriction.parse(item.restriction)
    expires = limits.expires or item.expires
    fresh = expires is None or expires >= turn.work.now.date()
    where = item.kind == "whereabouts"
    return item.audience == ItemKind.SHARED and set(limits.kinds) <= GOES and bool(item.body) and fresh and not where


def _item(turn: Turn, item: Item) -> dict[str, Any]:
    source = Reading(turn.work, turn.panel, turn.person, turn.work.get(Case, item.case_id), None).code(item.agency_id)
    return {
        "from": f"{turn.panel.code} · {source or turn.panel.code}", "on": item.at.date().isoformat(), "kind": item.kind,
        "body": item.body, "restriction": item.restriction,
    }  # fmt: skip


def _move(row: CaseMove) -> dict[str, Any]:
    return {"on": row.at.date().isoformat(), "was": row.was, "now": row.now, "reason": row.reason}
