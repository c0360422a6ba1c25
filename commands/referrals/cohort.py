"""/panel cohort: the live cases with status, next review and ranking, and how much room there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from commands.cases import record
from commands.cases.lines import line
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, context, divider, section
from commands.kit.meetings import settings_of
from commands.kit.people import recused_from
from commands.kit.text import escape
from commands.kit.turn import Turn
from commands.kit.views import paged
from panel.access import Thing, Verb
from panel.codes import CaseStatus
from panel.intake import room
from storage.tables import Case


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
    top = [section(top_line(turn)), context(_by_status(cases)), actions(_to_intake(about))]
    return paged("The cohort", [top, *_ranked(cases, about)], about, "referrals.cohort", name="referrals.cohort")


def _open_to(turn: Turn) -> list[Case]:
    """The live cases without those that are closed to this person."""
    closed = recused_from(turn.work, turn.panel.id)
    return [case for case in record.live(turn.work, turn.panel) if turn.user not in closed.get(case.id or 0, ())]


def top_line(turn: Turn) -> str:
    """How many are live, how many the panel can carry, and for how many new ones there is room."""
    capacity = settings_of(turn.panel).capacity
    live = len(record.live(turn.work, turn.panel))
    free = room(live, capacity.live_cohort_target, capacity.max_new)
    return turn.say("referrals/cohort", live=live, target=capacity.live_cohort_target, new=capacity.max_new, room=free)


def _by_status(cases: Sequence[Case]) -> str:
    found = Counter(CaseStatus(case.status).label for case in cases)
    return " · ".join(f"{label}: {number}" for label, number in sorted(found.items())) or "No live case is open to you."


def _to_intake(about: About) -> Block:
    return button("Ranked list for intake", "referrals.intake", about.but(page=None))


def _ranked(cases: Sequence[Case], about: About) -> list[list[Block]]:
    """Highest first within one method; methods stand apart, and those without a ranking last."""
    methods: dict[str, list[Case]] = {}
    for case in cases:
        given = record.rfg(case)
        methods.setdefault(given.method if given else "", []).append(case)
    made: list[list[Block]] = []
    for name in sorted(methods, key=lambda name: (not name, name)):
        heading = f"Ranked by {escape(name)}, highest first" if name else "Without a ranking"
        made.append([divider(), context(f"*{heading}*")])
        made += [[_row(case, about)] for case in sorted(methods[name], key=_highest_first)]
    return made


def _highest_first(case: Case) -> tuple[float, str]:
    given = record.rfg(case)
    return (-given.score if given else 0.0, case.ref)


def _row(case: Case, about: About) -> Block:
    given = record.score(case)
    score = f"score {given['score']:g} of {given['max']:g}" if given else None
    said = line(f"*{case.ref}* · {case.subject_ref}", CaseStatus(case.status).label, score)
    review = line("Next review", case.next_review)
    return section(f"{said}\n{review}", button("Open", "cases.open", about.but(page=None, case=case.id)))
