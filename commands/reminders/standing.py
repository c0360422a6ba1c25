"""What stands against each person of a panel: one look at the facts, from which digest and App Home are drawn."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import bindparam
from sqlmodel import col, or_, select

from commands.actions.cast import Cast
from commands.actions.facts import NOT_ENDED, ending_said, facts_many, open_actions, round_of
from commands.kit.alerts import alerted
from commands.kit.cover import there
from commands.kit.meetings import cut_offs_of
from commands.kit.people import seats_of
from commands.updates.current import Asked, by_answerer, outstanding
from panel.actions import ActionFacts, confirmer, is_live
from panel.codes import ActionStatus, Role
from panel.cycle import CutOff
from panel.digest import Line, PersonFacts
from panel.grants import Holder
from panel.ladder import PanelTime, Recipient, addressees, steps
from panel.leeway import is_delegated
from storage.tables import Action, Meeting, MoreTime, Panel, Referral
from storage.work import UnitOfWork

Part = tuple[ActionFacts, frozenset[Recipient]]
# The steering group is told by messages of its own, not every morning.
TOLD_DAILY = tuple(recipient for recipient in Recipient if recipient is not Recipient.STEERING)

OFFICE = {Role.COORDINATOR, Role.CHAIR, Role.DEPUTY_CHAIR}  # whom anything may reach
ANSWERING = {Role.REP, Role.DEPUTY}
DOING = select(Action.assignee, Action.second).where(
    Action.panel_id == bindparam("panel"), NOT_ENDED,
    or_(col(Action.assignee).is_not(None), col(Action.second).is_not(None)),
)  # fmt: skip


@dataclass
class Standing:
    """What is found on one panel, by user, while it is gathered. A line for nobody falls to the coordinator."""

    time: PanelTime
    coordinator: str | None
    actions: dict[str, list[tuple[ActionFacts, frozenset[Recipient]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    others: dict[str, Counter[Line]] = field(default_factory=lambda: defaultdict(Counter))

    def count(self, who: str | None, line: Line, number: int = 1) -> None:
        """Count something against a person; that nobody is there to be told is the coordinator's to know."""
        if who is None:
            who, line, number = self.coordinator, Line.NOBODY_TOLD, 1
        if who is not None and number:
            self.others[who][line] += number

    def people(self) -> Mapping[str, PersonFacts]:
        """Each person's facts."""
        return {
            who: PersonFacts(
                tuple((facts, parts, self.time) for facts, parts in self.actions.get(who, ())), self.others.get(who, {})
            )
            for who in sorted({*self.actions, *self.others})
        }


def on_panel(
    work: UnitOfWork, panel: Panel, only: str | None = None, *, early: bool = False
) -> Mapping[str, PersonFacts]:
    """What stands against each person of a panel now, by user. `only`: one person, for whom nothing is looked at that
    could not reach them; what is found of others then is not the whole. `early`: with the updates that are asked for
    but not yet reminded of."""
    assert panel.id is not None
    roles = {seat.role for seat in seats_of(work, panel.id) if only in (None, seat.user_id)}
    office = only is None or bool(roles & OFFICE)
    found = Standing(round_of(work, panel), next(iter(alerted(work, panel.id, Role.COORDINATOR)), None))
    _actions(work, panel, found, None if office else only)
    if office:
        _triage(work, panel, found)
    if office or roles & ANSWERING:
        for meeting in collecting(work, panel):
            _updates(work, meeting, found, early)
    return found.people()


def within_reach(work: UnitOfWork, panel: Panel) -> Sequence[str]:
    """Everybody against whom something could stand, in alphabetical order: whoever has a part, or does something that
    has not ended. Nothing is worked out: that is `on_panel`'s."""
    doing = work.session.exec(DOING.distinct(), params={"panel": panel.id})
    found = {seat.user_id for seat in seats_of(work, panel.id)}.union(*doing)
    return sorted(user for user in found if user)


def together(people: Iterable[PersonFacts]) -> PersonFacts:
    """One person's facts over all their panels."""
    all_of = list(people)
    others: Counter[Line] = Counter()
    for facts in all_of:
        others.update(facts.others)
    return PersonFacts(tuple(action for facts in all_of for action in facts.actions), others)


# ---- actions


def _actions(work: UnitOfWork, panel: Panel, found: Standing, only: str | None) -> None:
    cast = Cast(work, panel)
    rows = [row for row in open_actions(work, panel) if only is None or _reaches(cast, row, only)]
    facts = facts_many(work, panel, rows)
    asked_by, said_by = _asked_by(work, rows), ending_said(work, [row.id for row in rows if row.id])
    for row in rows:
        assert row.id is not None
        action = facts[row.id]
        if action.status is ActionStatus.REPORTED_COMPLETE:
            found.count(_confirms(cast, row, action), Line.TO_CONFIRM)
        if is_live(action):
            _reached(work, cast, row, action, found)
        if action.asked:
            found.count(_decides(cast, row, action, asked_by.get(row.id), found.time), Line.TIME_ASKED)
        if action.ending_since:
            found.count(_other_chair(cast, row, said_by[row.id].by_user), Line.END_SAID)


