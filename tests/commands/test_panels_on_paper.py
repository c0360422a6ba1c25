"""A declaration signed on paper by somebody without Slack, entered by the coordinator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from panel.sitting import ON_PAPER
from sandbox.client import Outcome
from storage.tables import AuditRow, Declaration
from tests.commands.mail_desk import COORDINATOR, DUTY, Written, mail_desk
from tests.commands.seen import buttons, words

CHAIR = "V.X."


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Written]:
    with mail_desk(tmp_path) as made:
        made.outside()
        yield made


def listed(written: Written, who: str = COORDINATOR) -> Outcome:
    written.desk.stage.close(who)
    return written.desk.stage.command(who, "/panel", "declarations")


def enter(written: Written, **answers: Any) -> Outcome:
    """From the row of the one outside Slack, on 22 September 2026."""
    view = listed(written).view or {}
    row = next(each for each in view["blocks"] if (each.get("accessory") or {}).get("action_id") == "panels.on_paper")
    written.desk.stage.press(COORDINATOR, "panels.on_paper", block_id=row["block_id"])
    return written.desk.workspace.submit(written.desk.users[COORDINATOR], answers)


def test_it_holds_from_the_day_it_was_signed_and_says_who_saw_it(written: Written) -> None:
    chair = written.desk.users[CHAIR]
    assert enter(written, signed="2026-09-01", seen_by=chair).ok
    shown = words(listed(written))
    assert "R.Y. (outside Slack): declared, until Wednesday 1 September 2027" in shown
    assert "Signed on paper Tuesday 1 September 2026, entered by the coordinator" in shown
    with written.desk.work() as work:
        (row,) = work.rows(Declaration, wording=ON_PAPER)
        (told,) = work.rows(AuditRow, verb="declared_for")
        assert told.by_user == written.desk.users[COORDINATOR] and row.user_id.startswith("M")
        assert (told.details or {}) | {"user": row.user_id, "seen_by": chair, "signed": "2026-09-01"} == told.details
    written.desk.go_to(written.desk.bot.clock.now().replace(year=2027, month=8, day=3))
    assert any("Your declaration of confidentiality" in letter for letter in written.letters(DUTY))


@pytest.mark.parametrize("signed", ["2026-09-23", "2025-09-01"])
def test_no_day_to_come_and_none_so_long_ago_that_it_has_ended(written: Written, signed: str) -> None:
    assert enter(written, signed=signed).errors.keys() == {"signed"}
    with written.desk.work() as work:
        assert not work.rows(Declaration, wording=ON_PAPER)


def test_a_stranger_saw_nothing(written: Written) -> None:
    stranger = written.desk.workspace.add_user("Q.Q.")
    assert "seen_by" in enter(written, signed="2026-09-01", seen_by=stranger).errors


def test_whoever_has_slack_declares_there_and_the_chair_enters_nothing(written: Written) -> None:
    view = listed(written).view or {}
    rows = [each for each in view["blocks"] if (each.get("accessory") or {}).get("action_id") == "panels.on_paper"]
    assert len(rows) == 1 and "R.Y." in str(rows[0])
    assert "panels.on_paper" not in buttons(listed(written, CHAIR))
