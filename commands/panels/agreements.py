"""/panel agreements: the sharing agreement of each agency, when it was signed and until when it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commands.kit.about import About
from commands.kit.answers import Answer, Back, Replace, Show
from commands.kit.blocks import Block, button, section, sections
from commands.kit.errors import ChangedMeanwhile, NoSuchThing, Refusal
from commands.kit.fields import Day
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of, today
from commands.kit.people import agencies_of
from commands.kit.text import escape, weekday
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.panels.agreement import warn, where
from panel.access import Thing, Verb
from panel.declaration import Standing
from storage.tables import Agency

VIEW = "panels.agreements"
SAID = {
    Standing.NEVER: "no date entered", Standing.HOLDS: "holds", Standing.GRACE: "ended, and still in its days of grace",
    Standing.LAPSED: "ended: papers are closed to its people",
}  # fmt: skip


class SignedTomorrow(Refusal):
    """That day is still to come. Give the day on which it was signed."""


class EndsFirst(Refusal):
    """It can't end before the day on which it was signed."""


@dataclass
class Agreement(Form):
    """Two days. Without a last one it holds until it is given one."""

    name = "panels.agreement.save"
    title = "Sharing agreement"
    signed: date | None = ask(Day("Signed on", "By somebody who may sign for this agency.", optional=True), None)
    until: date | None = ask(Day("Holds until, that day included", "Empty: until further notice.", optional=True), None)


def open_list(turn: Turn) -> Answer:
    """For coordinator, chair and information-governance lead."""
    return Show(view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of it."""
    return Replace(view(turn))


def view(turn: Turn) -> Block:
    """Every agency; those whose papers are closed, or that have no date, first."""
    turn.need(Verb.KEEP_AGREEMENTS, Thing())
    turn.audit("looked", f"sharing agreements of panel:{turn.panel.id}")
    rows = [(agency, where(turn.work, turn.panel, agency)) for agency in agencies_of(turn.work, turn.panel)]
    rows.sort(key=lambda row: row[1].opens)
    grace = settings_of(turn.panel).sharing.agreement_grace_days
    top = sections(turn.say("panels/agreements", open=sum(not at.opens for _, at in rows), grace=grace))
    about = About(panel=turn.panel.id, page=turn.about.page)
    return paged("Sharing agreements", [top, [_row(turn, *row) for row in rows]], about, VIEW, name=VIEW)


def _row(turn: Turn, agency: Agency, at: Standing) -> Block:
    days = [f"signed {weekday(agency.agreement_at)}"] if agency.agreement_at else []
    days += [f"until {weekday(agency.agreement_until)}"] if agency.agreement_until else []
    said = f"*{escape(agency.code)}*: {', '.join([SAID[at], *days])}"
    about = About(panel=turn.panel.id, agency=agency.id, version=agency.version, page=turn.about.page)
    return section(said, button("Change", "panels.agreement", about)) | {"block_id": f"agreement.{agency.id}"}


def open_form(turn: Turn) -> Answer:
    """The two days of one agency."""
    turn.need(Verb.KEEP_AGREEMENTS, Thing())
    agency = _agency(turn)
    initial = {"signed": agency.agreement_at, "until": agency.agreement_until}
    return Show(
        Agreement.draw(turn.about.but(version=agency.version), initial=initial, title=f"Agreement: {agency.code}")
    )


def save(turn: Turn, form: Agreement) -> Answer:
    """Keep them; who is concerned is warned before it ends."""
    turn.need(Verb.KEEP_AGREEMENTS, Thing())
    agency = _agency(turn)
    if agency.version != turn.about.version:
        raise ChangedMeanwhile
    if form.signed and form.signed > today(turn.panel, turn.work.now):
        raise SignedTomorrow(field="signed")
    if form.until and (form.signed is None or form.until < form.signed):
        raise EndsFirst(field="until")
    agency.agreement_at, agency.agreement_until = form.signed, form.until
    agency.version += 1
    turn.audit(
        "agreement_kept", f"agency:{agency.id}", signed=form.signed and form.signed.isoformat(),
        until=form.until and form.until.isoformat(),
    )  # fmt: skip
    warn(turn.work, turn.panel, agency)
    return Back(view(turn))


def _agency(turn: Turn) -> Agency:
    agency = turn.work.get(Agency, turn.about.agency)
    if agency.panel_id != turn.panel.id:
        raise NoSuchThing
    return agency
