"""The out-of-cycle meetings put on record, the preview, the chair's approval, and a few who open their briefings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from bot.demo.stage import Scene, Stage
from bot.month.meeting import OutOfCycle
from panel.codes import Function
from panel.cycle import CutOff


def scenes(stage: Stage) -> Iterable[Scene]:
    """Coordinator and chair prepare the agenda; afterwards people read."""
    office, chair = stage.month.panel.coordinator.initials, stage.month.panel.chair.initials
    assert stage.month.cycle is not None
    for sitting in stage.month.cycle.out_of_cycle:
        yield _out_of_cycle(stage, office, sitting)
    yield Scene(_previews_at(stage), office, f"{office} looks at the agenda", lambda stage: _look(stage, office))
    approved = _approves_at(stage)
    yield Scene(approved, chair, f"{chair} reads the agenda and approves it", lambda stage: _approve(stage, chair))
    for number, (who, ref) in enumerate(_readers(stage)):
        at = approved + timedelta(hours=3, minutes=20 * number)
        yield Scene(at, who, f"{who} opens the briefing on {ref}", _reads(who, ref))


def _approves_at(stage: Stage) -> datetime:
    """Two hours before the agenda's cut-off."""
    return stage.before(CutOff.AGENDA_LOCKED)


def _previews_at(stage: Stage) -> datetime:
    return min(stage.after(CutOff.SAFETY_PRECHECK_AND_STATUS_FREEZE), _approves_at(stage) - timedelta(minutes=30))


def _out_of_cycle(stage: Stage, office: str, sitting: OutOfCycle) -> Scene:
    day = stage.calendar.add_working_days(sitting.date, 1)
    at = min(stage.on(day, "10:00"), _previews_at(stage) - timedelta(minutes=30))
    values = {
        "day": sitting.date, "case": sitting.case, "trigger": sitting.trigger_code.value, "core": list(sitting.core)
    }  # fmt: skip

    def act(stage: Stage) -> None:
        stage.command(office, "/panel", "urgent")
        stage.submit(office, values)
        stage.close(office)

    return Scene(at, office, f"{office} records the out-of-cycle meeting on {sitting.case}", act)


def _look(stage: Stage, who: str) -> None:
    stage.command(who, "/agenda")
    stage.close(who)


def _approve(stage: Stage, who: str) -> None:
    outcome = stage.command(who, "/agenda")
    shown = [element for block in (outcome.view or {})["blocks"] for element in block.get("elements", ())]
    if any(element.get("action_id") == "agendas.approve" for element in shown):  # not when an act is repeated
        stage.press(who, "agendas.approve")
    stage.close(who)


def _readers(stage: Stage) -> Iterator[tuple[str, str]]:
    """The victim service on the first cases, and the lead agency's representative on theirs."""
    service = next((a.rep for a in stage.month.agencies if a.function is Function.VICTIM_SERVICE and a.rep), None)
    for case in list(stage.month.cases)[:2]:
        closed = {row.person for row in case.recused}
        lead = stage.month.agency(case.lead).rep if case.lead else None
        for who in dict.fromkeys([service, lead]):
            if who and who not in closed:
                yield who, case.ref


def _reads(who: str, ref: str) -> Callable[[Stage], None]:
    def act(stage: Stage) -> None:
        stage.command(who, "/agenda")
        stage.press(who, "agendas.open", block_id=ref)
        stage.close(who)

    return act
