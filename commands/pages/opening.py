"""What a link and a code open: looked at anew, as the person is on the panel at that moment."""

from __future__ import annotations

from dataclasses import dataclass, replace

from commands.kit.about import About
from commands.kit.people import person_on, thing_of
from commands.kit.service import Service
from commands.kit.turn import Request, Turn
from commands.pages import pack, passes, purpose, sheet
from commands.pages.pack import Pack
from commands.panels.agreement import lapsed
from commands.panels.declaration import lacks
from panel.access import Allowed, Thing, Verb, may
from storage.tables import Agency, Meeting, Panel, Pass
from storage.work import UnitOfWork

PAGE = "page"


@dataclass(frozen=True)
class Closed:
    """Nothing was opened. `left`: how many more tries the link takes."""

    left: int = 0


def open_pack(service: Service, token: str, code: str) -> Pack | Closed:
    """The pack that a link and its code open: once, in its time, and only what this person may read now."""
    with service.presses.one(), service.store.work(service.clock.now()) as work:
        row = passes.known(work, token)
        if row is None:
            return Closed()
        work.see_as(row.user_id)
        turn = _turn(service, work, row)
        if not passes.use(work, row, token, code):
            still = passes.left(work, row)
            _refused(turn, row, "code" if still else "ended")
            return Closed(still)
        draws = service.papers.get(row.document.partition(":")[0])
        if draws is not None:
            return _marked(turn, row, _paper(turn, row, draws(turn, row)))
        meeting, agency = work.get(Meeting, row.meeting_id), _agency(work, row)
        verb, thing = _needed(work, agency)
        if not isinstance(may(turn.person, verb, thing), Allowed):
            _refused(turn, row, "access")
            return Closed()
        if lacks(turn) or lapsed(turn) is not None:
            _refused(turn, row, "declaration" if lacks(turn) else "agreement")
            return Closed()
        turn.need(verb, thing)
        turn.audit("opened", f"pass:{row.id}", meeting=meeting.id, purpose=purpose.of_pass(turn, row))
        return _marked(turn, row, _drawn(turn, row, meeting, agency))


def _drawn(turn: Turn, row: Pass, meeting: Meeting, agency: Agency | None) -> Pack:
    if agency is not None:
        return sheet.drawn(turn, meeting, agency, row.id or 0)
    return pack.drawn(turn, meeting, row.id or 0)


def _marked(turn: Turn, row: Pass, drawn: Pack | Closed) -> Pack | Closed:
    """With what it was taken out for, whichever paper it is."""
    if isinstance(drawn, Closed):
        return drawn
    return replace(drawn, taken=purpose.on_paper(purpose.of_pass(turn, row)))


def _paper(turn: Turn, row: Pass, drawn: Pack | None) -> Pack | Closed:
    """What another journey drew, unless it may not be opened any more."""
    if drawn is None:
        _refused(turn, row, "access")
        return Closed()
    turn.audit("opened", f"pass:{row.id}", document=row.document, purpose=purpose.of_pass(turn, row))
    return drawn


def _agency(work: UnitOfWork, row: Pass) -> Agency | None:
    """Whose sheet a pass opens; None for a pack."""
    kind, _, key = row.document.partition(":")
    return work.get(Agency, int(key)) if kind == sheet.DOCUMENT else None


def _needed(work: UnitOfWork, agency: Agency | None) -> tuple[Verb, Thing]:
    """What whoever opens it must be allowed to at that moment."""
    if agency is None:
        return Verb.PRINT_PACK, Thing()
    return Verb.SEE_AGENCY_TRACKER, thing_of(work, agency=agency)


def _turn(service: Service, work: UnitOfWork, row: Pass) -> Turn:
    """The turn of whom the pass was given to, at this meeting."""
    panel = work.get(Panel, row.panel_id)
    about = About(panel=panel.id, meeting=row.meeting_id)
    request = Request(PAGE, panel.enterprise_id, panel.team_id, row.user_id, None, about)
    person = person_on(work, panel, row.user_id, work.look(Meeting, row.meeting_id))
    return Turn(service, request, work, panel, person)


def _refused(turn: Turn, row: Pass, why: str) -> None:
    turn.work.audit(
        "refused", f"pass:{row.id}", by=row.user_id, surface=PAGE, panel_id=row.panel_id, allowed=False, why=why
    )
