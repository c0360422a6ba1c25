"""Who works with the subject is said of a person on a case, and what they read follows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.kit.about import About
from commands.kit.errors import ChangedMeanwhile, NotAllowed
from commands.kit.people import person_on
from commands.kit.reading import Reading
from commands.updates.facing import WorksWithSubject, on_record, open_form, save
from storage.tables import Case, Item
from storage.work import UnitOfWork
from tests.commands.seen import texts
from tests.commands.updates_desk import ASKED, asked, desk_with_cases, meeting_of, more, sit
from tests.desk import Desk

C41, C33 = "MSP-26-0041", "MSP-26-0033"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The police have written what is not for people who work with the subject, on two cases."""
    with desk_with_cases(tmp_path) as desk:
        desk.go_to(ASKED)
        sit(desk, "R.Y.")
        for ref in (C41, C33):
            assert more(desk, "R.Y.", ref, body="Kept from them", readers=["NOT_PERP_FACING"]).ok
            sit(desk, "R.Y.")
        yield desk


def reads(desk: Desk, work: UnitOfWork, who: str, ref: str) -> bool:
    """Whether somebody reads it on a case."""
    pair = asked(desk, work, ref, "POL")
    item = work.first(Item, Item.case_id == pair.case.id, Item.body == "Kept from them") or work.find(
        Item, Item.case_id == pair.case.id, Item.restriction == "NOT_PERP_FACING"
    )[0]  # fmt: skip
    person = person_on(work, desk.panel, desk.users[who])
    return Reading(work, desk.panel, person, pair.case, meeting_of(desk, work)).may_read(item)


def say(desk: Desk, who: str, people: list[str], version: int | None = None) -> None:
    with desk.work() as work:
        case = work.first(Case, Case.ref == C41)
        assert case is not None
        about = About(panel=desk.panel.id, case=case.id, version=case.version if version is None else version)
        turn = desk.bot.service.turn_of(work, desk.panel, desk.users[who], about)
        save(turn, WorksWithSubject(people=[desk.users[each] for each in people]))


def test_it_is_said_of_a_person_on_one_case(desk: Desk) -> None:
    with desk.work() as work:
        assert (reads(desk, work, "B.X.", C41), reads(desk, work, "T.G.", C41)) == (False, True)
    say(desk, "Z.O.", ["T.G."])
    with desk.work() as work:
        assert (reads(desk, work, "B.X.", C41), reads(desk, work, "T.G.", C41)) == (True, False)
        assert (reads(desk, work, "B.X.", C33), reads(desk, work, "T.G.", C33)) == (False, True), "on that case alone"


def test_what_is_believed_is_ticked_beforehand(desk: Desk) -> None:
    with desk.work() as work:
        case = work.first(Case, Case.ref == C41)
        assert case is not None
        turn = desk.bot.service.turn_of(work, desk.panel, desk.users["Z.O."], About(panel=desk.panel.id, case=case.id))
        view = open_form(turn)
        element = next(b["element"] for b in getattr(view, "view")["blocks"] if b["type"] == "input")  # noqa: B009
        ticked = {option["value"] for option in element["initial_options"]}
        assert desk.users["B.X."] in ticked and desk.users["T.G."] not in ticked
        assert "believed" in "".join(texts(on_record(turn, case, turn.about)))


def test_only_who_edits_the_case_says_so_and_nobody_over_another(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        say(desk, "T.G.", [])
    with pytest.raises(ChangedMeanwhile):
        say(desk, "Z.O.", [], version=0)
