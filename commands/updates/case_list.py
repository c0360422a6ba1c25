"""/panel list: which cases are listed, and the version, date and route of the list that says who they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from commands.kit.about import About
from commands.kit.alerts import alerted
from commands.kit.answers import Answer, Show, Tell
from commands.kit.blocks import A_MENU, Block, sections
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.fields import Day, Find, Many, One, Tick
from commands.kit.forms import Form, ask
from commands.kit.meetings import ahead, cut_offs_of, listed, settings_of, today
from commands.kit.named import Named, choices, how_many, matching, named
from commands.kit.turn import Turn
from commands.updates.adding import TooMany, add
from commands.updates.joining import tell_version
from commands.updates.listing import HEARABLE, fit, live, put_on, take_off
from commands.updates.requests import ListRoute, send
from commands.updates.without_list import SAID
from panel.access import Thing, Verb
from panel.codes import Role
from panel.cycle import CutOff, LateReason
from storage.tables import Case, Listing, Meeting


class NotYet(Refusal):
    """The list can't carry a date to come. Give the day on which it was or is sent."""


@dataclass
class CaseList(Form):
    """The list as it goes out by the secure route: never through Slack."""

    name = "updates.list"
    title = "Case list"
    submit = "Save"
    cases: Sequence[str] = ask(Many("Cases on the list", "The others wait for a later meeting."), ())
    added: Sequence[str] = ask(
        Many("Add to the list", "Every agency is asked at once, for the same day as the others.", optional=True),
        (),
    )
    why: str | None = ask(
        One(
            "Why does it come now?",
            "Needed when you add a case.",
            optional=True,
            choices=[(each.value, each.label) for each in LateReason],
        ),
        None,
    )
    sent: date = ask(Day("Date of the list"))
    route: str = ask(One("How does it reach the agencies?", choices=[(each.value, each.label) for each in ListRoute]))
    now: bool = ask(Tick("Requests", "Otherwise they go out at their cut-off.", True, "Send the requests now"), False)

    def check(self) -> dict[str, str]:
        """A case that is added has a reason."""
        if self.added and not self.why:
            return {"why": "Say why the case comes after the requests."}
        return {"added": "Choose the case, or clear the reason below."} if self.why and not self.added else {}


def open_form(turn: Turn) -> Answer:
    """The form: before the requests the cases can be chosen, afterwards some be added or a new version be issued."""
    turn.need(Verb.ISSUE_LIST, Thing())
    meeting = _meant(turn)
    out = meeting.requests_sent_at is not None
    if how_many(turn.work, turn.panel, HEARABLE) > A_MENU:
        return Show(_searched(turn, meeting, out))
    cases = [] if out else live(turn.work, turn.panel)
    others = _addable(turn, meeting) if out and meeting.starts_at > turn.work.now else []
    chosen = (
        [str(case.id) for _, case in listed(turn.work, meeting)] if meeting.list_version else _proposed(turn, cases)
    )
    return Show(
        CaseList.draw(
            _about(turn, meeting),
            initial={"cases": chosen, **_sent(turn, meeting)},
            choices={"cases": choices(cases), "added": choices(others)},
            before=_heading(turn, meeting),
            without=_without(out, cases, others),
        )
    )


def _about(turn: Turn, meeting: Meeting) -> About:
    return About(panel=turn.panel.id, meeting=meeting.id, version=meeting.list_version or 0)


def _sent(turn: Turn, meeting: Meeting) -> dict[str, object]:
    return {"sent": today(turn.panel, turn.work.now), "route": meeting.list_route or ListRoute.SECURE_EMAIL}


def _searched(turn: Turn, meeting: Meeting, out: bool) -> Block:
    """The form of a panel with more cases than a menu holds: they are found by typing."""
    cases: Sequence[Case] = []
    if not out and not meeting.list_version:
        cases, _ = fit(live(turn.work, turn.panel), settings_of(turn.panel).capacity, {})
    elif not out:
        cases = [case for _, case in listed(turn.work, meeting)]
    asked = {name: CaseList.questions()[name] for name in ("cases", "added")}
    without = ["cases", "now"] if out else ["added", "why"]
    without += ["added", "why"] if meeting.starts_at <= turn.work.now else []
    return CaseList.draw(
        _about(turn, meeting), initial=_sent(turn, meeting), choices={"cases": choices(cases)},
        before=_heading(turn, meeting), without=without,
        fields={name: Find(each.label, each.hint, each.optional, several=True) for name, each in asked.items()},
    )  # fmt: skip


