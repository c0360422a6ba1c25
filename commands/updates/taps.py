"""One tap a case: the two nils, and the menu beside them."""

from __future__ import annotations

from commands.kit.answers import Answer, Replace
from commands.kit.errors import NoSuchThing
from commands.kit.turn import Turn
from commands.updates import held, more, ours
from commands.updates.answers import keep, undo
from commands.updates.desk import answering_now
from commands.updates.sitting import redrawn
from panel.codes import ReturnKind
from panel.returns import ReturnDraft


def no_trace(turn: Turn) -> Answer:
    """No trace in the systems searched."""
    return _nil(turn, ReturnKind.NIL_NO_RECORD)


def known(turn: Turn) -> Answer:
    """Known before, nothing in the period."""
    return _nil(turn, ReturnKind.NIL_KNOWN_NOT_CURRENT)


def menu(turn: Turn) -> Answer:
    """What stands behind the three dots."""
    match turn.about.code:
        case "unable":
            return held.open_unable(turn)
        case "hold":
            return held.open_hold(turn)
        case "more":
            return more.open_form(turn)
        case "ours":
            return ours.show(turn)
        case "undo":
            undo(turn, answering_now(turn))
            return Replace(redrawn(turn))
        case _:  # an older release's, or tampered with: nothing is taken back for it
            raise NoSuchThing


def _nil(turn: Turn, kind: ReturnKind) -> Answer:
    here = answering_now(turn)
    draft = ReturnDraft(kind, systems=here.statement.systems, list_version=here.statement.list_version)
    keep(turn, here, draft)
    return Replace(redrawn(turn))
