"""Does everybody still have their part? Asked every quarter; who was not confirmed sees nothing until they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sqlmodel import col

from commands.kit.about import About
from commands.kit.alerts import alerted
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, section
from commands.kit.errors import NoSuchThing
from commands.kit.meetings import settings_of, today
from commands.kit.notices import Rendered, say
from commands.kit.people import agencies_by_id, person_on
from commands.kit.service import Service
from commands.kit.suspended import suspend
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.kit.waits import Waiting
from commands.kit.words import Words
from panel.access import Person, Thing, Verb, may
from panel.actions import ENDED
from panel.attest import Attesting, attesting
from panel.codes import Role
from panel.codes.trust import Suspended
from storage.outbox import Owed
from storage.tables import Action, Panel, Seat
from storage.tables.panels import AT_ONCE
from storage.work import UnitOfWork

ASKED, HELD = "access.attest", "access.on_hold"
NAME = "access.seats"


def wake(work: UnitOfWork, seat: Seat) -> None:
    """Its moment has come: the coordinator is asked, or it is on hold from now; then the next moment."""
    if seat.until is not None or seat.user_id is None or seat.suspended_at is not None:
        seat.wake_at = None
        return
    panel = work.get(Panel, seat.panel_id)
    moments = moments_of(panel, seat)
    seat.wake_at = moments.next_after(work.now)
    if moments.asks(work.now):
        ask(work, panel, seat)
    if moments.on_hold <= work.now and suspend(work, [seat], Suspended.NOT_CONFIRMED):
        about = {"seat": seat.id}
        work.owe(f"on_hold:{seat.id}:{work.now.isoformat()}", HELD, seat.user_id, panel_id=seat.panel_id, about=about)


def moments_of(panel: Panel, seat: Seat) -> Attesting:
    """When it is asked about this seat."""
    return attesting(seat.attested_at or seat.since, settings_of(panel).access)


def ask(work: UnitOfWork, panel: Panel, seat: Seat) -> None:
    """One message a day, however many seats; about the coordinator's own the chair is asked."""
    assert panel.id is not None
    role = Role.CHAIR if seat.role == Role.COORDINATOR else Role.COORDINATOR
    for user in alerted(work, panel.id, role, unless=seat.user_id):
        work.owe(f"attest:{panel.id}:{user}:{today(panel, work.now)}", ASKED, user, panel_id=panel.id)


def to_confirm(work: UnitOfWork, panel: Panel, person: Person) -> list[Seat]:
    """The seats that wait, and that this person may confirm; those on hold first."""
    held = work.find(
        Seat, Seat.panel_id == panel.id, col(Seat.until).is_(None), col(Seat.user_id).is_not(None)
    )  # fmt: skip
    waiting = [seat for seat in held if seat.suspended_at or moments_of(panel, seat).asks(work.now)]
    mine = [seat for seat in waiting if may(person, Verb.ATTEST_SEAT, thing_of_seat(work, seat))]
    return sorted(mine, key=lambda seat: (seat.suspended_at is None, seat.id))


def thing_of_seat(work: UnitOfWork, seat: Seat) -> Thing:
    """A seat, as the access rules see it."""
    agency = agencies_by_id(work, seat.panel_id).get(seat.agency_id)
    return Thing(agency=agency.code if agency else None, assignee=seat.user_id)


