"""/update: first the statement of a sitting, then the cases. Nothing is ticked beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, button, context, section
from commands.kit.fields import Many, One, Text, Tick
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of, today
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.updates import sitting
from commands.updates.current import Asked, deadline_of
from commands.updates.desk import NothingAsked, Sitting, agency_meant, meeting_meant, open_pairs, sitting_of
from panel.codes import CaseKind
from storage.tables import Agency, Meeting, Statement

PERIODS = [("12", "12 months"), ("24", "24 months"), ("36", "36 months"), ("60", "5 years"), ("120", "10 years")]
OLDER_VERSIONS = 20
MOST_SYSTEMS = 10  # checkboxes
MOST_VALUE = 150  # characters of an option's value
STATEMENTS_LOOKED_AT = 12
EACH_ON_ITS_LINE = "One a line. Names of systems only, never of people."
NAMED_FIRST = Text("Systems searched", f"{EACH_ON_ITS_LINE} Next time you tick them.", lines=True)


@dataclass
class WhatWasSearched(Form):
    """One statement for all the cases of a sitting."""

    name = "updates.statement"
    title = "What was searched"
    submit = "Go on to the cases"
    systems: Sequence[str] = ask(
        Many("Systems searched", "Tick only what was really searched, with every identifier on the list.", True), ()
    )
    other: str | None = ask(Text("Other systems searched", EACH_ON_ITS_LINE, True, lines=True, narrative=False), None)
    list_version: str = ask(One("Which version of the case list did you search with?"))
    months: str = ask(One("How far back?", choices=PERIODS))
    no_link: bool = ask(
        Tick(
            "No personal link",
            "If there is one, close this and use /panel conflict first: that case then goes to your deputy.",
            saying="Nobody who searched has a personal link to these cases",
        )
    )

    def check(self) -> dict[str, str]:
        """Without a system there is no search."""
        if self.systems or self.named_systems:
            return {}
        sentence = "Say which systems were searched: without them there is no “no trace”."
        return {"systems": sentence, "other": sentence}

    @property
    def named_systems(self) -> list[str]:
        """The systems typed in, one a line."""
        return [line.strip() for line in (self.other or "").splitlines() if line.strip()]


def open_updates(turn: Turn) -> Answer:
    """/update, and the button in the request: the statement, or the cases when it was made already."""
    meeting = meeting_meant(turn)
    agencies = agency_meant(turn)
    if not agencies or meeting.requests_sent_at is None:
        raise NothingAsked
    if len(agencies) > 1:
        return Show(which_agency(turn, agencies, meeting))
    return begin(turn, sitting_of(turn, agencies[0], meeting))


def begin(turn: Turn, here: Sitting) -> Answer:
    """The statement form, or the cases if this person made a statement today against the current list."""
    mine, closed = open_pairs(turn, here)
    made = _todays(turn, here)
    if made is not None or not mine:
        return Show(sitting.draw(turn, here, made))
    return Show(_form(turn, here, mine, closed))


def save(turn: Turn, form: WhatWasSearched) -> Answer:
    """Keep the statement and go on to the cases."""
    agency, meeting = turn.work.get(Agency, turn.about.agency), meeting_meant(turn)
    here = sitting_of(turn, agency, meeting)
    open_pairs(turn, here)
    assert meeting.id is not None and agency.id is not None
    made = turn.work.add(
        Statement(
            meeting_id=meeting.id, agency_id=agency.id, by_user=turn.user, at=turn.work.now,
            systems=[*form.systems, *form.named_systems], list_version=int(form.list_version),
            months=int(form.months), no_link=form.no_link,
        )
    )  # fmt: skip
    turn.audit("stated", f"statement:{made.id}", agency=agency.id, systems=len(made.systems), version=made.list_version)
    return Replace(sitting.draw(turn, here, made))


def _todays(turn: Turn, here: Sitting) -> Statement | None:
    made = turn.work.first(
        Statement, Statement.meeting_id == here.meeting.id, Statement.agency_id == here.agency.id,
        Statement.by_user == turn.user, Statement.list_version == here.meeting.list_version,
        order=col(Statement.id).desc(),
    )  # fmt: skip
    fresh = made is not None and today(turn.panel, made.at) == today(turn.panel, turn.work.now)
    return made if fresh else None


def _form(turn: Turn, here: Sitting, mine: Sequence[Asked], closed: int) -> Block:
    current = here.meeting.list_version or 1
    versions = range(current, max(current - OLDER_VERSIONS, 0), -1)
    numbers = settings_of(turn.panel)
    any_new = any(pair.listing.kind == CaseKind.NEW for pair in mine)
    usual = numbers.search_months_new if any_new else numbers.search_months_review
    about = About(panel=turn.panel.id, meeting=here.meeting.id, agency=here.agency.id)
    known = _usual(turn, here.agency)
    return WhatWasSearched.draw(
        about,
        initial={"months": str(usual)},
        choices={
            "systems": [(name[:MOST_VALUE], name[:75]) for name in known],
            "list_version": [(str(n), f"Version {n}" + (" (current)" if n == current else "")) for n in versions],
        },
        before=_heading(turn, here, len(mine), closed),
        without=() if known else ("systems",),
        fields={} if known else {"other": NAMED_FIRST},
    )


def _usual(turn: Turn, agency: Agency) -> list[str]:
    """The systems that this agency searches: those the coordinator listed, then those it named itself, latest first."""
    said = turn.work.few(
        Statement, STATEMENTS_LOOKED_AT, Statement.agency_id == agency.id, order=col(Statement.id).desc()
    )
    named = [name for statement in said for name in statement.systems]
    return list(dict.fromkeys([*agency.systems, *named]))[:MOST_SYSTEMS]


def _heading(turn: Turn, here: Sitting, cases: int, closed: int) -> list[Block]:
    text = turn.say(
        "updates/statement_heading", agency=here.agency, meeting=here.meeting, cases=cases,
        closed=closed, deadline=deadline_of(turn.work, here.meeting), on_behalf=here.on_behalf,
    )  # fmt: skip
    return [section(text)]


def turn_page(turn: Turn) -> Answer:
    """Another page of the agencies to choose from."""
    return Replace(which_agency(turn, agency_meant(turn), meeting_meant(turn)))


def which_agency(turn: Turn, agencies: Sequence[Agency], meeting: Meeting) -> Block:
    """Every agency that this person answers for, to choose one."""
    about = About(panel=turn.panel.id, meeting=meeting.id, page=turn.about.page)
    rows = [
        [section(f"*{agency.code}*", button("Open", "updates.agency", about.but(agency=agency.id, page=None)))]
        for agency in agencies
    ]
    return paged("Which agency?", [[context("You answer for several agencies.")], *rows], about, "updates.which")
