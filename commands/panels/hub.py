"""/panel: where the panel stands, and a button for everything the command can do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from commands.kit.about import About
from commands.kit.answers import Answer, Show, Tell
from commands.kit.blocks import Block, actions, button, section, sections
from commands.kit.errors import NoMeeting, NotOnAPanel
from commands.kit.headings import DATES
from commands.kit.meetings import ahead, cut_offs_of
from commands.kit.modes import called
from commands.kit.registry import COMMANDS
from commands.kit.service import Service
from commands.kit.turn import Request, Turn
from commands.kit.views import modal
from commands.panels.counts import counts
from panel.codes import Role
from storage.tables import Panel

OFFICE = (Role.COORDINATOR, Role.CHAIR, Role.DEPUTY_CHAIR)
A_LABEL = 75
# Words that are not the office's alone.
EVERYBODYS = ("case", "minutes", "sheet", "print", "calendar", "declare", "conflict", "me")


def open_hub(turn: Turn) -> Answer:
    """The hub for coordinator and chairs; for everybody else, what they can do."""
    if turn.panel.id is None:
        return _no_panel(turn)
    if turn.person.has(*OFFICE):
        return Show(_hub(turn))
    if not turn.person.roles:
        raise NotOnAPanel
    return _what_they_can_do(turn)


def reopen(service: Service, request: Request) -> Answer:
    """A button of the hub: the same as its word."""
    word = request.about.code or ""
    about = request.about.but(code=None)
    return service.run_command(replace(request, action_id="/panel", text=word, about=about))


def _hub(turn: Turn) -> Block:
    about = About(panel=turn.panel.id)
    found = sections(turn.say("panels/hub", panel=turn.panel, counts=counts(turn.work, turn.panel), **_next(turn)))
    for heading, words in turn.service.hints("/panel").items():
        buttons = [_button(turn, word, hint, about) for word, hint in words.items() if word]
        if heading == DATES:
            buttons.insert(0, button("Every date ahead", "panels.dates", about))
        found += [section(f"*{heading}*"), actions(*buttons)] if buttons else []
    return modal(f"Panel {turn.panel.code}", found, about)


def _button(turn: Turn, word: str, hint: str, about: About) -> Block:
    hint = called(hint, turn.panel)
    label = hint if 0 < len(hint) <= A_LABEL else word.capitalize()
    return button(label, f"panels.open.{word}", about.but(code=word))


def _next(turn: Turn) -> dict[str, Any]:
    try:
        meeting = ahead(turn.work, turn.panel)
    except NoMeeting:
        return {"meeting": None, "cut_offs": []}
    moments = sorted(cut_offs_of(turn.work, meeting).items(), key=lambda pair: pair[1])
    return {
        "meeting": meeting,
        "cut_offs": [(called(name.label, meeting), at) for name, at in moments if at > turn.work.now],
    }


def _what_they_can_do(turn: Turn) -> Tell:
    others = {command: does for command, does in COMMANDS.items() if command != "/panel"}
    known = {word: hint for words in turn.service.hints("/panel").values() for word, hint in words.items()}
    own = {word: called(known[word], turn.panel) for word in EVERYBODYS if word in known}
    said = turn.say("panels/what_you_can_do", commands=others, own=own)
    about = About(panel=turn.panel.id)
    buttons = [button(f"Open {name}", f"kit.open.{name[1:]}", about.but(code=name)) for name in others]
    return Tell(said, (section(said), actions(*buttons)))


def _no_panel(turn: Turn) -> Answer:
    if turn.work.first(Panel, Panel.team_id == turn.request.team):
        raise NotOnAPanel
    said = turn.say("panels/no_panel")
    return Tell(said, (section(said), actions(button("Set up a panel", "panels.open.new", About(code="new")))))
