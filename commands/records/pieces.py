"""What was found about somebody, piece by piece: read, and decided on by the lead. Undecided is not given."""

from __future__ import annotations

from dataclasses import dataclass

from commands.kit.about import About
from commands.kit.answers import Answer, Back, Replace, Show
from commands.kit.blocks import Block, paragraphs, section
from commands.kit.blocks import button as press
from commands.kit.errors import ChangedMeanwhile, NoSuchThing
from commands.kit.fields import One, Text
from commands.kit.forms import Form, WrongAnswers, ask
from commands.kit.people import agencies_by_id
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.records import about_person
from commands.records.requests import request_of
from panel.access import Thing, Verb
from panel.codes import Disclosure, Exemption
from storage.tables import SubjectItem, SubjectRequest

VIEW = "records.pieces"
KINDS = {
    "agency_return": "Return", "court_order": "Order", "case_move": "Move of a case", "pathway_step": "Pathway step",
    "referral_addition": "Addition to a referral", "safety_check": "Safety check", "more_time": "More time asked for",
    "safety_picture": "Safety picture", "action_move": "Move of an action", "follow_up": "Follow-up",
    "linked": "Child, or somebody at risk", "case": "The case record", "item": "Piece of a return",
}  # fmt: skip
MOST_SHOWN = 40  # sections of one piece in its form


@dataclass
class Decide(Form):
    """The decision on one piece."""

    name = "records.decide"
    title = "Give it or not"
    decision: str = ask(One("What becomes of it", choices=[(one.value, one.label) for one in Disclosure]))
    exemption: str | None = ask(
        One(
            "On which ground it is withheld", "For what is withheld, in whole or in part.",
            choices=[(one.value, one.label) for one in Exemption], optional=True,
        ),
        None,
    )  # fmt: skip
    strike: str | None = ask(
        Text(
            "What to black out", "For a part: each passage exactly as it stands above, one a line, and nothing else.",
            optional=True, lines=True,
        ),
        None,
    )  # fmt: skip

    def check(self) -> dict[str, str]:
        """A ground for what is withheld, and the passages of a part."""
        wrong = {}
        if self.decision != Disclosure.GIVE and not self.exemption:
            wrong["exemption"] = "Say on which ground."
        if self.decision == Disclosure.PART and not self.strike:
            wrong["strike"] = "Say which passages, one a line."
        return wrong


def show(turn: Turn) -> Answer:
    """Every piece, by agency."""
    row = request_of(turn, open_only=True)
    drawn = _view(turn, row)
    return Show(drawn) if turn.about.page is None else Replace(drawn)


def _view(turn: Turn, row: SubjectRequest) -> Block:
    items = sorted(turn.work.rows(SubjectItem, request_id=row.id), key=lambda item: (item.agency_id or 0, item.id or 0))
    turn.audit("opened", f"pieces of subject_request:{row.id}", pieces=len(items))
    about = About(panel=turn.panel.id, row=row.id, page=turn.about.page)
    top = [section(turn.say("records/pieces", number=len(items)))]
    return paged("What was found", [top, *([_line(turn, row, item)] for item in items)], about, VIEW, name=VIEW)


def _line(turn: Turn, row: SubjectRequest, item: SubjectItem) -> Block:
    others = about_person.others_in(turn.work, turn.panel, item.thing, row.reference or "")
    said = turn.say(
        "records/piece", kind=kind_of(turn, item), source=source_of(turn, item), others=others,
        decision=Disclosure(item.decision).label if item.decision else None,
        exemption=Exemption(item.exemption).label if item.exemption else None,
    )  # fmt: skip
    about = About(panel=turn.panel.id, row=item.id, version=item.version)
    return section(said, press("Read and decide", "records.decide.open", about))


def kind_of(turn: Turn, item: SubjectItem) -> str:
    """What a piece is, in words."""
    name = item.thing.partition(":")[0]
    said = KINDS.get(name, name.replace("_", " ").capitalize())
    return f"{said} {about_person.name_of(turn.work, item.thing)}"


def source_of(turn: Turn, item: SubjectItem) -> str:
    """The agency it comes from; the panel's own office where it is nobody else's."""
    agencies = agencies_by_id(turn.work, turn.panel.id)
    return agencies[item.agency_id].code if item.agency_id else turn.panel.code


def open_form(turn: Turn) -> Answer:
    """The piece itself above the questions: opened, and written down as opened."""
    item, _ = _item(turn)
    about = About(panel=turn.panel.id, row=item.id, version=item.version)
    initial = {"decision": item.decision, "exemption": item.exemption, "strike": item.note}
    turn.audit("opened", item.thing, request=item.request_id)
    shown = [block for text in texts(turn, item) for block in paragraphs(text)]
    if len(shown) > MOST_SHOWN:
        shown = [*shown[:MOST_SHOWN], section(turn.say("records/piece_long"))]
    head = section(f"*{kind_of(turn, item)}*, {source_of(turn, item)}")
    return Show(Decide.draw(about, initial=initial, before=[head, *shown]))


def texts(turn: Turn, item: SubjectItem) -> list[str]:
    """What is written in a piece, a part a text."""
    return [f"{name}: {' · '.join(said)}" for name, said in about_person.words_of(turn.work, item.thing).items()]


def decide(turn: Turn, form: Decide) -> Answer:
    """The decision stands for this piece. What is to be blacked out must stand in it."""
    item, row = _item(turn)
    if item.version != turn.about.version:
        raise ChangedMeanwhile
    whole = "\n".join(texts(turn, item))
    missing = [line for line in (form.strike or "").splitlines() if line.strip() and line.strip() not in whole]
    if form.decision == Disclosure.PART and missing:
        raise WrongAnswers({"strike": "A passage does not stand in it like that. Copy each exactly, one a line."})
    item.decision, item.exemption = form.decision, form.exemption if form.decision != Disclosure.GIVE else None
    item.note = form.strike if form.decision == Disclosure.PART else None
    item.by_user, item.at = turn.user, turn.work.now
    item.version += 1
    turn.audit("piece_decided", item.thing, request=row.id, decision=form.decision, exemption=item.exemption)
    return Back(_view(turn, row))


def _item(turn: Turn) -> tuple[SubjectItem, SubjectRequest]:
    turn.need(Verb.ANSWER_REQUEST, Thing())
    item = turn.work.get(SubjectItem, turn.about.row)
    row = turn.work.get(SubjectRequest, item.request_id)
    if row.panel_id != turn.panel.id or row.reference is None:
        raise NoSuchThing
    return item, row
