"""What the steering group should hear of: counts by agency, never an action or a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import section
from commands.kit.meetings import settings_of
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.reminders.figures import missed, slipped, stuck
from commands.reminders.reports import STEERING, NoFigures, meeting_meant
from panel.access import Thing, Verb
from storage.tables import Meeting


def report(turn: Turn) -> Answer:
    """Each agency that returned nothing, and for which meetings in a row; whose actions have stayed overdue for too
    long; and whose were moved back again and again. Raises NoFigures where there is nothing to tell of."""
    turn.need(Verb.SEE_HEALTH, Thing())
    meeting, late, slips = meeting_meant(turn), stuck(turn.work, turn.panel), slipped(turn.work, turn.panel)
    if meeting is None and not late and not slips:
        raise NoFigures
    unreturned = missed(turn.work, turn.panel, meeting) if meeting else {}
    turn.audit("opened", f"steering:{meeting.id if meeting else ''}", agencies=len({*unreturned, *late, *slips}))
    top = turn.say(
        "reminders/steering", meeting=meeting, number=len(unreturned), late=sum(late.values()),
        slips=sum(slips.values()), ladder=settings_of(turn.panel).ladder,
    )  # fmt: skip
    about = turn.about.but(meeting=meeting.id if meeting else None)
    rows = [[section(line)] for line in (top, *_lines(turn, unreturned, late, slips))]
    view = paged("For the steering group", rows, about, STEERING)
    return Replace(view) if turn.about.page is not None else Show(view)


def _lines(
    turn: Turn, unreturned: Mapping[str, list[Meeting]], late: Mapping[str, int], slips: Mapping[str, int]
) -> Iterator[str]:
    names = {agency.code: agency.name for agency in agencies_of(turn.work, turn.panel)}
    for code, meetings in unreturned.items():
        yield turn.say("reminders/steering_agency", code=code, agency=names[code], meetings=meetings)
    for code, number in sorted(late.items()):
        yield turn.say("reminders/steering_late", code=code, agency=names.get(code), number=number)
    for code, number in sorted(slips.items()):
        yield turn.say("reminders/steering_slips", code=code, agency=names.get(code), number=number)
