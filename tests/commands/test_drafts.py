"""What was typed and not saved: kept for its writer, offered when the form is opened again, gone once it is saved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from commands.kit import drafts
from commands.referrals import refer
from panel import refs
from sandbox.client import Outcome
from storage.tables import Draft, Panel, Referral
from tests.desk import Desk, open_desk, start_bot

WHY = "quagmirefinch, and so on"
REFERRER, OTHER = "N.B.", "B.X."
WRONG = {  # all but the day on which the whereabouts were verified
    "routes": ["MARAC", "MASH"], "whereabouts": "sofa-surfing", "victims": "2", "children": 1, "why": WHY,
    "conflict": "no", "sharing": "yes",
}  # fmt: skip
OFFER = "was not saved"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk"), "2026-09-28T09:00:00+01:00") as desk:
        yield desk


@pytest.fixture(autouse=True)
def tidy(desk: Desk) -> Iterator[None]:
    yield
    for who in (REFERRER, OTHER):
        desk.stage.close(who)
    with desk.work() as work:
        for draft in work.find(Draft):
            work.session.delete(draft)


def opened(desk: Desk, who: str = REFERRER) -> Outcome:
    """The form, opened afresh: whatever was open is closed without saving."""
    desk.stage.close(who)
    return desk.stage.command(who, "/refer")


def refused(desk: Desk, **changes: Any) -> None:
    """Send a referral that can't be taken, and give up."""
    opened(desk)
    desk.stage.submit(REFERRER, {**WRONG, **changes}, expect="errors")
    desk.stage.close(REFERRER)


def initial(view: Any, question: str) -> Any:
    """What stands in the box of a question."""
    (block,) = [block for block in view["blocks"] if block["block_id"] == question]
    return {name: value for name, value in block["element"].items() if name.startswith("initial")}


def kept(desk: Desk) -> list[dict[str, Any] | None]:
    with desk.work() as work:
        return [draft.answers for draft in work.find(Draft)]


def test_what_was_refused_is_offered_again_and_put_back_by_a_press(desk: Desk) -> None:
    refused(desk)
    shown = opened(desk)
    assert OFFER in str(shown.view) and WHY not in str(shown.view), "offered, and in no box unasked"
    back = desk.stage.press(REFERRER, "kit.draft.back")
    assert initial(back.view, "why") == {"initial_value": WHY}
    assert initial(back.view, "victims")["initial_option"]["value"] == "2"
    assert {option["value"] for option in initial(back.view, "routes")["initial_options"]} == {"MARAC", "MASH"}
    assert initial(back.view, "sharing") == {}, "nobody's box is ticked for them"
    assert back.view is not None
    texts = [str(block) for block in back.view["blocks"]]
    assert not any(OFFER in text for text in texts) and sum("Fictional." in text for text in texts) == 1


def test_it_can_be_sent_from_there_and_is_not_offered_any_more(desk: Desk) -> None:
    refused(desk)
    opened(desk)
    desk.stage.press(REFERRER, "kit.draft.back")
    desk.stage.submit(REFERRER, {"whereabouts": "unknown", "sharing": "yes"})
    with desk.work() as work:
        last = work.find(Referral)[-1]
        assert last.answers is not None and last.answers["why"] == WHY and last.routes == ["MARAC", "MASH"]
    assert kept(desk) == []
    assert OFFER not in str(opened(desk).view)


def test_what_they_typed_meanwhile_stays(desk: Desk) -> None:
    refused(desk)
    opened(desk)
    desk.workspace.fill(desk.users[REFERRER], {"why": "Something newer", "children": 7}, quiet=True)
    back = desk.stage.press(REFERRER, "kit.draft.back")
    assert initial(back.view, "why") == {"initial_value": "Something newer"}
    assert initial(back.view, "children") == {"initial_value": "7"}
    assert initial(back.view, "victims")["initial_option"]["value"] == "2", "and the rest comes back"


def test_it_can_be_thrown_away(desk: Desk) -> None:
    refused(desk)
    opened(desk)
    gone = desk.stage.press(REFERRER, "kit.draft.gone")
    assert OFFER not in str(gone.view) and kept(desk) == []


def test_nobody_else_is_offered_it_nor_can_press_for_it(desk: Desk) -> None:
    refused(desk)
    shown = opened(desk, OTHER)
    assert OFFER not in str(shown.view)
    theirs = opened(desk)
    assert theirs.view is not None
    (row,) = [block for block in theirs.view["blocks"] if block["block_id"] == drafts.OFFER]
    forged = row["elements"][0]["value"]
    with desk.work() as work:
        draft = work.find(Draft)[0]
        draft.user_id = desk.users[OTHER]  # the button's row is another's now
    answer = desk.workspace.press(desk.users[REFERRER], "kit.draft.back", value=forged)
    assert WHY not in str(answer.view) and "no longer here" in str(answer.view)


