"""What a person sees once an action has moved: the action anew, or a sentence where it is theirs no more."""

from __future__ import annotations

from commands.actions import one
from commands.kit.answers import Answer, Back, Replace, Tell
from commands.kit.errors import NotAllowed
from commands.kit.turn import Turn
from storage.tables import Action


def pressed(turn: Turn, action: Action) -> Answer:
    """After a button: the same modal, drawn anew."""
    try:
        return Replace(one.view(turn, action))
    except NotAllowed:
        return Tell(turn.say("actions/saved", ref=action.ref))


def submitted(turn: Turn, action: Action) -> Answer:
    """After a form: closed, and the action beneath drawn anew."""
    try:
        return Back(one.view(turn, action))
    except NotAllowed:
        return Tell(turn.say("actions/saved", ref=action.ref))
