"""/panel proposed: the cases of a panel that works in writing, what is proposed on each, and who has answered how."""

from __future__ import annotations

from commands.agendas.which import meeting_of
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, paragraphs, section, sections
from commands.kit.meetings import listed
from commands.kit.people import thing_of
from commands.kit.reading import Reading
from commands.kit.text import escape
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.meetings.proposed import (
    PROPOSED,
    NothingProposed,
    Proposed,
    looked_at,
    proposed_on,
    quorum_of,
    sitting_in_writing,
)
from commands.meetings.without_slack import voices_outside
from panel.access import Thing, Verb, may
from panel.codes import Decision, Written
from panel.in_writing import Standing
from storage.tables import Case, Item, Listing, Meeting


def open_list(turn: Turn) -> Answer:
    """/panel proposed. Raises NotInWriting."""
    return Show(list_view(turn, _meant(turn)))


def turn_list(turn: Turn) -> Answer:
    """Another page, or back from a case."""
    return Replace(list_view(turn, _meant(turn)))


def open_case(turn: Turn) -> Answer:
    """One case, from a message. Raises NothingProposed once there is nothing to answer."""
    meeting, case, listing = looked_at(turn)
    if listing.decision is None and proposed_on(turn.work, turn.panel, meeting, case) is None:
        raise NothingProposed
    return Show(view(turn, meeting, case))


def show_case(turn: Turn) -> Answer:
    """One case, in place of the list."""
    meeting, case, _ = looked_at(turn)
    return Replace(view(turn, meeting, case))


def list_view(turn: Turn, meeting: Meeting) -> Block:
    """The cases that are open to this person, with where each stands: no word of what anybody answered."""
    if not turn.person.agencies:
        turn.need(Verb.OPEN_BRIEFING, Thing())
    theirs = [(listing, case) for listing, case in listed(turn.work, meeting)
              if may(turn.person, Verb.OPEN_BRIEFING, thing_of(turn.work, case, meeting))]  # fmt: skip
    turn.audit("looked", f"proposed decisions of meeting:{meeting.id}", cases=len(theirs))
    about = About(panel=turn.panel.id, meeting=meeting.id, page=turn.about.page)
    rows = [_row(turn, meeting, listing, case) for listing, case in theirs]
    top = sections(turn.say("meetings/proposed_list", meeting=meeting, cases=len(theirs)))
    return paged("Proposed decisions", [top, rows], about, "meetings.proposed.list", name="meetings.proposed_list")


def view(turn: Turn, meeting: Meeting, case: Case) -> Block:
    """What is proposed and why, each agency's answer as this person may read it, and what can be done. Audited."""
    turn.need(Verb.OPEN_BRIEFING, thing_of(turn.work, case, meeting))
    listing = turn.work.rows(Listing, meeting_id=meeting.id, case_id=case.id)[0]
    proposed = proposed_on(turn.work, turn.panel, meeting, case)
    turn.audit("opened", f"proposed decision of case:{case.id}", case_id=case.id, meeting=meeting.id)
    parts = [_top(turn, meeting, case, listing, proposed)]
    if proposed is not None:
        reading = Reading(turn.work, turn.panel, turn.person, case, meeting)
        parts += [[section("*What each agency has answered*")]]
        parts += [_answer(turn, reading, code, item) for code, item in proposed.answers.items()]
    parts.append([actions(*_buttons(turn, meeting, case, listing, proposed))])
    about = About(panel=turn.panel.id, meeting=meeting.id, case=case.id, page=turn.about.page)
    return paged(f"Decision on {case.ref}"[:24], parts, about, "meetings.proposed.case", name="meetings.proposed")


def _meant(turn: Turn) -> Meeting:
    """The closing date; a meeting too, where something was proposed before the panel changed its mode."""
    meeting = meeting_of(turn)
    return meeting if turn.work.rows(Item, meeting_id=meeting.id, kind=PROPOSED) else sitting_in_writing(turn)


def seen(proposed: Proposed) -> int:
    """The newest of what stands: what a decision is given on."""
    return max(item.id or 0 for item in (proposed.item, *proposed.answers.values()) if item is not None)


