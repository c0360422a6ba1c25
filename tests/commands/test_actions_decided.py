"""What was said when more time was asked for, and in answer, stays in the action's history."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.actions_help import CHAIR, COORDINATOR, open_at

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("press", "answer", "kept"),
    [
        ("actions.time.give", {}, "More time agreed"),
        ("actions.time.refuse", {"reason": "the hearing comes first"}, "the hearing comes first"),
    ],
)
def test_both_reasons_are_read_after_the_decision(
    tmp_path: Path, press: str, answer: dict[str, str], kept: str
) -> None:
    with open_at(tmp_path) as room:
        ref = room.add()
        room.press("R.Y.", ref, "actions.time", until="2026-10-30", reason="no unit free")
        assert room.open(CHAIR, ref, "all").count("no unit free") == 1, "once while it waits"
        room.stage.close(CHAIR)
        room.press(CHAIR, ref, press, "all", **answer)
        for who, which in (("R.Y.", "agency"), (COORDINATOR, "all")):
            seen = room.open(who, ref, which)
            assert "More time asked for, until Friday 30 October 2026" in seen and kept in seen, who
            assert seen.count("no unit free") == 1, who
            room.stage.close(who)
        messages = "\n".join(room.told("R.Y."))
        assert "no unit free" not in messages and "hearing comes first" not in messages


def test_whoever_may_not_read_the_words_reads_no_reason(tmp_path: Path) -> None:
    with open_at(tmp_path) as room:
        ref = room.add(limits=["IDVA"])
        room.press("R.Y.", ref, "actions.time", until="2026-10-30", reason="no unit free")
        room.press(CHAIR, ref, "actions.time.refuse", "all", reason="the hearing comes first")
        seen = room.open(COORDINATOR, ref, "all")
        assert "More time not agreed" in seen and "no unit free" not in seen and "hearing" not in seen
