"""Acting as chair for one meeting: switched on and off by the person, and written down."""

from __future__ import annotations

from commands.agendas.which import take_seat
from commands.kit.about import About
from commands.kit.blocks import Block, button
from commands.kit.errors import NotAllowed, Refusal
from commands.kit.people import holders
from commands.kit.turn import Turn
from panel.codes import Role
from storage.tables import Meeting

DEPUTY = "The deputy chair reads and decides as chair of this meeting, and is told. This is written down."
BACK = "The deputy no longer reads and decides as chair of this meeting, and is told. This is written down."
ASK = "For this meeting you read and decide as its chair, and no longer only for your agency. This is written down."


class NotADeputy(NotAllowed):
    """Only the panel's chair or deputy chair can act as chair. Ask the coordinator to change the panel's people."""


class NoDeputy(Refusal):
    """This panel has no deputy chair. Pick one with /panel people first."""


class NotTheirs(NotAllowed):
    """Only the coordinator can say who chairs a meeting. Ask them."""


class AnotherActs(Refusal):
    """Somebody else is acting as chair of this meeting. Ask them to switch it off first."""


def acting_buttons(turn: Turn, meeting: Meeting) -> list[Block]:
    """The switch, for those who need it: a deputy chair, a chair who also stands for an agency, or the coordinator."""
    about = About(panel=turn.panel.id, meeting=meeting.id)
    if meeting.acting_chair == turn.user:
        return [button("Stop acting as chair", "agendas.not_acting", about)]
    needs_it = turn.person.has(Role.DEPUTY_CHAIR) or (turn.person.has(Role.CHAIR) and bool(turn.person.agencies))
    if needs_it:
        return [button("Act as chair", "agendas.acting", about, ask=ASK)]
    return _named_by_coordinator(turn, meeting, about) if turn.person.is_coordinator else []


def _named_by_coordinator(turn: Turn, meeting: Meeting, about: About) -> list[Block]:
    if meeting.acting_chair is not None:
        return [button("The chair chairs it", "agendas.chair_back", about, ask=BACK)]
    deputies = holders(turn.work, about.panel or 0, [Role.DEPUTY_CHAIR])
    return [button("The deputy chairs it", "agendas.deputy_chairs", about, ask=DEPUTY)] if deputies else []


def switched(turn: Turn, meeting: Meeting, *, on: bool) -> Meeting:
    """The meeting once this person does, or no longer does, act as its chair. Raises NotADeputy, AnotherActs."""
    if not turn.person.has(Role.DEPUTY_CHAIR, Role.CHAIR):
        raise NotADeputy
    if meeting.acting_chair not in (None, turn.user):
        raise AnotherActs
    return _set(turn, meeting, turn.user if on else None)


def named(turn: Turn, meeting: Meeting, *, deputy: bool) -> Meeting:
    """The meeting once the coordinator has said that the deputy chair acts as its chair, or the chair does again;
    whoever acts, or acted, is told. Raises NotAllowed, NoDeputy."""
    if not turn.person.is_coordinator:
        raise NotTheirs
    before = meeting.acting_chair
    deputies = holders(turn.work, meeting.panel_id, [Role.DEPUTY_CHAIR])
    if deputy and not deputies:
        raise NoDeputy
    made = _set(turn, meeting, deputies[0] if deputy else None)
    for to in {meeting.acting_chair or before} - {None, turn.user}:
        turn.work.owe(
            f"agenda_acting:{meeting.id}:{meeting.version}:{to}", "agenda_acting", str(to), panel_id=turn.panel.id,
            about={"meeting": meeting.id},
        )  # fmt: skip
    return made


def _set(turn: Turn, meeting: Meeting, user: str | None) -> Meeting:
    meeting.acting_chair = user
    meeting.version += 1
    turn.audit("acting_chair", f"meeting:{meeting.id}", on=user is not None, user=user)
    return take_seat(turn, meeting)