def show(turn: Turn) -> Answer:
    """Everybody who is to be confirmed."""
    return Show(view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page."""
    return Replace(view(turn))


def view(turn: Turn) -> Block:
    """The list, with one press for all who are as they were."""
    if not turn.person.has(Role.LEAD, Role.DUTY):
        turn.need(Verb.ATTEST_SEAT, Thing())
    seats = to_confirm(turn.work, turn.panel, turn.person)
    about = About(panel=turn.panel.id, page=turn.about.page)
    unchanged = [seat for seat in seats if seat.suspended_at is None]
    heading = [section(turn.say("access/seats_heading", seats=len(seats)))]
    if unchanged:
        newest = max(seat.id or 0 for seat in unchanged)
        every = button(
            "All still have their part", "access.attest.all", about.but(since=newest), style="primary",
            ask="Everybody on this list who is not on hold still plays this part.",
        )  # fmt: skip
        heading.append(actions(every))
    owned = _owned(turn.work, turn.panel, seats)
    parts = [heading, *[_part(turn, seat, owned.get(seat.user_id or "", 0), about) for seat in seats]]
    return paged("Who still has a part", parts, about, NAME, name=NAME)


def _part(turn: Turn, seat: Seat, actions_named: int, about: About) -> list[Block]:
    agency = agencies_by_id(turn.work, turn.panel.id).get(seat.agency_id)
    why = Suspended(seat.suspended_as).label if seat.suspended_as else None
    said = turn.say(
        "access/seat", role=Role(seat.role).label, agency=agency, seat=seat, why=why, actions=actions_named,
        due=moments_of(turn.panel, seat).on_hold,
    )  # fmt: skip
    label = "Open it again" if seat.suspended_at else "Still has it"
    return [section(said, button(label, "access.attest.one", about.but(row=seat.id)))]


def _owned(work: UnitOfWork, panel: Panel, seats: Sequence[Seat]) -> Mapping[str, int]:
    """By user, how many live actions name them."""
    users = {seat.user_id for seat in seats}
    rows = work.find(
        Action, Action.panel_id == panel.id, col(Action.assignee).in_(users), col(Action.status).not_in(ENDED)
    )
    return {user: sum(row.assignee == user for row in rows) for user in users if user}


def one(turn: Turn) -> Answer:
    """This person still has this part; what was on hold is open again."""
    seat = turn.work.get(Seat, turn.about.row)
    if seat.panel_id != turn.panel.id or seat.until is not None:
        raise NoSuchThing
    _confirm(turn, seat)
    return Replace(view(replace_page(turn)))


def everybody(turn: Turn) -> Answer:
    """All who were on the list and are not on hold. Who came on to it since is asked about another time."""
    newest = turn.about.since or 0
    for seat in to_confirm(turn.work, turn.panel, turn.person):
        if seat.suspended_at is None and (seat.id or 0) <= newest:
            _confirm(turn, seat)
    return Replace(view(replace_page(turn)))


def replace_page(turn: Turn) -> Turn:
    """The same turn, at the list's first page: it has become shorter."""
    return replace(turn, request=replace(turn.request, about=About(panel=turn.panel.id)))


def _confirm(turn: Turn, seat: Seat) -> None:
    turn.need(Verb.ATTEST_SEAT, thing_of_seat(turn.work, seat))
    was = seat.suspended_as
    seat.attested_at, seat.suspended_at, seat.suspended_as = turn.work.now, None, None
    seat.wake_at = AT_ONCE
    turn.audit("confirmed seat", f"seat:{seat.id}", role=seat.role, user=seat.user_id, was=was)
    turn.work.session.flush()


def waits(words: Words, work: UnitOfWork, panel: Panel, person: Person) -> Iterator[Waiting]:
    """For App Home: how many wait for this person's word."""
    mine = to_confirm(work, panel, person)
    if mine:
        text = words("access/seats_wait", seats=len(mine))
        yield Waiting(text, ("Look at them", "access.seats"), About(panel=panel.id))


def asked(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """How many are to be confirmed; by name they stand in the view. Not sent once there are none."""
    panel = work.get(Panel, owed.panel_id)
    waiting = to_confirm(work, panel, person_on(work, panel, owed.to))
    if not waiting:
        return None
    soonest = min(moments_of(panel, seat).on_hold for seat in waiting)
    text = service.words("access/attest", zone=panel.timezone, seats=len(waiting), soonest=soonest, now=work.now)
    return say(text, button("Look at them", "access.seats", About(panel=panel.id), style="primary"))


def on_hold(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To the person: their part is on hold, and whom to ask."""
    seat = work.get(Seat, owed.about["seat"])
    if seat.suspended_at is None or seat.until is not None:
        return None
    return say(service.words("access/on_hold", zone=work.get(Panel, seat.panel_id).timezone))
