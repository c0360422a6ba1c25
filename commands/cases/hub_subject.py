"""The record's parts about the subject: facts, dates ahead, background, needs, other forums, orders."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from commands.cases import record
from commands.cases.lines import line
from commands.cases.picture import HERE, LEADERS, answered, forums, lacks
from commands.kit.about import About
from commands.kit.blocks import Block, actions, button, divider, section
from commands.kit.meetings import today
from commands.kit.text import count, weekday
from commands.kit.turn import Turn
from panel.codes import OrderType, OtherForum
from panel.codes.subject import Ahead, Effect, Need, NeedState, Requirement, ServiceState
from panel.upcoming import Dated, upcoming
from storage.tables import Case, CourtOrder


def facts(case: Case) -> list[str]:
    """Where the subject is, and what stands against them."""
    where = record.whereabouts(case)
    return [
        "*Facts*",
        line("Whereabouts", where.type.label, where.area),
        line("Verified", where.verified, where.confidence and f"confidence {where.confidence.label.lower()}"),
        line("Release", where.release),
        line("Hearing", where.hearing),
        line("Standing", *(code.label for code in record.standing(case))),
        line("Risk", *(code.label for code in record.risk(case))),
    ]


def background(case: Case) -> list[str]:
    """Counts and codes that change seldom."""
    serial = record.serial(case)
    known = serial and f"{count(serial['victims_known'], 'victim')} in {count(serial['window_months'], 'month')}"
    return [
        "*Background*",
        line("Children", str(record.children(case))),
        line("Victims known", known),
        line("Subject aware", record.subject_aware(case).label),
    ]


def dates_ahead(turn: Turn, case: Case, about: About) -> list[Block]:
    """What lies ahead, soonest first; those that were entered by themselves each with their form."""
    ahead = upcoming(record.dates(turn.work, case), today(turn.panel, turn.work.now))
    own = {(told["on"], told["what"]): place for place, told in enumerate(case.picture.get("dates") or ())}
    blocks = [divider(), section("*Dates ahead*" if ahead else "*Dates ahead*: none known")]
    for each in ahead:
        place = own.get((each.on.isoformat(), each.what.value))
        edit = None if place is None else button("Edit", "cases.date", about.but(row=place))
        blocks.append(section(line(in_words(each), each.on), edit))
    return [*blocks, actions(button("Add a date", "cases.date.add", about))]


def in_words(each: Dated) -> str:
    """What a date is: an order's end with the order's name."""
    return f"{OrderType(each.of).label} ends" if each.what is Ahead.ORDER_ENDS else each.what.label


def needs(case: Case, about: About) -> list[Block]:
    """Each need in a line, and the buttons to their forms."""
    told = case.picture.get("needs") or {}
    lines = [_need(need, told[need]) for need in Need if need in told]
    doors = [button(need.label, f"cases.need.{need}", about.but(code=need.value)) for need in Need]
    return [
        divider(),
        section("\n".join(["*Needs of the subject*", *(lines or ["None asked about yet"])])),
        actions(*doors),
    ]


def _need(need: Need, told: dict[str, str]) -> str:
    state = ServiceState(told["state"])
    service = None if state is ServiceState.NONE else f"{told['service']}: {state.label.lower()}"
    return line(need.label, NeedState(told["need"]).label, service, Effect(told["effect"]).label)


def other_forums(case: Case) -> list[str]:
    """Where else, and who leads."""
    told = forums(case)
    if not told:
        return ["*Other forums*", "Nobody has said yet"]
    named = [OtherForum(code).label for code in told.get("on") or ()]
    leads = dict(LEADERS)[str(told.get("leads") or HERE)]
    return ["*Other forums*", line("Also dealt with at", *named), line("Leads", leads)]


def equality(case: Case) -> str:
    """How much is answered, and nothing of it."""
    known, of = answered(case)
    return f"*Equality*: {known} of {of} answered. Read by the coordinator, for counts."


def orders(turn: Turn, case: Case, about: About) -> list[Block]:
    """Every order, those that are over too, with the forms for a breach and for what it requires."""
    blocks = [divider(), section("*Orders*")]
    day = today(turn.panel, turn.work.now)
    for order in turn.work.rows(CourtOrder, case_id=case.id):
        here = about.but(row=order.id)
        blocks.append(section("\n".join(_order(order, day)), button("Edit", "cases.order", here)))
        if order.ended is None:
            blocks.append(
                actions(button("Add a breach", "cases.breach", here), button("It requires", "cases.requirement", here))
            )
    return [*blocks, actions(button("Add an order", "cases.order.add", about))]


def _order(order: CourtOrder, day: date) -> Iterable[str]:
    told = order.details or {}
    yield line(f"*{OrderType(told['type']).label}*", told.get("beneficiary"), told.get("court"), _until(order, day))
    if told.get("terms"):
        yield line("Terms", told["terms"])
    dated = told.get("breached") or ()
    last = f"the last on {weekday(date.fromisoformat(dated[-1]['on']))}" if dated else None
    yield line("Breaches", count(record.breaches(order) or 0, "breach", "breaches"), last)
    if told.get("requires"):
        yield from _requires(told["requires"])


def _until(order: CourtOrder, day: date) -> str:
    if order.ended:
        return f"discharged {weekday(order.ended)}"
    if order.ends is None:
        return "no end given"
    return f"{'ended' if order.ends < day else 'ends'} {weekday(order.ends)}"


def _requires(told: dict[str, str]) -> Iterable[str]:
    started = f"started {weekday(date.fromisoformat(told['started']))}" if told.get("started") else "not started"
    yield line("Requires", Requirement(told["requirement"]).label, started)
    missing = lacks(told)
    if missing:
        goes = "go on" if told.get("started") else "start"
        yield f":warning: Not there yet: {', '.join(missing)}. It should not {goes} without."
