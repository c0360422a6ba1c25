"""/panel cohort: the live cases with status and next review, or by their ranking, and how much room there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from commands.kit.named import not_closed_to
from commands.kit.text import escape
from commands.kit.turn import Turn
from commands.kit.views import leaf, leaves, modal, turns
from panel.access import Thing, Verb
from panel.codes import CaseStatus
from panel.intake import room
from panel.life import ENDED
from storage.tables import Case

A_PAGE = 10  # cases
RANKED = "ranked"
LIVE = (Case.panel_id == bindparam("panel"), col(Case.status).not_in(ENDED))
HOW_MANY = select(func.count()).where(*LIVE)


class Known(NamedTuple):
    """As much of a case as its line needs; its picture, which holds the score, only where they are ranked."""

    id: int
    ref: str
    subject_ref: str
    status: str
    next_review: date | None
    picture: dict[str, Any] = {}


LINE = [getattr(Case, name) for name in Known._fields[:-1]]


def open_list(turn: Turn) -> Answer:
    """The list, by next review."""
    return Show(_view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of it, or the other order, in its place."""
    return Replace(_view(turn))


def _view(turn: Turn) -> Block:
    turn.need(Verb.TRIAGE, Thing())
    ranked = turn.about.code == RANKED
    about = About(panel=turn.panel.id, page=turn.about.page, code=RANKED if ranked else None)
    by_status = _by_status(turn)
    total = sum(by_status.values())
    turn.audit("opened", f"cohort:{turn.panel.id}", cases=total)
    number, many = leaves(total, about.page or 0, A_PAGE)
    rows = _by_ranking(turn, number, about) if ranked else _by_review(turn, number, about)
    blocks = [
        section(top_line(turn)), context(_told(by_status)), actions(_other_order(about), _to_intake(about)), *rows,
        *turns(about, number, many, "referrals.cohort"),
    ]  # fmt: skip
    return modal("The cohort", blocks, about.but(page=number), name="referrals.cohort")


def _by_status(turn: Turn) -> Mapping[str, int]:
    """How many live cases, of those open to this person, have each status."""
    asked = select(col(Case.status), func.count()).where(*LIVE, not_closed_to(turn.user)).group_by(col(Case.status))
    return dict(turn.work.session.exec(asked, params={"panel": turn.panel.id}).all())


def _live(turn: Turn, *more: Any) -> Any:
    """The live cases without those that are closed to this person, with what a line needs and more."""
    return select(*LINE, *more).where(*LIVE, not_closed_to(turn.user))


def _known(turn: Turn, asked: Any) -> list[Known]:
    return [Known(*row) for row in turn.work.session.exec(asked, params={"panel": turn.panel.id})]


def _by_review(turn: Turn, number: int, about: About) -> list[Block]:
    """The page of this number, the first to be reviewed first; before them those for which no day is set."""
    asked = _live(turn).order_by(col(Case.next_review).nulls_first(), col(Case.ref))
    shown = _known(turn, asked.limit(A_PAGE).offset(number * A_PAGE))
    return [divider(), *(_row(case, about) for case in shown)]


def _by_ranking(turn: Turn, number: int, about: About) -> list[Block]:
    """The same by score, which stands among what is encrypted: every live case's is read, on every page."""
    cases = _ranked(_known(turn, _live(turn, Case.picture).order_by(col(Case.ref))))
    return _headed(leaf(cases, number, A_PAGE)[-1], about)


def top_line(turn: Turn) -> str:
    """How many are live, how many the panel can carry, and for how many new ones there is room."""
    capacity = settings_of(turn.panel).capacity
    live = turn.work.session.exec(HOW_MANY, params={"panel": turn.panel.id}).one()
    free = room(live, capacity.live_cohort_target, capacity.max_new)
    return turn.say("referrals/cohort", live=live, target=capacity.live_cohort_target, new=capacity.max_new, room=free)


def _told(by_status: Mapping[str, int]) -> str:
    told = sorted(f"{CaseStatus(status).label}: {number}" for status, number in by_status.items())
    return " · ".join(told) or "No live case is open to you."


def _other_order(about: About) -> Block:
    label, code = ("By next review", None) if about.code else ("By ranking", RANKED)
    return button(label, "referrals.cohort.order", about.but(page=None, code=code))


def _to_intake(about: About) -> Block:
    return button("Ranked list for intake", "referrals.intake", about.but(page=None, code=None))


def _ranked(cases: Sequence[Known]) -> list[tuple[str, Known]]:
    """Each with its method, highest first within one; methods stand apart, and those without a ranking last."""
    given = [(case, record.rfg(case)) for case in cases]
    given.sort(key=lambda one: (not one[1], one[1].method if one[1] else "", -one[1].score if one[1] else 0.0))
    return [(ranking.method if ranking else "", case) for case, ranking in given]


def _headed(shown: Sequence[tuple[str, Known]], about: About) -> list[Block]:
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
    return section(f"{said}\n{review}", button("Open", "cases.open", about.but(page=None, code=None, case=case.id)))
