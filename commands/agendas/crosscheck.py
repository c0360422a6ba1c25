"""The agenda's cross-check: transfers in and out, which other forums sit on the listed cases, and flags that end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlmodel import col

from commands.agendas.facts import day_of_last
from commands.agendas.which import meeting_of
from commands.cases import record
from commands.cases.picture import HERE, LEADERS, forums, managed_by_mappa
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, section, sections
from commands.kit.meetings import listed, next_after
from commands.kit.people import agencies_by_id, thing_of
from commands.kit.text import count, day, escape, weekday
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.life.after import flags_expiring
from panel.access import Allowed, Thing, Verb, may
from panel.codes import Decision, OtherForum
from panel.codes.life import TransferStatus
from storage.tables import Case, Listing, Meeting, Panel, Transfer

OPEN = (TransferStatus.OFFERED, TransferStatus.ACKNOWLEDGED)
A_CYCLE = timedelta(days=35)  # where no later meeting is planned


def open_list(turn: Turn) -> Answer:
    """The item of the agenda that the button is about."""
    return Show(view(turn, meeting_of(turn)))


def turn_page(turn: Turn) -> Answer:
    """Another page of it."""
    return Replace(view(turn, meeting_of(turn)))


def view(turn: Turn, meeting: Meeting) -> Block:
    """Of the cases that are open to this person and nothing else; a representative sees their own agency's flags."""
    if not turn.person.agencies:
        turn.need(Verb.PREVIEW_AGENDA, Thing())
    cases = [row for row in listed(turn.work, meeting) if _opens(turn, row[1], meeting)]
    until = _until(turn, meeting)
    found = {
        "Transfers": [*_transfers(turn, meeting, cases), *_coming(turn)],
        "Other forums on the cases of this agenda": [*_forums(turn, meeting, cases, until)],
        f"Flags that end by {day(until)}": [*_flags(turn, meeting, until)],
    }
    turn.audit("opened", f"cross-check of meeting:{meeting.id}", lines=sum(map(len, found.values())))
    parts = [
        [section(f"*{heading}*"), *sections("\n".join(f"• {line}" for line in lines) or "None.")]
        for heading, lines in found.items()
    ]
    about = About(panel=turn.panel.id, meeting=meeting.id, page=turn.about.page)
    return paged("Cross-check", parts, about, "agendas.cross_page", name="agendas.cross")


def _opens(turn: Turn, case: Case, meeting: Meeting) -> bool:
    return isinstance(may(turn.person, Verb.OPEN_BRIEFING, thing_of(turn.work, case, meeting)), Allowed)


def _until(turn: Turn, meeting: Meeting) -> date:
    following = next_after(turn.work, turn.panel, meeting.day)
    return following.day if following else meeting.day + A_CYCLE


def _transfers(turn: Turn, meeting: Meeting, rows: Sequence[tuple[Listing, Case]]) -> Iterator[str]:
    """Proposed for this meeting, offered and not answered, and taken over with this meeting's new cases."""
    for listing, case in rows:
        if listing.proposal == Decision.TRANSFER_OUT:
            yield f"{case.ref}: proposed to another area"
    cases = {case.id: case for case in turn.work.find(Case, Case.panel_id == turn.panel.id)}
    ours = turn.work.find(Transfer, col(Transfer.case_id).in_(cases), col(Transfer.status).in_(OPEN), order=Transfer.at)
    for each in ours:
        case = cases[each.case_id]
        if _opens(turn, case, meeting):
            to = turn.work.get(Panel, each.to_panel_id).code if each.to_panel_id else "a panel elsewhere"
            yield f"{case.ref}: offered to {to}, {TransferStatus(each.status).label.lower()}"
    ids = [case.id for _, case in rows]
    for each in turn.work.find(Transfer, col(Transfer.new_case_id).in_(ids)):
        yield f"{cases[each.new_case_id].ref}: taken over from another panel"


def _coming(turn: Turn) -> Iterator[str]:
    """What other panels have offered, by number: whose it is, the coordinator opens."""
    if not (turn.person.is_coordinator or turn.person.is_chair):
        return
    waiting = turn.work.find(Transfer, Transfer.to_panel_id == turn.panel.id, col(Transfer.status).in_(OPEN))
    if waiting:
        yield f"{count(len(waiting), 'case')} offered by other panels, not yet answered"


def _forums(turn: Turn, meeting: Meeting, rows: Sequence[tuple[Listing, Case]], until: date) -> Iterator[str]:
    """Per case: where else it sits and who leads; MARAC dates from the last meeting to the next."""
    since = day_of_last(turn.work, turn.panel, meeting, rows) or meeting.day - A_CYCLE
    for _, case in rows:
        told = forums(case)
        mappa = managed_by_mappa(case)
        said = [f"{mappa}, which leads"] if mappa else []
        named = [OtherForum(code).label for code in told.get("on") or ()]
        leads = "" if mappa else f" (leads: {dict(LEADERS)[told.get('leads') or HERE]})"
        said += [f"{', '.join(named)}{leads}"] if named else []
        said += _marac(turn, case, since, until)
        if said:
            yield escape(f"{case.ref}: {'; '.join(said)}")


def _marac(turn: Turn, case: Case, since: date, until: date) -> Iterator[str]:
    for victim in record.victims(turn.work, case):
        dates = [date.fromisoformat(str(text)) for text in (victim.details or {}).get("marac") or ()]
        for when in sorted(each for each in dates if since <= each <= until):
            yield f"MARAC on {victim.ref} {weekday(when)}"


def _flags(turn: Turn, meeting: Meeting, until: date) -> Iterator[str]:
    agencies = agencies_by_id(turn.work, turn.panel.id)
    office = turn.person.is_coordinator or turn.person.is_chair
    for flag, case in flags_expiring(turn.work, turn.panel, until):
        code = agencies[flag.agency_id].code
        closed = turn.user in thing_of(turn.work, case, meeting).recused
        if not closed and (office or code in turn.person.agencies):
            yield f"{case.ref}: {code}, until {weekday(flag.until)}"
