"""The numbers of a panel, its meetings and channel, and the list that ends practice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from commands.kit.meetings import cut_offs_of, settings_of
from panel.codes import Role
from panel.cycle import CutOff
from panel.settings import Content
from storage.tables import Meeting, Panel, Seat
from storage.work import UnitOfWork
from tests.desk import Desk, open_desk

LONDON = ZoneInfo("Europe/London")
COORDINATOR = "Z.O."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("settings")


@pytest.fixture(scope="module")
def desk(folder: Path) -> Iterator[Desk]:
    with open_desk(folder, "2026-09-22T08:00:00+01:00") as opened:
        lead = opened.newcomer("I.G.")
        opened.workspace.change_channel(opened.channel, add=[lead])
        with opened.work() as work:
            key = panel_of(work).id or 0
            work.add(Seat(panel_id=key, role=Role.INFORMATION_GOVERNANCE, user_id=lead, since=work.now))
        yield opened


def panel_of(work: UnitOfWork) -> Panel:
    found = work.first(Panel)
    assert found is not None
    return found


def change(desk: Desk, **answers: Any) -> dict[str, str]:
    """Send /panel settings with some answers changed; the sentences under the questions."""
    desk.stage.command(COORDINATOR, "/panel", "settings")
    return desk.workspace.submit(desk.users[COORDINATOR], answers).errors


def test_numbers_count_at_once(desk: Desk) -> None:
    assert (
        change(desk, max_cases="12", max_new="4", agencies_min="6", digest_at="10:15", content="references_only") == {}
    )
    with desk.work() as work:
        now = settings_of(panel_of(work))
        assert (now.capacity.max_cases, now.capacity.max_new, now.quorum.agencies_min) == (12, 4, 6)
        assert now.content is Content.REFERENCES_ONLY
        assert now.quorum.must_have == ("POL", "PROB", "CSC", "IDVA")  # what is not asked stays
        assert panel_of(work).wake_at == datetime(2026, 9, 22, 10, 15, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"max_cases": "3", "max_new": "4"}, "max_new"),
        ({"quiet_from": "08:00", "quiet_until": "08:00"}, "quiet_until"),
        ({"quiet_from": "12:00", "quiet_until": "14:00", "digest_at": "13:00"}, "digest_at"),
        ({"digest_at": "07:00"}, "digest_at"),
    ],
)
def test_numbers_that_do_not_go_together_are_refused(desk: Desk, answers: dict[str, str], field: str) -> None:
    assert field in change(desk, **answers)


def test_two_who_change_settings_do_not_overwrite_each_other(desk: Desk) -> None:
    desk.stage.command(COORDINATOR, "/panel", "settings")
    with desk.work() as work:
        panel_of(work).version += 1
    assert "Somebody changed this" in str(desk.workspace.submit(desk.users[COORDINATOR], {"max_cases": "9"}).errors)


def test_other_holidays_move_the_cut_offs_to_come(desk: Desk) -> None:
    """30 November is a bank holiday in Scotland alone."""
    desk.stage.command(COORDINATOR, "/panel", "settings")
    desk.stage.press(COORDINATOR, "panels.sittings")
    assert desk.workspace.submit(desk.users[COORDINATOR], {"nation": "scotland", "minutes": "150"}).ok
    with desk.work() as work:
        meeting = work.first(Meeting, Meeting.day == date(2026, 12, 9))
        assert meeting is not None and meeting.minutes == 150
        assert cut_offs_of(work, meeting)[CutOff.REFERRAL_DEADLINE] == datetime(2026, 11, 24, 12, 0, tzinfo=LONDON)


def test_another_channel_must_have_the_bot_in_it(desk: Desk) -> None:
    coordinator = desk.users[COORDINATOR]
    without = desk.workspace.add_channel("without", [coordinator], bot=False)
    within = desk.workspace.add_channel("within", [coordinator])
    desk.stage.command(COORDINATOR, "/panel", "settings")
    desk.stage.press(COORDINATOR, "panels.sittings")
    assert "/invite @Convenor" in desk.workspace.submit(coordinator, {"channel": without}).errors["channel"]
    assert desk.workspace.submit(coordinator, {"channel": within}).ok
    with desk.work() as work:
        assert panel_of(work).channel_id == within


ALL = {
    "key_apart": ["yes"], "content": "held", "agreement": "2026-08-01", "dpia": "DPIA-77", "retention": "84",
    "policy": "APD-12", "reviewed": "2026-08-02",
}  # fmt: skip


@pytest.fixture
def governed(desk: Desk) -> Iterator[Desk]:
    """The panel as a real one, in practice; invented again afterwards."""
    for fictional in (False, True):
        with desk.work() as work:
            panel = panel_of(work)
            panel.fictional, panel.live, panel.go_live, panel.channel_id = fictional, False, {}, desk.channel
        if not fictional:
            yield desk


def complete(desk: Desk, **answers: Any) -> Any:
    desk.stage.command("I.G.", "/panel", "live")
    return desk.workspace.submit(desk.users["I.G."], answers)


def is_live(desk: Desk) -> bool:
    with desk.work() as work:
        return panel_of(work).live


def test_only_the_whole_list_ends_practice(governed: Desk) -> None:
    for item in ALL:
        assert complete(governed, **{name: value for name, value in ALL.items() if name != item}).ok
        governed.stage.close("I.G.")
        assert not is_live(governed), item
        with governed.work() as work:
            panel_of(work).go_live = {}
    done = complete(governed, **ALL)
    assert is_live(governed)
    assert "Practice" not in str(done.view)
    governed.stage.settle()
    assert any(text.startswith("*Panel MSP is live.*") for text in governed.in_channel())


def test_the_reference_of_the_assessment_is_not_in_the_clear(governed: Desk, folder: Path) -> None:
    complete(governed, **ALL)
    assert all(b"DPIA-77" not in file.read_bytes() for file in folder.glob("convenor.db*"))


def test_an_item_taken_back_is_practice_again(governed: Desk) -> None:
    complete(governed, **ALL)
    governed.stage.close("I.G.")
    complete(governed, dpia=None, key_apart=["yes"])
    assert not is_live(governed)
    governed.stage.settle()
    assert any("back in practice" in text for text in governed.in_channel())


def test_an_agreement_is_not_signed_tomorrow(governed: Desk) -> None:
    assert "still to come" in complete(governed, **ALL | {"agreement": "2026-09-23"}).errors["agreement"]


def test_the_coordinator_sees_where_the_list_stands(governed: Desk) -> None:
    told = str(governed.stage.command(COORDINATOR, "/panel", "live").view)
    assert "DPIA reference: not given yet" in told and "Information-governance lead picked: given" in told
    assert "'input'" not in told


def test_a_representative_has_no_part_in_it(governed: Desk) -> None:
    refused = governed.workspace.command(governed.users["N.B."], governed.channel, "/panel", "live")
    assert "Only the coordinator or the chair can" in str(refused.messages)


def test_an_invented_panel_never_goes_live(desk: Desk) -> None:
    refused = desk.workspace.command(desk.users[COORDINATOR], desk.channel, "/panel", "live")
    assert "never goes live" in str(refused.messages)


def test_once_live_what_is_kept_is_no_plain_setting(governed: Desk) -> None:
    complete(governed, **ALL)
    view = governed.stage.command(COORDINATOR, "/panel", "settings").view
    assert view is not None
    assert "content" not in [block["block_id"] for block in view["blocks"]]
    assert "Practice" not in str(view)
