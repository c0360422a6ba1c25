"""What the stories of the updates share: a desk with six cases, and short ways to act and to look."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.demo.scenes.answering import press_answer
from commands.updates.current import Asked, asked_of
from sandbox.client import Outcome
from storage.tables import Agency, Case, Item, Meeting, Panel, Request
from storage.work import UnitOfWork
from tests.desk import Desk, open_desk

BEFORE = "2026-10-01T08:00:00+01:00"  # the day before the requests
ASKED = datetime.fromisoformat("2026-10-02T09:30:00+01:00")
NEW = ("MSP-26-0041", "MSP-26-0042")
SEARCHED = {"other": "Case records\nMail", "list_version": "1", "no_link": ["yes"]}


@contextmanager
def desk_with_cases(folder: Path, new: tuple[str, ...] = NEW, **settings: Any) -> Iterator[Desk]:
    """Four reviews from the books, and new cases accepted at triage."""
    with open_desk(folder, BEFORE, **settings) as desk:
        with desk.work() as work:
            panel = work.first(Panel)
            assert panel is not None and panel.id is not None
            for ref in new:
                whereabouts = {"type": "living-with-victim"} if ref.endswith("42") else {"type": "sofa-surfing"}
                work.add(
                    Case(
                        panel_id=panel.id, ref=ref, subject_ref=f"K-{ref[-3:]}", opened_at=work.now,
                        status="accepted_waiting", picture={"whereabouts": whereabouts},
                    )
                )  # fmt: skip
        yield desk


def meeting_of(desk: Desk, work: UnitOfWork) -> Meeting:
    """The meeting of the story."""
    found = work.first(Meeting, Meeting.day == desk.stage.panel_day)
    assert found is not None
    return found


def asked(desk: Desk, work: UnitOfWork, ref: str, code: str) -> Asked:
    """The pair of a case and an agency."""
    case, agency = work.first(Case, Case.ref == ref), work.first(Agency, Agency.code == code)
    assert case is not None and agency is not None
    meeting = meeting_of(desk, work)
    request = work.first(
        Request, Request.meeting_id == meeting.id, Request.case_id == case.id, Request.agency_id == agency.id
    )
    assert request is not None
    return asked_of(work, request)


def letter(desk: Desk, ref: str, code: str) -> str:
    """The letter of a square: M for nothing."""
    with desk.work() as work:
        kind = asked(desk, work, ref, code).kind
        return kind.letter if kind else "M"


def items(desk: Desk, ref: str, code: str) -> list[tuple[str, str | None, str, str]]:
    """Kind, words, restriction and audience of everything an agency has standing on a case."""
    with desk.work() as work:
        pair = asked(desk, work, ref, code)
        found = work.find(Item, Item.case_id == pair.case.id, Item.agency_id == pair.agency.id)
        return [(i.kind, i.body, i.restriction, i.audience) for i in found if i.replaced_at is None]


def sit(desk: Desk, who: str) -> Outcome:
    """Open the updates, and make the statement if it is asked for."""
    desk.stage.close(who)
    outcome = desk.stage.command(who, "/update")
    assert outcome.view is not None
    return desk.stage.submit(who, SEARCHED) if outcome.view["callback_id"] == "updates.statement" else outcome


def tell(desk: Desk, who: str, ref: str, **values: Any) -> Outcome:
    """Fill in the short form for a case of the open sitting, whatever comes of it."""
    press_answer(desk.stage, who, "updates.tell.open", ref)
    return desk.workspace.submit(desk.users[who], values)


def more(desk: Desk, who: str, ref: str, **values: Any) -> Outcome:
    """Fill in the longer form for one item, whatever comes of it."""
    menu(desk, who, ref, "One more item, any restriction")
    return desk.workspace.submit(desk.users[who], {"what": "fact", "audience": "shared", "readers": ["ALL"]} | values)


def menu(desk: Desk, who: str, ref: str, label: str) -> Outcome:
    """Choose from the menu beside a case."""
    return desk.workspace.press(desk.users[who], "updates.menu", block_id=ref, value=label)


def words(view: Any) -> str:
    """Everything a view says, in one text."""
    return str(view["blocks"]) if view else ""
