"""What the steering group should hear of: counts by agency, never an action or a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import section
from commands.kit.meetings import settings_of
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.reminders.figures import missed, stuck
from commands.reminders.reports import STEERING, NoFigures, meeting_meant
from panel.access import Thing, Verb
from storage.tables import Meeting


def report(turn: Turn) -> Answer:
    """Each agency that returned nothing, and for which meetings in a row; and whose actions have stayed overdue for
    too long. Raises NoFigures where there is neither an action nor a meeting to tell of."""
    turn.need(Verb.SEE_HEALTH, Thing())
    meeting, late = meeting_meant(turn), stuck(turn.work, turn.panel)
    if meeting is None and not late:
        raise NoFigures
    unreturned = missed(turn.work, turn.panel, meeting) if meeting else {}
    turn.audit("opened", f"steering:{meeting.id if meeting else ''}", agencies=len({*unreturned, *late}))
    top = turn.say(
        "reminders/steering", meeting=meeting, number=len(unreturned), late=sum(late.values()),
        panels=settings_of(turn.panel).ladder.steering_panels,
    )  # fmt: skip
    about = turn.about.but(meeting=meeting.id if meeting else None)
    rows = [[section(line)] for line in (top, *_lines(turn, unreturned, late))]
    view = paged("For the steering group", rows, about, STEERING)
    return Replace(view) if turn.about.page is not None else Show(view)


def _lines(turn: Turn, unreturned: Mapping[str, list[Meeting]], late: Mapping[str, int]) -> Iterator[str]:
    names = {agency.code: agency.name for agency in agencies_of(turn.work, turn.panel)}
    for code, meetings in unreturned.items():
        yield turn.say("reminders/steering_agency", code=code, agency=names[code], meetings=meetings)
    for code, number in sorted(late.items()):
        yield turn.say("reminders/steering_late", code=code, agency=names.get(code), number=number)
