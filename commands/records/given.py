"""The pack of a request: what may be given, blacked out where it must be, on a page that opens once. Nothing is ever
sent to whoever asked: the lead takes it from here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from commands.kit.answers import Answer, Show
from commands.kit.people import person_on
from commands.kit.stamp import stamp_of
from commands.kit.taken import SUBJECT_ACCESS
from commands.kit.text import count
from commands.kit.turn import Turn
from commands.pages.link import shown
from commands.pages.marks import Line, Run
from commands.pages.pack import Pack, Sheet, mark
from commands.records import about_person, pieces
from commands.records.requests import request_of
from panel.access import Thing, Verb, may
from panel.codes import Disclosure, Exemption, SubjectRoute
from storage.spoken import pattern
from storage.tables import Pass, SubjectItem, SubjectRequest

DOCUMENT = "request"
BLACK = "█████"


def give(turn: Turn) -> Answer:
    """A link and a code, made anew at each press."""
    row = request_of(turn, open_only=True)
    return Show(shown(turn, None, f"{DOCUMENT}:{row.id}", "The pack", SUBJECT_ACCESS))


def drawn(turn: Turn, row: Pass) -> Pack | None:
    """The pack for the lead, as decided at this moment; None for anybody else, and once it is closed."""
    turn.person = person_on(turn.work, turn.panel, turn.user)
    if not may(turn.person, Verb.ANSWER_REQUEST, Thing()):
        return None
    asked = turn.work.look(SubjectRequest, int(row.document.partition(":")[2]))
    if asked is None or asked.panel_id != turn.panel.id or asked.reference is None:
        return None
    items = turn.work.rows(SubjectItem, request_id=asked.id)
    sheets = [_cover(turn, asked)]
    if asked.route == SubjectRoute.DISCLOSE:
        sheets += [_sheet(turn, code, theirs) for code, theirs in _by_source(turn, items).items()]
    turn.audit("exported", f"subject_request:{asked.id}", copy=row.id, pieces=len(items), purpose=SUBJECT_ACCESS)
    return Pack(f"Request {asked.id}", mark(turn, row.id or 0), stamp_of(turn.panel), sheets, "For the lead alone.")


def _cover(turn: Turn, asked: SubjectRequest) -> Sheet:
    said = turn.service.words.file("records/cover", disclose=asked.route == SubjectRoute.DISCLOSE, row=asked)
    lines = [Line("text", (Run(text),)) for text in said.splitlines() if text]
    return Sheet(f"Request {asked.id}", f"Received {asked.received:%-d %B %Y}", lines)


def _by_source(turn: Turn, items: Sequence[SubjectItem]) -> dict[str, list[SubjectItem]]:
    found: dict[str, list[SubjectItem]] = {}
    for item in items:
        found.setdefault(pieces.source_of(turn, item), []).append(item)
    return dict(sorted(found.items()))


def _sheet(turn: Turn, code: str, items: list[SubjectItem]) -> Sheet:
    return Sheet(f"From {code}", count(len(items), "piece"), [line for item in items for line in _lines(turn, item)])


def _lines(turn: Turn, item: SubjectItem) -> Iterator[Line]:
    """A piece that is given, without what is blacked out; of any other no more than the ground: not even what it is."""
    if item.decision in (Disclosure.GIVE, Disclosure.PART):
        yield Line("heading", (Run(_blacked(turn, pieces.kind_of(turn, item), item), bold=True),))
        for text in pieces.texts(turn, item):
            yield Line("text", (Run(_blacked(turn, text, item)),))
    if item.decision != Disclosure.GIVE:
        ground = Exemption(item.exemption).label if item.exemption else "not decided, so not given"
        part = "Withheld in part" if item.decision == Disclosure.PART else "Withheld"
        yield Line("small", (Run(f"[{part}: {ground}]"),))


def _blacked(turn: Turn, text: str, item: SubjectItem) -> str:
    """Without the passages that were chosen, and without the reference of anybody else."""
    asked = turn.work.get(SubjectRequest, item.request_id)
    others = about_person.others_in(turn.work, turn.panel, item.thing, asked.reference or "")
    for passage in sorted((item.note or "").splitlines(), key=len, reverse=True):
        text = text.replace(passage.strip(), BLACK) if passage.strip() else text
    return pattern(others).sub(BLACK, text) if others else text
