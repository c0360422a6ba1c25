"""The item on outstanding actions names what is blocked, and what ended undone since the last panel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from panel.codes import ActionStatus
from storage.tables import Action, ActionMove, Dependency, StatusFreeze
from tests.commands.agenda_desk import CHAIR, COORDINATOR, HOUSING, desk_before_panel
from tests.commands.seen import words
from tests.commands.test_agendas_outstanding import freeze, insert, opened
from tests.desk import Desk

pytestmark = pytest.mark.slow

HELD, ENDED = "quavermoor", "brindlehope"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_before_panel(tmp_path) as made:
        with made.work() as work:
            for row in work.find(Action):
                row.status = "complete"
        yield made


def exceptions(desk: Desk) -> None:
    """One waits, one is on hold, two ended undone, one was completed; one ended before the last panel."""
    first = insert(desk, "A-033-90", "POL", "2026-11-01")
    waits = insert(desk, "A-033-91", "POL", "2026-10-01")
    insert(desk, "A-033-92", "POL", "2026-11-01", status="blocked", safety="blocked", safety_note=HELD)
    cancelled = insert(desk, "A-033-93", "HOU", "2026-11-01", status="cancelled")
    insert(desk, "A-033-94", "HOU", "2026-11-01", status="not_done")
    insert(desk, "A-033-95", "HOU", "2026-11-01", status="complete")
    old = insert(desk, "A-033-96", "HOU", "2026-11-01", status="cancelled")
    with desk.work() as work:
        work.add(Dependency(action_id=waits, needs_id=first))
        work.get(Action, old).status_at = work.now.replace(month=8)
        work.add(
            ActionMove(
                action_id=cancelled, at=work.now, by_user="U1", move="cancel", was="open", now="cancelled", note=ENDED
            )
        )


def test_they_are_frozen_and_named_with_what_became_of_them(desk: Desk) -> None:
    exceptions(desk)
    freeze(desk)
    with desk.work() as work:
        (kept,) = work.find(StatusFreeze)
        assert sorted(row["why"] for row in kept.besides) == ["ended", "ended", "held", "waits"]
        waiting = work.first(Action, Action.ref == "A-033-90")
        assert waiting is not None
        waiting.status = ActionStatus.REPORTED_COMPLETE
    insert(desk, "A-033-97", "POL", "2026-11-01", status="blocked", safety="blocked")
    seen = words(opened(desk, COORDINATOR))
    blocked, ended = seen.index("*Blocked: "), seen.index("*Ended without being done since the last panel*")
    assert blocked < seen.index("A-033-92") < seen.index("A-033-97") < ended < seen.index("A-033-93")
    assert ended < seen.index("A-033-94") and "A-033-95" not in seen and "A-033-96" not in seen
    assert "At the freeze: on hold" in seen and "Now: Cancelled" in seen and "Now: Not done" in seen
    assert ENDED in seen and "2 blocked. 2 ended without being done" in seen
    assert seen.count("A-033-91") == 1 and "Overdue since*" in seen[: seen.index("A-033-91")], "free now, so overdue"


def test_why_it_is_on_hold_is_for_the_chair_and_not_for_the_coordinator(desk: Desk) -> None:
    exceptions(desk)
    freeze(desk)
    assert HELD in words(opened(desk, CHAIR))
    seen = words(opened(desk, COORDINATOR))
    assert HELD not in seen and "On hold" in seen


def test_a_representative_reads_of_their_own_agencys_alone(desk: Desk) -> None:
    exceptions(desk)
    freeze(desk)
    seen = words(opened(desk, HOUSING))
    assert "0 blocked. 2 ended" in seen and "A-033-92" not in seen and "A-033-93" in seen
