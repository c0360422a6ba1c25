"""Leave cover: a deputy stands in for the representative, or the chair, on given days, and both are told."""

from __future__ import annotations

from datetime import date

from commands.kit.errors import Refusal
from commands.kit.meetings import today
from commands.kit.turn import Turn
from commands.panels import seats
from panel.codes import Role
from storage.tables import Agency, Seat


class NobodyToCover(Refusal):
    """There is no deputy to stand in. Pick one first, or leave the days away empty."""


class NotOver(Refusal):
    """Choose a last day from today on, or leave both empty: then nobody stands in."""


def wrong_days(first: date | None, last: date | None) -> dict[str, str]:
    """What is wrong with the days away, by question: both or neither, in their order."""
    if first is None or last is None:
        missing = {} if first is last else {"first": first, "last": last}
        return {name: "Choose both days, or leave both empty." for name, day in missing.items() if day is None}
    return {"last": "The last day can't come before the first."} if last < first else {}


def set_cover(turn: Turn, seat: Seat, agency: Agency | None, first: date | None, last: date | None) -> None:
    """Keep the days on which the deputy stands in, both included, and tell both.

    Raises NobodyToCover, NotOver.
    """
    if (seat.cover_from, seat.cover_to) == (first, last):
        return
    deputy = Role.DEPUTY_CHAIR if seat.role == Role.CHAIR else Role.DEPUTY
    deputies = [one.user_id for one in seats.seats_of(turn.work, turn.panel.id, deputy, agency) if one.user_id]
    if last is not None and not deputies:
        raise NobodyToCover(field="first")
    if last is not None and last < today(turn.panel, turn.work.now):
        raise NotOver(field="last")
    seat.cover_from, seat.cover_to = first, last
    turn.work.session.flush()
    turn.audit("cover", f"seat:{seat.id}", first=str(first or ""), last=str(last or ""))
    for to in dict.fromkeys([seat.user_id, *deputies]):
        name = f"cover:{seat.id}:{first}:{last}:{turn.work.now.isoformat()}:{to}"
        about = {"seat": seat.id, "first": str(first or ""), "last": str(last or "")}
        turn.work.owe(name, "cover", str(to), panel_id=turn.panel.id, about=about)
