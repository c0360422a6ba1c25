"""Narrowing the audit log: to a case, a person, an agency, a kind, days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import col

from commands.audit.log import view
from commands.audit.wanted import Wanted, case_of
from commands.kit.about import About
from commands.kit.answers import Answer, Back, Show
from commands.kit.blocks import label as cut
from commands.kit.errors import Refusal
from commands.kit.fields import Day, One, Text
from commands.kit.forms import Form, ask
from commands.kit.named import named, not_closed_to
from commands.kit.people import agencies_by_id
from commands.kit.turn import Turn
from panel.access import Thing, Verb
from panel.codes import Role
from panel.codes.watching import AuditKind
from storage.tables import Case, Seat


class NotThatCase(Refusal):
    """There is no case of this panel with this reference that is open to you."""


class TheOtherWay(Refusal):
    """The last day lies before the first."""


@dataclass
class Find(Form):
    """Each answer narrows it further; none is all of it."""

    name = "audit.find.save"
    title = "Look for"
    submit = "Look"
    case: str | None = ask(Text("Case", "Its reference alone, as in MSP-26-0041.", optional=True, limit=30), None)
    person: str | None = ask(One("Person", optional=True), None)
    agency: str | None = ask(One("Anybody of an agency", optional=True), None)
    kind: str | None = ask(
        One("What they did", optional=True, choices=[(one.value, one.label) for one in AuditKind]), None
    )
    first: date | None = ask(Day("From", optional=True), None)
    last: date | None = ask(Day("Up to, that day included", optional=True), None)


def open_form(turn: Turn) -> Answer:
    """The form, as the log is narrowed now."""
    turn.need(Verb.SEE_AUDIT, Thing())
    wanted = Wanted.of(turn.about)
    people, agencies = _people(turn), _agencies(turn)
    initial = {
        "case": case_of(turn, wanted.case).ref if wanted.case else None, "person": str(wanted.seat or ""),
        "agency": str(wanted.agency or ""), "kind": wanted.kind, "first": wanted.first, "last": wanted.last,
    }  # fmt: skip
    without = [name for name, found in (("person", people), ("agency", agencies)) if not found]
    choices = {"person": people, "agency": agencies}
    return Show(Find.draw(About(panel=turn.panel.id), initial=initial, choices=choices, without=without))


def save(turn: Turn, form: Find) -> Answer:
    """The log beneath, narrowed."""
    turn.need(Verb.SEE_AUDIT, Thing())
    if form.first and form.last and form.last < form.first:
        raise TheOtherWay(field="last")
    wanted = Wanted(
        _case(turn, form.case), int(form.person) if form.person else None, int(form.agency) if form.agency else None,
        AuditKind(form.kind) if form.kind else None, form.first, form.last,
    )  # fmt: skip
    return Back(view(turn, wanted))


def _case(turn: Turn, typed: str | None) -> int | None:
    if not typed:
        return None
    found = named(turn.work, turn.panel, col(Case.ref) == typed.strip().upper(), not_closed_to(turn.user))
    if not found:
        raise NotThatCase(field="case")
    return found[0].id


def _people(turn: Turn) -> list[tuple[str, str]]:
    """Everybody who has or had a part, each once, by their part: no name is kept here."""
    agencies, found = agencies_by_id(turn.work, turn.panel.id), dict[str, tuple[str, str]]()
    for seat in turn.work.find(Seat, Seat.panel_id == turn.panel.id, col(Seat.user_id).is_not(None)):
        of = f"{agencies[seat.agency_id].code}, " if seat.agency_id else ""
        ended = "" if seat.until is None else ", until " + f"{seat.until:%d %m %Y}"
        label = f"{of}{Role(seat.role).label}{f' ({seat.label})' if seat.label else ''}{ended}"
        found[str(seat.user_id)] = (str(seat.id), cut(label))
    return sorted(found.values(), key=lambda pair: pair[1])


def _agencies(turn: Turn) -> list[tuple[str, str]]:
    return [(str(id), agency.code) for id, agency in agencies_by_id(turn.work, turn.panel.id).items()]
