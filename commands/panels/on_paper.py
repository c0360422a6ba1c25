"""A declaration that somebody without Slack signed on paper: the coordinator enters the day and who saw it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from commands.kit.about import About
from commands.kit.answers import Answer, Back, Show
from commands.kit.blocks import section
from commands.kit.errors import NoSuchThing
from commands.kit.fields import Day, Who
from commands.kit.forms import Form, WrongAnswers, ask
from commands.kit.meetings import settings_of, today, zone_of
from commands.kit.people import seats_of
from commands.kit.turn import Turn
from commands.panels.declaration import keep, warn
from commands.panels.declarations import view
from panel.access import Thing, Verb
from panel.calendar import instant
from panel.declaration import holds_until
from panel.mail import outside_slack
from panel.sitting import ON_PAPER
from storage.tables import Seat

NOON = time(12)


@dataclass
class SignedOnPaper(Form):
    """When, and who saw it."""

    name = "panels.on_paper"
    title = "Signed on paper"
    submit = "Enter"
    signed: date = ask(Day("On which day was it signed?", "The paper stays with you, signed and dated."))
    seen_by: str | None = ask(
        Who("Who saw it signed?", "Somebody with a part on this panel. Empty: you.", optional=True), None
    )


def open_form(turn: Turn) -> Answer:
    """The form, for one person outside Slack."""
    seat = _seat(turn)
    said = section(turn.say("panels/on_paper", user=seat.user_id))
    return Show(SignedOnPaper.draw(About(panel=turn.panel.id, row=seat.id, page=turn.about.page), before=[said]))


def save(turn: Turn, form: SignedOnPaper) -> Answer:
    """It holds from the day on which it was signed. Raises WrongAnswers for a day that can't be, and for a witness who
    has no part here."""
    seat, here = _seat(turn), today(turn.panel, turn.work.now)
    until = holds_until(form.signed, settings_of(turn.panel).sitting.declaration_months)
    seen_by = form.seen_by or turn.user
    problems = {}
    if form.signed > here:
        problems["signed"] = "That day is still to come."
    elif until < here:
        problems["signed"] = "It would have ended by now: ask for a new one."
    if seen_by not in {each.user_id for each in seats_of(turn.work, turn.panel.id)}:
        problems["seen_by"] = "They have no part on this panel. Name somebody who has."
    if problems:
        raise WrongAnswers(problems)
    user = seat.user_id or ""
    row = keep(turn.work, turn.panel, user, ON_PAPER, until)
    row.at = min(instant(form.signed, NOON, zone_of(turn.panel)), turn.work.now)
    turn.work.session.flush()
    turn.audit(
        "declared_for", f"declaration:{row.id}", user=user, wording=ON_PAPER, signed=form.signed.isoformat(),
        seen_by=seen_by,
    )  # fmt: skip
    warn(turn.work, turn.panel, user, until)
    return Back(view(turn))


def _seat(turn: Turn) -> Seat:
    """Whose it is. Raises NoSuchThing for another panel's, and for whoever declares in Slack."""
    turn.need(Verb.DECLARE_FOR, Thing())
    seat = turn.work.get(Seat, turn.about.row)
    if seat.panel_id != turn.panel.id or seat.until is not None or not outside_slack(seat.user_id):
        raise NoSuchThing
    return seat