def _row(turn: Turn, meeting: Meeting, listing: Listing, case: Case) -> Block:
    proposed = proposed_on(turn.work, turn.panel, meeting, case)
    said = turn.say("meetings/proposed_row", case=case, listing=listing, **_facts(turn, listing, proposed))
    about = About(panel=turn.panel.id, meeting=meeting.id, case=case.id)
    return section(said, button("Open", "meetings.proposed.show", about)) | {"block_id": case.ref}


def _facts(turn: Turn, listing: Listing, proposed: Proposed | None) -> dict[str, object]:
    answered = [code for code, item in proposed.answers.items() if item] if proposed else []
    ours = sorted(turn.person.agencies & set(proposed.answers) - set(answered)) if proposed else []
    return {
        "proposed": proposed, "standing": proposed.standing.value if proposed else None, "answered": len(answered),
        "asked": len(proposed.answers) if proposed else 0, "ours": ours,
        "decided": Decision(listing.decision).label if listing.decision else None,
    }  # fmt: skip


def _top(turn: Turn, meeting: Meeting, case: Case, listing: Listing, proposed: Proposed | None) -> list[Block]:
    quorum = quorum_of(turn.work, turn.panel, proposed) if proposed else None
    said = turn.say(
        "meetings/proposed", meeting=meeting, case=case, listing=listing, quorum=quorum,
        **_facts(turn, listing, proposed),
    )  # fmt: skip
    why = proposed.why if proposed else None
    return [*sections(said), *(paragraphs(why, "*Why* ") if why else [])]


def _answer(turn: Turn, reading: Reading, code: str, item: Item | None) -> list[Block]:
    """One agency's line. Where the answer is not for this reader it is said only that there is one."""
    if item is None:
        return [section(f"*{escape(code)}* · not yet answered")]
    if not reading.may_read(item):
        return [section(f"*{escape(code)}* · has answered")]
    said = f"*{escape(code)}* · {Written(item.kind).label.lower()}{_entered(item)}"
    return paragraphs(item.body, f"{said}\n") if item.body else [section(said)]


def _entered(item: Item) -> str:
    """By whom for whom, where the coordinator entered it."""
    told = item.details or {}
    return f", entered by <@{item.by_user}> for <@{told['entered_for']}>" if told.get("entered_for") else ""


def _buttons(turn: Turn, meeting: Meeting, case: Case, listing: Listing, proposed: Proposed | None) -> list[Block]:
    about = About(panel=turn.panel.id, meeting=meeting.id, case=case.id)
    found = []
    if listing.decision is None and meeting.record_closed_at is None:
        found = _acts(turn, about, thing_of(turn.work, case, meeting), proposed)
    found.append(button("Briefing", "agendas.open", about))
    found.append(button("Show again", "meetings.proposed.show", about))
    found.append(button("To the list", "meetings.proposed.to_list", about.but(case=None)))
    return found


def _acts(turn: Turn, about: About, thing: Thing, proposed: Proposed | None) -> list[Block]:
    found = []
    ours = turn.person.agencies & set(proposed.answers) if proposed else ()
    if proposed and ours and turn.work.now < proposed.closes:
        label = "Change our answer" if any(proposed.answers[code] for code in ours) else "Answer"
        found.append(button(label, "meetings.answer", about, style="primary"))
    if proposed and turn.work.now < proposed.closes and voices_outside(turn, proposed, thing):
        found.append(button("Answer for an agency", "meetings.answer_for", about))
    if may(turn.person, Verb.DECIDE_IN_WRITING, thing):
        if proposed and proposed.standing is Standing.READY:
            ask = "The decision stands as proposed, with every answer in the record."
            given = about.but(row=proposed.item.id, version=seen(proposed))
            found.append(button("Decide as proposed", "meetings.decide_in_writing", given, style="primary", ask=ask))
        found.append(button("Propose anew" if proposed else "Propose a decision", "meetings.propose", about))
    if proposed and proposed.standing is Standing.HELD and may(turn.person, Verb.RECORD_MEETING, Thing()):
        found.append(button("Call a meeting", "agendas.call", about.but(case=None, meeting=None)))
    return found
