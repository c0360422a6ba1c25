"""What a letter says about how to answer, and when the coordinator is told that a letter could not go."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from commands.kit.answers import Answer, Back, Show
from commands.kit.errors import ChangedMeanwhile
from commands.kit.fields import Text, Whole
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of
from commands.kit.turn import Turn
from commands.panels.numbers import change
from commands.panels.people import people_view
from panel.access import Thing, Verb
from panel.settings import Mail, Reach


@dataclass
class HowTheyAnswer(Form):
    """For people outside Slack, who can press nothing."""

    name = "panels.answering"
    title = "How they answer"
    contact: str | None = ask(
        Text(
            "How people outside Slack reach you",
            "Stands in every letter: the panel office's telephone and secure address. No person's name.",
            optional=True, limit=200,
        )
    )  # fmt: skip
    patience_hours: int = ask(
        Whole("Hours in which a mail server may say “later”", "After that you are told to telephone.", least=1, most=72)
    )
    urgent_minutes: int = ask(
        Whole("Minutes, where it can't wait", "Immediate actions, and whoever is in danger.", least=5, most=240)
    )
    failures: int = ask(
        Whole(
            "Messages that fail in a row, in Slack or by e-mail",
            "After so many somebody is written to once a day only. You are told at the first.", least=1, most=20,
        )
    )  # fmt: skip


def open_form(turn: Turn) -> Answer:
    """As things are."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    given = settings_of(turn.panel)
    now = asdict(given.mail) | asdict(given.reach)
    return Show(HowTheyAnswer.draw(turn.about.but(version=turn.panel.version), initial=now))


def save(turn: Turn, form: HowTheyAnswer) -> Answer:
    """It counts from the next letter on."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    if turn.about.version != turn.panel.version:
        raise ChangedMeanwhile
    mail = Mail(form.contact or "", form.patience_hours, form.urgent_minutes)
    change(turn.work, turn.panel, replace(settings_of(turn.panel), mail=mail, reach=Reach(form.failures)))
    turn.audit("settings_changed", f"panel:{turn.panel.id}", hours=mail.patience_hours, minutes=mail.urgent_minutes)
    return Back(people_view(turn))
