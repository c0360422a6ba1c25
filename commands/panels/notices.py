"""What the channel reads about the panel's dates, and what a person reads who was given a part."""

from __future__ import annotations

from datetime import date, datetime

from commands.kit.about import About
from commands.kit.blocks import Block, button
from commands.kit.meetings import cut_offs_of, next_after
from commands.kit.modes import called
from commands.kit.notices import Rendered, say
from commands.kit.people import seats_of
from commands.kit.service import Service
from commands.panels.mine import button_to
from commands.panels.passing import passing
from panel.cycle import CutOff
from storage.outbox import Owed
from storage.tables import Meeting, Panel, Seat
from storage.work import UnitOfWork


def moved(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """The old date, the new one, and each cut-off that moved. Not sent once the meeting has moved again."""
    meeting = work.get(Meeting, owed.about["meeting"])
    panel = work.get(Panel, meeting.panel_id)
    if meeting.status != "planned" or meeting.day.isoformat() != owed.about["new"]:
        return None
    now_at = cut_offs_of(work, meeting)
    changed = [
        (called(CutOff(name).label, meeting), datetime.fromisoformat(was), now_at[CutOff(name)])
        for name, was in owed.about["changed"].items()
    ]
    return say(
        service.words(
            "panels/moved", zone=panel.timezone, meeting=meeting, old=date.fromisoformat(owed.about["old"]),
            changed=changed, reopened=owed.about["reopened"], in_place=owed.about.get("in_place", False),
        )
    )  # fmt: skip


def cancelled(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """Which meeting is off, and which is next."""
    meeting = work.get(Meeting, owed.about["meeting"])
    panel = work.get(Panel, meeting.panel_id)
    following = next_after(work, panel, meeting.day)
    text = service.words(
        "panels/cancelled", meeting=meeting, next=following, cases=owed.about.get("cases", 0),
        in_place=owed.about.get("in_place", False),
    )  # fmt: skip
    return say(text)


def seated(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """That they have a new part, and what comes with it; which one is read in a view. Not once it is theirs no more."""
    seat = work.get(Seat, owed.about["seat"])
    if seat.until is not None or seat.user_id != owed.to:
        return None
    panel, parts = work.get(Panel, seat.panel_id), passing(work, seat)
    text = service.words("panels/seated", panel=panel.code, parts=parts)
    about = About(panel=panel.id)
    work_buttons = [button("Open the updates", "updates.open", about, style="primary")] if parts.cases else []
    work_buttons += [_my_actions(about)] if parts.agency else []
    work_buttons.append(button_to(panel.id))
    return say(text, *work_buttons, button("What I can do", "kit.open.panel", about.but(code="/panel")))


def unseated(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """That they have a part no longer, and what goes with it. Not sent if they have it again."""
    seat = work.get(Seat, owed.about["seat"])
    if seat.until is None or any(_same(seat, held) for held in seats_of(work, seat.panel_id)):
        return None
    panel, parts = work.get(Panel, seat.panel_id), passing(work, seat)
    left = any(held.user_id == owed.to for held in seats_of(work, seat.panel_id))
    text = service.words("panels/unseated", panel=panel.code, parts=parts, left=left)
    buttons = [_my_actions(About(panel=panel.id))] if parts.mine else []
    return say(text, *buttons, *([button_to(panel.id)] if left else []))


def _same(seat: Seat, held: Seat) -> bool:
    return (seat.user_id, seat.role, seat.agency_id) == (held.user_id, held.role, held.agency_id)


def _my_actions(about: About) -> Block:
    return button("Open my actions", "kit.open.actions", about.but(code="/actions"))


def live(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """Whether the panel works with real cases from now on."""
    panel = work.get(Panel, owed.about["panel"])
    if panel.live != owed.about["live"]:
        return None
    return say(service.words("panels/live", panel=panel.code, live=panel.live))
