"""An answer from inside a digest: what the action's own button does, if it may be done as the action stands now."""

from __future__ import annotations

from dataclasses import dataclass, replace

from commands.actions import doing, one
from commands.actions.facts import facts_of
from commands.actions.moving import found
from commands.actions.offers import offered
from commands.kit.about import About, load
from commands.kit.answers import Answer, Show, Tell
from commands.kit.blocks import Block, section
from commands.kit.errors import NotAllowed
from commands.kit.forms import Form
from commands.kit.service import Service
from commands.kit.turn import Turn
from commands.reminders.listed import ANSWERS
from storage.tables import Action

AT_ONCE = ("actions.acknowledge",)  # what can be pressed again without harm; whatever else acts at once is asked first


@dataclass
class GiveBack(Form):
    """Asked once more: a menu is easily touched by mistake."""

    name = "reminders.not_mine"
    title = "Not mine"
    submit = "Give it back"


def answer(service: Service, turn: Turn) -> Answer:
    """Open the answer's form, drawn from the action as it stands now, however old the message is. Where that answer is
    not to be given any more, the action itself is shown."""
    action = found(replace_about(turn, turn.about.but(version=None)))
    _, name = turn.code(ANSWERS.__getitem__)
    button = next((each for each in _offers(turn, action) if each["action_id"] == name), None)
    if button is None:
        return _as_it_stands(turn, action)
    about = load(button["value"]) or About()
    press = service.buttons[name]
    if press.once and name not in AT_ONCE:
        return Show(GiveBack.draw(about, before=[section(turn.say("reminders/not_mine", ref=action.ref))]))
    return press.listener(replace_about(turn, about))


def give_back(turn: Turn, form: GiveBack) -> Answer:
    """As the action's own button; refused where the action changed since the question was asked."""
    return doing.not_mine(turn)


def replace_about(turn: Turn, about: About) -> Turn:
    """The same turn about something else."""
    return replace(turn, request=replace(turn.request, about=about))


def _offers(turn: Turn, action: Action) -> list[Block]:
    facts = facts_of(turn.work, turn.panel, action)
    about = About(panel=turn.panel.id, case=action.case_id, action=action.id, version=action.version)
    return offered(turn.work, turn.panel, turn.person, action, facts, about)


def _as_it_stands(turn: Turn, action: Action) -> Answer:
    try:
        return Show(one.view(turn, action))
    except NotAllowed:
        return Tell(turn.say("reminders/no_answer", ref=action.ref))
