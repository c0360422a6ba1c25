"""After the meeting: whether the advice of an agency invited to one case was followed, and that it learns so."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col

from commands.kit.about import About
from commands.kit.alerts import for_agency
from commands.kit.answers import Answer, Back, Replace, Show
from commands.kit.blocks import Block, button, context, section
from commands.kit.errors import ChangedMeanwhile, NoneHeld, NoSuchThing
from commands.kit.fields import One
from commands.kit.forms import Form, ask
from commands.kit.meetings import last_held, today
from commands.kit.people import agencies_by_id, recused_from, recused_on, thing_of
from commands.kit.text import weekday
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.updates.requests import stored
from panel.access import Thing, Verb
from panel.codes.returns import AdviceFollowed
from storage.tables import Agency, Case, Item, Meeting, Panel, Request
from storage.work import UnitOfWork

LIST = "updates.advice"


@dataclass
class Followed(Form):
    """What the meeting made of it."""

    name = "updates.advice.followed"
    title = "The advice"
    followed: str = ask(One("What became of it?", choices=[(each.value, each.label) for each in AdviceFollowed]))


def show(turn: Turn) -> Answer:
    """/panel advice: each piece of advice of the last meeting, and what became of it; never what it says."""
    return Show(_view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of it."""
    return Replace(_view(turn))


def open_form(turn: Turn) -> Answer:
    """What became of one."""
    request = _request(turn)
    words = section(f"*{turn.work.get(Case, request.case_id).ref}* · {turn.work.get(Agency, request.agency_id).code}")
    about = turn.about.but(version=request.version)
    return Show(Followed.draw(about, before=[words], initial={"followed": request.advice}))


def save(turn: Turn, form: Followed) -> Answer:
    """Keep it; the agency is told that an answer is there. Raises ChangedMeanwhile."""
    request = _request(turn)
    if turn.about.version != request.version:
        raise ChangedMeanwhile
    request.advice = form.followed
    request.version += 1
    turn.audit("recorded advice", f"request:{request.id}", case_id=request.case_id)
    agency = turn.work.get(Agency, request.agency_id)
    for user in for_agency(turn.work, agency, request.case_id):
        if user != turn.user:
            turn.work.owe(
                f"advice:{request.id}:{form.followed}:{user}", "updates.advice", user, panel_id=turn.panel.id,
                about={"meeting": request.meeting_id, "case": request.case_id, "request": request.id},
            )  # fmt: skip
    return Back(_view(turn))


def theirs(turn: Turn) -> Answer:
    """For the agency: what became of its advice, and the hours it said."""
    if turn.about.request is None:
        raise NoSuchThing
    request = turn.work.get(Request, turn.about.request)
    agency, case = turn.work.get(Agency, request.agency_id), turn.work.get(Case, request.case_id)
    thing = thing_of(turn.work, case, turn.work.get(Meeting, request.meeting_id), agency)
    turn.need(Verb.SUBMIT_RETURN if agency.code in turn.person.agencies else Verb.RECORD_MEETING, thing)
    became = AdviceFollowed(request.advice).label if request.advice else "not recorded yet"
    turn.audit("opened", f"request:{request.id}", case_id=case.id)
    said = turn.say("updates/advice_theirs", case=case, agency=agency, became=became, hours=request.hours)
    return Show(paged("Your advice", [[section(said)]], About(panel=turn.panel.id), LIST))


def _view(turn: Turn) -> Block:
    turn.need(Verb.RECORD_MEETING, Thing())
    meeting = _meeting(turn.work, turn.panel)
    about = About(panel=turn.panel.id, page=turn.about.page)
    parts: list[list[Block]] = [[section(f"*{weekday(meeting.day)}*: what became of the advice of invited agencies")]]
    closed = recused_from(turn.work, turn.panel.id)
    given = (each for each in _given(turn.work, meeting) if turn.user not in closed[each.case_id])
    parts += [_row(turn, request, about) for request in given]
    if len(parts) == 1:
        parts.append([context("No agency that was invited to one case has given advice for this meeting.")])
    return paged("Advice given", parts, about, LIST, name=LIST)


def _row(turn: Turn, request: Request, about: About) -> list[Block]:
    code = agencies_by_id(turn.work, turn.panel.id)[request.agency_id].code
    became = AdviceFollowed(request.advice).label if request.advice else "Not recorded yet"
    said = f"*{turn.work.get(Case, request.case_id).ref}* · {code}\n{became}"
    return [section(said, button("Record", "updates.advice.open", about.but(request=request.id, page=None)))]


def _request(turn: Turn) -> Request:
    if turn.about.request is None:
        raise NoSuchThing
    request = turn.work.get(Request, turn.about.request)
    turn.need(Verb.RECORD_MEETING, Thing(recused=recused_on(turn.work, request.case_id)))
    return request


def _meeting(work: UnitOfWork, panel: Panel) -> Meeting:
    """The last meeting, today's included once it has begun. Raises NoneHeld."""
    day = today(panel, work.now)
    begun = work.first(
        Meeting, Meeting.panel_id == panel.id, Meeting.kind == "regular", Meeting.day == day,
        col(Meeting.starts_at) <= work.now, Meeting.status != "cancelled",
    )  # fmt: skip
    found = begun or last_held(work, panel, day)
    if found is None:
        raise NoneHeld
    return found


def _given(work: UnitOfWork, meeting: Meeting) -> list[Request]:
    """The requests that brought advice, by case."""
    items = work.find(
        Item, Item.meeting_id == meeting.id, Item.kind == "advice", col(Item.replaced_at).is_(None), order=Item.case_id
    )
    pairs = dict.fromkeys((item.case_id, item.agency_id) for item in items)
    found = [stored(work, meeting, case_id, agency_id) for case_id, agency_id in pairs if agency_id]
    return [request for request in found if request is not None]
