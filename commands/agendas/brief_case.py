"""The briefing's facts about the case: the banner, the header, where the subject is, who is at risk, scores."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from commands.agendas.brief_pairs import pair
from commands.agendas.lines import hearing
from commands.cases import assessed, record, scored
from commands.cases.around import relation
from commands.cases.told import told
from commands.kit.blocks import Block, paragraphs, sections
from commands.kit.meetings import settings_of
from commands.kit.reading import Reading
from commands.kit.text import chunks
from commands.kit.turn import Turn
from panel.codes import Decision, Function, IdvaStatus, OrderType, Route
from panel.codes.agenda import Marking
from panel.restriction import Item, automatic, may_read
from storage.tables import Case, CourtOrder, Listing, Meeting, Victim

ADDRESS_FLAGS = {"idva_restricted": "known to the victim service alone", "hidden": "hidden from the subject"}


def opening(turn: Turn, meeting: Meeting, case: Case, listing: Listing | None, *, own_only: bool) -> list[Block]:
    """The staff-safety banner, then who and what this is."""
    said = turn.say(
        "agendas/briefing_opening",
        case=case,
        meeting=meeting,
        lead=record.lead(turn.work, case),
        own_only=own_only,
        hearing=hearing(listing) if listing else None,
        proposal=Decision(listing.proposal).label if listing and listing.proposal else None,
        routes=[Route(route).label for route in case.routes],
        aware=record.subject_aware(case).label,
        marking=marking.label if (marking := settings_of(turn.panel).marking) is not Marking.NONE else None,
    )
    return [*paragraphs(record.safety_banner(case), ":warning: *Staff safety:* "), *fitted(said)]


def subject_and_victims(turn: Turn, case: Case, reading: Reading) -> list[Block]:
    """Where the subject lives and stands, the orders in force, and the linked victims and children."""
    said = turn.say(
        "agendas/briefing_people",
        where=_whereabouts(case, reading),
        standing=[code.label for code in record.standing(case)],
        orders=[_order(row) for row in record.orders(turn.work, case)],
        victims=[_victim(row, reading) for row in record.victims(turn.work, case)],
        children=record.children(case),
        serial=record.serial(case),
    )
    return [*fitted(said), *fitted(told(turn, case, reading))]


def risk_and_scores(turn: Turn, case: Case) -> list[Block]:
    """The risk factors, and the scores as their owners gave them."""
    rfg = record.score(case)
    run = date.fromisoformat(rfg["run"]) if rfg and rfg.get("run") else None
    said = turn.say(
        "agendas/briefing_scores",
        risk=[code.label for code in record.risk(case)],
        rfg=rfg,
        run=run,
        beside=scored.beside(turn, case),
        caveat=_plain(rfg.get("caveat")) if rfg else "",
        ppits=[{**each, "evidence": _words(each)} for each in assessed.ppits(turn.work, case)],
    )
    return fitted(said)


def _words(given: Mapping[str, Any]) -> str:
    """The critical items of a PPIT, what shows them, and why: as the assessor gave them."""
    critical = ", ".join(given.get("critical") or ())
    return " ".join(" ".join(filter(None, [critical, given.get("evidence"), given.get("why")])).split())


def fitted(text: str) -> list[Block]:
    """Our lines as sections, a line with much typed into it cut between its words."""
    return sections("\n".join(piece for line in text.split("\n") for piece in chunks(line)))


def _whereabouts(case: Case, reading: Reading) -> Mapping[str, Any] | None:
    """Where the subject lives; with or near a victim it is read as what a victim service writes is."""
    where = record.whereabouts(case)
    if not may_read(reading.reader, Item(automatic(Function.OTHER, where.type), None), reading.on):
        return None
    dates = (("verified", where.verified), ("release", where.release), ("hearing", where.hearing))
    return {
        "type": where.type.label,
        "area": where.area,
        "confidence": where.confidence.label.lower() if where.confidence else None,
        "dates": [(name, day) for name, day in dates if day],
    }


def _order(row: CourtOrder) -> dict[str, Any]:
    facts = row.details or {}
    kept = {"beneficiary": facts.get("beneficiary"), "breaches": record.breaches(row)}
    return {"type": OrderType(facts.get("type", "other")).label, "ends": row.ends} | kept


def _victim(row: Victim, reading: Reading) -> dict[str, Any]:
    facts = row.details or {}
    return {
        "ref": row.ref,
        "idva": IdvaStatus(row.idva).label,
        **pair(row, apart=reading.sees_safety()),
        "relation": relation(row),
        "dash": facts.get("dash"),
        "aware": _plain(facts.get("aware")),
        "marac": [date.fromisoformat(str(text)) for text in facts.get("marac") or ()],
        # Anything about an address is for the victim service and the chair alone.
        "address": _flag(facts.get("address")) if reading.sees_safety() else "",
    }


def _flag(told: object) -> str:
    """What is said of a victim's address: a code of a file in words, or as it was typed."""
    return ADDRESS_FLAGS.get(str(told or "").lower(), _plain(told))


def _plain(told: object) -> str:
    """A code or a label of a file, as words."""
    return str(told or "").replace("_", " ").replace("-", " ")
