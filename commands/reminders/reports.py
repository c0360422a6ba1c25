"""What falls due around a meeting: that updates have closed, and the report in the middle of the cycle."""

from __future__ import annotations

from commands.cases import equality_counts
from commands.kit.about import About
from commands.kit.alerts import alerted
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, section
from commands.kit.errors import Refusal
from commands.kit.meetings import last_held, settings_of, today
from commands.kit.notices import Rendered, say
from commands.kit.service import Service
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.reminders.digest import opener
from commands.reminders.figures import by_agency, by_purpose, missed, of_panel
from commands.updates.current import counts
from panel.access import Thing, Verb
from panel.codes import Role
from storage.outbox import Owed
from storage.tables import Meeting, Panel
from storage.work import UnitOfWork

STEERING = "reminders.steering"  # the button of the report in `steering`


class NoFigures(Refusal):
    """There are no figures yet: they begin with the panel's first meeting."""


def updates_closed(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """At the deadline for updates: tell the coordinator how many are in."""
    _owe(work, panel, meeting, "updates_closed", Role.COORDINATOR)


def health(work: UnitOfWork, panel: Panel, meeting: Meeting) -> None:
    """In the middle of the cycle: the counts, to the chair and the coordinator."""
    _owe(work, panel, meeting, "health", Role.CHAIR, Role.COORDINATOR)


def _owe(work: UnitOfWork, panel: Panel, meeting: Meeting, kind: str, *roles: Role) -> None:
    assert panel.id is not None
    for to in alerted(work, panel.id, *roles):
        work.owe(f"{kind}:{meeting.id}:{meeting.day}:{to}", kind, to, panel_id=panel.id, about={"meeting": meeting.id})


def render_updates_closed(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """Returns in, of asked. Not once the panel has met, or when nobody was asked."""
    meeting = work.get(Meeting, owed.about["meeting"])
    returned, asked = counts(work, meeting)
    if not asked or meeting.status != "planned" or meeting.starts_at <= work.now:
        return None
    text = service.words("reminders/updates_closed", meeting=meeting, returned=returned, asked=asked)
    return say(text, opener("Open the board", "/panel board", About(panel=meeting.panel_id)))


def render_health(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """Actions and returns, counted; to the coordinator also how many agencies the steering group should hear of."""
    meeting = work.get(Meeting, owed.about["meeting"])
    panel = work.get(Panel, meeting.panel_id)
    figures = of_panel(by_agency(work, panel, meeting))
    if meeting.status == "cancelled" or not (figures.actions or figures.asked):
        return None
    to_coordinator = owed.to in alerted(work, meeting.panel_id, Role.COORDINATOR)
    unreturned = len(missed(work, panel, meeting))
    text = service.words(
        "reminders/health", meeting=meeting, figures=figures, missed=unreturned,
        panels=settings_of(panel).ladder.steering_panels, to_coordinator=to_coordinator,
    )  # fmt: skip
    about = About(panel=panel.id, meeting=meeting.id)
    told = [button("For the steering group", STEERING, about)] if to_coordinator and unreturned else []
    return say(text, button("Open the figures", "reminders.figures", about), *told)


def figures(turn: Turn) -> Answer:
    """The figures by agency: chair, coordinator and steering group."""
    turn.need(Verb.SEE_HEALTH, Thing())
    meeting = meeting_meant(turn)
    if meeting is None:
        raise NoFigures
    found, purposes = by_agency(turn.work, turn.panel, meeting), by_purpose(turn.work, turn.panel, meeting)
    turn.audit("opened", f"figures:{meeting.id}")
    unreturned = missed(turn.work, turn.panel, meeting)
    top = turn.say(
        "reminders/figures", meeting=meeting, figures=of_panel(found), missed=list(unreturned),
        purposes=[f"{name.label.lower()} {number}" for name, number in purposes.items()],
    )  # fmt: skip
    rows = [[section(turn.say("reminders/agency", code=code, figures=each))] for code, each in found.items()]
    view = paged(
        "Figures",
        [[section(top), _onward(turn, meeting)], *rows],
        turn.about.but(meeting=meeting.id),
        "reminders.figures",
    )
    return Replace(view) if turn.about.page is not None else Show(view)


def _onward(turn: Turn, meeting: Meeting) -> Block:
    about = turn.about.but(meeting=meeting.id, page=None)
    equality = [button("Equality figures", equality_counts.OPEN, about)] if equality_counts.offered(turn) else []
    return actions(button("For the steering group", STEERING, about), *equality)


def meeting_meant(turn: Turn) -> Meeting | None:
    """The meeting that the button is about, else the last one that was held."""
    if turn.about.meeting is not None:
        return turn.work.get(Meeting, turn.about.meeting)
    return last_held(turn.work, turn.panel, today(turn.panel, turn.work.now))
