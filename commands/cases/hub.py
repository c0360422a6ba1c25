"""The record of one case: each part with its own short form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from commands.cases import record
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, context, divider, header, section
from commands.kit.errors import NoMeeting, NoSuchThing
from commands.kit.meetings import in_work
from commands.kit.people import thing_of
from commands.kit.text import count, escape, weekday
from commands.kit.turn import Turn
from commands.kit.views import modal, paged
from panel.access import Verb, may
from panel.codes import CaseStatus, Decision, IdvaStatus, OrderType, Route
from storage.tables import Case, CourtOrder, Listing, Meeting, Victim


def open_hub(turn: Turn) -> Answer:
    """Show the record of the chosen case."""
    return Show(_looked_at(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of it, in its place."""
    return Replace(_looked_at(turn))


def _looked_at(turn: Turn) -> Block:
    case = turn.work.get(Case, turn.about.case)
    if case.panel_id != turn.panel.id:
        raise NoSuchThing
    thing = thing_of(turn.work, case, meeting_in_work(turn))
    if not may(turn.person, Verb.EDIT_CASE, thing):
        turn.need(Verb.PROPOSE_END, thing)
        return _door(turn, case)
    turn.audit("opened", f"case:{case.id}", case_id=case.id, section="record")
    return hub(turn, case)


def meeting_in_work(turn: Turn) -> Meeting | None:
    """The meeting whose updates and agenda are in work, if one is planned."""
    try:
        return in_work(turn.work, turn.panel)
    except NoMeeting:
        return None


def hub(turn: Turn, case: Case) -> Block:
    """The whole record, for those who may edit it."""
    about = About(panel=turn.panel.id, case=case.id, page=turn.about.page)
    parts = [
        [*_top(turn, case), _part(_facts(case), "Edit the facts", "cases.facts", about)],
        [_part(_background(case), "Edit the background", "cases.background", about)],
        [_part(_score(case), "Edit the ranking", "cases.score", about)],
        [_part(_ppit(case), "Edit the PPIT result", "cases.ppit", about)],
        [divider(), section("*Victims*, by reference"), *_victims(turn, case, about)],
        [divider(), section("*Orders in force*"), *_orders(turn, case, about)],
        *(draw(turn, case, about) for draw in turn.service.case_parts),
        [divider(), *_proposal(turn, case, about)],
    ]
    return paged("The case record", parts, about, "cases.turn", name="cases.record")


def _door(turn: Turn, case: Case) -> Block:
    """What a representative finds here: no content, that is in the briefing."""
    about = About(panel=turn.panel.id, case=case.id)
    return modal("The case", [*_top(turn, case), *_proposal(turn, case, about)], about, name="cases.record")


def _top(turn: Turn, case: Case) -> list[Block]:
    lead = record.lead(turn.work, case) or "none yet"
    routes = ", ".join(Route(code).label for code in case.routes) or "not given"
    small = f"{CaseStatus(case.status).label} · Lead agency {lead} · Route: {routes}"
    return [header(f"{case.ref} · {case.subject_ref}"), context(small)]


def _part(lines: Iterable[str], label: str, action_id: str, about: About) -> Block:
    return section("\n".join(lines), button(label, action_id, about))


def _facts(case: Case) -> list[str]:
    where = record.whereabouts(case)
    return [
        "*Facts*",
        _line("Whereabouts", where.type.label, where.area),
        _line("Verified", where.verified, where.confidence and f"confidence {where.confidence.label.lower()}"),
        _line("Release", where.release),
        _line("Hearing", where.hearing),
        _line("Standing", *(code.label for code in record.standing(case))),
        _line("Risk", *(code.label for code in record.risk(case))),
    ]


def _background(case: Case) -> list[str]:
    serial = record.serial(case)
    known = serial and f"{count(serial['victims_known'], 'victim')} in {count(serial['window_months'], 'month')}"
    return [
        "*Background*",
        _line("Children", str(record.children(case))),
        _line("Victims known", known),
        _line("Staff safety", record.staff_safety(case)),
        _line("Subject aware", record.subject_aware(case).label),
    ]


def _score(case: Case) -> list[str]:
    given = record.score(case)
    if given is None:
        return ["*Police ranking*", "None given"]
    letters = " ".join(f"{letter}{given[letter]:g}" for letter in "RFGVH" if letter in given)
    rank = f"rank {given['rank']} of {given.get('list_size', '?')}" if "rank" in given else None
    return [
        "*Police ranking*, as given by its owner",
        _line("Score", f"{given['score']:g} of {given['max']:g}", letters or None, rank),
        _line("Method", given["method"], given.get("version"), date.fromisoformat(given["run"])),
        _line("Read with", given.get("caveat")),
    ]


def _ppit(case: Case) -> list[str]:
    given = record.ppit(case)
    if given is None:
        return ["*PPIT*", "None given"]
    priority = "priority" if given["priority"] else "not a priority"
    return ["*PPIT*, as given by its owner", _line("Result", f"total {given['total']}", priority, f"by {given['by']}")]


def _victims(turn: Turn, case: Case, about: About) -> list[Block]:
    rows = [
        section(_victim(victim), button("Edit", "cases.victim", about.but(row=victim.id)))
        for victim in record.victims(turn.work, case)
    ]
    return [*rows, actions(button("Add a victim", "cases.victim.add", about))]


def _victim(victim: Victim) -> str:
    told = victim.details or {}
    dash = f"DASH {told['dash']}" if "dash" in told else None
    marac = count(len(told["marac"]), "MARAC date") if told.get("marac") else None
    return _line(victim.ref, told.get("relation"), IdvaStatus(victim.idva).label, dash, marac, told.get("address"))


def _orders(turn: Turn, case: Case, about: About) -> list[Block]:
    rows = [
        section(_order(order), button("Edit", "cases.order", about.but(row=order.id)))
        for order in record.orders(turn.work, case)
    ]
    return [*rows, actions(button("Add an order", "cases.order.add", about))]


def _order(order: CourtOrder) -> str:
    told = order.details or {}
    ends = f"ends {weekday(order.ends)}" if order.ends else "no end given"
    breaches = count(told.get("breaches") or 0, "breach", "breaches")
    return _line(OrderType(told["type"]).label, told.get("beneficiary"), ends, breaches)


def _proposal(turn: Turn, case: Case, about: About) -> list[Block]:
    meeting = meeting_in_work(turn)
    listing = meeting and turn.work.first(Listing, Listing.meeting_id == meeting.id, Listing.case_id == case.id)
    proposed = Decision(listing.proposal).label if listing and listing.proposal else "nothing"
    when = f"For the meeting on {weekday(meeting.day)}" if meeting else "For the next meeting"
    return [
        section(_line(when, f"{proposed} proposed")),
        actions(button("Propose transfer or end", "cases.propose", about)),
    ]


def _line(label: str, *values: Any) -> str:
    """`Label: one · two`; what is not there is left out, and a line of nothing says so."""
    said = [weekday(value) if isinstance(value, date) else escape(str(value)) for value in values if value]
    return f"{label}: {' · '.join(said) or 'not given'}"
