"""/panel cohort: the live cases with status, next review and ranking, and how much room there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func
from sqlmodel import col, select

from commands.cases import record
from commands.cases.lines import line
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, context, divider, section
from commands.kit.meetings import settings_of
from commands.kit.people import recused_from
from commands.kit.text import escape
from commands.kit.turn import Turn
from commands.kit.views import leaf, modal, turns
from panel.access import Thing, Verb
from panel.codes import CaseStatus
from panel.intake import room
from panel.life import ENDED
from storage.tables import Case

A_PAGE = 15  # cases
LIVE = (Case.panel_id == bindparam("panel"), col(Case.status).not_in(ENDED))
HOW_MANY = select(func.count()).where(*LIVE)


class Known(NamedTuple):
    """As much of a case as its place among the others needs."""

    id: int
    ref: str
    subject_ref: str
    status: str
    next_review: date | None
    picture: dict[str, Any]


KNOWN = select(*(getattr(Case, name) for name in Known._fields)).where(*LIVE).order_by(col(Case.ref))


def open_list(turn: Turn) -> Answer:
    """The list."""
    return Show(_view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of it, in its place."""
    return Replace(_view(turn))


def _view(turn: Turn) -> Block:
    turn.need(Verb.TRIAGE, Thing())
    about = About(panel=turn.panel.id, page=turn.about.page)
    cases = _open_to(turn)
    turn.audit("opened", f"cohort:{turn.panel.id}", cases=len(cases))
    number, many, shown = leaf(_ranked(cases), about.page or 0, A_PAGE)
    blocks = [
        section(top_line(turn)), context(_by_status(cases)), actions(_to_intake(about)), *_rows(shown, about),
        *turns(about, number, many, "referrals.cohort"),
    ]  # fmt: skip
    return modal("The cohort", blocks, about.but(page=number), name="referrals.cohort")


def _open_to(turn: Turn) -> list[Known]:
    """The live cases, by reference, without those that are closed to this person."""
    closed = recused_from(turn.work, turn.panel.id)
    found = (Known(*row) for row in turn.work.session.exec(KNOWN, params={"panel": turn.panel.id}))
    return [case for case in found if turn.user not in closed.get(case.id, ())]


def top_line(turn: Turn) -> str:
    """How many are live, how many the panel can carry, and for how many new ones there is room."""
    capacity = settings_of(turn.panel).capacity
    live = turn.work.session.exec(HOW_MANY, params={"panel": turn.panel.id}).one()
    free = room(live, capacity.live_cohort_target, capacity.max_new)
    return turn.say("referrals/cohort", live=live, target=capacity.live_cohort_target, new=capacity.max_new, room=free)


def _by_status(cases: Sequence[Known]) -> str:
    found = Counter(CaseStatus(case.status).label for case in cases)
    return " · ".join(f"{label}: {number}" for label, number in sorted(found.items())) or "No live case is open to you."


def _to_intake(about: About) -> Block:
    return button("Ranked list for intake", "referrals.intake", about.but(page=None))


def _ranked(cases: Sequence[Known]) -> list[tuple[str, Known]]:
    """Each with its method, highest first within one; methods stand apart, and those without a ranking last."""
    given = [(case, record.rfg(case)) for case in cases]
    given.sort(key=lambda one: (not one[1], one[1].method if one[1] else "", -one[1].score if one[1] else 0.0))
    return [(ranking.method if ranking else "", case) for case, ranking in given]


def _rows(shown: Sequence[tuple[str, Known]], about: About) -> list[Block]:
    made: list[Block] = []
    for method, cases in groupby(shown, key=itemgetter(0)):
        heading = f"Ranked by {escape(method)}, highest first" if method else "Without a ranking"
        made += [divider(), context(f"*{heading}*"), *(_row(case, about) for _, case in cases)]
    return made


def _row(case: Known, about: About) -> Block:
    given = record.score(case)
    score = f"score {given['score']:g} of {given['max']:g}" if given else None
    said = line(f"*{case.ref}* · {case.subject_ref}", CaseStatus(case.status).label, score)
    review = line("Next review", case.next_review)
    return section(f"{said}\n{review}", button("Open", "cases.open", about.but(page=None, case=case.id)))
