"""/panel people: the agencies, and who holds each role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.away import away_on
from commands.kit.blocks import Block, actions, button, divider, options, section, sections
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.panels import seats
from commands.panels.mail_lines import mail_lines
from panel.access import Thing, Verb
from panel.codes import Function, Role
from storage.tables import Agency, Seat

EDIT = "edit"
LEAVES = "panels.leaves"  # the view of everybody's days away


def open_people(turn: Turn) -> Answer:
    """Everybody, those still to be picked first."""
    turn.need(Verb.MANAGE_PEOPLE, Thing())
    return Show(people_view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page, in its place."""
    turn.need(Verb.MANAGE_PEOPLE, Thing())
    return Replace(people_view(turn))


def people_view(turn: Turn) -> Block:
    """The page of the list that `turn.about` speaks of, drawn anew."""
    open_seats = seats.current(turn.work, turn.panel.id)
    agencies = agencies_of(turn.work, turn.panel)
    codes = {agency.id: agency.code for agency in agencies}
    about = About(panel=turn.panel.id, page=turn.about.page)
    held: dict[int | None, dict[str, str]] = {}
    for seat in open_seats:
        if seat.user_id:
            held.setdefault(seat.agency_id, {})[seat.role] = seat.user_id
    parts = [
        *_waiting(turn, open_seats, codes, about),
        *_of_panel(turn, open_seats, codes, about),
        *mail_lines(turn, about),
        [divider(), actions(button("Add an agency", "panels.agency.add", about), button("Days away", LEAVES, about))],
        *[_of_agency(turn, agency, held.get(agency.id, {}), about) for agency in agencies],
    ]
    return paged("Agencies and people", parts, about, "panels.people", name="panels.people")


def _waiting(
    turn: Turn, open_seats: Iterable[Seat], codes: Mapping[int | None, str], about: About
) -> Iterable[Sequence[Block]]:
    waiting = [seat for seat in open_seats if seat.user_id is None]
    if waiting:
        yield [section(turn.say("panels/waiting", seats=len(waiting)))]
    for seat in waiting:
        role, agency = Role(seat.role), codes.get(seat.agency_id)
        pick = button("Pick", "panels.pick", about.but(row=seat.id, agency=seat.agency_id, code=seat.role))
        said = turn.say("panels/seat", role=role.label, agency=agency, label=seat.label, user=None, away=False)
        yield [section(said, pick)]


def _of_panel(
    turn: Turn, open_seats: Sequence[Seat], codes: Mapping[int | None, str], about: About
) -> Iterable[Sequence[Block]]:
    yield [divider(), section("*The panel*")]
    for role in seats.OF_PANEL:
        held = [seat for seat in open_seats if seat.role == role and seat.user_id]
        for seat in held:
            said = turn.say(
                "panels/seat",
                role=role.label,
                agency=codes.get(seat.agency_id),
                label="",
                user=seat.user_id,
                away=seat.user_id in away_on(turn.work, turn.panel.id),
            )
            yield [section(said, _change(role, seat, about))]
        if not held:
            yield [section(turn.say("panels/seat", role=role.label, agency=None, label="", user=None, away=False))]
    adding = [role for role in seats.OF_PANEL if role in seats.MANY or not _held(open_seats, role)]
    yield [actions(*(button(f"Pick: {role.label}", f"panels.pick.{role}", about.but(code=role)) for role in adding))]


def _change(role: Role, seat: Seat, about: About) -> Block:
    if role in seats.MANY:
        ask = "They will no longer have this part."
        return button("End", "panels.unseat", about.but(row=seat.id), ask=ask)
    return button("Change", "panels.pick", about.but(code=role))


def _held(open_seats: Iterable[Seat], role: Role) -> bool:
    return any(seat.role == role and seat.user_id for seat in open_seats)


def _of_agency(turn: Turn, agency: Agency, users: Mapping[str, str], about: About) -> Sequence[Block]:
    roles = [(role.label, users.get(role)) for role in seats.OF_AGENCY]
    away = away_on(turn.work, turn.panel.id)
    said = turn.say("panels/agency", agency=agency, function=Function(agency.function).label, roles=roles, away=away)
    first, *more = sections(said)
    here = about.but(agency=agency.id)
    menu = [(here.but(code=role).dump(), f"{role.label} …") for role in seats.OF_AGENCY]
    overflow = {
        "type": "overflow",
        "action_id": "panels.agency",
        "options": options([*menu, (here.but(code=EDIT).dump(), "Edit the agency …")]),
    }
    return [first | {"accessory": overflow}, *more]
