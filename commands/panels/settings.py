"""/panel settings: the numbers people change most. The rest keeps its default."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import time

from commands.kit.about import About
from commands.kit.answers import Answer, Show, Tell
from commands.kit.blocks import actions, button
from commands.kit.errors import ChangedMeanwhile
from commands.kit.fields import Clock, One, Whole
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of
from commands.kit.turn import Turn
from commands.panels import numbers
from panel.access import Thing, Verb
from panel.ladder import is_quiet
from panel.settings import Content


@dataclass
class Numbers(Form):
    """How much a meeting takes, when people are written to, and what is kept."""

    name = "panels.settings"
    title = "Settings"
    max_cases: int = ask(Whole("Most cases a meeting", least=1, most=60))
    max_new: int = ask(Whole("Most new cases among them", least=0, most=60))
    agencies_min: int = ask(Whole("Fewest agencies for a quorum", least=1, most=60))
    digest_at: str = ask(Clock("Daily digest at", "On working days, outside the quiet hours."))
    quiet_from: str = ask(Clock("Quiet from", "No ordinary message is sent in quiet hours; urgent ones are."))
    quiet_until: str = ask(Clock("Quiet until"))
    content: str | None = ask(
        One(
            "What does Convenor keep?", "The information-governance lead decides, with the go-live list.",
            choices=[(one.value, one.label) for one in Content],
        ),
        None,
    )  # fmt: skip

    def check(self) -> dict[str, str]:
        """The numbers must go together."""
        wrong = {}
        if self.max_new > self.max_cases:
            wrong["max_new"] = "Not more than all the cases of a meeting."
        if self.quiet_from == self.quiet_until:
            wrong["quiet_until"] = "Choose another time: quiet hours can't last all day."
        elif is_quiet(*map(time.fromisoformat, (self.digest_at, self.quiet_from, self.quiet_until))):
            wrong["digest_at"] = "That is in the quiet hours. Choose a time outside them."
        return wrong


def open_form(turn: Turn) -> Answer:
    """The form with the numbers that count now. What is kept is not asked once the panel is live."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    now = settings_of(turn.panel)
    initial = {
        "max_cases": now.capacity.max_cases, "max_new": now.capacity.max_new,
        "agencies_min": now.quorum.agencies_min, "digest_at": f"{now.digest_at:%H:%M}",
        "quiet_from": f"{now.quiet_from:%H:%M}", "quiet_until": f"{now.quiet_until:%H:%M}", "content": now.content,
    }  # fmt: skip
    about = About(panel=turn.panel.id, version=turn.panel.version)
    more = actions(
        button("Name, time and rhythm", "panels.series", about),
        button("Meetings and channel", "panels.sittings", about),
        button("Cut-offs", "panels.cut_offs", about),
        button("Referrals and scores", "cases.scores.settings", About(panel=turn.panel.id)),
        button("Agenda items", "agendas.standing", about),
        button("The meeting itself", "meetings.settings.open", about),
        button("Sharing and audit", "audit.settings.open", about),
        button("Case life", "life.settings.open", about),
        button("The safety check", "actions.gate.open", about),
        button("Reminders", "reminders.ladder", about),
        button("More time, putting off", "actions.leeway.open", about),
        button("Who sees what", "access.numbers.open", about),
    )
    return Show(Numbers.draw(about, initial=initial, before=[more], without=("content",) if turn.panel.live else ()))


def save(turn: Turn, form: Numbers) -> Answer:
    """They count at once; the next digest is worked out anew."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    if turn.about.version != turn.panel.version:
        raise ChangedMeanwhile
    now = settings_of(turn.panel)
    changed = replace(
        now,
        capacity=replace(now.capacity, max_cases=form.max_cases, max_new=form.max_new),
        quorum=replace(now.quorum, agencies_min=form.agencies_min),
        digest_at=time.fromisoformat(form.digest_at),
        quiet_from=time.fromisoformat(form.quiet_from),
        quiet_until=time.fromisoformat(form.quiet_until),
        content=Content(form.content) if form.content else now.content,
    )
    numbers.change(turn.work, turn.panel, changed)
    turn.audit("settings_changed", f"panel:{turn.panel.id}", settings=json.loads(changed.to_json()))
    return Tell(turn.say("panels/settings_saved"))
