"""Actions: what the agency proposes, one a form; its own overdue ones have a form of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, label, section
from commands.kit.catalogue import catalogue_of
from commands.kit.fields import Day, One, Text, Tick
from commands.kit.forms import Form, ask, emptied
from commands.kit.meetings import today
from commands.kit.turn import Turn
from commands.updates import parts
from commands.updates.desk import Answering, answering_now
from commands.updates.last_time import last_time
from commands.updates.more import changing
from commands.updates.sent import need_words
from commands.updates.sitting import back
from panel.codes.returns import ReturnSection
from panel.restriction import FormChoice
from panel.return_parts import coming_day_problem, proposal_text
from storage.tables import Item

ACTIONS = ReturnSection.ACTIONS


@dataclass
class Proposal(Form):
    """One action that the panel could agree."""

    name = "updates.proposal"
    title = "Propose an action"
    code: str | None = ask(One("From the catalogue", "The chair agrees it at the meeting.", True), None)
    text: str | None = ask(
        Text("In your words", f"Who does what to which end, so that it can be seen to be done. {parts.NEVER}", True,
             lines=True),
        None,
    )  # fmt: skip
    owner: str | None = ask(One("By which agency?", optional=True), None)
    by: date | None = ask(Day("By when?", optional=True), None)
    reach: str | None = ask(
        Text("How could it reach a victim?", "What the subject would notice; when it is unsafe. No names.", True,
             lines=True),
        None,
    )  # fmt: skip
    readers: str = ask(parts.READERS)
    named: Sequence[str] = ask(parts.NAMED, ())
    again: bool = ask(Tick("Then", optional=True, saying="Save this, then another proposal"), False)

    def check(self) -> dict[str, str]:
        """A kind or words, unless it is for the room."""
        if self.readers == FormChoice.IN_THE_ROOM:
            return parts.for_the_room(self.readers, {"code": self.code, "text": self.text, "reach": self.reach})
        if not self.code and not self.text:
            return {"code": "Choose from the catalogue, or say it in your words."}
        return {}


def open_form(turn: Turn) -> Answer:
    """The form, empty, with what was proposed last month above."""
    need_words(turn)
    here = answering_now(turn)
    return Show(_draw(turn, here, {"readers": parts.usual_readers(here)}))


def change(turn: Turn, here: Answering, item: Item) -> Answer:
    """The form of one proposal, filled in."""
    told = item.details or {}
    given = {**told, "by": date.fromisoformat(told["by"]) if told.get("by") else None}
    return Show(_draw(turn, here, given, item))


def save(turn: Turn, form: Proposal) -> Answer:
    """Keep the proposal."""
    need_words(turn)
    here = answering_now(turn)
    parts.refuse(coming_day_problem("by", form.by, today(turn.panel, turn.work.now)))
    limits = parts.limits_for(here, parts.chosen(form.readers, form.named))
    kinds = catalogue_of(turn.work, turn.panel.id).kinds
    what = ". ".join(filter(None, [kinds[form.code].label if form.code else None, form.text]))
    told = {
        "code": form.code, "text": form.text, "owner": form.owner, "by": form.by.isoformat() if form.by else None,
        "reach": form.reach, "readers": form.readers, "named": list(form.named),
    }  # fmt: skip
    piece = parts.Piece("proposed_action", proposal_text(what, form.owner, form.by, form.reach), limits, told)
    before = changing(turn, here, turn.about.version)
    sent = parts.add(turn, here, Proposal.name, ACTIONS, piece, before)
    if not form.again:
        return back(turn)
    kept = section(turn.say("updates/line_kept", case=here.asked.case))
    return Replace(emptied(_draw(turn, here, {"readers": form.readers}, before=[kept]), sent.id))


def _draw(
    turn: Turn, here: Answering, given: dict[str, object], item: Item | None = None, before: Sequence[Block] = ()
) -> Block:
    beside = {} if here.sitting.on_behalf or item else last_time(turn, here.asked)
    agencies = parts.others(turn)
    return Proposal.draw(
        turn.about.but(code=None, version=item.id if item else None),
        initial=given,
        choices={"named": agencies, "owner": agencies, "code": _kinds(turn, given.get("code"))},
        before=[*before, *parts.heading(turn, here, ACTIONS), *beside.get("proposed", ())],
        without=("again",) if item else (),
    )


def _kinds(turn: Turn, now: object) -> list[tuple[str, str]]:
    """What the panel's catalogue offers today, and what was chosen before (`now`) though it be retired."""
    known = catalogue_of(turn.work, turn.panel.id)
    listed = [kind for code, kind in known.kinds.items() if code in known.offered or code == now]
    return [(kind.code, label(f"{kind.code} {kind.label}")) for kind in listed]
