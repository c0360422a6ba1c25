"""/actions: lists of actions by reference, day and where each stands. Their words are one press further."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam
from sqlmodel import col, or_, select

from commands.actions.cast import Cast
from commands.actions.ended import ended_since, last_panel
from commands.actions.facts import UNFINISHED, facts_many, open_actions, overdue
from commands.actions.sight import Eyes
from commands.actions.words import standing
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, section
from commands.kit.meetings import today, zone_of
from commands.kit.reading import Sight
from commands.kit.text import count, weekday
from commands.kit.turn import Turn
from commands.kit.views import leaf, modal, turns
from panel.access import Thing, Verb
from panel.actions import ActionFacts
from panel.codes import Role
from storage.tables import Action, Agency, Case

Known = Callable[..., Sequence[Action]]  # the panel's actions of some kind, under further conditions
# What somebody may be the doer of: built once, because everybody asks.
OF_THEIR_AGENCIES = select(Agency.id).where(
    Agency.panel_id == bindparam("of_panel"), col(Agency.code).in_(bindparam("codes", expanding=True))
)
THEIRS = or_(
    col(Action.assignee) == bindparam("user"),
    col(Action.second) == bindparam("user"),
    col(Action.owner_id).in_(OF_THEIR_AGENCIES),
    col(Action.owner_id).is_(None),
)
A_PAGE = 20  # actions
RECENTLY = timedelta(days=35)  # how long the list of all keeps what has ended
ENDED_OF = {"mine": "mine_ended", "agency": "agency_ended"}
TITLES = {
    "mine": "My actions",
    "agency": "My agency's actions",
    "all": "All actions",
    "mine_ended": "Ended since last panel",
    "agency_ended": "Ended since last panel",
}


class Place(NamedTuple):
    """The case of an action: its reference, and whether it has ended."""

    case: str
    ended: bool


def mine(turn: Turn) -> Answer:
    """What this person does."""
    return Show(view(turn, "mine"))


def agency(turn: Turn) -> Answer:
    """What this person's agencies own."""
    return Show(view(turn, "agency"))


def everything(turn: Turn) -> Answer:
    """Every agency's, overdue ones first: for the chair and the coordinator."""
    return Show(view(turn, "all"))


def turn_page(turn: Turn) -> Answer:
    """Another page of the list that is open."""
    return Replace(view(turn, turn.about.code or "mine", turn.about.page or 0))


def view(turn: Turn, which: str, page: int = 0) -> Block:
    """A list as a modal, within what this person may see: nothing hidden leaves a gap or a count."""
    cast = Cast(turn.work, turn.panel)
    found = SOURCES[which](turn, cast)
    late = {action.id for action in overdue(turn.work, turn.panel, found)}
    rows = sorted(found, key=lambda action: _rank(action, late))
    turn.audit("listed", f"actions:{which}", shown=len(rows))
    about = About(panel=turn.panel.id, code=which, page=page)
    number, many, shown = leaf(rows, page, A_PAGE)
    places = _places(turn, shown)
    facts = facts_many(turn.work, turn.panel, shown, agencies=cast.agencies)
    blocks = [section(_head(turn, which, len(rows), len(late))), *_elsewhere(turn, cast, which)]
    blocks += [_row(turn, places[action.case_id], action, facts[action.id]) for action in shown if action.id]
    blocks += turns(about, number, many, "actions.page")
    return modal(TITLES[which], blocks, about.but(page=number), name="actions.list")


def _head(turn: Turn, which: str, number: int, late: int) -> str:
    if which in ENDED_OF.values():
        since = weekday(today(turn.panel, _last_panel(turn)))
        return f"{count(number, 'action')} ended since {since}." if number else f"None has ended since {since}."
    return f"{count(number, 'action')}, {late} overdue." if number else "No actions here."


def _places(turn: Turn, found: Sequence[Action]) -> dict[int, Place]:
    asked = select(col(Case.id), col(Case.ref), col(Case.ended_at)).where(
        col(Case.id).in_({action.case_id for action in found})
    )
    return {key or 0: Place(ref, ended is not None) for key, ref, ended in turn.work.session.exec(asked)}


