"""/panel enter: the coordinator enters what an agency sent by another secure way. States are seen, content is not."""

from __future__ import annotations

from dataclasses import dataclass

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import label
from commands.kit.fields import One
from commands.kit.forms import Form, ask
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from commands.updates.current import answering, pairs
from commands.updates.desk import RequestsNotOut, sitting_of
from commands.updates.statement import begin
from panel.access import Thing, Verb
from storage.tables import Agency, Meeting


@dataclass
class EnterFor(Form):
    """Which agency."""

    name = "updates.enter"
    title = "Enter for an agency"
    submit = "Go on"
    agency: str = ask(One("Whose update do you enter?", "Enter only what that agency sent you by a secure way."))


def open_form(turn: Turn) -> Answer:
    """The form: the agencies that were asked."""
    meeting = turn.work.get(Meeting, turn.about.meeting) if turn.about.meeting else answering(turn.work, turn.panel)
    asked = {pair.agency.id for pair in pairs(turn.work, meeting)}
    found = [agency for agency in agencies_of(turn.work, turn.panel) if agency.id in asked]
    codes = frozenset(agency.code for agency in found)
    if not found:
        raise RequestsNotOut
    turn.need(Verb.ENTER_ON_BEHALF, Thing(agency=found[0].code, on_case=codes))
    choices = [(str(agency.id), label(f"{agency.code} · {agency.name}")) for agency in found]
    return Show(EnterFor.draw(About(panel=turn.panel.id, meeting=meeting.id), choices={"agency": choices}))


def save(turn: Turn, form: EnterFor) -> Answer:
    """On to the statement, made for that agency."""
    meeting, agency = turn.work.get(Meeting, turn.about.meeting), turn.work.get(Agency, int(form.agency))
    answer = begin(turn, sitting_of(turn, agency, meeting))
    return Replace(answer.view) if isinstance(answer, Show) else answer
