"""/agenda: what it shows depends on who asks. The office previews; everybody else sees the cases they are on."""

from __future__ import annotations

from commands.agendas import by_report, member, preview
from commands.agendas.acting import named, switched
from commands.agendas.which import meeting_of
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block
from commands.kit.turn import Turn
from commands.panels.declaration import asked_first
from panel.access import Allowed, Thing, Verb, may
from storage.tables import Meeting


def open_view(turn: Turn) -> Answer:
    """The agenda of the meeting in work, or of the one the button is about."""
    return asked_first(turn) or Show(drawn(turn, meeting_of(turn)))


def turn_page(turn: Turn) -> Answer:
    """Another page of it."""
    return Replace(drawn(turn, meeting_of(turn)))


def act_as_chair(turn: Turn) -> Answer:
    """The switch is pressed on."""
    return Replace(drawn(turn, switched(turn, meeting_of(turn), on=True)))


def stop_acting(turn: Turn) -> Answer:
    """The switch is pressed off."""
    return Replace(drawn(turn, switched(turn, meeting_of(turn), on=False)))


def deputy_chairs(turn: Turn) -> Answer:
    """The coordinator: the deputy chairs this meeting."""
    return Replace(drawn(turn, named(turn, meeting_of(turn), deputy=True)))


def chair_back(turn: Turn) -> Answer:
    """The coordinator: the chair does after all."""
    return Replace(drawn(turn, named(turn, meeting_of(turn), deputy=False)))


def take_by_report(turn: Turn) -> Answer:
    """The chair agrees to take one review on paper."""
    return Replace(drawn(turn, by_report.agreed(turn, meeting_of(turn))))


def take_all_by_report(turn: Turn) -> Answer:
    """The chair agrees to every review proposed."""
    return Replace(drawn(turn, by_report.all_agreed(turn, meeting_of(turn))))


def hear_after_all(turn: Turn) -> Answer:
    """The chair takes a case off paper again."""
    return Replace(drawn(turn, by_report.back_in_the_room(turn, meeting_of(turn))))


def drawn(turn: Turn, meeting: Meeting) -> Block:
    """The view for this person."""
    if isinstance(may(turn.person, Verb.PREVIEW_AGENDA, Thing()), Allowed):
        return preview.view(turn, meeting)
    return member.view(turn, meeting)