def _row(turn: Turn, place: Place, action: Action, facts: ActionFacts) -> Block:
    told = standing(facts, turn.work.now, zone_of(turn.panel), False, place.ended)
    about = About(panel=turn.panel.id, action=action.id, case=action.case_id)
    owner = f" · {facts.owner}" if turn.person.is_chair or turn.person.is_coordinator else ""
    return section(f"*{action.ref}* · {place.case}{owner}\n{told}", button("Open", "actions.open", about))


def _elsewhere(turn: Turn, cast: Cast, which: str) -> list[Block]:
    """The other lists this person has."""
    here = About(panel=turn.panel.id)
    office = turn.person.is_chair or turn.person.is_coordinator
    lists = [("mine", True), ("agency", bool(own_codes(turn))), ("all", office)]
    names = [name for name, on in lists if on and name != which]
    names += [ENDED_OF[which]] if which in ENDED_OF else []
    shown = [button(TITLES[name], f"actions.swap.{name}", here.but(code=name)) for name in names]
    shown += [button("Several at once", "actions.bulk.open", here)] if which in ("agency", "all") else []
    return [actions(*shown)] if shown else []


def _rank(action: Action, late: Collection[int | None]) -> tuple[bool, bool, object, str]:
    """Overdue first, then what is still to come by its day, then what has ended."""
    return (action.status not in UNFINISHED, action.id not in late, action.due, action.ref)


def _mine(turn: Turn, cast: Cast, known: Known = open_actions) -> Sequence[Action]:
    """Whoever does an action sees it: the cast never answers somebody to whom the case is closed."""
    found = known(turn.work, turn.panel, THEIRS, user=turn.user, of_panel=turn.panel.id, codes=list(own_codes(turn)))
    return [action for action in found if turn.user in (cast.doer(action), cast.helper(action))]


def _agency(turn: Turn, cast: Cast, known: Known = open_actions) -> Sequence[Action]:
    """An owner's own people see every action of theirs, but for cases that are closed to them."""
    own = own_agencies(turn, cast)
    turn.need(Verb.SEE_AGENCY_TRACKER, Thing(agency=cast.agencies[own[0]].code if own else None))
    return _not_closed(turn, cast, known(turn.work, turn.panel, col(Action.owner_id).in_(own)))


def _mine_ended(turn: Turn, cast: Cast) -> Sequence[Action]:
    return _mine(turn, cast, _ended(turn))


def _agency_ended(turn: Turn, cast: Cast) -> Sequence[Action]:
    return _agency(turn, cast, _ended(turn))


def _ended(turn: Turn) -> Known:
    since = _last_panel(turn)
    return lambda work, panel, *conditions, **given: ended_since(work, panel, since, *conditions, **given)


def _last_panel(turn: Turn) -> datetime:
    return last_panel(turn.work, turn.panel, today(turn.panel, turn.work.now))


def _all(turn: Turn, cast: Cast) -> Sequence[Action]:
    turn.need(Verb.SEE_TRACKER, Thing())
    recent = or_(col(Action.status).in_([*UNFINISHED]), col(Action.status_at) >= turn.work.now - RECENTLY)
    found = turn.work.find(Action, Action.panel_id == turn.panel.id, recent, order=col(Action.due))
    chair_alone = turn.person.has(Role.CHAIR) and not turn.person.agencies
    if turn.person.is_coordinator or chair_alone:  # they see at least that an action is there
        return _not_closed(turn, cast, found)
    eyes = Eyes(turn.work, turn.panel, turn.person)
    return [action for action in found if eyes.sight(action) is not Sight.NOTHING]


def _not_closed(turn: Turn, cast: Cast, found: Sequence[Action]) -> list[Action]:
    return [action for action in found if turn.user not in cast.recused[action.case_id]]


def own_codes(turn: Turn) -> set[str]:
    """The codes of the agencies somebody represents or leads."""
    theirs = (Role.REP, Role.DEPUTY, Role.LEAD, Role.DUTY)
    return {held.agency for held in turn.person.roles if held.agency and held.role in theirs}


def own_agencies(turn: Turn, cast: Cast) -> list[int]:
    """The agencies somebody represents or leads, by id."""
    codes = own_codes(turn)
    return [agency.id for agency in cast.agencies.values() if agency.code in codes and agency.id is not None]


SOURCES: dict[str, Callable[[Turn, Cast], Sequence[Action]]] = {
    "mine": _mine, "agency": _agency, "all": _all, "mine_ended": _mine_ended, "agency_ended": _agency_ended,
}  # fmt: skip
