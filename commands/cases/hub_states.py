"""Where each section of a case's record stands, in a few words for its first view."""

from __future__ import annotations

from collections.abc import Iterator

from commands.cases import record
from commands.cases.around import linked
from commands.kit.case_sections import CaseSection
from commands.kit.meetings import today
from commands.kit.text import count, weekday
from commands.kit.turn import Turn
from panel.codes.linked import LinkedRole
from panel.codes.subject import Need
from panel.upcoming import upcoming
from storage.tables import Case, CourtOrder


def states(turn: Turn, case: Case, of: CaseSection) -> list[str]:
    """What the record itself says of a section, then what the journeys registered."""
    own = {CaseSection.SUBJECT: _subject, CaseSection.PEOPLE: _people, CaseSection.ORDERS: _orders}
    said = [*own[of](turn, case)] if of in own else []
    told = [state(turn, case) for section, state in turn.service.case_states if section is of]
    return said + [each for each in told if each]


def _subject(turn: Turn, case: Case) -> Iterator[str]:
    yield record.whereabouts(case).type.label
    told = case.picture.get("needs") or {}
    yield f"{len(told)} of {len(Need)} needs asked about"


def _people(turn: Turn, case: Case) -> Iterator[str]:
    yield count(len(record.victims(turn.work, case)), "victim")
    children = len(linked(turn.work, case, LinkedRole.CHILD)) or record.children(case)
    yield count(children, "child", "children")
    others = len(linked(turn.work, case, LinkedRole.AT_RISK))
    if others:
        yield f"{count(others, 'other', 'others')} at risk"


def _orders(turn: Turn, case: Case) -> Iterator[str]:
    day = today(turn.panel, turn.work.now)
    rows = [row for row in turn.work.rows(CourtOrder, case_id=case.id) if row.ended is None]
    in_force = [row for row in rows if row.ends is None or row.ends >= day]
    yield count(len(in_force), "order")
    ends = [row.ends for row in in_force if row.ends]
    if ends:
        yield f"next lapses {weekday(min(ends))}"
    ahead = upcoming(record.dates(turn.work, case), day)
    if ahead:
        yield f"{count(len(ahead), 'date')} ahead, the first on {weekday(ahead[0].on)}"