def _reached(work: UnitOfWork, cast: Cast, row: Action, action: ActionFacts, found: Standing) -> None:
    """Each person's parts in an action; and whether a step of its ladder had nobody to tell."""
    holders = {recipient: cast.holders(row, recipient) for recipient in TOLD_DAILY}
    parts: dict[str, set[Recipient]] = defaultdict(set)
    for recipient, users in holders.items():
        for user in users:
            parts[user].add(recipient)
    for user, his in parts.items():
        found.actions[user].append((action, frozenset(his)))
    held = {recipient for recipient, users in holders.items() if users} | {Recipient.STEERING}
    if any(addressees(step, held).missing for step in steps(action, found.time) if step.at <= work.now):
        found.count(None, Line.NOBODY_TOLD)


def _reaches(cast: Cast, row: Action, user: str) -> bool:
    return any(user in cast.holders(row, recipient) for recipient in TOLD_DAILY)


def _confirms(cast: Cast, row: Action, action: ActionFacts) -> str | None:
    """Who confirms it: never the one who reported it."""
    if confirmer(action) is Holder.COORDINATOR and row.reported_by not in cast.coordinator(row):
        return next(iter(cast.coordinator(row)), None)
    return _other_chair(cast, row, row.reported_by)


def _decides(cast: Cast, row: Action, action: ActionFacts, author: str | None, time: PanelTime) -> str | None:
    """Who decides on more time: the coordinator where the chair lets them, never whoever asked."""
    office = [user for user in cast.coordinator(row) if user != author] if is_delegated(action, time) else []
    return next(iter(office), None) or _other_chair(cast, row, author)


def _other_chair(cast: Cast, row: Action, author: str | None) -> str | None:
    """The chair, or the deputy chair where the chair prepared it; whoever of them is away is not there to be told."""
    return next((user for user in cast.chair(row, unless=author) if not cast.is_away(user)), None)


def _asked_by(work: UnitOfWork, rows: Iterable[Action]) -> dict[int, str]:
    waiting = work.rows(MoreTime, action_id=[row.id for row in rows], granted=None)
    return {row.action_id: row.asked_by for row in waiting}


# ---- referrals and updates


def _triage(work: UnitOfWork, panel: Panel, found: Standing) -> None:
    assert panel.id is not None
    waiting = len(work.find(Referral, Referral.panel_id == panel.id, Referral.status == "in_triage"))
    for who in alerted(work, panel.id, Role.CHAIR, Role.COORDINATOR):
        found.count(who, Line.TO_TRIAGE, waiting)


def collecting(work: UnitOfWork, panel: Panel) -> Sequence[Meeting]:
    """The meetings ahead whose requests are out: cycles overlap, so there can be two."""
    return work.find(
        Meeting, Meeting.panel_id == panel.id, Meeting.kind == "regular", Meeting.status == "planned",
        col(Meeting.requests_sent_at).is_not(None), Meeting.starts_at > work.now, order=Meeting.day,
    )  # fmt: skip


def _updates(work: UnitOfWork, meeting: Meeting, found: Standing, early: bool) -> None:
    """From the first reminder the one who answers, from the second the deputy too, until the panel meets."""
    cut_offs = cut_offs_of(work, meeting)
    if not early and work.now < cut_offs.get(CutOff.REMINDER_1, meeting.starts_at):
        return
    owed = outstanding(work, meeting)
    answering = by_answerer(work, meeting.panel_id, owed)
    for who, pairs in answering.items():
        found.count(who, Line.UPDATES_OUTSTANDING, len(pairs))
    if work.now >= cut_offs.get(CutOff.REMINDER_2, meeting.starts_at):
        _copy_deputies(work, meeting, owed, answering, found)


def _copy_deputies(
    work: UnitOfWork, meeting: Meeting, owed: list[Asked], answering: Mapping[str | None, list[Asked]], found: Standing
) -> None:
    held = {seat.agency_id: seat.user_id for seat in seats_of(work, meeting.panel_id) if seat.role == Role.DEPUTY}
    for agency, number in Counter(pair.agency.id for pair in owed).items():
        deputy = there(work, meeting.panel_id, held.get(agency), agency)
        own = [pair for pair in answering.get(deputy, ()) if deputy and pair.agency.id == agency]
        found.count(deputy, Line.UPDATES_OUTSTANDING, number - len(own))
