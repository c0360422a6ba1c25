"""Nothing of a panel goes out unstamped until the panel is live."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from commands.kit.about import About
from commands.kit.answers import Back, Close, Replace, Show, Tell, Wrong
from commands.kit.blocks import context, divider, section
from commands.kit.notices import HomeTab, Message, Removal
from commands.kit.stamp import FICTIONAL, IN_A_MESSAGE, IN_A_VIEW, PRACTICE, stamp_answer, stamp_notice, stamp_of
from commands.kit.views import modal
from storage.tables import Panel, Seat
from tests.desk import Desk, open_desk


def panel(**facts: Any) -> Panel:
    return Panel(**{"id": 1, "live": False, "fictional": False} | facts)


def test_what_is_stamped_and_how() -> None:
    assert stamp_of(panel(fictional=True, live=True)) == FICTIONAL
    assert stamp_of(panel()) == PRACTICE
    assert stamp_of(panel(live=True)) is None
    assert stamp_of(panel(id=None)) is None
    assert stamp_of(None) is None


@pytest.mark.parametrize("kind", [Show, Replace, Back])
def test_a_view_begins_with_it(kind: type[Show]) -> None:
    view = modal("A title", [section("Words")], About())
    stamped = stamp_answer(kind(view), panel())
    assert isinstance(stamped, kind)
    assert stamped.view["blocks"] == [context(PRACTICE), section("Words")]
    assert view["blocks"] == [section("Words")]


def test_a_sentence_ends_with_it() -> None:
    stamped = stamp_answer(Tell("Done."), panel(fictional=True))
    assert stamped == Tell(f"Done.\n{FICTIONAL}", (section("Done."), context(FICTIONAL)))


def test_a_message_ends_with_it_in_text_and_blocks() -> None:
    stamped = stamp_notice(Message("News.", (section("News."),)), panel())
    assert stamped == Message(f"News.\n{PRACTICE}", (section("News."), context(PRACTICE)))
    bare = stamp_notice(Message("News."), panel())
    assert isinstance(bare, Message) and bare.blocks == (section("News."), context(PRACTICE))


def test_a_home_tab_begins_with_it() -> None:
    stamped = stamp_notice(HomeTab({"type": "home", "blocks": [divider()]}), panel())
    assert isinstance(stamped, HomeTab) and stamped.view["blocks"] == [context(PRACTICE), divider()]


def test_the_rest_stays_as_it_is() -> None:
    for answer in (Wrong({"field": "No."}), Close()):
        assert stamp_answer(answer, panel()) is answer
    assert stamp_notice(Removal("C1", "1.0"), panel()) == Removal("C1", "1.0")
    tell = Tell("Done.")
    assert stamp_answer(tell, panel(live=True)) is tell


@pytest.mark.parametrize(("most", "room"), [(IN_A_VIEW, 1), (IN_A_VIEW, 0), (IN_A_MESSAGE, 1), (IN_A_MESSAGE, 0)])
def test_slacks_limits_are_kept(most: int, room: int) -> None:
    blocks = [context("small print"), *[divider()] * (most - room - 1)]
    if most == IN_A_VIEW:
        answer = stamp_answer(Show({"type": "modal", "blocks": blocks}), panel())
        assert isinstance(answer, Show)
        stamped = answer.view["blocks"]
    else:
        notice = stamp_notice(Message("News.", tuple(blocks)), panel())
        assert isinstance(notice, Message)
        stamped = list(notice.blocks)
    assert len(stamped) == most
    assert PRACTICE in str(stamped)


def test_on_the_wire_everything_of_an_invented_panel_has_it(tmp_path: Path) -> None:
    with open_desk(tmp_path, "2026-09-22T08:00:00+01:00") as desk:
        opened = desk.stage.command("Z.O.", "/panel", "move").view
        assert opened is not None and FICTIONAL in str(opened["blocks"][0])
        saved = desk.stage.submit("Z.O.", {"new_day": "2026-10-15"}).view
        assert FICTIONAL in str(saved)
        desk.stage.settle()
        posted = desk.workspace.messages(desk.channel)[-1]
        assert posted["text"].endswith(FICTIONAL) and FICTIONAL in str(posted["blocks"][-1])
        told = desk.workspace.command(desk.users["N.B."], desk.channel, "/panel")
        assert FICTIONAL in told.messages[0]["text"]


def telling(desk: Desk, who: str, channel: str, word: str) -> dict[str, Any]:
    """What a command answers to this person alone."""
    outcome = desk.workspace.command(desk.users[who], channel, "/actions", word)
    return outcome.messages[0]


def test_what_is_said_before_a_panel_is_known_has_it_too(tmp_path: Path) -> None:
    with open_desk(tmp_path, "2026-09-22T08:00:00+01:00") as desk:
        stranger = desk.workspace.add_user("nobody")
        lobby, elsewhere = desk.elsewhere(stranger), desk.elsewhere(desk.users["Z.O."])
        for word in ("help", "what is this"):
            told = telling(desk, "Z.O.", desk.channel, word)
            assert FICTIONAL in told["text"] and FICTIONAL in str(told["blocks"][-1]), word
            (nobodys,) = desk.workspace.command(stranger, lobby, "/actions", word).messages
            assert PRACTICE in nobodys["text"], "no panel has a go-live list yet"
        with desk.work() as work:
            (mine,) = work.find(Panel)
            mine.channel_id = None
            facts = mine.model_dump(exclude={"id"}) | {"code": "ZZ", "fictional": False}
            other = work.add(Panel(**facts))
            work.session.flush()
            assert other.id is not None
            work.add(Seat(panel_id=other.id, role="coordinator", user_id=desk.users["Z.O."], since=work.now))
        which = telling(desk, "Z.O.", elsewhere, "")
        assert "Which one?" in which["text"] and PRACTICE in which["text"] and PRACTICE in str(which["blocks"][-1])
        assert PRACTICE in telling(desk, "Z.O.", elsewhere, "help")["text"], "one of the two still practises"
        with desk.work() as work:
            for panel in work.find(Panel):
                panel.live, panel.fictional = True, False
        assert PRACTICE not in telling(desk, "Z.O.", elsewhere, "help")["text"]
