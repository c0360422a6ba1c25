"""Days away: entered by whoever is away, or by the coordinator for them; who stands in, and everybody concerned, is
told."""

from __future__ import annotations

from datetime import date, timedelta

from commands.kit.about import About
from commands.kit.blocks import Block, button
from commands.kit.cover import may_stand_in, standing_in
from commands.kit.errors import ChangedMeanwhile, NoSuchThing, Refusal
from commands.kit.meetings import today
from commands.kit.notices import Rendered, say
from commands.kit.people import coordinator, does_something, panels_of, seats_of
from commands.kit.service import Service
from commands.kit.turn import Turn
from commands.panels.mine import button_to
from commands.panels.people import LEAVES
from panel.access import Thing, Verb
from panel.codes import Role
from storage.outbox import Owed
from storage.tables import Leave, Panel
from storage.work import UnitOfWork

KIND = "cover"
LIST = LEAVES
A_DAY = timedelta(days=1)
LONGEST = timedelta(days=366)


class NotOver(Refusal):
    """These days are over. Choose a last day from today on."""


class TooLong(Refusal):
    """That is more than a year. Give the part to somebody else, in /panel people."""


class NotTheirs(Refusal):
    """Whoever stands in has a part where the person away has one: at the same agency, or in the panel's office. Choose
    one of them, or leave this empty."""


class NoPart(Refusal):
    """That person has no part on this panel, and no action to do."""


def leave_meant(turn: Turn) -> Leave:
    """The leave that `turn.about` speaks of: one's own, or anybody's for the coordinator. Raises NoSuchThing."""
    row = turn.work.look(Leave, turn.about.row)
    if row is None or row.panel_id != turn.panel.id or row.ended_at is not None:
        raise NoSuchThing
    may_enter(turn, row.user_id)
    return row


def may_enter(turn: Turn, user: str) -> None:
    """One's own days away are for everybody with a part to enter; somebody else's for the coordinator."""
    if user != turn.user:
        turn.need(Verb.MANAGE_PEOPLE, Thing())
    seated = any(seat.user_id == user for seat in seats_of(turn.work, turn.panel.id))
    if not seated and not does_something(turn.work, turn.panel, user):
        raise NoPart(field="who")


def keep(turn: Turn, user: str, first: date, last: date, deputy: str | None) -> None:
    """Keep somebody's days away, new or changed, both included, and tell whom it concerns.

    Raises NotOver, TooLong, NotTheirs, NoPart, ChangedMeanwhile.
    """
    row = leave_meant(turn) if turn.about.row is not None else None
    user = row.user_id if row else user
    may_enter(turn, user)
    _check(turn, user, first, last, deputy)
    if row is not None and row.version != turn.about.version:
        raise ChangedMeanwhile
    if row is not None and (row.first, row.last, row.deputy) == (first, last, deputy):
        return
    before = standing_in(turn.work, turn.panel.id, user, row.deputy) if row else []
    if row is None:
        row = turn.work.add(_new(turn, turn.panel, user, first, last, deputy))
    else:
        row.first, row.last, row.deputy, row.version = first, last, deputy, row.version + 1
    _kept(turn, turn.panel, row, before)


def keep_elsewhere(turn: Turn, first: date, last: date) -> None:
    """The same days on every other panel of this workspace on which the person who asks has a part."""
    for panel in others(turn):
        _kept(turn, panel, turn.work.add(_new(turn, panel, turn.user, first, last, None)), [])


def others(turn: Turn) -> list[Panel]:
    """The other panels on which whoever asks has a part."""
    here = panels_of(turn.work, turn.panel.enterprise_id, turn.panel.team_id, turn.user)
    return [panel for panel in here if panel.id != turn.panel.id]


def take_back(turn: Turn) -> None:
    """They are there again from today on; days that never came are as if they had not been entered."""
    row = leave_meant(turn)
    if row.version != turn.about.version:
        raise ChangedMeanwhile
    before = standing_in(turn.work, turn.panel.id, row.user_id, row.deputy)
    day = today(turn.panel, turn.work.now)
    row.version += 1
    if row.first < day <= row.last:
        row.last = day - A_DAY
    else:
        row.ended_at = turn.work.now
    _kept(turn, turn.panel, row, before)


def _check(turn: Turn, user: str, first: date, last: date, deputy: str | None) -> None:
    if last < today(turn.panel, turn.work.now):
        raise NotOver(field="last")
    if last - first > LONGEST:
        raise TooLong(field="last")
    if deputy is not None and not may_stand_in(turn.work, turn.panel.id, user, deputy):
        raise NotTheirs(field="deputy")


def _new(turn: Turn, panel: Panel, user: str, first: date, last: date, deputy: str | None) -> Leave:
    assert panel.id is not None
    return Leave(
        panel_id=panel.id, user_id=user, deputy=deputy, first=first, last=last, by_user=turn.user,
        made_at=turn.work.now,
    )  # fmt: skip


def _kept(turn: Turn, panel: Panel, row: Leave, before: list[str]) -> None:
    """Audited; told to whoever is away (unless they entered it), who stands in or did, or else to the coordinator."""
    turn.work.session.flush()
    ended = str(row.ended_at.date()) if row.ended_at else ""
    turn.audit("days_away", f"leave:{row.id}", user=row.user_id, first=str(row.first), last=str(row.last), ended=ended)
    now = standing_in(turn.work, panel.id, row.user_id, row.deputy)
    last = coordinator(turn.work, row.panel_id)
    for to in dict.fromkeys([row.user_id, *now, *before, *([last] if last and not now else [])]):
        if to != turn.user:
            about = {"leave": row.id, "version": row.version}
            turn.work.owe(f"{KIND}:{row.id}:{row.version}:{to}", KIND, to, panel_id=panel.id, about=about)


def told(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To who is away, who stands in (or no longer does), or the coordinator: from when to when. Not once it was changed
    again, or is over."""
    row = work.look(Leave, owed.about["leave"])
    if row is None or row.version != owed.about["version"]:
        return None
    panel = work.get(Panel, row.panel_id)
    stands = standing_in(work, panel.id, row.user_id, row.deputy)
    on = row.ended_at is None and row.last >= today(panel, work.now)
    part = "own" if owed.to == row.user_id else "deputy" if owed.to in stands else "office"
    if on and part == "office" and stands:
        on = False  # somebody else stands in by now
    held = {(seat.user_id, seat.role) for seat in seats_of(work, panel.id)}
    chair = (row.user_id, Role.CHAIR) in held and (owed.to, Role.DEPUTY_CHAIR) in held
    text = service.words(
        "panels/cover", panel=panel.code, leave=row, on=on, part=part, anybody=bool(stands), chair=chair
    )
    return say(text, *_doors(panel, {role for user, role in held if user == owed.to}))


def _doors(panel: Panel, roles: set[str]) -> list[Block]:
    """Where this person does what comes to them."""
    about = About(panel=panel.id)
    found = [button("Days away", LIST, about)] if Role.COORDINATOR in roles else []
    if roles & {Role.CHAIR, Role.DEPUTY_CHAIR}:
        found.append(button("Open the panel", "kit.open.panel", about.but(code="/panel")))
    if roles & {Role.REP, Role.DEPUTY}:
        found.append(button("Open the updates", "updates.open", about))
    return [*found, button_to(panel.id)]
