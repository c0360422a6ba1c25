"""Acting as chair for one meeting: switched on and off by the person, and written down."""

from __future__ import annotations

from commands.agendas.which import take_seat
from commands.kit.about import About
from commands.kit.blocks import Block, button
from commands.kit.errors import NotAllowed, Refusal
from commands.kit.turn import Turn
from panel.codes import Role
from storage.tables import Meeting

ASK = "For this meeting you read and decide as its chair, and no longer only for your agency. This is written down."


class NotADeputy(NotAllowed):
    """Only the panel's chair or deputy chair can act as chair. Ask the coordinator to change the panel's people."""


class AnotherActs(Refusal):
    """Somebody else is acting as chair of this meeting. Ask them to switch it off first."""


def acting_buttons(turn: Turn, meeting: Meeting) -> list[Block]:
    """The switch, for those who need it: a deputy chair, or a chair who also stands for an agency."""
    about = About(panel=turn.panel.id, meeting=meeting.id)
    if meeting.acting_chair == turn.user:
        return [button("Stop acting as chair", "agendas.not_acting", about)]
    needs_it = turn.person.has(Role.DEPUTY_CHAIR) or (turn.person.has(Role.CHAIR) and bool(turn.person.agencies))
    return [button("Act as chair", "agendas.acting", about, ask=ASK)] if needs_it else []


def switched(turn: Turn, meeting: Meeting, *, on: bool) -> Meeting:
    """The meeting once this person does, or no longer does, act as its chair. Raises NotADeputy, AnotherActs."""
    if not turn.person.has(Role.DEPUTY_CHAIR, Role.CHAIR):
        raise NotADeputy
    if meeting.acting_chair not in (None, turn.user):
        raise AnotherActs
    meeting.acting_chair = turn.user if on else None
    meeting.version += 1
    turn.audit("acting_chair", f"meeting:{meeting.id}", on=on)
    return take_seat(turn, meeting)
