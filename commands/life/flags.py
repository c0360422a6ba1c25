"""An agency's mark on its own file after an end at panel: it confirms that it is there."""

from __future__ import annotations

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, sections
from commands.kit.people import agencies_by_id, thing_of
from commands.kit.text import count, weekday
from commands.kit.turn import Turn
from commands.kit.views import modal
from panel.access import Verb
from storage.tables import Case, Flag


def show(turn: Turn) -> Answer:
    """What to mark and until when, and the button that says it is done."""
    flag, case = _flag(turn)
    turn.audit("opened", f"flag:{flag.id}", case_id=case.id)
    return Show(_view(turn, flag, case))


def confirm(turn: Turn) -> Answer:
    """The file is marked. Said once; who said it first stays."""
    flag, case = _flag(turn)
    if flag.set_at is None:
        flag.set_by, flag.set_at = turn.user, turn.work.now
        turn.audit("file_marked", f"flag:{flag.id}", case_id=case.id, until=flag.until.isoformat())
    return Replace(_view(turn, flag, case))


def lines(turn: Turn, case: Case) -> list[str]:
    """For the record: each agency, until when, and whether it has said so."""
    agencies = agencies_by_id(turn.work, case.panel_id)
    flags = turn.work.rows(Flag, case_id=case.id)
    marked = {True: "marked", False: "not yet confirmed"}
    return [
        f"{agencies[each.agency_id].code}: until {weekday(each.until)}, {marked[each.set_at is not None]}"
        for each in flags
    ]


def counted(turn: Turn, case: Case) -> str:
    """How many agencies have marked their files, of how many; nothing before anybody was asked."""
    found = turn.work.rows(Flag, case_id=case.id)
    return f"{sum(each.set_at is not None for each in found)} of {count(len(found), 'file')} marked" if found else ""


def _view(turn: Turn, flag: Flag, case: Case) -> Block:
    about = About(panel=turn.panel.id, row=flag.id)
    said = turn.say("life/flag_view", case=case, flag=flag)
    ask = [] if flag.set_at else [actions(button("Our file is marked", "life.flag.set", about, style="primary"))]
    return modal("Mark your file", [*sections(said), *ask], about, name="life.flag")


def _flag(turn: Turn) -> tuple[Flag, Case]:
    flag = turn.work.get(Flag, turn.about.row)
    case = turn.case(flag.case_id)
    agency = agencies_by_id(turn.work, turn.panel.id)[flag.agency_id]
    turn.need(Verb.MARK_FILE, thing_of(turn.work, case, agency=agency))
    return flag, case
