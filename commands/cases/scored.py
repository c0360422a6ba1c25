"""How scores stand in the record: as their owners gave them, with what must be read beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from commands.cases import assessed, record
from commands.cases.lines import line
from commands.cases.score import LETTERS, number
from commands.cases.tool import OTHERS
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, context, divider, paragraphs, section
from commands.kit.meetings import settings_of, today
from commands.kit.people import thing_of
from commands.kit.text import escape, weekday
from commands.kit.turn import Turn
from commands.kit.views import paged
from panel.access import Verb
from panel.codes import Tool, WhereaboutsType
from panel.referral import method, moved, outdated
from storage.tables import Assessment, Case


def part(turn: Turn, case: Case, about: About) -> list[Block]:
    """The ranking, every PPIT, every other tool."""
    return [
        divider(),
        section("\n".join(["*Police ranking*, as given by its owner", *_ranking(turn, case)])),
        actions(*_ranking_buttons(turn, case, about)),
        *_ppits(turn, case, about),
        *_tools(turn, case, about),
    ]


def state(turn: Turn, case: Case) -> str:
    """The ranking in a few words."""
    given = record.score(case)
    if given is None:
        return "no score"
    return f"score {number(given['score'])} of {number(given['max'])}, run {_day(given['run'])}"


def _ranking(turn: Turn, case: Case) -> list[str]:
    given = record.score(case)
    if given is None:
        return ["None given"]
    return [
        *as_lines(given),
        _entered(turn, case),
        *[f":warning: {said}" for said in beside(turn, case)],
        *_on_entry(given),
    ]


def as_lines(given: Mapping[str, Any]) -> list[str]:
    """A ranking in two lines."""
    letters = " ".join(f"{letter}{number(given[letter])}" for letter in LETTERS if letter in given)
    rank = f"rank {given['rank']} of {given.get('list_size', '?')}" if "rank" in given else None
    window = f"over {given['window_months']} months" if given.get("window_months") else None
    run = f"run {_day(given['run'])}"
    return [
        line("Score", f"{number(given['score'])} of {number(given['max'])}", letters or None, rank),
        line("Method", " / ".join(filter(None, method(given))), window, run),
    ]


def beside(turn: Turn, case: Case) -> list[str]:
    """What has to be read beside the number that counts now (field reference 4.4)."""
    given = record.score(case)
    if given is None:
        return []
    days = settings_of(turn.panel).scores.stale_days
    run = date.fromisoformat(given["run"])
    said = [f"Older than {days} days."] if outdated(run, today(turn.panel, turn.work.now), days) else []
    return [*said, *_compared(turn, case, given)]


def _compared(turn: Turn, case: Case, given: Mapping[str, Any]) -> list[str]:
    before = assessed.earlier_ranking(turn.work, case)
    if before is None:
        return []
    change = moved(given, before)
    if change is None:
        return [f"Not to be compared with the one run {_day(before['run'])}: another method, version or scale."]
    if change < 0 and record.whereabouts(case).type is WhereaboutsType.CUSTODY:
        return [f"In custody: {number(-change)} lower than on {_day(before['run'])}. A score falls there by itself."]
    how = f"{number(abs(change))} {'higher' if change > 0 else 'lower'}" if change else "the same"
    return [f"Against the one run {_day(before['run'])}, of the same method: {how}."]


def _on_entry(given: Mapping[str, Any]) -> list[str]:
    entry = f"{number(given['entry_score'])} when the case came" if given.get("entry_score") is not None else None
    return [line("Read with", given.get("caveat"), entry)] if entry or given.get("caveat") else []


def _entered(turn: Turn, case: Case) -> str:
    """Who entered it, whose it is and where it comes from."""
    row = next(iter(assessed.standing(turn.work, case, Tool.RFG)), None)
    given = record.score(case) or {}
    by = f"by <@{row.by_user}>" if row and row.by_user else "with the panel's books"
    owner = f"given by {given['given_by']}" if given.get("given_by") else None
    return f"Entered: {' · '.join([by, *(escape(said) for said in (owner, given.get('source')) if said)])}"


def _ranking_buttons(turn: Turn, case: Case, about: About) -> list[Block]:
    given = record.score(case)
    made = [button("Enter a newer ranking" if given else "Enter the ranking", "cases.score", about)]
    if given:
        made.append(button("Note on the ranking", "cases.score.more", about))
    if len(assessed.history(turn.work, case, Tool.RFG)) > 1:
        made.append(button("Earlier ones", "cases.score.history", about))
    return made


def _ppits(turn: Turn, case: Case, about: About) -> list[Block]:
    rows = assessed.standing(turn.work, case, Tool.PPIT)
    given = record.ppit(case)
    if not rows and given is None:
        return [section("*PPIT*\nNone given", button("Enter a PPIT", "cases.ppit", about))]
    told = [(row.details or {}, row.id) for row in rows] or [(given or {}, None)]
    shown: list[Block] = [section("*PPIT*, as its assessors gave it")]
    for details, id in told:
        shown.append(section("\n".join(ppit_lines(details)), button("Edit", "cases.ppit", about.but(row=id))))
        for heading in ("evidence", "why"):
            shown += paragraphs(details[heading], f"_{heading.capitalize()}_\n") if details.get(heading) else []
    if len(told) > 1:
        shown.append(context("Assessors may differ. Nothing is averaged."))
    return [*shown, actions(button("Another assessor's PPIT", "cases.ppit.add", about))]


def ppit_lines(given: Mapping[str, Any]) -> list[str]:
    """One assessor's result."""
    priority = "priority" if given["priority"] else "not a priority"
    total = f"total {given['total']}" if given.get("total") is not None else "no total given"
    lines = [line(str(given["by"]), priority, total, _day(given["on"]) if given.get("on") else None)]
    if given.get("critical"):
        lines.append(line("Critical", *given["critical"]))
    return lines


def _tools(turn: Turn, case: Case, about: About) -> list[Block]:
    rows = assessed.standing(turn.work, case, *OTHERS)
    lines = [_tool(row) for row in rows] or ["None given"]
    return [section("\n".join(["*Other tools*", *lines]), button("Add a result", "cases.tool", about))]


def _tool(row: Assessment) -> str:
    told = row.details or {}
    name = told.get("called") or Tool(row.tool).label
    return line(str(name), told.get("value"), told.get("victim"), told.get("by"), row.on)


def _day(text: str) -> str:
    return weekday(date.fromisoformat(text))


# -- the earlier ones


def open_history(turn: Turn) -> Answer:
    """Every ranking of a case, newest first."""
    return Show(_history(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of it, in its place."""
    return Replace(_history(turn))


def _history(turn: Turn) -> Block:
    case = turn.case()
    turn.need(Verb.EDIT_CASE, thing_of(turn.work, case))
    turn.audit("opened", f"case:{case.id}", case_id=case.id, section="rankings")
    about = About(panel=turn.panel.id, case=case.id, page=turn.about.page)
    rows = assessed.history(turn.work, case, Tool.RFG)
    parts = [[divider(), section("\n".join(as_lines(row.details or {})))] for row in rows]
    return paged("Rankings", parts, about, "cases.score.history", name="cases.rankings")
