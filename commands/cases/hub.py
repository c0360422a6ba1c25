"""The record of one case: each part with its own short form."""

from __future__ import annotations

from collections.abc import Iterable

from commands.cases import hub_pages, hub_people, hub_subject
from commands.cases.around import sees_victim_side
from commands.cases.elsewhere import SUBJECT
from commands.cases.hub_states import states
from commands.cases.hub_top import banner, heading, to_look_at
from commands.cases.lines import line
from commands.kit.about import About
from commands.kit.answers import Answer, Back, Replace, Show
from commands.kit.blocks import Block, actions, button, divider, header, section
from commands.kit.case_sections import CaseSection
from commands.kit.errors import NoMeeting
from commands.kit.meetings import in_work
from commands.kit.people import thing_of
from commands.kit.reading import Reading
from commands.kit.text import weekday
from commands.kit.turn import Turn
from commands.kit.views import paged
from panel.access import Allowed, Verb, may
from panel.codes import Decision
from storage.tables import Case, Listing, Meeting


def open_hub(turn: Turn) -> Answer:
    """Show the record of the chosen case."""
    return Show(_looked_at(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of it, in its place."""
    return Replace(_looked_at(turn))


def _looked_at(turn: Turn) -> Block:
    case = turn.case()
    thing = thing_of(turn.work, case, meeting_in_work(turn))
    if not may(turn.person, Verb.EDIT_CASE, thing):
        turn.need(Verb.PROPOSE_END, thing)
        return _door(turn, case)
    turn.audit("opened", f"case:{case.id}", case_id=case.id, section="record")
    return hub(turn, case)


def meeting_in_work(turn: Turn) -> Meeting | None:
    """The meeting whose updates and agenda are in work, if one is planned."""
    try:
        return in_work(turn.work, turn.panel)
    except NoMeeting:
        return None


def hub(turn: Turn, case: Case) -> Block:
    """The page of the record that is meant, for those who may edit it: the first view, or one of a section."""
    about = About(panel=turn.panel.id, case=case.id, page=turn.about.page)
    here = hub_pages.place_of(about)
    if here is None:
        return hub_pages.page(_at_a_glance(turn, case, about), about.but(page=0))
    top = [header(f"{case.ref} · {case.subject_ref}"), section(f"*{here.label}*")]
    registered = [draw(turn, case, about) for under, draw in turn.service.case_parts if under is here]
    return hub_pages.page([top, *_own(turn, case, about, here), *registered], about)


def _at_a_glance(turn: Turn, case: Case, about: About) -> list[list[Block]]:
    """Staff safety, where the case stands, what somebody has to look at, and a line a section."""
    parts = [[*heading(turn, case), *banner(case, about)]]
    parts += [draw(turn, case, about) for under, draw in turn.service.case_parts if under is None]
    lines = [hub_pages.line_of(each, states(turn, case, each), about) for each in CaseSection]
    return [*parts, to_look_at(turn, case, about), [divider(), *lines]]


def _own(turn: Turn, case: Case, about: About, here: CaseSection) -> list[list[Block]]:
    """The record's own parts of a section."""
    match here:
        case CaseSection.SUBJECT:
            return [
                [_part(hub_subject.facts(case), "Edit the facts", "cases.facts", about)],
                [_part(hub_subject.background(case), "Edit the background", "cases.background", about)],
                _subject(case, about),
                hub_subject.needs(case, about),
                [divider(), _part(hub_subject.other_forums(case), "Edit the forums", "cases.forums", about)],
                _equality(turn, case, about),
            ]
        case CaseSection.PEOPLE:
            apart = _keeps_apart(turn, case)
            people = hub_people.victims(turn, case, about, apart=apart)
            return [people, hub_people.linked_people(turn, case, about, apart=apart)]
        case CaseSection.ORDERS:
            return [hub_subject.orders(turn, case, about), hub_subject.dates_ahead(turn, case, about)]
        case CaseSection.COURSE:
            return [_proposal(turn, case, about)]
    return []


def back_to_case(turn: Turn, case: Case) -> Answer:
    """Close the form that was saved, and show the case beneath it anew, as far as it is open to this person."""
    whole = isinstance(may(turn.person, Verb.EDIT_CASE, thing_of(turn.work, case, meeting_in_work(turn))), Allowed)
    return Back(hub(turn, case) if whole else _door(turn, case))


def _keeps_apart(turn: Turn, case: Case) -> bool:
    """Whether they read what chair and victim service keep."""
    meeting = meeting_in_work(turn)
    if not may(turn.person, Verb.KEEP_APART, thing_of(turn.work, case, meeting)):
        return False
    return sees_victim_side(Reading(turn.work, turn.panel, turn.person, case, meeting))


def _subject(case: Case, about: About) -> list[Block]:
    here = about.but(code=SUBJECT)
    return [actions(button("The subject in another case", "cases.same", here))]


def _equality(turn: Turn, case: Case, about: About) -> list[Block]:
    if not may(turn.person, Verb.KEEP_EQUALITY, thing_of(turn.work, case)):
        return []
    return [divider(), section(hub_subject.equality(case), button("Equality fields", "cases.equality", about))]


def _door(turn: Turn, case: Case) -> Block:
    """What a representative finds here: where the case stands, and whether MAPPA leads; content is in the briefing. For
    the victim service, the doors to what it keeps."""
    about = About(panel=turn.panel.id, case=case.id)
    apart = _keeps_apart(turn, case)
    turn.audit("opened", f"case:{case.id}", case_id=case.id, section="apart" if apart else "door")
    kept = hub_people.kept_apart_alone(turn, case, about) if apart else []
    possible = actions(button("Possible new victim", "cases.possible", about))
    doors = [block for draw in turn.service.case_doors for block in draw(turn, case, about)]
    parts = [[*heading(turn, case), *_proposal(turn, case, about), possible, *doors], kept]
    return paged("The case", parts, about, "cases.turn", name="cases.record")


def _part(lines: Iterable[str], label: str, action_id: str, about: About) -> Block:
    return section("\n".join(lines), button(label, action_id, about))


def _proposal(turn: Turn, case: Case, about: About) -> list[Block]:
    meeting = meeting_in_work(turn)
    listing = meeting and turn.work.first(Listing, Listing.meeting_id == meeting.id, Listing.case_id == case.id)
    proposed = Decision(listing.proposal).label if listing and listing.proposal else "nothing"
    when = f"For the meeting on {weekday(meeting.day)}" if meeting else "For the next meeting"
    return [
        section(line(when, f"{proposed} proposed")),
        actions(button("Propose transfer or end", "cases.propose", about)),
    ]
