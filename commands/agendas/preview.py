"""The agenda as chair and coordinator see it: with reasons, the private note, the return grid and the approval."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from commands.agendas import by_report, changes, returns
from commands.agendas.acting import acting_buttons
from commands.agendas.brief_case import fitted
from commands.agendas.facts import compiled
from commands.agendas.issue import approve, issue_again
from commands.agendas.late import late_papers
from commands.agendas.lines import Line, as_slack, issued, kept, lines_of
from commands.agendas.notices import item
from commands.agendas.reasons import in_words
from commands.agendas.which import meeting_of
from commands.cases.around import lacking
from commands.kit.about import About
from commands.kit.answers import Answer, Replace
from commands.kit.blocks import Block, actions, button, context, divider
from commands.kit.meetings import cut_offs_of, listed
from commands.kit.people import recused_from
from commands.kit.text import escape
from commands.kit.turn import Turn
from commands.kit.views import paged
from panel.access import Allowed, Thing, Verb, may
from panel.agenda import Agenda, ForChair
from panel.cycle import CutOff
from storage.tables import AgendaVersion, Meeting, Victim


def approve_now(turn: Turn) -> Answer:
    """The chair presses Approve."""
    meeting = meeting_of(turn)
    approve(turn, meeting)
    return Replace(view(turn, meeting))


def issue_once_more(turn: Turn) -> Answer:
    """The chair presses for the next version."""
    meeting = meeting_of(turn)
    issue_again(turn, meeting)
    return Replace(view(turn, meeting))


def view(turn: Turn, meeting: Meeting) -> Block:
    """The preview until the agenda is issued; afterwards the agenda that stands. Read by the office only."""
    turn.need(Verb.PREVIEW_AGENDA, Thing())
    turn.audit("previewed", f"meeting:{meeting.id}", page=turn.about.page or 0)
    about = About(panel=turn.panel.id, meeting=meeting.id, page=turn.about.page)
    shown = [*_parts(turn, meeting), [divider(), *returns.door(turn, meeting)]]
    return paged("Agenda", shown, about, "agendas.turn", name="agendas.view")


def parts(turn: Turn, meeting: Meeting) -> list[list[Block]]:
    """What a printed pack begins with: the view's parts in their order, and the returns agency by agency."""
    return [*_parts(turn, meeting), [divider(), *returns.grid(turn, meeting)]]


def _parts(turn: Turn, meeting: Meeting) -> list[list[Block]]:
    agenda = compiled(turn.work, turn.panel, meeting)
    version = issued(turn.work, meeting)
    as_it_stands = lines_of(turn.work, turn.panel, meeting, agenda)
    lines = kept(version) if version else as_it_stands
    beside = _beside(version) if version else agenda.for_chair
    closed = _closed(turn, meeting)
    open_to = replace(agenda, by_report=tuple(ref for ref in agenda.by_report if ref not in closed))
    return [
        _top(turn, meeting, open_to, version),
        by_report.blocks(turn, meeting, open_to, version),
        changes.blocks(turn, meeting, agenda, as_it_stands, closed),
        _items(turn, meeting, lines, beside, closed),
    ]


def _closed(turn: Turn, meeting: Meeting) -> set[str]:
    """The cases (by reference) that a conflict of interest closes to this person."""
    recused = recused_from(turn.work, turn.panel.id)
    return {case.ref for _, case in listed(turn.work, meeting) if turn.user in recused[case.id or 0]}


def _top(turn: Turn, meeting: Meeting, agenda: Agenda, version: AgendaVersion | None) -> list[Block]:
    locked_at = cut_offs_of(turn.work, meeting).get(CutOff.AGENDA_LOCKED)
    said = turn.say(
        "agendas/preview", meeting=meeting, version=version, agenda=agenda, locked_at=locked_at,
        late=len(late_papers(turn.work, meeting, version.issued_at if version else None)),
    )  # fmt: skip
    pressable = acting_buttons(turn, meeting)
    waits = version is None or version.approved_at is None
    if waits and isinstance(may(turn.person, Verb.APPROVE_AGENDA, Thing()), Allowed):
        ask = (
            "The agenda is issued and locked at once." if version is None else "The channel is told that you approved."
        )
        about = About(panel=turn.panel.id, meeting=meeting.id)
        pressable.insert(0, button("Approve", "agendas.approve", about, style="primary", ask=ask))
    if turn.service.address is not None:
        about = About(panel=turn.panel.id, meeting=meeting.id)
        pressable.append(button("Open the printable pack", "pages.pack", about))
    return fitted(said) + ([actions(*pressable)] if pressable else [])


def _items(
    turn: Turn, meeting: Meeting, lines: Sequence[Line], beside: Mapping[int, ForChair], closed: set[str]
) -> list[Block]:
    blocks: list[Block] = []
    prompts = _unprotected(turn, meeting)
    for line, text in zip(lines, as_slack(turn.service.words, lines, turn.panel.timezone, meeting), strict=True):
        blocks.append(item(turn.panel, meeting, line, text))
        private = beside.get(line.number, ForChair())
        why = [*map(in_words, private.reasons), *([private.note] if private.note else [])]
        why += prompts.get(line.case_id, []) if line.hearing else []
        if why and line.case not in closed:
            blocks.append(context(escape(f"For the office: {', '.join(why)}")))
    return blocks


def _unprotected(turn: Turn, meeting: Meeting) -> Mapping[int | None, list[str]]:
    """By case, the high-risk victims with neither a MARAC date nor support: somebody is to ask before the meeting."""
    rows = turn.work.rows(Victim, case_id=[case.id for _, case in listed(turn.work, meeting)])
    by_case: dict[int | None, list[Victim]] = defaultdict(list)
    for row in rows:
        by_case[row.case_id].append(row)
    found = {key: lacking(turn.panel, victims) for key, victims in by_case.items()}
    return {key: [f"{ref} has neither a MARAC date nor support" for ref in refs] for key, refs in found.items()}


def _beside(version: AgendaVersion) -> dict[int, ForChair]:
    return {row["number"]: ForChair(tuple(row["reasons"]), row["note"]) for row in version.private or ()}
