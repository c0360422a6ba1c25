"""The actions of a digest, one by one: by reference, day and where it stands in time, with its answers beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commands.actions.words import due_words
from commands.kit.about import About
from commands.kit.blocks import Block, button, options, section
from commands.kit.meetings import zone_of
from commands.kit.service import Service
from commands.reminders.doors import OF_AGENCY
from panel.digest import Entry, Line, PersonFacts, entries
from panel.ladder import Recipient
from storage.tables import Action, Panel
from storage.work import UnitOfWork

MOST = 10  # actions in one message; the rest is counted, and a press away
ANSWER = "reminders.answer"
ANSWERS = {
    "acknowledge": ("Acknowledge", "actions.acknowledge"),
    "done": ("Done", "actions.done"),
    "progress": ("Report progress", "actions.progress"),
    "time": ("More time", "actions.time"),
    "not_possible": ("No longer possible", "actions.end.not_possible"),
    "not_mine": ("Not mine", "actions.not_mine"),
}
# Five at most in a menu of Slack's; who has not acknowledged yet has made no progress either.
TO_ACKNOWLEDGE = ("acknowledge", "done", "time", "not_possible", "not_mine")
IN_HAND = ("done", "progress", "time", "not_possible", "not_mine")
ANSWERING = OF_AGENCY | {Recipient.ASSIGNEE}
LISTED = (Line.OVERDUE, Line.DUE_TODAY, Line.DUE_SOON, Line.TO_ACKNOWLEDGE)


@dataclass(frozen=True)
class Told:
    """One action as the message tells of it."""

    text: str
    block: Block


def told(service: Service, work: UnitOfWork, theirs: Sequence[tuple[Panel, PersonFacts]]) -> tuple[list[Told], int]:
    """The most urgent actions of one person over their panels, and how many more there are."""
    found = [(panel, entry) for panel, facts in theirs for entry in entries(facts, work.now) if entry.line in LISTED]
    order = list(Line)
    found.sort(key=lambda one: (order.index(one[1].line), one[1].action.due, one[0].code, one[1].action.ref))
    several = len({panel.id for panel, _ in found}) > 1
    shown = found[:MOST]
    return [_one(service, work, panel, entry, several) for panel, entry in shown], len(found) - len(shown)


def _one(service: Service, work: UnitOfWork, panel: Panel, entry: Entry, several: bool) -> Told:
    text = service.words(
        "reminders/digest_action", ref=entry.action.ref, line=entry.line, panel=panel.code if several else "",
        words=due_words(entry.action, work.now, zone_of(panel)),
    )  # fmt: skip
    (row,) = work.rows(Action, panel_id=panel.id, ref=entry.action.ref)
    about = About(panel=panel.id, action=row.id)
    answering = entry.parts & ANSWERING
    return Told(
        text, section(text, _answers(entry.line, about) if answering else button("Open", "actions.open", about))
    )


def _answers(line: Line, about: About) -> Block:
    codes = TO_ACKNOWLEDGE if line is Line.TO_ACKNOWLEDGE else IN_HAND
    choices = [(about.but(code=code).dump(), ANSWERS[code][0]) for code in codes]
    return {"type": "overflow", "action_id": ANSWER, "options": options(choices)}
