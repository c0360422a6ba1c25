"""One agency's own sheet, to be filled in by hand: what it is asked about, and the actions it owes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commands.actions.sight import Eyes
from commands.kit.blocks import sections
from commands.kit.meetings import zone_of
from commands.kit.people import recused_from
from commands.kit.stamp import stamp_of
from commands.kit.text import weekday
from commands.kit.turn import Turn
from commands.meetings.sheet import rows
from commands.pages.marks import Line, lines
from commands.pages.pack import Pack, Sheet, mark
from commands.updates.current import Asked, deadline_of, pairs
from panel.codes import CaseKind
from storage.tables import Agency, Meeting

DOCUMENT = "sheet"
BLANK = Line("blank")
TO_TELL, OF_AN_ACTION = 5, 2  # lines to write on


def document(agency: Agency) -> str:
    """What a pass to this agency's sheet says that it opens."""
    return f"{DOCUMENT}:{agency.id}"


def drawn(turn: Turn, meeting: Meeting, agency: Agency, copy: int) -> Pack:
    """The sheet for whoever's turn it is; a case that is closed to them is not on it, and of an action they read what
    they may. `copy`: the number by which the audit log knows it."""
    asked, owed = _asked(turn, meeting, agency), _owed(turn, meeting, agency)
    first = Sheet(f"Updates of {agency.code}", _beside(turn, meeting), [*_said(turn, "top", agency=agency), *asked])
    second = Sheet(f"Actions of {agency.code}", "What it owes, those agreed last first", list(owed))
    turn.audit("opened", f"sheet of agency:{agency.id}", meeting=meeting.id, copy=copy)
    return Pack(
        f"Sheet of {agency.code}", mark(turn, copy), stamp_of(turn.panel), [first, second],
        "To be filled in by hand, and sent back by the panel's secure route.",
    )  # fmt: skip


def _beside(turn: Turn, meeting: Meeting) -> str:
    until = deadline_of(turn.work, meeting).astimezone(zone_of(turn.panel))
    return f"Panel {turn.panel.code} on {weekday(meeting.day)} · updates close {weekday(until)}, {until:%H:%M}"


def _asked(turn: Turn, meeting: Meeting, agency: Agency) -> list[Line]:
    closed = recused_from(turn.work, turn.panel.id)
    open_to_them = [
        pair for pair in pairs(turn.work, meeting, agency) if turn.user not in closed.get(pair.case.id or 0, ())
    ]
    made = [line for pair in open_to_them for line in _case(turn, pair)]
    return made or list(_said(turn, "nothing_asked"))


def _case(turn: Turn, pair: Asked) -> Iterator[Line]:
    review = None if pair.listing.kind == CaseKind.NEW else pair.listing.review_no
    yield from _said(turn, "case", case=pair.case, review=review, sent=pair.kind.label if pair.kind else None)
    yield from [BLANK] * TO_TELL


def _owed(turn: Turn, meeting: Meeting, agency: Agency) -> Iterator[Line]:
    found = rows(turn.work, turn.panel, meeting, agency, Eyes(turn.work, turn.panel, turn.person))
    yield from _said(turn, "actions", number=len(found))
    for row in found:
        yield from _said(turn, "action", row=row)
        yield from [BLANK] * OF_AN_ACTION


def _said(turn: Turn, part: str, **facts: object) -> Sequence[Line]:
    return lines(sections(turn.say("pages/sheet", part=part, **facts)))
