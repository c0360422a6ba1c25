"""Forty cases and twenty-five agencies, each with three thousand characters: it still issues, opens and pages."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from panel.cycle import CutOff
from storage.tables import Case, Item, Request, Return, Statement
from tests.desk import MARROWSHIRE, Desk, open_desk
from tests.journeys.test_planted_words import briefing, opens

CASES, AGENCIES, LENGTH = 40, 25, 3_000


class WrittenOut(yaml.SafeDumper):
    """YAML without aliases: a month file has none."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def large_month() -> dict[str, Any]:
    """Marrowshire's panel with forty review cases and twenty-five agencies."""
    told: dict[str, Any] = yaml.safe_load(MARROWSHIRE.read_text())
    codes = [agency["code"] for agency in told["agencies"] if agency["core"]]
    more = [f"AG{number:02}" for number in range(AGENCIES - len(codes))]
    told["agencies"] = [agency for agency in told["agencies"] if agency["core"]] + [
        {
            "code": code,
            "name": f"Agency {code}",
            "rep": f"R.R.{number}",
            "deputy": None,
            "core": True,
            "function": "other",
        }
        for number, code in enumerate(more)
    ]
    pattern = next(case for case in told["cases"] if case["kind"] == "review" and not case["orders"])
    told["cases"] = [
        pattern
        | {
            "ref": f"MSP-26-{number:04}",
            "subject": f"K-{number:03}",
            "victims": [],
            "recused": [],
            "decision": "continue",
        }
        for number in range(100, 100 + CASES)
    ]
    told["panel"]["capacity"] = {"max_cases": CASES, "max_new": 3, "live_cohort_target": CASES}
    told["returns"] = {case["ref"]: dict.fromkeys(codes + more, "M") for case in told["cases"]}
    told["cycle"] = {"panel_date": told["cycle"]["panel_date"]}
    for key in ("updates", "actions", "agenda", "expected"):
        told.pop(key)
    return told


def word(case: int, agency: int) -> str:
    return f"w{case}x{agency}y"


def fill_in(desk: Desk) -> None:
    """Every agency's return on every case, straight into the tables: what is tested comes after."""
    with desk.work() as work:
        requests = work.find(Request)
        assert len(requests) == CASES * AGENCIES
        for request in requests:
            assert request.id is not None
            statement = work.add(
                Statement(
                    meeting_id=request.meeting_id, agency_id=request.agency_id, by_user="U", at=work.now,
                    systems=["records"], list_version=1, months=12,
                )
            )  # fmt: skip
            sent = work.add(
                Return(
                    request_id=request.id, version=1, kind="information", statement_id=statement.id, by_user="U",
                    at=work.now,
                )
            )  # fmt: skip
            body = f"{word(request.case_id, request.agency_id)} "
            body += "lorem & ipsum " * ((LENGTH - len(body)) // 14)
            work.session.add(
                Item(
                    case_id=request.case_id, meeting_id=request.meeting_id, return_id=sent.id, body=body,
                    agency_id=request.agency_id, by_user="U", at=work.now, kind="fact", restriction="ALL",
                )
            )  # fmt: skip


@pytest.mark.slow
def test_forty_cases_of_twenty_five_agencies(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_text(yaml.dump(large_month(), Dumper=WrittenOut, sort_keys=False))
    with open_desk(tmp_path, "2026-10-01T08:00:00+01:00", path) as desk:
        stage = desk.stage
        desk.go_to(stage.after(CutOff.CASE_LIST_AND_REQUESTS))
        fill_in(desk)
        desk.go_to(stage.before(CutOff.AGENDA_LOCKED, 1))
        chair = desk.month.panel.chair.initials
        assert stage.command(chair, "/agenda").view is not None, "the preview opens"
        stage.close(chair)
        assert stage.command(desk.month.panel.coordinator.initials, "/panel", "board").view is not None
        stage.close(desk.month.panel.coordinator.initials)
        desk.go_to(stage.cut_offs[CutOff.AGENDA_LOCKED] + timedelta(minutes=5))

        buttons = opens(stage)
        assert len(buttons) == CASES, "every case stands in the channel with its button"
        with desk.store.read(desk.bot.clock.now()) as work:
            cases = {case.ref: int(case.id or 0) for case in work.find(Case)}
            asked = {request.agency_id for request in work.find(Request)}
        for ref in list(buttons)[:: CASES // 8]:
            seen = briefing(stage, chair, ref, buttons[ref])
            assert not [agency for agency in asked if word(cases[ref], agency) not in seen], ref
        refused = [
            (call["method"], call["answer"]["error"])
            for call in desk.workspace.calls()
            if call["kind"] == "call" and not call["answer"].get("ok")
        ]
        assert not refused
        assert (
            max(len(json.dumps(c.get("ack") or {})) for c in desk.workspace.calls() if c["kind"] == "envelope") < 60_000
        )
