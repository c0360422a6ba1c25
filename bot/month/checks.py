"""What no single value shows: squares that must be there, updates that fit them, dates in order."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise

from bot.month.lines import Found
from bot.month.meeting import Cycle
from bot.month.model import Month
from bot.month.names import names
from bot.month.numbers import disorder
from panel.codes import RestrictionKind, ReturnCell
from panel.cycle import CutOff


def problems(month: Month) -> Found:
    """Everything wrong with a month whose single values are right, as paths and sentences."""
    for check in (names, _offsets, _returns, _updates, _attendance, _dependencies, _beneficiaries, _limits, _dates):
        yield from check(month)


def _offsets(month: Month) -> Found:
    yield from disorder(month.panel.settings, month.panel.cadence.time)


def _returns(month: Month) -> Found:
    """Every case against every agency, once there is any return."""
    if not month.returns:
        return
    codes = [agency.code for agency in month.agencies]
    for case in month.cases:
        if case.ref not in month.returns:
            yield ("returns",), f"no row for {case.ref}"
        elif missing := [code for code in codes if code not in month.returns[case.ref]]:
            yield ("returns", case.ref), f"no square for {', '.join(missing)}"


def _updates(month: Month) -> Found:
    for u, update in enumerate(month.updates):
        given = month.returns.get(update.case, {}).get(update.agency)
        if given is None:
            continue
        if given.cell not in (ReturnCell.INFORMATION, ReturnCell.DECLINED_TO_SHARE):
            yield ("updates", u), f"the grid says {given.cell}: only I and D have an update"
        elif update.declined != (given.cell is ReturnCell.DECLINED_TO_SHARE):
            yield ("updates", u), f"the grid says {given.cell}: declined goes with D"
        if update.late_days is not None and not given.late:
            yield ("updates", u, "late_days"), "the grid does not star this return as late"


def _attendance(month: Month) -> Found:
    rows = month.cycle.attendance if month.cycle else ()
    counts = Counter(row.agency for row in rows)
    for a, row in enumerate(rows):
        if counts[row.agency] > 1:
            yield ("cycle", "attendance", a, "agency"), "given more than once"
        agency = next((agency for agency in month.agencies if agency.code == row.agency), None)
        if row.who == "deputy" and agency is not None and agency.deputy is None:
            yield ("cycle", "attendance", a, "who"), "this agency has no deputy"


def _dependencies(month: Month) -> Found:
    known = {action.id: action for action in month.actions}
    for a, action in enumerate(month.actions):
        for d, ref in enumerate(action.depends_on):
            if ref not in known:
                yield ("actions", a, "depends_on", d), "no action has this reference"
        if _leads_back(action.id, lambda ref: known[ref].depends_on if ref in known else ()):
            yield ("actions", a, "depends_on"), "depends on itself through others"


def _leads_back(start: str, following: Callable[[str], Iterable[str]]) -> bool:
    seen: set[str] = set()
    waiting = list(following(start))
    while waiting:
        ref = waiting.pop()
        if ref == start:
            return True
        if ref not in seen:
            seen.add(ref)
            waiting.extend(following(ref))
    return False


def _beneficiaries(month: Month) -> Found:
    for c, case in enumerate(month.cases):
        victims = {victim.ref for victim in case.victims}
        for o, order in enumerate(case.orders):
            if order.beneficiary is not None and order.beneficiary not in victims:
                yield ("cases", c, "orders", o, "beneficiary"), "no victim of this case has this reference"


def _limits(month: Month) -> Found:
    given = [
        *((("updates", u, "restriction"), update.restriction) for u, update in enumerate(month.updates)),
        *((("actions", a, "restriction"), action.restriction) for a, action in enumerate(month.actions)),
    ]
    for path, limits in given:
        if limits is not None and limits.kind is RestrictionKind.NAMED and not limits.named:
            yield path, "NAMED lists no agency"


def _dates(month: Month) -> Found:
    if month.cycle is None:
        if month.cases or month.returns or month.actions:
            yield ("cycle",), "is missing: cases and actions belong to a meeting"
        return
    panel_date, next_panel = month.cycle.panel_date, month.cycle.next_panel
    if next_panel is not None and next_panel <= panel_date:
        yield ("cycle", "next_panel"), "does not lie after panel_date"
    for o, meeting in enumerate(month.cycle.out_of_cycle):
        if meeting.date > panel_date:
            yield ("cycle", "out_of_cycle", o, "date"), "lies after panel_date"
        if meeting.ratified_at is not None and meeting.ratified_at < meeting.date:
            yield ("cycle", "out_of_cycle", o, "ratified_at"), "lies before the meeting itself"
    yield from _cut_offs_in_order(month.cycle)
    if month.demo is not None:
        yield from _nothing_from_the_future(month, month.demo.as_of)


def _cut_offs_in_order(cycle: Cycle) -> Found:
    days = {cut_off.value: given.day for cut_off in CutOff if (given := getattr(cycle, cut_off, None))}
    order = [cut_off.value for cut_off in CutOff if cut_off in days or cut_off is CutOff.PANEL]
    days[CutOff.PANEL.value] = cycle.panel_date
    for earlier, later in pairwise(order):
        if days[later] < days[earlier]:
            key = "panel_date" if later == CutOff.PANEL else later
            yield ("cycle", key), f"lies before {'panel_date' if earlier == CutOff.PANEL else earlier}"


def _nothing_from_the_future(month: Month, as_of: date) -> Found:
    if month.cycle is not None and month.cycle.panel_date > as_of:
        yield ("demo", "as_of"), "lies before panel_date"
    for c, case in enumerate(month.cases):
        if case.whereabouts.verified is not None and case.whereabouts.verified > as_of:
            yield ("cases", c, "whereabouts", "verified"), "lies after as_of"
