"""Before an end at panel: what is left to do goes on in each agency's own plan, and off the panel's tracker."""

from __future__ import annotations

from dataclasses import dataclass

from commands.actions.facts import facts_of
from commands.actions.moving import accepted, audit, tell_people
from commands.actions.record import write
from commands.actions.sight import thing
from commands.cases.edit import finish
from commands.kit.answers import Answer, Show
from commands.kit.blocks import label
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.fields import Many, Tick
from commands.kit.forms import Form, ask
from commands.kit.people import agencies_by_id, thing_of
from commands.kit.turn import Turn
from commands.life.ending import unfinished
from panel.access import Verb
from panel.codes import ActionStatus
from panel.moves import Move, move
from storage.tables import Action, Case

REASON = "It goes on in the agency's own plan."


class NothingOpen(Refusal):
    """No agency has an open action on this case. What the panel's own office does is ended in the action itself."""


@dataclass
class OwnPlans(Form):
    """Which actions, and that their agencies have taken them over."""

    name = "life.own_plans"
    title = "Actions into own plans"
    submit = "Hand them over"
    actions: list[str] = ask(Many("Which actions go on in their agency's own plan?"))
    taken: bool = ask(Tick("Taken over", saying="Each agency has said that it takes its own over"))


def open_form(turn: Turn) -> Answer:
    """The agencies' open actions on the case, by reference."""
    case = turn.work.get(Case, turn.about.case)
    turn.need(Verb.SUPERSEDE, thing_of(turn.work, case))
    actions = _theirs(turn, case)
    if not actions:
        raise NothingOpen
    turn.audit("opened", f"case:{case.id}", case_id=case.id, section="own_plans")
    agencies = agencies_by_id(turn.work, turn.panel.id)
    chosen = [(str(each.id), label(f"{each.ref} · {agencies[each.owner_id].code}")) for each in actions]
    return Show(OwnPlans.draw(turn.about.but(version=case.version), choices={"actions": chosen}))


def save(turn: Turn, form: OwnPlans) -> Answer:
    """Each ends on the tracker, with the reason; its owner is told."""
    case = turn.work.get(Case, turn.about.case)
    if turn.about.version != case.version:
        raise ChangedMeanwhile
    turn.need(Verb.SUPERSEDE, thing_of(turn.work, case))
    for action in _theirs(turn, case):
        if str(action.id) in form.actions:
            _hand_over(turn, action)
    return finish(turn, case, "own_plans")


def _theirs(turn: Turn, case: Case) -> list[Action]:
    """Of agencies; one that was reported is confirmed instead."""
    open_ones = unfinished(turn.work, case)
    return [each for each in open_ones if each.owner_id is not None and each.status != ActionStatus.REPORTED_COMPLETE]


def _hand_over(turn: Turn, action: Action) -> None:
    turn.need(Verb.SUPERSEDE, thing(turn.work, turn.panel, action, None))
    after = accepted(move(facts_of(turn.work, turn.panel, action), Move.SUPERSEDE, turn.work.now, reason=REASON))
    done = write(turn.work, turn.panel, action, after, turn.user, Move.SUPERSEDE, REASON)
    audit(turn, action, "own_plan")
    tell_people(turn, action, "ended", done, "owners")
