"""The pack of a meeting: its agenda, then a sheet a case, each as this person's own views show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commands.agendas import briefing, preview
from commands.agendas.facts import compiled
from commands.agendas.lines import Line as Item
from commands.agendas.lines import issued, kept, lines_of, wall_time
from commands.kit.blocks import Block
from commands.kit.meetings import zone_of
from commands.kit.mentions import named_on_paper
from commands.kit.modes import called, in_writing
from commands.kit.people import thing_of
from commands.kit.stamp import stamp_of
from commands.kit.text import count, weekday
from commands.kit.turn import Turn
from commands.pages.marks import Line, lines
from panel.access import Allowed, Verb, may
from panel.codes import Role
from storage.tables import AgendaVersion, Case, Meeting

OPENS = (Role.CHAIR, Role.DEPUTY_CHAIR, Role.COORDINATOR, Role.INFORMATION_GOVERNANCE)  # the first is named


@dataclass(frozen=True)
class Sheet:
    """One page, or more where it is long. `beside`: small print next to its title."""

    title: str
    beside: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Pack:
    """What is printed. `mark`, `stamp` and `taken` (what for) stand on every page; `holds` says above all of it what it
    is."""

    version: str
    mark: str
    stamp: str | None
    sheets: Sequence[Sheet]
    holds: str = ""
    taken: str = ""


def drawn(turn: Turn, meeting: Meeting, copy: int) -> Pack:
    """The pack for whoever's turn it is; `copy` is the number by which the audit log knows it. A case that is closed
    to them is not in it. Each case that is in it is written down as opened."""
    version = issued(turn.work, meeting)
    items = kept(version) if version else _as_it_stands(turn, meeting)
    title = f"{called('Agenda', meeting)}: {turn.panel.code}, {weekday(meeting.day)}"
    first = Sheet(title, _standing(version), _lines(turn, preview.parts(turn, meeting)))
    cases = [_sheet(turn, meeting, item) for item in heard(items) if _may_open(turn, meeting, item)]
    holds = f"{count(len(cases), 'case')}, each on a page of its own."
    return Pack(_standing(version), mark(turn, copy), stamp_of(turn.panel), [first, *cases], holds)


def heard(items: Sequence[Item]) -> list[Item]:
    """The item under which each case is opened, in the agenda's order: where it is heard; else where it is ratified."""
    cases = {item.case_id: item for item in items if item.case_id is not None}
    cases |= {item.case_id: item for item in reversed(items) if item.case_id is not None and item.hearing}
    return sorted(cases.values(), key=lambda item: item.number)


def _as_it_stands(turn: Turn, meeting: Meeting) -> list[Item]:
    return lines_of(turn.work, turn.panel, meeting, compiled(turn.work, turn.panel, meeting))


def _standing(version: AgendaVersion | None) -> str:
    if version is None:
        return "Preview, not issued"
    approved = "approved by the chair" if version.approved_at else "the chair's approval is pending"
    return f"Version {version.version}, {approved}"


def _may_open(turn: Turn, meeting: Meeting, item: Item) -> bool:
    thing = thing_of(turn.work, turn.work.get(Case, item.case_id), meeting)
    return isinstance(may(turn.person, Verb.OPEN_BRIEFING, thing), Allowed)


def _sheet(turn: Turn, meeting: Meeting, item: Item) -> Sheet:
    case = turn.work.get(Case, item.case_id)
    turn.need(Verb.OPEN_BRIEFING, thing_of(turn.work, case, meeting))
    turn.audit("opened", f"case:{case.id}", case_id=case.id, meeting=meeting.id)
    timed = [] if in_writing(meeting) else [wall_time(item.starts_at, turn.panel.timezone), f"{item.minutes} min"]
    beside = " · ".join([f"Item {item.number}", *timed, item.title])
    return Sheet(case.ref, beside, _lines(turn, briefing.parts(turn, meeting, case)))


def _lines(turn: Turn, parts: Sequence[Sequence[Block]]) -> list[Line]:
    return lines(named_on_paper(turn.work, (block for part in parts for block in part)))


def mark(turn: Turn, copy: int) -> str:
    """Whose copy it is, without a name: their part on the panel, when, and the number in the audit log."""
    held = {role.role for role in turn.person.roles}
    part = next((role.label.lower() for role in OPENS if role in held), "member")
    now = turn.work.now.astimezone(zone_of(turn.panel))
    return f"Panel {turn.panel.code} · opened by the {part} · {weekday(now)}, {now:%H:%M} · copy {copy}"
