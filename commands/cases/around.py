"""The people linked to a case, as other journeys read them: victims, children, others at risk, by reference.

Nothing here asks who is looking, but where a function takes a `Reading`: whoever shows any of it checks access first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col

from commands.cases import record
from commands.kit.meetings import settings_of
from commands.kit.reading import Reading
from panel.codes import IdvaStatus, RestrictionKind
from panel.codes.linked import AddressFlag, LinkedRole, Relation, Standing, Support
from panel.people import Protection, unprotected
from panel.restriction import Item, Restriction, may_read
from storage.tables import Case, Linked, Panel, Victim
from storage.work import UnitOfWork

VICTIM_SIDE = Item(Restriction(RestrictionKind.IDVA), None)  # what is kept for chair and victim service


def relation(victim: Victim) -> str | None:
    """What a victim is to the subject: the code's words, or those of the books where no code says the same."""
    told = (victim.details or {}).get("relation")
    code = Relation.of(told) if told else None
    return code.label if code else told


def address(victim: Victim) -> str | None:
    """Who may know the address (never the address), for those who read what is kept apart."""
    told = (victim.details or {}).get("address")
    flag = next((flag for flag in AddressFlag if flag.value == str(told).lower()), None)
    return f"address: {flag.label.lower() if flag else told}" if told and flag is not AddressFlag.OPEN else None


def standing(victim: Victim) -> Standing:
    """How certain it is that this is a victim."""
    return Standing((victim.details or {}).get("standing") or Standing.KNOWN)


def supported(victim: Victim) -> bool:
    """Whether an IDVA or another specialist service is there for them."""
    told = (victim.details or {}).get("support")
    return victim.idva == IdvaStatus.ALLOCATED or bool(told and Support(told).given)


def without_protection(work: UnitOfWork, panel: Panel, case: Case) -> list[str]:
    """The high-risk victims of a case (by reference) with neither a MARAC date nor support."""
    return lacking(panel, record.victims(work, case))


def lacking(panel: Panel, victims: Sequence[Victim]) -> list[str]:
    """Of these victims, the references of those whom the prompt is about."""
    high = settings_of(panel).dash_high
    return [v.ref for v in victims if standing(v) is not Standing.RULED_OUT and unprotected(protection(v), high)]


def protection(victim: Victim) -> Protection:
    """What the prompt looks at."""
    told = victim.details or {}
    return Protection(told.get("dash"), len(told.get("marac") or ()), supported(victim))


def linked(work: UnitOfWork, case: Case, role: LinkedRole) -> Sequence[Linked]:
    """The children, or the others at risk, by reference."""
    return work.find(Linked, Linked.case_id == case.id, Linked.role == role, order=col(Linked.ref))


def sees_victim_side(reading: Reading) -> bool:
    """Whether this person reads what is kept for chair and victim service."""
    return reading.allowed and may_read(reading.reader, VICTIM_SIDE, reading.on)


def kept_apart(row: Victim | Linked) -> Mapping[str, Any]:
    """What chair and victim service alone read of somebody: safe contact, whether they moved, a child's own voice."""
    return (row.details or {}).get("apart") or {}
