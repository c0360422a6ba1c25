"""Invitations, then each agency's returns: a sitting is one statement and all the cases of that agency that day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from bot.demo.scenes.answering import press_answer
from bot.demo.stage import Scene, Stage
from bot.month.meeting import Update
from bot.month.setup import Agency
from commands.kit.text import count
from panel.codes import Function, ReturnCell
from panel.cycle import CutOff
from panel.restriction import VICTIM_SIDE, FormChoice, Restriction

PLAIN_FACT = "Contact in the period; nothing that changes the picture"
PLAIN_REASON = "Judged not proportionate to share"
TAPS = {ReturnCell.NIL_NO_RECORD: "updates.no_trace", ReturnCell.NIL_KNOWN_NOT_CURRENT: "updates.known"}
SHORT_FORM = {choice.restriction({"ANY"} if choice is FormChoice.NAMED else ()).kind: choice for choice in FormChoice}
AWKWARD = {ReturnCell.DECLINED_TO_SHARE: "declines to share on", ReturnCell.UNABLE_TO_CHECK: "is unable to check"}
NO_RETURN = (ReturnCell.MISSING, ReturnCell.NOT_INVITED)


@dataclass(frozen=True)
class Seating:
    """Who answers for which agency, at what moment."""

    at: datetime
    who: str
    agency: Agency
    on_behalf: bool


def scenes(stage: Stage) -> Iterable[Scene]:
    """The invitations, every sitting, and the reminder."""
    yield from _invitations(stage)
    for seating, refs in _seatings(stage).items():
        yield Scene(seating.at, seating.who, _line(stage, seating, refs), _sit(seating, refs))
    day = stage.calendar.add_working_days(_local(stage, CutOff.UPDATE_DEADLINE), -1)
    who = stage.month.panel.coordinator.initials
    yield Scene(stage.on(day, "15:00"), who, f"{who} reminds those not yet returned", lambda stage: _remind(stage, who))


# ---- invitations


def _invitations(stage: Stage) -> Iterator[Scene]:
    month, office = stage.month, stage.month.panel.coordinator.initials
    wanted = [
        (ref, agency, what, _slot(stage, agency.code, ref))
        for ref, row in month.returns.items()
        for agency in month.agencies
        if (what := _what(agency, row[agency.code].cell, _slot(stage, agency.code, ref)))
    ]
    if not wanted:
        return
    day = stage.calendar.add_working_days(_local(stage, CutOff.CASE_LIST_AND_REQUESTS), -1)
    told = f"{office} settles which agencies are invited to which case"
    yield Scene(stage.on(day, "16:00"), office, told, partial(_invite_all, wanted=wanted))
    asked = [(ref, agency.code) for ref, agency, what, _ in wanted if what == "invite" and not _freely(agency)]
    service = next((each for each in month.agencies if each.function is Function.VICTIM_SERVICE), None)
    if asked and service:
        who = service.rep
        told = f"{who} agrees to {len(asked)} invitation{'s' if len(asked) > 1 else ''} for the victim service"
        yield Scene(stage.on(day, "16:30"), who, told, lambda stage: _agree(stage, who, asked))


def _what(agency: Agency, cell: ReturnCell, slot: bool) -> str | None:
    if cell is ReturnCell.NOT_INVITED:
        return "leave_out" if agency.core else None
    return "invite" if slot or not agency.core else None


def _freely(agency: Agency) -> bool:
    return agency.core or agency.function is Function.VICTIM_SERVICE


def _slot(stage: Stage, code: str, ref: str) -> bool:
    cycle = stage.month.cycle
    rows = cycle.attendance if cycle else ()
    return any(row.agency == code and ref in row.cases for row in rows)


def _invite_all(stage: Stage, wanted: Iterable[tuple[str, Agency, str, bool]]) -> None:
    for each in wanted:
        _invite(stage, *each)


def _invite(stage: Stage, ref: str, agency: Agency, what: str, slot: bool) -> None:
    who = stage.month.panel.coordinator.initials
    stage.command(who, "/panel", "invite")
    case = f"{ref} · {stage.month.case(ref).subject}"
    values = {"case": case, "agency": f"{agency.code} · {agency.name}"[:75], "what": what}
    stage.submit(who, values | ({"slot": ["yes"]} if slot else {}))
    stage.close(who)


def _agree(stage: Stage, who: str, asked: Iterable[tuple[str, str]]) -> None:
    stage.press_in_message(who, "updates.invitations")
    for ref, code in asked:
        stage.press(who, "updates.agree", block_id=f"{ref} {code}")
    stage.close(who)


# ---- who answers when


def _seatings(stage: Stage) -> Mapping[Seating, list[str]]:
    """Every sitting and its cases, earliest first."""
    found: dict[Seating, list[str]] = defaultdict(list)
    for number, agency in enumerate(stage.month.agencies):
        for ref, row in stage.month.returns.items():
            if row[agency.code].cell not in NO_RETURN:
                found[_seating(stage, number, agency, ref, late=row[agency.code].late)].append(ref)
    return dict(sorted(found.items(), key=lambda each: each[0].at))


def _seating(stage: Stage, number: int, agency: Agency, ref: str, *, late: bool) -> Seating:
    """In time: spread over the working days to the deadline. The deputy, later the same day, on a case closed to the
    representative; the coordinator where there is nobody."""
    closed = {row.person for row in stage.month.case(ref).recused}
    able = [who for who in (agency.rep, agency.deputy) if who and who not in closed]
    who = able[0] if able else stage.month.panel.coordinator.initials
    if late:
        day = _local(stage, CutOff.UPDATE_DEADLINE) + timedelta(days=_late_days(stage, agency.code, ref))
        return Seating(stage.on(day, "10:00"), who, agency, not able)
    day = _days(stage)[number % len(_days(stage))]
    at = stage.on(day, "11:00") + timedelta(minutes=7 * number + (40 if who != agency.rep else 0))
    return Seating(at, who, agency, not able)


def _days(stage: Stage) -> list[date]:
    """The working days from the requests to the day before the deadline."""
    first, last = _local(stage, CutOff.CASE_LIST_AND_REQUESTS), _local(stage, CutOff.UPDATE_DEADLINE)
    days = [first + timedelta(days=n) for n in range((last - first).days)]
    return [day for day in days if stage.calendar.is_working_day(day)] or [first]


def _late_days(stage: Stage, code: str, ref: str) -> int:
    return max((row.late_days or 1 for row in _rows(stage, code, ref)), default=1)


def _rows(stage: Stage, code: str, ref: str) -> list[Update]:
    return [row for row in stage.month.updates if (row.agency, row.case) == (code, ref)]


def _local(stage: Stage, cut_off: CutOff) -> date:
    return stage.cut_offs[cut_off].astimezone(stage.zone).date()


def _line(stage: Stage, seating: Seating, refs: list[str]) -> str:
    way = "enters" if seating.on_behalf else "answers"
    told = f"{seating.who} {way} {count(len(refs), 'case')} for {seating.agency.code}"
    squares = [stage.month.returns[ref][seating.agency.code] for ref in refs]
    for cell, words in AWKWARD.items():
        if number := sum(square.cell is cell for square in squares):
            told += f", {words} {number}"
    late = max((_late_days(stage, seating.agency.code, ref) for ref in refs if squares[0].late), default=0)
    return f"{told}, {count(late, 'day')} late" if late else told


# ---- a sitting


def _sit(seating: Seating, refs: list[str]) -> Any:
    def act(stage: Stage) -> None:
        _open(stage, seating)
        for ref in refs:
            _to_page_of(stage, seating.who, ref)
            _answer(stage, seating, ref)
        stage.close(seating.who)

    return act


def _open(stage: Stage, seating: Seating) -> None:
    """To the cases, over the statement when none was made today."""
    who, agency = seating.who, seating.agency
    if seating.on_behalf:
        stage.command(who, "/panel", "enter")
        outcome = stage.submit(who, {"agency": f"{agency.code} · {agency.name}"[:75]})
    elif agency.core:
        outcome = stage.command(who, "/update")
    else:
        outcome = stage.press_in_message(who, "updates.open")
    for block in (outcome.view or {}).get("blocks", ()):
        if block.get("text", {}).get("text") == f"*{agency.code}*":
            outcome = stage.press(who, "updates.agency", value=block["accessory"]["value"])
    if (outcome.view or {}).get("callback_id") == "updates.statement":
        stage.submit(who, {"other": "Case records\nCorrespondence", "list_version": "1", "no_link": ["yes"]})


def _to_page_of(stage: Stage, who: str, ref: str) -> None:
    for step in ("next", "back"):
        while True:
            view = stage.workspace.see(stage.users[who])["view"]
            if any(block["block_id"] == ref for block in view["blocks"]):
                return
            turns = [e["action_id"] for block in view["blocks"] for e in block.get("elements", ()) if "action_id" in e]
            if f"updates.page.{step}" not in turns:
                break
            stage.press(who, f"updates.page.{step}")


def _answer(stage: Stage, seating: Seating, ref: str) -> None:
    who, code = seating.who, seating.agency.code
    cell, rows = stage.month.returned(ref, code).cell, _rows(stage, code, ref)
    if cell in TAPS:
        press_answer(stage, who, TAPS[cell], ref)
    elif cell is ReturnCell.UNABLE_TO_CHECK:
        stage.press(who, "updates.menu", block_id=ref, value="Unable to check")
        stage.submit(who, {"obstacle": "no_access"})
    elif cell is ReturnCell.DECLINED_TO_SHARE:
        stage.press(who, "updates.menu", block_id=ref, value="Held, not shared")
        stage.submit(who, {"reason": next((row.reason for row in rows if row.reason), PLAIN_REASON)})
    else:
        told = [row for row in rows if not row.declined]
        for row in told:
            _inform(stage, seating, ref, row)
        if not told:
            _tell(stage, seating, ref, {"happened": PLAIN_FACT}, None)


def _inform(stage: Stage, seating: Seating, ref: str, row: Update) -> None:
    """The short form where its four choices say it, the longer one for anything else."""
    limits = row.restriction
    texts = {name: text for name, text in (("happened", row.fact), ("view", row.opinion)) if text}
    if limits is None or (limits.kind in SHORT_FORM and limits == Restriction(limits.kind, limits.named)):
        _tell(stage, seating, ref, texts, limits)
    else:
        for what, text in (("fact", row.fact), ("opinion", row.opinion)):
            if text or (what == "fact" and not texts):
                _more(stage, seating.who, ref, what, text, limits)
    if row.intel and (row.fact or row.opinion):
        _more(stage, seating.who, ref, "fact", row.fact or row.opinion, Restriction(), audience="intelligence")


def _tell(stage: Stage, seating: Seating, ref: str, texts: Mapping[str, str], limits: Restriction | None) -> None:
    press_answer(stage, seating.who, "updates.tell.open", ref)
    choice = SHORT_FORM[limits.kind] if limits else None
    if choice is None and seating.agency.function not in VICTIM_SIDE:
        choice = FormChoice.EVERYONE
    stage.submit(seating.who, {**texts, **({"readers": choice.value} if choice else {})})
    if limits and limits.named:
        stage.submit(seating.who, {"named": sorted(limits.named)})


def _more(
    stage: Stage, who: str, ref: str, what: str, text: str | None, limits: Restriction, audience: str = "shared"
) -> None:
    stage.press(who, "updates.menu", block_id=ref, value="One more item, any restriction")
    values: dict[str, Any] = {"what": what, "audience": audience, "readers": [kind.value for kind in limits.kinds]}
    values |= {"body": text} if text else {}
    values |= {"named": sorted(limits.named)} if limits.named else {}
    values |= {"extra": ["no_minute"]} if limits.no_minute else {}
    values |= {"expires": limits.expires} if limits.expires else {}
    stage.submit(who, values)


def _remind(stage: Stage, who: str) -> None:
    board = stage.command(who, "/panel", "board")
    if "updates.remind" in str(board.view):
        stage.press(who, "updates.remind")
    stage.close(who)
