"""For a panel that keeps references only: an update says that it was sent, and when; its words go another way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from commands.kit.answers import Answer, Show, Tell
from commands.kit.blocks import section
from commands.kit.errors import Refusal
from commands.kit.fields import Day, Moment, One, Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of, today
from commands.kit.text import weekday
from commands.kit.turn import Turn
from commands.updates.answers import keep, write
from commands.updates.desk import Answering, answering_now, by_when
from commands.updates.sitting import back
from commands.updates.telling import limits_of, mark_imminent
from panel.codes import Function, ReturnKind, RiskView
from panel.restriction import automatic
from panel.returns import ReturnDraft
from panel.settings import Content

RISKS = [(each.value, each.label) for each in RiskView]
REASON_SENT = "The reason went by the panel's secure route"


class ReferencesOnly(Refusal):
    """This panel keeps references only, so nothing can be written here. Send it by your secure route, then choose
    “Tell us something” and say when it went."""


class NotSentYet(Refusal):
    """Choose the day on which it was sent, today or earlier."""


@dataclass
class SentElsewhere(Form):
    """That the update went by the secure route."""

    name = "updates.sent"
    title = "Sent by our secure route"
    sent_on: date = ask(Day("When was it sent?", "By your agency's secure route, never through Slack."))
    risk: str | None = ask(
        One("Risk, in your view", optional=True, choices=[(r.value, r.label) for r in RiskView]), None
    )
    told: str | None = ask(
        Text("If imminent: who was told?", "999, MARAC, the hub: never a name.", True, limit=60), None
    )
    told_at: datetime | None = ask(Moment("If imminent: when were they told?", optional=True), None)


def keeps_words(turn: Turn) -> bool:
    """Whether this panel keeps what agencies write."""
    return settings_of(turn.panel).content is Content.HELD


def need_words(turn: Turn) -> None:
    """Refuse a form for words where none are kept."""
    if not keeps_words(turn):
        raise ReferencesOnly


def open_form(turn: Turn, here: Answering) -> Answer:
    """The form."""
    words = turn.say("updates/sent_heading", case=here.asked.case, **by_when(turn, here.sitting.meeting))
    return Show(SentElsewhere.draw(turn.about.but(code=None), before=[section(words)]))


def save(turn: Turn, form: SentElsewhere) -> Answer:
    """A return with its date, and the risk view where one was given."""
    here = answering_now(turn)
    if form.sent_on > today(turn.panel, turn.work.now):
        raise NotSentYet(field="sent_on")
    risk = RiskView(form.risk) if form.risk else None
    draft = ReturnDraft(
        ReturnKind.INFORMATION, says_something=True, risk=risk, told=form.told or "", told_at=form.told_at
    )  # fmt: skip
    sent = keep(turn, here, draft)
    usual = automatic(Function(here.asked.agency.function))
    write(turn, here, sent, "fact", f"Sent by our secure route on {weekday(form.sent_on)}", usual)
    if risk is not None:
        write(turn, here, sent, "risk", risk, limits_of(here, "risk", usual))
    if risk is not RiskView.IMMINENT:
        return back(turn)
    mark_imminent(turn, here, sent, form.told or "", form.told_at)
    return said_imminent(turn, here)


def said_imminent(turn: Turn, here: Answering) -> Answer:
    """Saved, and it has to be read that nobody watches forms; the sitting beneath is drawn anew."""
    back(turn)
    return Tell(turn.say("updates/imminent_saved", case=here.asked.case))
