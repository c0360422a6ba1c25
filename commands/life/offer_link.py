"""A personal link to somebody in a case that another panel offers: declared before the pack is opened, or from it. The
pack is closed to them from then on, and whoever stands in for them is told of the offer."""

from __future__ import annotations

from commands.kit.answers import Answer, Replace, Tell
from commands.kit.errors import NoSuchThing
from commands.kit.turn import Turn
from commands.kit.views import confirmation
from commands.life.receive import Settled
from commands.life.transfer import OPEN, tell_offered
from panel.access import Thing, Verb
from storage.tables import Conflict, Transfer


def declare(turn: Turn) -> Answer:
    """The button. Raises Settled, NoSuchThing."""
    turn.need(Verb.HAND_OVER_CASE, Thing())
    transfer = turn.work.get(Transfer, turn.about.row)
    if transfer.to_panel_id != turn.panel.id:
        raise NoSuchThing
    if transfer.status not in OPEN:
        raise Settled
    _close(turn, transfer)
    tell_offered(turn.work, transfer)
    said = turn.say("life/offer_closed")
    return Replace(confirmation(said, "A personal link")) if turn.request.surface == "modal" else Tell(said)


def _close(turn: Turn, transfer: Transfer) -> None:
    """On the case as it stands over there; it goes with it to the case here."""
    known = turn.work.rows(Conflict, case_id=transfer.case_id, user_id=turn.user)
    now = turn.work.now
    link = known[0] if known else turn.work.add(Conflict(case_id=transfer.case_id, user_id=turn.user, declared_at=now))
    link.declared_at, link.lifted_at = now, None
    turn.work.session.flush()
    turn.audit("declared", f"conflict:{link.id}", transfer=transfer.id)
