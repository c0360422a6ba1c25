"""Where an agency's own overdue actions on a case stand, said with its update."""

from __future__ import annotations

from dataclasses import dataclass

from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.blocks import Block, button, section
from commands.kit.errors import NoSuchThing, Refusal
from commands.kit.fields import Text, relabelled
from commands.kit.forms import Form, ask
from commands.kit.turn import Turn
from commands.updates.answers import keep, write
from commands.updates.desk import Answering, answering_now
from commands.updates.overdue import overdue_by_case
from commands.updates.sent import need_words
from commands.updates.sitting import back
from panel.codes import ReturnKind
from panel.restriction import Restriction, stores_text
from panel.returns import ReturnDraft
from storage.tables import Action

WHERE = Text(
    "Where does it stand?", "What was done, what stands in the way, by when. References only.", True, lines=True
)


class NothingOverdue(Refusal):
    """None of your agency's actions on this case is overdue any more."""


class SaidInTheRoom(Refusal):
    """What is overdue here is spoken of in the room only, and nothing is kept of it. Move it on in /actions."""


@dataclass
class OwnActions(Form):
    """One question an action: the oldest eight."""

    name = "updates.overdue"
    title = "Overdue actions"
    first: str | None = ask(WHERE, None)
    second: str | None = ask(WHERE, None)
    third: str | None = ask(WHERE, None)
    fourth: str | None = ask(WHERE, None)
    fifth: str | None = ask(WHERE, None)
    sixth: str | None = ask(WHERE, None)
    seventh: str | None = ask(WHERE, None)
    eighth: str | None = ask(WHERE, None)

    @property
    def said(self) -> list[str | None]:
        """The answers in the order of the actions."""
        return [getattr(self, name) for name in self.questions()]


def open_form(turn: Turn) -> Answer:
    """A question for each, with its date. The action itself is reported in /actions."""
    need_words(turn)
    here = answering_now(turn)
    found = _overdue(turn, here)
    names = list(OwnActions.questions())
    worded = {
        name: relabelled(WHERE, label=f"{action.ref}, was due {action.due.day} {action.due:%B}")
        for name, action in zip(names, found, strict=False)
    }
    link = button("Open", "actions.agency", About(panel=turn.panel.id))
    before: list[Block] = [section(turn.say("updates/overdue_heading", case=here.asked.case), link)]
    asked = turn.about.but(code=",".join(str(action.id) for action in found[: len(names)]))
    return Show(OwnActions.draw(asked, before=before, without=names[len(found) :], fields=worded))


def save(turn: Turn, form: OwnActions) -> Answer:
    """An item an action, read by whoever reads the action."""
    need_words(turn)
    here = answering_now(turn)
    asked = [_asked(turn, here, key) for key in turn.code(lambda code: [int(key) for key in code.split(",")])]
    told = [(action, said) for action, said in zip(asked, form.said, strict=False) if said]
    if told:
        sent = keep(turn, here, ReturnDraft(ReturnKind.INFORMATION, says_something=True))
        for action, said in told:
            write(turn, here, sent, "own_action", f"{action.ref}: {said}", Restriction.parse(action.restriction))
    return back(turn)


def _asked(turn: Turn, here: Answering, key: int) -> Action:
    action = turn.work.get(Action, key)
    if (action.case_id, action.owner_id) != (here.asked.case.id, here.asked.agency.id) or not _kept(action):
        raise NoSuchThing
    return action


def _overdue(turn: Turn, here: Answering) -> list[Action]:
    found = overdue_by_case(turn, here.asked.agency).get(here.asked.case.id or 0, [])
    if not found:
        raise NothingOverdue
    kept = [action for action in found if _kept(action)]
    if not kept:
        raise SaidInTheRoom
    return kept


def _kept(action: Action) -> bool:
    """Whether words about it may be kept: an answer has the restriction of its action."""
    return stores_text(Restriction.parse(action.restriction))
