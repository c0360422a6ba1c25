"""An action that ends otherwise than by being done: no longer possible (the chair agrees), replaced, cancelled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from commands.actions.after import pressed, submitted
from commands.actions.facts import ending_said
from commands.actions.moving import apply, found, may_or_refuse, tell_people
from commands.actions.offers import author_of
from commands.actions.sight import thing
from commands.actions.words import WHERE_NOT
from commands.kit.answers import Answer, Show
from commands.kit.blocks import plain
from commands.kit.errors import ChangedMeanwhile
from commands.kit.fields import Text, Tick
from commands.kit.forms import Form, ask
from commands.kit.turn import Turn
from panel.access import Verb, may
from panel.codes import Outcome
from panel.moves import Move
from storage.tables import Action

ENDS = {
    Move.NOT_POSSIBLE: (Verb.NOT_POSSIBLE, "ended", ("owners",)),
    Move.SAY_NOT_POSSIBLE: (Verb.SAY_NOT_POSSIBLE, "ending_said", ("chair", "owners")),
    Move.KEEP_ON: (Verb.NOT_POSSIBLE, "answered", ("owners",)),
    Move.SUPERSEDE: (Verb.SUPERSEDE, "ended", ("owners",)),
    Move.CANCEL: (Verb.CANCEL_ACTION, "ended", ("owners",)),
}
ENDED_BY = (Move.NOT_POSSIBLE, Move.KEEP_ON, Move.SUPERSEDE, Move.CANCEL)  # each has its button
ASKS = {  # title and button, where nothing ends yet
    Move.SAY_NOT_POSSIBLE: ("No longer possible", "Tell the chair"),
    Move.NOT_POSSIBLE: ("No longer possible", "End it"),
    Move.KEEP_ON: ("It is to be done", "Keep it on"),
}


@dataclass
class End(Form):
    """Why it ends. What circumstances made impossible is no failure."""

    name = "actions.end"
    title = "End this action"
    submit = "End it"
    reason: str = ask(Text("Why?", WHERE_NOT, lines=True))
    duplicate: bool = ask(Tick("Duplicate", optional=True, saying="It says the same as another action"), False)


def open_end(turn: Turn) -> Answer:
    """The form; what is no longer possible has its outcome already."""
    action = found(turn)
    what = who_says(turn, action, turn.code(Move))
    may_or_refuse(turn, action, ENDS[what][0], said_by(turn)(action))
    title, submit = ASKS.get(what, (End.title, End.submit))
    without = () if what in (Move.SUPERSEDE, Move.CANCEL) else ("duplicate",)
    return Show(End.draw(turn.about, without=without, title=title) | {"submit": plain(submit)})


def end(turn: Turn, form: End) -> Answer:
    """No longer possible, replaced or cancelled."""
    outcome = Outcome.DUPLICATE if form.duplicate else None
    return submitted(turn, ended(turn, turn.code(Move), form.reason, outcome))


def ended(turn: Turn, what: Move, reason: str, outcome: Outcome | None = None) -> Action:
    """It ends otherwise than by being done, and its people are told. `what`: one of `ENDS`."""
    what = who_says(turn, found(turn), what)
    verb, told, parts = ENDS[what]
    action, move = apply(turn, verb, what, reason=reason, outcome=outcome, author=said_by(turn))
    tell_people(turn, action, told, move, *parts)
    return action


def agree_end(turn: Turn) -> Answer:
    """The chair agrees that it is no longer possible: the reason is what was said."""
    said = ending_said(turn.work, [turn.about.action or 0]).get(turn.about.action or 0)
    if said is None:
        raise ChangedMeanwhile
    return pressed(turn, ended(turn, Move.NOT_POSSIBLE, said.note or ""))


def who_says(turn: Turn, action: Action, what: Move) -> Move:
    """That it is no longer possible is the chair's word; whoever else says so asks the chair to agree."""
    if what is not Move.NOT_POSSIBLE:
        return what
    author = said_by(turn)(action)
    chairs = may(turn.person, Verb.NOT_POSSIBLE, thing(turn.work, turn.panel, action, author))
    return what if chairs or author is not None else Move.SAY_NOT_POSSIBLE


def said_by(turn: Turn) -> Callable[[Action], str | None]:
    """Who said that an action is no longer possible, where that waits for the chair."""
    return lambda action: author_of(turn.work, action, Verb.NOT_POSSIBLE)
