"""`panel.settings` of a month file: what it changes, and every value that can't be, by key path and line."""

from datetime import time
from pathlib import Path

import pytest

from bot.month import read_month, settings_of
from panel.case_order import OrderKey
from panel.codes import AgendaKind
from panel.cycle import CutOff, Offset
from panel.settings import Gate, Ladder, PanelSettings, Retention, Sitting
from tests.bot.month.conftest import OCTOBER, Break

HEAD = "  mode: hybrid"
GIVEN = f"""{HEAD}
  settings:
    offsets:
      update_deadline: {{days: -4, at: "16:00"}}
      reminder_2: {{days: -5, at: "10:00"}}
    agenda_minutes: {{new: 20}}
    order_keys: [imminent, rfg]
    ladder: {{deputy_days: 2, fast_hours: [0, 6]}}
    digest_at: "08:30"
    quiet_from: "19:00"
    near_date_days: 21
    retention: {{audit_months: 120}}
    sitting: {{declarations: false, urgent_reply_minutes: 30}}
    gate: {{pause_hours: 4}}"""


def test_what_is_given_counts_and_the_rest_keeps_its_default(tmp_path: Path) -> None:
    file = tmp_path / "month.yaml"
    file.write_text(OCTOBER.read_text(encoding="utf-8").replace(HEAD, GIVEN), encoding="utf-8")
    found, usual = settings_of(read_month(file)), PanelSettings()
    assert found.offsets == {
        **usual.offsets,
        CutOff.UPDATE_DEADLINE: Offset(-4, time(16)),
        CutOff.REMINDER_2: Offset(-5, time(10)),
    }
    assert found.agenda_minutes == {**usual.agenda_minutes, AgendaKind.NEW: 20}
    assert found.order_keys == (OrderKey.IMMINENT, OrderKey.RFG)
    assert found.ladder == Ladder(deputy_days=2, fast_hours=(0, 6))
    assert (found.digest_at, found.quiet_from, found.quiet_until) == (time(8, 30), time(19), time(8))
    assert (found.near_date_days, found.search_months_new) == (21, 36)
    assert found.retention == Retention(audit_months=120)
    assert found.sitting == Sitting(declarations=False, urgent_reply_minutes=30)
    assert found.gate == Gate(pause_hours=4)
    assert found.capacity.max_cases == 8 and found.quorum.must_have  # of their own keys


@pytest.mark.parametrize(
    ("line", "path", "says"),
    [
        ("offsets: {teatime: {days: 1, at: '10:00'}}", "offsets.teatime", "must be 'call_for_referrals'"),
        ("offsets: {panel: {days: 1, at: '10:00'}}", "offsets.panel", "panel day itself has no offset"),
        ("offsets: {triage: {days: -9}}", "offsets.triage.at", "is missing"),
        ("offsets: {triage: {days: -9.5, at: '10:00'}}", "offsets.triage.days", "must be a whole number"),
        ("offsets: {triage: {days: -9, at: '9'}}", "offsets.triage.at", "must be a time of day"),
        ("offsets: {triage: {days: -12, at: '09:00'}}", "offsets.triage", "would come before referral_deadline"),
        ("offsets: {reminder_1: {days: -3, at: '09:00'}}", "offsets.reminder_1", "reminder_2 would come before"),
        ("agenda_minutes: {tea: 5}", "agenda_minutes.tea", "must be 'welcome'"),
        ("agenda_minutes: {new: 0}", "agenda_minutes.new", "must be greater than or equal to 1"),
        ("order_keys: [colour]", "order_keys[0]", "must be 'imminent'"),
        ("ladder: {deputy_days: 9}", "ladder", "must not fall"),
        ("ladder: {fast_hours: []}", "ladder.fast_hours", "must not be empty"),
        ("ladder: {steering_panels: 0}", "ladder.steering_panels", "must be greater than or equal to 1"),
        ("digest_at: '19:00'", "", "digest_at lies in the quiet hours"),
        ("quiet_until: '18:00'", "", "quiet hours cannot last all day"),
        ("retention: {case_months: forever}", "retention.case_months", "must be a whole number"),
        ("sitting: {urgent_within_hours: 49}", "sitting.urgent_within_hours", "must be less than or equal to 48"),
        ("sitting: {relist_days: 0}", "sitting.relist_days", "must be greater than or equal to 1"),
        ("gate: {pause_hours: 0}", "gate.pause_hours", "must be greater than or equal to 1"),
        ("gate: {advise_hours: 121}", "gate.advise_hours", "must be less than or equal to 120"),
        ("sitting: {declarations: 1}", "sitting.declarations", "must be true or false"),
        ("content: held", "content", "unknown key"),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(broken: Break, line: str, path: str, says: str) -> None:
    (problem,) = broken((HEAD, f"{HEAD}\n  settings:\n    {line}"))
    assert problem.path == f"panel.settings.{path}".rstrip(".")
    assert problem.line == (12 if path else 11) and says in problem.message
