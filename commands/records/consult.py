"""Each agency is controller of what it supplied: it is asked what of it may be given, the same way whatever is held."""

from __future__ import annotations

from dataclasses import dataclass

from commands.kit.about import About
from commands.kit.alerts import for_agency
from commands.kit.answers import Answer, Replace, Show, Tell
from commands.kit.blocks import Block, actions, button, paragraphs, section, sections
from commands.kit.errors import NoSuchThing
from commands.kit.fields import One, Text
from commands.kit.forms import Form, ask
from commands.kit.notices import Rendered, say
from commands.kit.people import agencies_of, thing_of
from commands.kit.service import Service
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.records import pieces
from commands.records.request import view as of_request
from commands.records.requests import Closed, checked
from panel.access import Verb
from panel.codes import Disclosure, Exemption, SubjectRequestStatus, SubjectRoute
from storage.outbox import Owed
from storage.tables import Agency, SubjectItem, SubjectRequest
from storage.work import UnitOfWork

KIND = "records.consult"
VIEW = "records.consult"


@dataclass
class Consulted(Form):
    """What an agency says. The lead decides piece by piece."""

    name = "records.consulted"
    title = "What may be given"
    decision: str = ask(One("Of what came from your agency", choices=[(one.value, one.label) for one in Disclosure]))
    exemption: str | None = ask(
        One(
            "On which ground it is withheld", choices=[(one.value, one.label) for one in Exemption], optional=True
        ),
        None,
    )  # fmt: skip
    note: str | None = ask(
        Text(
            "What the lead should know", "Who could be harmed, and which part is meant. No names.", optional=True,
            lines=True, limit=600,
        ),
        None,
    )  # fmt: skip

    def check(self) -> dict[str, str]:
        """A ground for what is withheld."""
        without = self.decision != Disclosure.GIVE and not self.exemption
        return {"exemption": "Say on which ground."} if without else {}


def ask_agencies(turn: Turn) -> Answer:
    """Every core agency is asked, and any other that something came from where it may be given: so whether somebody was
    asked tells nobody what is held."""
    row = checked(turn)
    told, asked = row.details or {}, dict((row.details or {}).get("asked", {}))
    sources = {item.agency_id for item in turn.work.rows(SubjectItem, request_id=row.id)}
    for agency in agencies_of(turn.work, turn.panel):
        if agency.core or (agency.id in sources and row.route == SubjectRoute.DISCLOSE):
            asked.setdefault(str(agency.id), turn.work.now.isoformat())
            for to in for_agency(turn.work, agency):
                about = {"row": row.id, "agency": agency.id}
                turn.work.owe(f"{KIND}:{row.id}:{agency.id}:{to}", KIND, to, panel_id=turn.panel.id, about=about)
    row.details = {**told, "asked": asked}
    turn.audit("agencies_consulted", f"subject_request:{row.id}", agencies=len(asked))
    return Replace(of_request(turn, row))


def render(service: Service, work: UnitOfWork, owed: Owed) -> Rendered | None:
    """That their agency's word is needed; not once it was given, or the request is closed."""
    row = work.look(SubjectRequest, owed.about["row"])
    answered = row is not None and str(owed.about["agency"]) in (row.details or {}).get("answers", {})
    if row is None or answered or row.status != SubjectRequestStatus.OPEN or row.reference is None:
        return None
    about = About(panel=row.panel_id, row=row.id, agency=owed.about["agency"])
    text = service.words("records/told_consult", by=row.due)
    return say(text, button("Open", "records.consult.open", about, style="primary"))


def show(turn: Turn) -> Answer:
    """What came from their agency, where it may be given at all; else the same question without."""
    row, agency = _asked(turn)
    drawn = _view(turn, row, agency)
    return Show(drawn) if turn.about.page is None else Replace(drawn)


def _view(turn: Turn, row: SubjectRequest, agency: Agency) -> Block:
    turn.audit("opened", f"consultation of subject_request:{row.id}", agency=agency.id)
    about = About(panel=turn.panel.id, row=row.id, agency=agency.id, page=turn.about.page)
    said = turn.say("records/consult", row=row, agency=agency, disclose=row.route == SubjectRoute.DISCLOSE)
    top = [*sections(said), actions(button("Answer", "records.consult.answer", about, style="primary"))]
    theirs = turn.work.rows(SubjectItem, request_id=row.id, agency_id=agency.id)
    shown = [_piece(turn, item) for item in theirs] if row.route == SubjectRoute.DISCLOSE else []
    return paged("What may be given", [top, *shown], about, VIEW, name=VIEW)


def _piece(turn: Turn, item: SubjectItem) -> list[Block]:
    said = [block for text in pieces.texts(turn, item) for block in paragraphs(text)]
    return [section(f"*{pieces.kind_of(turn, item)}*"), *said]


def open_form(turn: Turn) -> Answer:
    """The form."""
    row, agency = _asked(turn)
    about = About(panel=turn.panel.id, row=row.id, agency=agency.id)
    told = (row.details or {}).get("answers", {}).get(str(agency.id), {})
    return Show(Consulted.draw(about, initial=told))


def answer(turn: Turn, form: Consulted) -> Answer:
    """Their answer stands beside the request, for the lead; a later one takes its place."""
    row, agency = _asked(turn)
    told = row.details or {}
    said = {"decision": form.decision, "exemption": form.exemption, "note": form.note, "by": turn.user}
    row.details = {**told, "answers": {**told.get("answers", {}), str(agency.id): said}}
    row.version += 1
    turn.audit("consulted", f"subject_request:{row.id}", agency=agency.id, decision=form.decision)
    return Tell(turn.say("records/consulted"))


def _asked(turn: Turn) -> tuple[SubjectRequest, Agency]:
    row, agency = turn.work.get(SubjectRequest, turn.about.row), turn.work.get(Agency, turn.about.agency)
    if row.panel_id != turn.panel.id or agency.panel_id != turn.panel.id:
        raise NoSuchThing
    turn.need(Verb.SAY_WHAT_MAY_BE_GIVEN, thing_of(turn.work, agency=agency))
    if str(agency.id) not in (row.details or {}).get("asked", {}):
        raise NoSuchThing
    if row.status != SubjectRequestStatus.OPEN or row.reference is None:
        raise Closed
    return row, agency
