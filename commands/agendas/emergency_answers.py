"""What the agencies of an emergency meeting answer, in two minutes; who may read it; and that it was held."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col

from commands.agendas.emergency import answer_by, sitting_of
from commands.kit.about import About
from commands.kit.answers import Answer, Back, Replace, Show
from commands.kit.blocks import Block, actions, button, paragraphs, section, sections
from commands.kit.errors import ChangedMeanwhile, Refusal
from commands.kit.fields import One, Text
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of
from commands.kit.notices import Rendered, say
from commands.kit.people import agencies_by_id, agency_of, thing_of
from commands.kit.reading import Reading
from commands.kit.service import Service
from commands.kit.text import moment
from commands.kit.turn import Turn
from commands.kit.views import paged
from panel.access import Allowed, Thing, Verb, may
from panel.basis import usual
from panel.codes import Function, RiskView
from panel.restriction import automatic
from panel.settings import Content
from storage.outbox import Owed
from storage.tables import Agency, Case, Item, Meeting, Request
from storage.work import UnitOfWork

RISK = [(view.value, view.label) for view in RiskView if view is not RiskView.IMMINENT]
NEVER = "No names, addresses or numbers."


class TooLate(Refusal):
    """This meeting is over, so nothing of this was sent to it. Telephone the chair with what can't wait, and send the
    rest with your update for the next panel."""


class NotStarted(Refusal):
    """It has not begun yet."""


@dataclass
class MiniReturn(Form):
    """Whereabouts, risk, action."""

    name = "agendas.mini"
    title = "Three questions"
    submit = "Send"
    whereabouts: str | None = ask(
        Text("Where is the subject, and how do you know?", f"As of today, with the source. {NEVER}", optional=True),
        default=None,
    )
    risk: str = ask(One("What has become of the risk?", "If anybody is in danger now, telephone 999.", choices=RISK))
    action: str | None = ask(
        Text("What can you do within a day?", f"One action, and by which hour. {NEVER}", optional=True), default=None
    )


def show(turn: Turn) -> Answer:
    """What has come, as this person may read it."""
    return Show(view(turn, sitting_of(turn)))


def turn_page(turn: Turn) -> Answer:
    """Another page of it."""
    return Replace(view(turn, sitting_of(turn)))


def open_form(turn: Turn) -> Answer:
    """The three questions, for one of the agencies that were asked."""
    meeting = sitting_of(turn)
    agency = _answering(turn, meeting)
    references_only = settings_of(turn.panel).content is Content.REFERENCES_ONLY
    without = ("whereabouts", "action") if references_only else ()
    about = About(panel=turn.panel.id, meeting=meeting.id, version=_newest(turn, meeting, agency))
    return Show(MiniReturn.draw(about, without=without))


def save(turn: Turn, form: MiniReturn) -> Answer:
    """Each answer is an item of its own; an earlier one of the agency is replaced. Raises ChangedMeanwhile where a
    deputy, say, has answered since the form was drawn."""
    meeting = sitting_of(turn)
    agency = _answering(turn, meeting)
    if turn.about.version != _newest(turn, meeting, agency):
        raise ChangedMeanwhile
    given = {"whereabouts": form.whereabouts, "risk": form.risk, "proposed_action": form.action}
    for old in turn.work.rows(Item, meeting_id=meeting.id, agency_id=agency.id, replaced_at=None):
        old.replaced_at = turn.work.now
    limits = automatic(Function(agency.function)).format()
    assert meeting.case_id is not None
    for kind, body in given.items():
        if body:
            turn.work.add(
                Item(
                    case_id=meeting.case_id, meeting_id=meeting.id, agency_id=agency.id, by_user=turn.user,
                    at=turn.work.now, kind=kind, body=body, restriction=limits, basis=usual(agency.function),
                )
            )  # fmt: skip
    turn.audit("answered", f"out_of_cycle:{meeting.id}", case_id=meeting.case_id, agency=agency.id)
    return Back(view(turn, meeting))


def _newest(turn: Turn, meeting: Meeting, agency: Agency) -> int:
    """The agency's newest answer here, standing or not: what a form was drawn from."""
    return max((item.id or 0 for item in turn.work.rows(Item, meeting_id=meeting.id, agency_id=agency.id)), default=0)