def test_the_newest_takes_the_place_of_the_one_before(desk: Desk) -> None:
    refused(desk)
    refused(desk, why="The second time")
    (answers,) = kept(desk)
    assert answers is not None and answers["why"]["value"] == "The second time"


def test_a_fault_of_ours_keeps_it_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(refer, "meetings_for", fault)
    opened(desk)
    failed = desk.workspace.submit(desk.users[REFERRER], WRONG | {"whereabouts": "unknown"})
    assert "Nothing was saved" in str(failed.errors)
    monkeypatch.undo()
    assert OFFER in str(opened(desk).view)


def test_where_it_cannot_be_kept_the_fault_is_still_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: Any, **__: Any) -> None:
        raise OperationalError("locked", {}, Exception())

    monkeypatch.setattr(refer, "meetings_for", locked)
    monkeypatch.setattr(drafts, "keep", locked)
    opened(desk)
    failed = desk.workspace.submit(desk.users[REFERRER], WRONG | {"whereabouts": "unknown"})
    assert "Nothing was saved" in str(failed.errors)


def test_choices_alone_are_not_kept(desk: Desk) -> None:
    refused(desk, why=None)
    assert kept(desk) == []


def test_nothing_is_kept_where_the_panel_keeps_references_only(desk: Desk) -> None:
    before = dict(desk.panel.settings)
    try:
        with desk.work() as work:
            work.get(Panel, desk.panel.id).settings = before | {"content": "references_only"}
        refused(desk, why="elsewhere")
        assert kept(desk) == []
    finally:
        with desk.work() as work:
            work.get(Panel, desk.panel.id).settings = before


def test_a_form_whose_words_are_stored_nowhere_keeps_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refer.ReferCase, "keeps", classmethod(lambda cls, view: False))
    refused(desk)
    assert kept(desk) == []


def test_it_goes_after_the_panels_number_of_days(desk: Desk) -> None:
    refused(desk)
    with desk.work() as work:
        drafts.purge(work, work.get(Panel, desk.panel.id))
    assert len(kept(desk)) == 1
    with desk.work() as work:
        work.find(Draft)[0].at = work.now - timedelta(days=15)
    with desk.work() as work:
        drafts.purge(work, work.get(Panel, desk.panel.id))
    assert kept(desk) == []


def test_it_outlives_a_restart_and_lies_there_encrypted(tmp_path: Path) -> None:
    with open_desk(tmp_path, "2026-09-28T09:00:00+01:00") as desk:
        refused(desk)
        assert b"quagmirefinch" not in b"".join(path.read_bytes() for path in tmp_path.glob("convenor.db*"))
        desk.bot.stop()
        desk.bot.join()
        with ExitStack() as last:
            start_bot(desk.box, tmp_path / "convenor.db", last)
            assert OFFER in str(opened(desk).view)
            assert initial(desk.stage.press(REFERRER, "kit.draft.back").view, "why") == {"initial_value": WHY}
            desk.stage.close(REFERRER)


def test_what_was_typed_about_another_thing_is_not_put_back_here(desk: Desk) -> None:
    refused(desk)
    opened(desk)
    with desk.work() as work:
        work.find(Draft)[0].about = '{"v": 1, "case": 7}'
    answer = desk.workspace.press(desk.users[REFERRER], "kit.draft.back")
    assert WHY not in str(answer.view) and "no longer here" in str(answer.view)


@pytest.mark.slow
@pytest.mark.parametrize("fault", [{"kind": "ack_lost"}, {"kind": "delay", "seconds": 5}], ids=["lost", "five seconds"])
def test_an_answer_that_came_too_late_loses_nothing_and_saves_once(desk: Desk, fault: dict[str, Any]) -> None:
    with desk.work() as work:
        before = len(work.find(Referral))
    opened(desk)
    whole = WRONG | {"whereabouts": "unknown"}
    desk.workspace.config(faults=[{**fault, "method": "interactive", "times": 1}])
    try:
        first = desk.workspace.submit(desk.users[REFERRER], whole)
    finally:
        desk.workspace.config(faults=[])
    if first.kind == "timeout":  # Slack says that it had trouble; the form stands there as it was filled in
        view = desk.workspace.see(desk.users[REFERRER])["view"]
        assert WHY in str(view["state"]["values"])
        assert re.search(refs.REFERRAL, str(desk.stage.submit(REFERRER, {}).view)), "and the answer comes now"
    with desk.work() as work:
        assert len(work.find(Referral)) == before + 1
    assert kept(desk) == []
