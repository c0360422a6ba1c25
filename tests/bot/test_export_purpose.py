"""Nothing leaves a live panel without a purpose, and every file says what it was taken out for."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot import auditing
from bot.auditing import Wanted
from bot.moving import take_away
from bot.problems import Unusable
from commands.kit.taken import NEVER_FOR
from panel.codes.basis import TakenFor
from storage.tables import AuditRow
from tests.commands.month_rows import panel_of
from tests.commands.test_meetings import panel_day
from tests.commands.test_meetings_papers import held
from tests.desk import Desk

FOR_COURT = "for: An order of a court"


def live(desk: Desk) -> None:
    with desk.work() as work:
        panel = panel_of(work)
        panel.live, panel.fictional = True, False


def purposes(desk: Desk) -> list[str]:
    with desk.work() as work:
        return [row.details["purpose"] for row in work.find(AuditRow, AuditRow.verb == "exported")]


def test_every_file_says_of_which_panel_when_and_what_for(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        held(desk)
        live(desk)
        now, out = desk.bot.clock.now(), tmp_path / "out"
        with pytest.raises(Unusable, match="--purpose with one of: meeting, own_record"):
            take_away(desk.store, now, None, None, out)
        assert not out.exists() and purposes(desk) == []
        take_away(desk.store, now, None, None, out, TakenFor.COURT)
        assert purposes(desk) == ["court"]
        for path in out.iterdir():
            said = path.read_text()
            assert FOR_COURT in said and "Panel MSP" in said and NEVER_FOR in said, path.name
        rows = list(csv.DictReader((out / "tracker.csv").read_text().splitlines()))
        assert rows and all(FOR_COURT in row["taken_out"] and None not in row for row in rows)
        assert FOR_COURT in json.loads((out / "summary.json").read_text())["taken_out"]


def test_the_log_of_a_live_panel_asks_for_a_purpose_and_practice_says_that_it_is_that(tmp_path: Path) -> None:
    with panel_day(tmp_path) as desk:
        now, out = desk.bot.clock.now() + timedelta(minutes=1), tmp_path / "audit.jsonl"
        auditing.export(desk.store, now, Wanted(), out)
        assert all("for: Practice" in json.loads(line)["taken_out"] for line in out.read_text().splitlines())
        live(desk)
        out.unlink()
        for wanted in (Wanted(), Wanted("MSP")):
            with pytest.raises(Unusable, match="--purpose"):
                auditing.export(desk.store, now, wanted, out)
        assert not out.exists()
        auditing.export(desk.store, now, Wanted("MSP"), out, TakenFor.GOVERNANCE)
        assert "for: Audit and information governance" in out.read_text()
        assert purposes(desk) == ["practice", "governance"]
