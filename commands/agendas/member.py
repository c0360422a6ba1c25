"""The agenda as a representative sees it: the items of the cases their agency is on, each with its briefing."""

from __future__ import annotations

from collections import Counter

from commands.agendas.acting import acting_buttons
from commands.agendas.brief_case import fitted
from commands.agendas.late import late_papers
from commands.agendas.lines import Line, as_slack, hearing, issued, kept
from commands.agendas.notices import item
from commands.kit.about import About
from commands.kit.blocks import Block, actions, button, section
from commands.kit.meetings import cut_offs_of, listed
from commands.kit.people import thing_of
from commands.kit.reading import Reading, reads_early
from commands.kit.text import count
from commands.kit.turn import Turn
from commands.kit.views import paged
from panel.access import Allowed, Thing, Verb, may
from panel.codes import Role
from panel.cycle import CutOff
from storage.tables import Case, Listing, Meeting


def view(turn: Turn, meeting: Meeting) -> Block:
    """Their part of the agenda; before it is issued, the cases without an order or times."""
    if not turn.person.agencies and not turn.person.has(Role.DEPUTY_CHAIR):
        turn.need(Verb.OPEN_BRIEFING, Thing())
    theirs = [(listing, case) for listing, case in listed(turn.work, meeting) if _open_to(turn, case, meeting)]
    turn.audit("looked", f"agenda of meeting:{meeting.id}", cases=len(theirs))
    version = issued(turn.work, meeting)
    locked_at = cut_offs_of(turn.work, meeting).get(CutOff.AGENDA_LOCKED)
    said = turn.say(
        "agendas/member",
        meeting=meeting,
        version=version,
        locked_at=locked_at,
        cases=len(theirs),
        early=reads_early(turn.person),
    )
    top = fitted(said)
    pressable = acting_buttons(turn, meeting)
    if turn.person.agencies:
        here = About(panel=turn.panel.id, meeting=meeting.id)
        pressable.append(button("Outstanding actions", "agendas.overdue", here))
        pressable.append(button("Cross-check", "agendas.cross", here))
    top += [actions(*pressable)] if pressable else []
    if version is None:
        items = [_bare(turn, meeting, listing, case) for listing, case in theirs]
    else:
        ids = {case.id for _, case in theirs}
        items = _timed(turn, meeting, [line for line in kept(version) if line.case_id in ids and line.hearing])
    about = About(panel=turn.panel.id, meeting=meeting.id, page=turn.about.page)
    return paged("Agenda", [top, items], about, "agendas.turn", name="agendas.view")


def _open_to(turn: Turn, case: Case, meeting: Meeting) -> bool:
    thing = thing_of(turn.work, case, meeting)
    return isinstance(may(turn.person, Verb.OPEN_BRIEFING, thing), Allowed)


def _bare(turn: Turn, meeting: Meeting, listing: Listing, case: Case) -> Block:
    about = About(panel=turn.panel.id, meeting=meeting.id, case=case.id)
    text = f"*{case.ref}* · {case.subject_ref} · {hearing(listing)}"
    return section(text, button("Open", "agendas.open", about)) | {"block_id": case.ref}


def _timed(turn: Turn, meeting: Meeting, lines: list[Line]) -> list[Block]:
    late = _late_by_case(turn, meeting, {line.case_id for line in lines})
    said = as_slack(turn.service.words, lines, turn.panel.timezone, meeting)
    blocks = []
    for line, text in zip(lines, said, strict=True):
        number = late[line.case_id]
        text += f" · {count(number, 'late paper')}" if number else ""
        blocks.append(item(turn.panel, meeting, line, text))
    return blocks


def _late_by_case(turn: Turn, meeting: Meeting, cases: set[int | None]) -> Counter[int | None]:
    """How many late papers they may read on each of these cases."""
    found: Counter[int | None] = Counter()
    readings: dict[int, Reading] = {}
    for paper in late_papers(turn.work, meeting):
        if paper.case_id not in cases:
            continue
        if paper.case_id not in readings:
            case = turn.work.get(Case, paper.case_id)
            readings[paper.case_id] = Reading(turn.work, turn.panel, turn.person, case, meeting)
        found[paper.case_id] += readings[paper.case_id].may_read(paper)
    return found
