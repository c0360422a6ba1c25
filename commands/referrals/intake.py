"""The ranked list for intake: an analyst's list by reference, and what of it is live, waits or was never referred."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col

from commands.cases.edit import not_ahead
from commands.kit.about import About
from commands.kit.answers import Answer, Back, Replace, Show, Wrong
from commands.kit.blocks import Block, actions, button, label, section
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.fields import Day, One, Text, Whole
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of, today
from commands.kit.people import agencies_by_id, agencies_of, recused_from
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.referrals.cohort import top_line
from commands.referrals.facts import IN_TRIAGE
from panel import intake
from panel.access import Thing, Verb
from panel.codes import CaseStatus, Tool
from panel.life import ENDED
from panel.referral import outdated
from storage.tables import Assessment, Case, Referral


class NoAgency(Refusal):
    """This panel has no agency yet that could give a list. Add it with /panel people first."""


@dataclass
class RankedList(Form):
    """The list, pasted."""

    name = "referrals.intake.enter"
    title = "A ranked list"
    by: str = ask(One("Which agency made it?"))
    method: str = ask(Text("Method", "Its name; a version after a slash, as ranking / 2.", limit=60))
    run: date = ask(Day("Run on"))
    most: int = ask(Whole("Greatest possible score", least=1, most=100_000))
    size: int | None = ask(Whole("How many are on the whole list?", optional=True, least=1, most=1_000_000))
    lines: str = ask(
        Text("Reference, score, rank", "One on each line, as K-041, 74, 3. References alone: never a name.", lines=True)
    )

    def check(self) -> dict[str, str]:
        """Each line can be read."""
        try:
            self.ranked()
        except ValueError as problem:
            return {"lines": str(problem)}
        return {}

    def ranked(self) -> list[intake.Ranked]:
        """The lines. Raises ValueError."""
        return intake.read(self.lines, self.most, self.size)


def open_list(turn: Turn) -> Answer:
    """The list that counts now."""
    return Show(_view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of it, in its place."""
    return Replace(_view(turn))


def open_form(turn: Turn) -> Answer:
    """The form for a newer one. Raises NoAgency."""
    turn.need(Verb.TRIAGE, Thing())
    agencies = [(agency.code, label(f"{agency.code} · {agency.name}")) for agency in agencies_of(turn.work, turn.panel)]
    if not agencies:
        raise NoAgency
    now = current(turn)
    return Show(RankedList.draw(About(panel=turn.panel.id, row=now.id if now else None), choices={"by": agencies}))


def save(turn: Turn, form: RankedList) -> Answer:
    """It takes the place of the one before, which is kept. Raises ChangedMeanwhile."""
    turn.need(Verb.TRIAGE, Thing())
    wrong = not_ahead(turn, form.run)
    if wrong:
        return Wrong({"run": wrong})
    before = current(turn)
    if (before.id if before else None) != turn.about.row:
        raise ChangedMeanwhile
    if before is not None:
        before.replaced_at = turn.work.now
    ranked = form.ranked()
    made = turn.work.add(
        Assessment(
            tool=Tool.RANKED_LIST, on=form.run, by_user=turn.user, at=turn.work.now,
            agency_id=next(each.id for each in agencies_of(turn.work, turn.panel) if each.code == form.by),
            details={
                "method": form.method, "max": form.most, "list_size": form.size,
                "lines": [[each.ref, each.score, each.rank] for each in ranked],
            },
        )
    )  # fmt: skip
    turn.audit("entered", f"ranked_list:{made.id}", lines=len(ranked))
    return Back(_view(turn))


def current(turn: Turn) -> Assessment | None:
    """The panel's newest list."""
    ids = list(agencies_by_id(turn.work, turn.panel.id))
    return turn.work.first(
        Assessment, Assessment.tool == Tool.RANKED_LIST, col(Assessment.agency_id).in_(ids),
        col(Assessment.replaced_at).is_(None), order=col(Assessment.id).desc(),
    )  # fmt: skip


def _view(turn: Turn) -> Block:
    turn.need(Verb.TRIAGE, Thing())
    about = About(panel=turn.panel.id, page=turn.about.page)
    now = current(turn)
    rows: Sequence[Block] = []
    if now is not None:
        turn.audit("opened", f"ranked_list:{now.id}")
        rows = _rows(turn, now)
    top = [section(top_line(turn)), section(_heading(turn, now, len(rows))), actions(_enter(about, now))]
    return paged("Ranked intake", [top, *([row] for row in rows)], about, "referrals.intake", name="referrals.intake")


def _heading(turn: Turn, now: Assessment | None, many: int) -> str:
    days = settings_of(turn.panel).scores.stale_days
    old = now is not None and outdated(now.on, today(turn.panel, turn.work.now), days)
    agency = agencies_by_id(turn.work, turn.panel.id)[now.agency_id].code if now else None
    told = (now.details or {}) if now else {}
    return turn.say("referrals/intake", now=now, told=told, many=many, by=agency, old=old, days=days)


def _enter(about: About, now: Assessment | None) -> Block:
    return button("Enter a newer list" if now else "Enter a list", "referrals.intake.enter", about.but(page=None))


def _rows(turn: Turn, now: Assessment) -> list[Block]:
    """Line by line; what is closed to this person is left out."""
    told = now.details or {}
    cases, waiting = _cases(turn), _waiting(turn)
    closed = {id for id, users in recused_from(turn.work, turn.panel.id).items() if turn.user in users}
    return [
        section(f"{rank}. *{ref}* · {score:g} of {told['max']:g} · {_standing(cases.get(ref), ref in waiting)}")
        for ref, score, rank in told["lines"]
        if ref not in cases or cases[ref].id not in closed
    ]


def _standing(case: Case | None, waiting: bool) -> str:
    """Whether the panel has it already."""
    if case is not None:
        state = CaseStatus(case.status).label
        return f"{case.ref}: {state}" if case.status in ENDED else f"live as {case.ref}: {state}"
    return "referred, waits for triage" if waiting else "*not referred*"


def _cases(turn: Turn) -> Mapping[str, Case]:
    """The panel's cases by either of their references."""
    found = turn.work.rows(Case, panel_id=turn.panel.id)
    return {ref: case for case in found for ref in (case.ref, case.subject_ref)}


def _waiting(turn: Turn) -> set[str]:
    return {row.ref for row in turn.work.rows(Referral, panel_id=turn.panel.id, status=IN_TRIAGE)}
