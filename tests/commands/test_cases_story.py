"""Played by the scenes, the new cases of any month stand in the database as its file has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.demo.scenes import cases, referrals
from bot.importing import picture
from bot.month.cases import Case as CaseRow
from commands.cases import record
from panel.codes import CaseKind
from panel.cycle import CutOff
from storage.tables import Agency, Case, Conflict, Referral
from storage.work import UnitOfWork
from tests.desk import FENHALLOW, MARROWSHIRE, Desk, open_desk


@pytest.mark.parametrize(
    ("file", "story"),
    [
        pytest.param(MARROWSHIRE, "2026-09-22T08:00:00+01:00", id="marrowshire"),
        pytest.param(FENHALLOW, "2027-03-10T08:00:00+00:00", id="fenhallow", marks=pytest.mark.slow),
    ],
)
def test_the_month_is_referred_triaged_and_entered(tmp_path: Path, file: Path, story: str) -> None:
    with open_desk(tmp_path, story, file) as desk:
        play(desk, CutOff.REMINDER_1)
        with desk.work() as work:
            new = [row for row in desk.month.cases if row.kind is CaseKind.NEW]
            for row in new:
                as_the_file_has_it(work, row)
            assert desk.month.cycle is not None
            not_accepted = {row.ref: row for row in desk.month.cycle.declined_referrals}
            sent = {row.ref: row for row in work.find(Referral)}
            assert set(not_accepted) <= set(sent) and len(sent) == len(new) + len(not_accepted)
            assert all(sent[ref].reason == row.reason and sent[ref].note == row.note
                       for ref, row in not_accepted.items())  # fmt: skip
            links = {(link.case_id, link.user_id) for link in work.find(Conflict)}
            assert links == {
                (case_of(work, row.ref).id, desk.users[link.person]) for row in desk.month.cases for link in row.recused
            }


def play(desk: Desk, until: CutOff) -> None:
    scenes = [*referrals.scenes(desk.stage), *cases.scenes(desk.stage)]
    for scene in sorted(scenes, key=lambda scene: (scene.at, scene.order)):
        if scene.at <= desk.stage.cut_offs[until]:
            desk.go_to(scene.at)
            scene.act(desk.stage)
            desk.stage.settle()


def case_of(work: UnitOfWork, ref: str) -> Case:
    found = work.first(Case, Case.ref == ref)
    assert found is not None
    return found


def as_the_file_has_it(work: UnitOfWork, row: CaseRow) -> None:
    case = case_of(work, row.ref)
    assert (case.subject_ref, case.routes) == (row.subject, list(row.routes))
    assert case.lead_agency_id and work.get(Agency, case.lead_agency_id).code == row.lead
    assert as_result(case.picture) == as_result(picture(row))
    assert bool(record.staff_risks(case)) and record.staff_safety(case) == row.staff_safety
    found = [(victim.ref, victim.idva, victim.details) for victim in record.victims(work, case)]
    assert found == [
        (
            victim.ref,
            str(victim.idva),
            plain(victim.model_dump(exclude={"ref", "idva"}, exclude_none=True))
            | {"relation": cases.relation(victim.relation)},
        )
        for victim in row.victims
    ]
    assert [(order.ends, order.details) for order in record.orders(work, case)] == [
        (order.ends, plain(order.model_dump(exclude={"ends"}, exclude_none=True))) for order in row.orders
    ]


def as_result(told: dict[str, Any]) -> dict[str, Any]:
    """Without what a form of its own keeps (staff), and of a PPIT its result: the form asks for no item's rating."""
    ppit = told.get("ppit")
    result = {name: ppit[name] for name in ("total", "priority", "by")} if ppit else None
    return {name: each for name, each in told.items() if name != "staff"} | {"ppit": result}


def plain(told: Any) -> Any:
    return json.loads(json.dumps(told, default=str))
