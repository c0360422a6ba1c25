"""What an alert was found to be: said by whoever looked into it, and kept in the log itself."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col

from commands.audit.log import view
from commands.audit.words import WARNED
from commands.kit.about import About
from commands.kit.answers import Answer, Back, Show
from commands.kit.errors import Refusal
from commands.kit.fields import One
from commands.kit.forms import Form, ask
from commands.kit.text import day
from commands.kit.turn import Turn
from panel.access import Thing, Verb
from panel.codes.watching import Finding
from storage.tables import AuditRow

MOST = 50


class NothingToReview(Refusal):
    """No alert waits for its review."""


@dataclass
class Review(Form):
    """One alert, and what it was."""

    name = "audit.review.save"
    title = "Review an alert"
    alert: str = ask(One("Which alert?"))
    finding: str = ask(One("What was it?", choices=[(one.value, one.label) for one in Finding]))


def waiting(turn: Turn) -> list[AuditRow]:
    """The alerts that nobody has reviewed, the newest first; none about whoever asks."""
    rows = turn.work.find(
        AuditRow, AuditRow.panel_id == turn.panel.id, col(AuditRow.verb).in_(WARNED), order=col(AuditRow.seq).desc()
    )
    done = {row.thing for row in rows if row.verb == "reviewed"}
    left = [row for row in rows if row.verb == "alerted" and f"alert:{row.seq}" not in done]
    return [row for row in left if row.by_user != turn.user][:MOST]


def open_form(turn: Turn) -> Answer:
    """The form, with every alert that waits."""
    turn.need(Verb.SEE_AUDIT, Thing())
    found = waiting(turn)
    if not found:
        raise NothingToReview
    choices = [(str(row.seq), f"{day(row.at.date())}: {row.thing}, {row.details.get('times')}") for row in found]
    return Show(Review.draw(About(panel=turn.panel.id), choices={"alert": choices}))


def save(turn: Turn, form: Review) -> Answer:
    """It stands in the log, beside the alert; the first review counts."""
    turn.need(Verb.SEE_AUDIT, Thing())
    if form.alert not in {str(row.seq) for row in waiting(turn)}:
        raise NothingToReview(field="alert")
    turn.audit("reviewed", f"alert:{form.alert}", finding=form.finding)
    return Back(view(turn))
