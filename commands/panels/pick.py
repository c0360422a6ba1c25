"""Picking who holds a role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from commands.kit.answers import Answer, Back, Replace, Show
from commands.kit.blocks import section
from commands.kit.errors import NoSuchThing
from commands.kit.fields import One, Who
from commands.kit.forms import Form, ask
from commands.kit.mailboxes import both, check_outside, chosen, either, outside_choices
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from commands.panels import seats
from commands.panels.people import people_view
from panel.access import Thing, Verb
from panel.codes import Role
from storage.tables import Agency, Seat

NO_AGENCY = "none"


@dataclass
class Pick(Form):
    """Who, and for a chair from which agency."""

    name = "panels.pick"
    title = "Pick a person"
    submit = "Save"
    who: str | None = ask(Who("Who?", "It counts at once. Leave it empty if nobody is to have it.", optional=True))
    outside: str | None = ask(One("Or somebody outside Slack", "They are written to by e-mail.", optional=True), None)
    agency: str | None = ask(One("Which agency do they come from?"), None)

    @property
    def picked(self) -> str | None:
        """Who, in Slack or outside it."""
        return chosen(self.who, self.outside)

    def check(self) -> dict[str, str]:
        """Nobody is picked twice."""
        return both(self.who, self.outside)


def open_form(turn: Turn) -> Answer:
    """The form for one role; a chair's has a second question."""
    turn.need(Verb.MANAGE_PEOPLE, Thing())
    role, agency, waiting = _meant(turn)
    held = [] if waiting or role in seats.MANY else seats.seats_of(turn.work, turn.panel.id, role, agency)
    holder = held[0] if held else None
    others = [] if role in seats.IN_SLACK else outside_choices(turn.work, turn.panel.id)
    asked = ["who", *(["outside"] if others else []), *(["agency"] if role in seats.CHAIRS else [])]
    return Show(
        Pick.draw(
            turn.about,
            before=[section(_heading(turn, role, agency, waiting or holder))],
            initial={**either(holder.user_id if holder else None, "who"), "agency": _agency_value(holder)},
            choices={"agency": _agency_choices(turn), "outside": others},
            without=[name for name in Pick.questions() if name not in asked],
        )
    )


def save(turn: Turn, form: Pick) -> Answer:
    """The seat is taken, passed on or left; the list beneath shows it."""
    turn.need(Verb.MANAGE_PEOPLE, Thing())
    role, agency, waiting = _meant(turn)
    if role in seats.CHAIRS and form.agency not in (None, NO_AGENCY):
        agency = _agency(turn, int(str(form.agency)))
    if form.picked is not None:
        check_outside(turn.work, turn.panel.id, form.picked)
        seats.take(turn, role, agency, form.picked, waiting)
    else:
        _empty(turn, role, agency, waiting)
    return Back(people_view(turn))


def unseat(turn: Turn) -> Answer:
    """One of several holders is no longer one."""
    turn.need(Verb.MANAGE_PEOPLE, Thing())
    seat = turn.work.get(Seat, turn.about.row)
    if seat.panel_id != turn.panel.id or seat.role == Role.COORDINATOR:
        raise NoSuchThing
    if seat.until is None:
        seats.leave(turn, seat)
    return Replace(people_view(turn))


def _empty(turn: Turn, role: Role, agency: Agency | None, waiting: Seat | None) -> None:
    held = [waiting] if waiting else seats.seats_of(turn.work, turn.panel.id, role, agency)
    if not held or role in seats.MANY:
        raise seats.NobodyPicked(field="who")
    if role is Role.COORDINATOR:
        raise seats.NoCoordinator(field="who")
    for seat in held:
        seats.leave(turn, seat)


def _meant(turn: Turn) -> tuple[Role, Agency | None, Seat | None]:
    role = turn.code(Role)
    agency = _agency(turn, turn.about.agency) if turn.about.agency else None
    waiting = turn.work.get(Seat, turn.about.row) if turn.about.row else None
    if waiting is not None and (waiting.panel_id != turn.panel.id or waiting.until is not None):
        raise NoSuchThing
    return role, agency, waiting


def _agency(turn: Turn, key: int | None) -> Agency:
    agency = turn.work.get(Agency, key)
    if agency.panel_id != turn.panel.id:
        raise NoSuchThing
    return agency


def _heading(turn: Turn, role: Role, agency: Agency | None, seat: Seat | None) -> str:
    label = seat.label if seat and not seat.user_id else ""
    return turn.say("panels/pick", role=role.label, agency=agency.code if agency else None, label=label)


def _agency_choices(turn: Turn) -> Sequence[tuple[str, str]]:
    listed = [(str(agency.id), agency.code) for agency in agencies_of(turn.work, turn.panel)]
    return [(NO_AGENCY, "No agency of the panel"), *listed[:99]]


def _agency_value(seat: Any) -> str | None:
    if seat is None:
        return None
    return str(seat.agency_id) if seat.agency_id else NO_AGENCY
