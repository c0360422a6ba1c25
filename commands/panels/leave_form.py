"""The form and the lists of days away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from commands.kit.about import About
from commands.kit.answers import Answer, Back, Replace, Show
from commands.kit.blocks import Block, actions, button, section
from commands.kit.cover import may_stand_in
from commands.kit.fields import Day, One, Who
from commands.kit.forms import Form, ask
from commands.kit.mailboxes import both, check_outside, chosen, either, outside_choices
from commands.kit.meetings import today
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.panels import away_lines, leave
from commands.panels.away_lines import OWN
from commands.panels.mine import mine_view
from panel.access import Thing, Verb
from storage.tables import Leave

FORM = "panels.leave.save"
YES = "yes"
STANDS_IN = Who(
    "Who stands in?", "Somebody of the same agency or office. Empty: the deputy; where there is none, the coordinator.",
    optional=True,
)  # fmt: skip


@dataclass
class DaysAway(Form):
    """Who is away, from when to when, and who stands in."""

    name = FORM
    title = "Days away"
    who: str | None = ask(Who("Who is away?", optional=True), None)
    outside: str | None = ask(One("Or somebody outside Slack", optional=True), None)
    first: date = ask(Day("First day away", "It may have begun already."))
    last: date = ask(Day("Last day away", "They are back the day after."))
    deputy: str | None = ask(STANDS_IN, None)
    by_mail: str | None = ask(One("Or somebody outside Slack stands in", optional=True), None)
    elsewhere: str | None = ask(
        One("On your other panels too?", choices=[(YES, "Yes"), ("no", "No, on this panel alone")]), None
    )

    @property
    def away(self) -> str | None:
        """Who, in Slack or outside it."""
        return chosen(self.who, self.outside)

    @property
    def stands_in(self) -> str | None:
        """Whom they named, in Slack or outside it."""
        return chosen(self.deputy, self.by_mail)

    def check(self) -> dict[str, str]:
        """The days come in their order, and nobody is picked twice."""
        twice = both(self.deputy, self.by_mail)
        wrong = both(self.who, self.outside) | ({"by_mail": twice["outside"]} if twice else {})
        return wrong or ({"last": "The last day can't come before the first."} if self.last < self.first else {})


def open_form(turn: Turn) -> Answer:
    """Empty for new days away, one's own or (for the coordinator) anybody's; filled in for those that are changed."""
    row = leave.leave_meant(turn) if turn.about.row is not None else None
    own = turn.about.code == OWN
    if not own:
        turn.need(Verb.MANAGE_PEOPLE, Thing())
    away = row.user_id if row else turn.user if own else None
    others = _outside(turn, away)
    asked = {"first", "last", "deputy"} | ({"by_mail"} if others else set())
    if away is None:
        asked |= {"who", "outside"} if others else {"who"}
    if own and row is None and leave.others(turn):
        asked.add("elsewhere")
    return Show(
        DaysAway.draw(
            turn.about.but(version=row.version if row else None), initial=_initial(turn, row),
            choices={"outside": others, "by_mail": others}, before=[section(_heading(turn, row))] if row else [],
            without=[name for name in DaysAway.questions() if name not in asked],
            fields={"last": replace(DaysAway.questions()["last"], hint="You are back the day after.")} if own else None,
        )
    )  # fmt: skip


def _outside(turn: Turn, away: str | None) -> list[tuple[str, str]]:
    """The people outside Slack who could be chosen: anybody, or who could stand in for whom it is about."""
    if away is None:
        return outside_choices(turn.work, turn.panel.id)
    return outside_choices(
        turn.work, turn.panel.id, lambda user: may_stand_in(turn.work, turn.panel.id, str(away), user)
    )


def _initial(turn: Turn, row: Leave | None) -> dict[str, date | str | None]:
    if row is None:
        return {"first": today(turn.panel, turn.work.now), "elsewhere": YES}
    named = either(row.deputy, "deputy")
    return {"first": row.first, "last": row.last, "deputy": named.get("deputy"), "by_mail": named.get("outside")}


def _heading(turn: Turn, row: Leave) -> str:
    return turn.say(
        "panels/days_away", leave=row, own=turn.about.code == OWN, stands=away_lines.stands(turn, row), who=True
    )


def save(turn: Turn, form: DaysAway) -> Answer:
    """Kept; the list beneath shows it."""
    own = turn.about.code == OWN
    who = turn.user if own else form.away
    if turn.about.row is None and who is None:
        raise leave.NoPart(field="who")
    for user in (form.away, form.stands_in):
        check_outside(turn.work, turn.panel.id, user)
    leave.keep(turn, who or "", form.first, form.last, form.stands_in)
    if own and form.elsewhere == YES and turn.about.row is None:
        leave.keep_elsewhere(turn, form.first, form.last)
    return Back(_beneath(turn))


def take_back(turn: Turn) -> Answer:
    """Back sooner, or not away at all."""
    leave.take_back(turn)
    return Replace(_beneath(turn))


def open_list(turn: Turn) -> Answer:
    """Everybody's days away, for the coordinator."""
    turn.need(Verb.MANAGE_PEOPLE, Thing())
    return Show(list_view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of it, in its place."""
    turn.need(Verb.MANAGE_PEOPLE, Thing())
    return Replace(list_view(turn))


def list_view(turn: Turn) -> Block:
    """Who is away now or will be, the soonest first."""
    about = About(panel=turn.panel.id, page=turn.about.page)
    rows = away_lines.to_come(turn)
    top = [
        section(turn.say("panels/days_away_top", number=len(rows))),
        actions(button("Add days away", "panels.leave.add", About(panel=turn.panel.id), style="primary")),
    ]
    return paged(
        "Days away", [top, *(away_lines.row_of(turn, row, about) for row in rows)], about, leave.LIST, name=leave.LIST
    )


def _beneath(turn: Turn) -> Block:
    return mine_view(turn) if turn.about.code == OWN else list_view(turn)