def was_held(turn: Turn) -> Answer:
    """The office says that it was held; the next panel ratifies. Raises NotStarted."""
    meeting = sitting_of(turn)
    turn.need(Verb.RECORD_MEETING, thing_of(turn.work, turn.work.get(Case, meeting.case_id), meeting))
    if turn.work.now < meeting.starts_at:
        raise NotStarted
    if meeting.status == "planned":
        meeting.status = "held"
        turn.audit("recorded", f"out_of_cycle:{meeting.id}", case_id=meeting.case_id)
    return Replace(view(turn, meeting))


def view(turn: Turn, meeting: Meeting) -> Block:
    """Which agencies have answered, and what this person may read of it. Checked and audited each time."""
    case = turn.work.get(Case, meeting.case_id)
    turn.need(Verb.OPEN_BRIEFING, thing_of(turn.work, case, meeting))
    turn.audit("opened", f"out_of_cycle:{meeting.id}", case_id=case.id)
    done, asked = _counted(turn.work, meeting)
    by = moment(answer_by(turn, meeting), turn.panel.timezone)
    said = turn.say("agendas/emergency", meeting=meeting, case=case, done=done, asked=asked, by=by)
    reading = Reading(turn.work, turn.panel, turn.person, case, meeting)
    items = [_item(reading, item) for item in reading.items(col(Item.meeting_id) == meeting.id)]
    about = About(panel=turn.panel.id, meeting=meeting.id, case=case.id, page=turn.about.page)
    top = [*sections(said), actions(*_buttons(turn, meeting, about.but(page=None)))]
    return paged("Emergency meeting", [top, *items], about, "agendas.emergency", name="agendas.emergency")


def called(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To the agencies asked, and the chair: when it is, and by when to answer."""
    meeting = work.get(Meeting, owed.about["meeting"])
    if meeting.status != "planned":
        return None
    return _say(service, work, meeting, "agendas/called_notice", in_place=owed.about["in_place"])


def answered(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """To chair and coordinator when time is up: how many have answered."""
    meeting = work.get(Meeting, owed.about["meeting"])
    return _say(service, work, meeting, "agendas/answered") if meeting.status == "planned" else None


def _say(service: Service, work: UnitOfWork, meeting: Meeting, template: str, **facts: bool) -> Rendered:
    done, asked = _counted(work, meeting)
    case = work.get(Case, meeting.case_id)
    text = service.words(template, zone=meeting.zone, meeting=meeting, case=case, done=done, asked=asked, **facts)
    return say(text, button("Open", "agendas.emergency", About(panel=meeting.panel_id, meeting=meeting.id)))


def _counted(work: UnitOfWork, meeting: Meeting) -> tuple[int, int]:
    asked = {row.agency_id for row in work.rows(Request, meeting_id=meeting.id)}
    done = {item.agency_id for item in work.rows(Item, meeting_id=meeting.id, replaced_at=None)}
    return len(done & asked), len(asked)


def _answering(turn: Turn, meeting: Meeting) -> Agency:
    """The agency that this person answers for: one of those that were asked. Raises TooLate once it was held."""
    asked = {row.agency_id for row in turn.work.rows(Request, meeting_id=meeting.id)}
    theirs = agency_of(turn.work, turn.panel, turn.person)
    known = agencies_by_id(turn.work, turn.panel.id).values()
    mine = [agency for agency in known if agency.id in asked and agency.code in turn.person.agencies]
    agency = mine[0] if mine else theirs
    case = turn.work.get(Case, meeting.case_id)
    turn.need(Verb.SUBMIT_RETURN, thing_of(turn.work, case, meeting, agency))
    if meeting.status != "planned":
        raise TooLate
    assert agency is not None
    return agency


def _item(reading: Reading, item: Item) -> list[Block]:
    code = reading.source(item)
    if item.kind == "risk":
        return [section(f"*{code}*, risk: {RiskView(item.body or '').label}")]
    return paragraphs(item.body or "", f"*{code}*, {item.kind.replace('_', ' ')}: ")


def _buttons(turn: Turn, meeting: Meeting, about: About) -> list[Block]:
    found = [button("Show again", "agendas.emergency.again", about)]
    if set(meeting.core) & turn.person.agencies and meeting.status == "planned":
        found.insert(0, button("Answer", "agendas.mini", about, style="primary"))
    if isinstance(may(turn.person, Verb.RECORD_MEETING, Thing()), Allowed):
        found.append(button("Add action", "actions.add", about))
        if meeting.status == "planned":
            found.append(button("It was held", "agendas.was_held", about))
    return found