def find(turn: Turn, typed: str) -> list[tuple[str, str]]:
    """The cases that a meeting can hear with this in one of their references; what is on its list is not added."""
    turn.need(Verb.ISSUE_LIST, Thing())
    meeting = turn.work.get(Meeting, turn.about.meeting)
    if meeting.requests_sent_at:
        return choices(_addable(turn, meeting, matching(typed)))
    return choices(named(turn.work, turn.panel, HEARABLE, matching(typed)))


def _addable(turn: Turn, meeting: Meeting, *conditions: object) -> list[Named]:
    """As `adding.addable`, by reference alone."""
    there = select(Listing.case_id).where(Listing.meeting_id == meeting.id)
    return named(turn.work, turn.panel, HEARABLE, col(Case.id).not_in(there), *conditions)


def _without(out: bool, cases: Sequence[Case], others: Sequence[Named]) -> list[str]:
    """The questions that are not asked at this point of the cycle."""
    choosing = ["now"] if out else []
    choosing += ["cases"] if out or not cases else []
    return choosing if out and others else [*choosing, "added", "why"]


def save(turn: Turn, form: CaseList) -> Answer:
    """A new version, with the cases chosen before the requests or added after them."""
    turn.need(Verb.ISSUE_LIST, Thing())
    meeting = turn.work.get(Meeting, turn.about.meeting)
    if (meeting.list_version or 0) != (turn.about.version or 0):
        raise ChangedMeanwhile
    if form.sent > today(turn.panel, turn.work.now):
        raise NotYet(field="sent")
    if meeting.requests_sent_at is None:
        _first(turn, meeting, form)
    elif form.added:
        add(turn, meeting, form.added, LateReason(form.why or ""))
    else:
        meeting.list_version = (meeting.list_version or 0) + 1
        tell_version(turn.work, meeting)
    meeting.list_date, meeting.list_route = form.sent, form.route
    turn.audit("issued list", f"meeting:{meeting.id}", version=meeting.list_version)
    return Tell(turn.say("updates/list_saved", meeting=meeting, added=len(form.added)))


def _first(turn: Turn, meeting: Meeting, form: CaseList) -> None:
    """Before the requests: the cases as chosen, and the requests at once if that was ticked."""
    _choose(turn, meeting, form.cases)
    meeting.list_version, meeting.list_date, meeting.list_route = 1, form.sent, form.route
    if form.now:
        send(turn.work, turn.panel, meeting)


def no_list(turn: Turn) -> Answer:
    """“I have not had the list”: the coordinator is told that somebody has not, and sees in a view who."""
    if not turn.person.agencies:
        turn.need(Verb.SUBMIT_RETURN, Thing())
    meeting = turn.work.get(Meeting, turn.about.meeting)
    for office in alerted(turn.work, meeting.panel_id, Role.COORDINATOR):
        turn.work.owe(
            f"no_list:{meeting.id}:{meeting.list_version}:{turn.user}", "updates.no_list", office,
            panel_id=meeting.panel_id, about={"meeting": meeting.id},
        )  # fmt: skip
    turn.audit(SAID, f"meeting:{meeting.id}", version=meeting.list_version)
    return Tell(turn.say("updates/no_list_told"))


def _meant(turn: Turn) -> Meeting:
    """The one a button names, else the next."""
    if turn.about.meeting is not None:
        return turn.work.get(Meeting, turn.about.meeting)
    return ahead(turn.work, turn.panel)


def _proposed(turn: Turn, cases: Sequence[Case]) -> list[str]:
    taken, _ = fit(cases, settings_of(turn.panel).capacity, {})
    return [str(case.id) for case in taken]


def _heading(turn: Turn, meeting: Meeting) -> list[Block]:
    text = turn.say(
        "updates/list_heading", meeting=meeting, cases=[case for _, case in listed(turn.work, meeting)],
        goes_out=cut_offs_of(turn.work, meeting).get(CutOff.CASE_LIST_AND_REQUESTS),
        route=ListRoute(meeting.list_route).label if meeting.list_route else "",
    )  # fmt: skip
    return sections(text)


def _choose(turn: Turn, meeting: Meeting, chosen: Sequence[str]) -> None:
    most = settings_of(turn.panel).capacity.max_cases
    if len(chosen) > most:
        raise TooMany(field="cases", most=most)
    for listing, case in listed(turn.work, meeting):
        if str(case.id) not in chosen:
            take_off(turn.work, listing, case)
    for case in live(turn.work, turn.panel):
        if str(case.id) in chosen:
            put_on(turn.work, turn.panel, meeting, case)
