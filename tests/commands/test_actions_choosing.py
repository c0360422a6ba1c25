"""Which cases somebody is offered for an action: the database's answer is that of the access rules, case by case."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from commands.actions import choose_case
from commands.kit.named import named, where_may
from commands.kit.people import person_on, recused_from, thing_of
from panel.access import Verb, may
from storage.tables import Agency, Case, Conflict, Request
from storage.work import UnitOfWork
from tests.bench.opening import READERS
from tests.bench.years import Size, grow
from tests.commands.agenda_desk import desk_before_panel
from tests.commands.month_rows import meeting_of, panel_of
from tests.desk import Desk

OTHERS = {"deputy chair": "J.Q.", "by and for": "S.O.", "housing": "T.G."}  # two of them asked on some cases alone
VERBS = (Verb.PROPOSE_ACTION, Verb.ADD_ACTION, Verb.PROPOSE_END)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_before_panel(tmp_path_factory.mktemp("choosing")) as made:
        grow(made, Size(cases=30, agencies=14, months=0))
        with made.work() as work:
            _make_odd(made, work)
        yield made


def _make_odd(desk: Desk, work: UnitOfWork) -> None:
    """Off the list: a case closed to the coordinator and a representative, one that leaves a core agency out."""
    first, second = (work.first(Case, Case.ref == ref) for ref in ("MSP-24-1001", "MSP-24-1004"))
    police = work.first(Agency, Agency.code == "POL")
    assert first and second and police and first.id and second.id and police.id
    for who in ("coordinator", "representative"):
        work.add(Conflict(case_id=first.id, user_id=desk.users[READERS[who]], declared_at=work.now))
    meeting = meeting_of(desk, work).id or 0
    work.add(Request(meeting_id=meeting, case_id=second.id, agency_id=police.id, status="left_out"))


@pytest.mark.parametrize("with_meeting", [True, False])
@pytest.mark.parametrize("who", READERS | OTHERS)
def test_the_cases_found_are_those_that_the_rules_allow(desk: Desk, who: str, with_meeting: bool) -> None:
    with desk.work() as work:
        panel, meeting = panel_of(work), meeting_of(desk, work) if with_meeting else None
        person = person_on(work, panel, desk.users[(READERS | OTHERS)[who]])
        seen = set()
        for verb in VERBS:
            found = {case.id for case in named(work, panel, where_may(work, panel, person, verb, meeting))}
            cases = work.find(Case, Case.panel_id == panel.id)
            assert found == {case.id for case in cases if may(person, verb, thing_of(work, case, meeting))}, verb
            assert not [key for key in found if person.user in recused_from(work, panel.id).get(key, ())]
            seen |= found
        assert seen or not with_meeting, "who may do nothing shows nothing"


def test_the_pages_hold_every_case_once(desk: Desk) -> None:
    stage, refs = desk.stage, list[str]()
    view = stage.command(READERS["coordinator"], "/actions", "propose").view
    while view is not None:
        rows = [block["text"]["text"] for block in view["blocks"] if block.get("accessory")]
        assert len(rows) <= choose_case.A_PAGE
        refs += [row.split("*")[1] for row in rows]
        on = "actions.case_page.next" in str(view)
        view = stage.press(READERS["coordinator"], "actions.case_page.next").view if on else None
    stage.close(READERS["coordinator"])
    assert len(refs) == len(set(refs)) > 2 * choose_case.A_PAGE - 1 and refs == sorted(refs)
    assert "MSP-24-1001" not in refs, "it is closed to them, and leaves no gap"
