"""/actions import: rows of the coordinator's own tracker, pasted from the sheet, looked at before anything is added.

Slack keeps what is uploaded to it as a file of its own, with links and previews, so that a tracker is never uploaded:
what stands in a form is not kept by Slack. A whole workbook is read on the machine, by `convenor import tracker`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import select

from commands.actions.bring import Plan, Wishes, plan
from commands.actions.bring_in import bring_in
from commands.actions.bring_words import told
from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, actions, button, plain, section, sections
from commands.kit.catalogue import catalogue_of
from commands.kit.fields import Find, Text, Tick
from commands.kit.forms import Form, WrongAnswers, ask
from commands.kit.meetings import today
from commands.kit.text import count
from commands.kit.turn import Turn
from commands.kit.views import leaf, modal, turns
from panel.access import Thing, Verb
from panel.tracker.columns import HoldsNames, find_headings
from panel.tracker.lines import read_lines
from panel.tracker.sheet import NotASheet, from_text
from storage.tables import Conflict

A_PAGE = 25  # lines of the preview
PLACE = "tracker.paste"
LOOK = "Look at it first"


@dataclass
class BringTracker(Form):
    """Rows with their headings, and what to do about kinds that are not given."""

    name = "actions.bring"
    title = "Bring in your tracker"
    submit = LOOK
    rows: str = ask(
        Text(
            "Rows of your tracker, with the row of headings first",
            "Copied from the sheet: case number or subject ref, action, agency, and if you have them panel date, due, "
            "status, type. Never a column of names, dates of birth or addresses.",
            lines=True, limit=3_000, narrative=False,
        )
    )  # fmt: skip
    suggested: bool = ask(Tick("Where no type is given", optional=True, saying="Take the type that the words suggest"))
    other: str | None = ask(
        Find("And where none is recognised", "Empty: those rows are left to correct.", optional=True), None
    )

    @classmethod
    def keeps(cls, view: Block) -> bool:
        """What has a column of names is kept nowhere."""
        typed = view["state"]["values"].get("rows", {}).values()
        try:
            find_headings(from_text(next((each.get("value") or "" for each in typed), "")))
        except HoldsNames:
            return False
        except NotASheet:
            return True
        return True

    @property
    def wishes(self) -> Wishes:
        """What was decided."""
        return Wishes(self.suggested, self.other)


def open_form(turn: Turn) -> Answer:
    """The empty form."""
    return Show(_empty(turn))


def open_again(turn: Turn) -> Answer:
    """The empty form, in the place of what was said of the rows before."""
    return Replace(_empty(turn))


def _empty(turn: Turn) -> Block:
    turn.need(Verb.ADD_ACTION, Thing())
    return BringTracker.draw(About(panel=turn.panel.id), before=[section(turn.say("actions/bring"))])


def look(turn: Turn, form: BringTracker) -> Answer:
    """What the rows would become; and once that is what they have seen, add them."""
    turn.need(Verb.ADD_ACTION, Thing())
    made = _plan(turn, form)
    if turn.about.code != _mark(turn, form, made):
        turn.audit("previewed", f"tracker:{turn.panel.id}", rows=len(made.new) + len(made.there) + len(made.faults))
        return Replace(_view(turn, form, made))
    added = bring_in(turn.work, turn.panel, made, turn.user, turn.request.surface)
    done = f"*{count(len(added), 'action')} added.*"
    left = _plan(turn, form)
    if left.faults:
        return Replace(_view(turn, form, left, f"{done} Correct what is left below, or close this."))
    more = actions(button("Bring more rows", "actions.bring.more", About(panel=turn.panel.id)))
    return Replace(modal(form.title, [section(done), more], About(panel=turn.panel.id)))


def turn_page(turn: Turn) -> Answer:
    """Another page of the preview; what they typed stays where it is."""
    turn.need(Verb.ADD_ACTION, Thing())
    view: dict[str, Any] = turn.request.view or {}
    form = BringTracker.read(view)
    return Replace(_view(turn, form, _plan(turn, form)))


def _plan(turn: Turn, form: BringTracker) -> Plan:
    if form.other and form.other not in catalogue_of(turn.work, turn.panel.id).offered:
        raise WrongAnswers({"other": "This type is not in the catalogue. Search for another."})
    try:
        sheet = from_text(form.rows)
        headings = find_headings(sheet)
    except NotASheet as wrong:
        raise WrongAnswers({"rows": str(wrong)}) from None
    read = read_lines(sheet, headings, today(turn.panel, turn.work.now))
    closed = turn.work.session.exec(
        select(Conflict.case_id).where(Conflict.user_id == turn.user, Conflict.lifted_at == None)  # noqa: E711
    ).all()
    return plan(turn.work, turn.panel, read, headings, form.wishes, closed)


def _mark(turn: Turn, form: BringTracker, made: Plan) -> str | None:
    """What was looked at, as a keyed hash: only the very same rows, decisions and result are added."""
    if not made.new:
        return None
    seen = (form.rows, str(form.suggested), form.other or "", *(each.source for each in made.new))
    return turn.work.keyed_hash("\0".join(seen), PLACE)[:32]


def _view(turn: Turn, form: BringTracker, made: Plan, done: str = "") -> Block:
    """The preview above the same questions: Slack keeps what was typed in them."""
    about = turn.about.but(panel=turn.panel.id, code=_mark(turn, form, made))
    lines = told(turn.service.words, turn.panel, made, form.wishes)
    number, many, shown = leaf(lines, turn.about.page or 0, A_PAGE)
    said = "\n".join(f"*{line}*" if line.endswith(":") else line for line in shown)
    before = [*([section(done)] if done else []), *sections(said)]
    before += turns(about, number, many, "actions.bring_page")
    view = BringTracker.draw(about.but(page=number), before=before)
    submit = f"Add {count(len(made.new), 'action')}" if made.new else "Look again"
    return view | {"submit": plain(submit), "close": plain("Close" if done else "Cancel")}
