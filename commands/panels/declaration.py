"""The confidentiality declaration of each person: asked before papers and calendar open, once a year, warned of ahead.

A live panel asks everybody; a practice panel from the first declaration that somebody makes on it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col

from commands.kit.about import About
from commands.kit.answers import Answer, Show
from commands.kit.blocks import Block, actions, button, sections
from commands.kit.fields import Tick
from commands.kit.forms import Form, ask
from commands.kit.meetings import calendar_of, digest_on, settings_of, today
from commands.kit.notices import Rendered, say
from commands.kit.people import seats_of
from commands.kit.service import Service
from commands.kit.turn import Turn
from commands.kit.views import modal
from commands.panels.agreement import refuse_lapsed
from panel.access import Thing, Verb
from panel.declaration import WARNED, Standing, holds_until, standing
from panel.sitting import ANNUAL, ANNUAL_WORDING, LET_IN, ON_PAPER
from storage.outbox import Owed
from storage.tables import Declaration, Panel
from storage.work import UnitOfWork

KIND = "declaration"


@dataclass
class DeclareForm(Form):
    """One person, for a year."""

    name = "panels.declare"
    title = "Confidentiality"
    submit = "I declare it"
    sure: bool = ask(
        Tick("Your declaration", "It is kept with its date.", saying="I have read this and will keep to it.")
    )


def asked_first(turn: Turn) -> Answer | None:
    """The form, for somebody to whom agenda and briefing do not open before they declare; None for all others."""
    refuse_lapsed(turn)
    if not lacks(turn):
        return None
    return Show(_form(turn, sections(turn.say("panels/declare_first"))))


def lacks(turn: Turn) -> bool:
    """Whether this person has to declare before papers open to them."""
    return required(turn.work, turn.panel) and not where(turn.work, turn.panel, turn.user).opens


def open_form(turn: Turn) -> Answer:
    """/panel declare."""
    turn.need(Verb.DECLARE, Thing())
    return Show(_form(turn, []))


def save(turn: Turn, form: DeclareForm) -> Answer:
    """It holds from today; they are warned before it ends."""
    turn.need(Verb.DECLARE, Thing())
    until = holds_until(today(turn.panel, turn.work.now), settings_of(turn.panel).sitting.declaration_months)
    keep(turn.work, turn.panel, turn.user, ANNUAL_WORDING, until)
    turn.audit("declared", f"confidentiality on panel:{turn.panel.id}", wording=ANNUAL_WORDING)
    warn(turn.work, turn.panel, turn.user, until)
    blocks = sections(turn.say("panels/declared", until=until))
    blocks.append(actions(button("Open the agenda", "agendas.view", About(panel=turn.panel.id))))
    return Show(modal("Confidentiality", blocks, About(panel=turn.panel.id), name="panels.declared"))


def keep(work: UnitOfWork, panel: Panel, user: str, wording: str, until: date) -> Declaration:
    """Remember it, with its wording and its last day."""
    assert panel.id is not None
    return work.add(Declaration(panel_id=panel.id, user_id=user, wording=wording, at=work.now, until=until))


def required(work: UnitOfWork, panel: Panel) -> bool:
    """Whether this panel asks."""
    if not settings_of(panel).sitting.declarations:
        return False
    made = (Declaration.panel_id == panel.id, col(Declaration.wording).in_(ANNUAL))
    return panel.live or work.first(Declaration, *made) is not None


def where(work: UnitOfWork, panel: Panel, user: str) -> Standing:
    """Where somebody stands today. The chair's word lets them in until its day, without days of grace."""
    on, numbers = today(panel, work.now), settings_of(panel).sitting
    if any(row.until >= on for row in _made(work, panel, user, (LET_IN,))):
        return Standing.HOLDS
    until = max((row.until for row in _made(work, panel, user, ANNUAL)), default=None)
    return standing(until, on, calendar_of(panel, on), numbers.declaration_grace_days)


def on_paper(work: UnitOfWork, panel: Panel, user: str) -> date | None:
    """The day on which somebody's declaration that holds longest was signed on paper; None for one made in Slack."""
    row = max(_made(work, panel, user, ANNUAL), key=lambda row: row.until, default=None)
    return today(panel, row.at) if row and row.wording == ON_PAPER else None


def until_of(work: UnitOfWork, panel: Panel, user: str) -> date | None:
    """The last day of somebody's own declaration."""
    return max((row.until for row in _made(work, panel, user, ANNUAL)), default=None)


def notice(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """That it ends, or has ended. Not to somebody who declared anew, or holds no part any more."""
    panel, until = work.get(Panel, owed.panel_id), date.fromisoformat(owed.about["until"])
    user = owed.about["user"]
    if until_of(work, panel, user) != until or all(seat.user_id != user for seat in seats_of(work, panel.id)):
        return None
    on = today(panel, work.now)
    closes = calendar_of(panel, until).add_working_days(until, settings_of(panel).sitting.declaration_grace_days)
    text = service.words("panels/declaration_ends", panel=panel, until=until, ended=on > until, closes=closes)
    return say(text, button("Declare", "panels.declare", About(panel=panel.id)))


def _form(turn: Turn, before: list[Block]) -> Block:
    said = [*before, *sections(turn.say("panels/declaration", panel=turn.panel))]
    return DeclareForm.draw(About(panel=turn.panel.id), before=said)


def warn(work: UnitOfWork, panel: Panel, user: str, until: date) -> None:
    """Tell them in good time, and the day after, that it ends."""
    for days in WARNED:
        moment = digest_on(panel, until - timedelta(days=days))
        if moment > work.now:
            work.owe(
                f"{KIND}:{panel.id}:{user}:{until}:{days}", KIND, user, panel_id=panel.id, not_before=moment,
                about={"user": user, "until": until.isoformat()},
            )  # fmt: skip


def _made(work: UnitOfWork, panel: Panel, user: str, wordings: Collection[str]) -> list[Declaration]:
    own = work.once(("declarations", panel.id, user), lambda: work.rows(Declaration, panel_id=panel.id, user_id=user))
    return [row for row in own if row.wording in wordings]
