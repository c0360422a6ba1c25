"""The list of cases to answer: what it says first, what a case that is answered offers, and what stays in its place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.demo.scenes.answering import press_answer
from commands.kit.about import load
from commands.kit.turn import Request
from panel.cycle import CutOff
from tests.commands.updates_desk import ASKED, desk_with_cases, letter, meeting_of, menu, sit, tell, words
from tests.desk import Desk

C41, C42, C33, C29, C25, C18 = ALL = tuple(f"MSP-26-00{n}" for n in (41, 42, 33, 29, 25, 18))
NILS = ["No trace", "Known, nothing current"]
ANSWERS = [*NILS, "Tell us something", "All sections"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """After the requests have gone out. Each story has an agency of its own."""
    with desk_with_cases(tmp_path_factory.mktemp("list")) as desk:
        desk.go_to(ASKED)
        yield desk


def order(view: Any) -> list[str]:
    """The cases, from above."""
    return [block["block_id"] for block in view["blocks"] if block["block_id"] in ALL]


def offered(view: Any, ref: str) -> list[Any]:
    """The buttons beneath a case."""
    (row,) = [block for block in view["blocks"] if block["block_id"] == ref]
    return [each for each in row["elements"] if each["type"] == "button"]


def labels(view: Any, ref: str) -> list[str]:
    """What they say."""
    return [each["text"]["text"] for each in offered(view, ref)]


def said(view: Any, kind: str) -> list[str]:
    """The texts of the sections, or of the small print, from above; the stamp of an invented month left out."""
    texts = [
        each["text"] if kind == "context" else each
        for block in view["blocks"]
        if block["type"] == kind
        for each in (block["elements"] if kind == "context" else [block["text"]["text"]])
    ]
    return [text for text in texts if "Fictional" not in text]


def test_the_heading_is_three_lines_and_the_rest_stands_beneath_the_cases(desk: Desk) -> None:
    view = sit(desk, "T.G.").view
    whose, by_when = said(view, "section")[0].split("\n")
    assert whose == "*HOU* · 0 of 6 cases answered"
    assert by_when.startswith("By <!date^") and by_when.endswith("|Friday 9 October 2026 at 17:00>")
    danger, beneath = said(view, "context")
    assert "Danger now: *999*" in danger and "\n" not in danger
    assert view is not None
    assert [block["type"] for block in view["blocks"]][-2:] == ["divider", "context"], "after the last case"
    for told in (
        "Panel on Wednesday 14 October 2026", "2 systems searched, list version 1, 36 months back",
        "taken too, and marked late", "Undo is there until the agenda is issued", "MARAC or the safeguarding hub",
    ):  # fmt: skip
        assert told in beneath
    desk.stage.close("T.G.")


def test_a_case_that_is_answered_shows_its_answer_and_one_quiet_button(desk: Desk) -> None:
    before = sit(desk, "F.J.").view
    assert labels(before, C29) == ANSWERS and offered(before, C29)[2]["style"] == "primary"
    view = desk.stage.press("F.J.", "updates.no_trace", block_id=C29).view
    assert labels(view, C29) == ["Change"] and "style" not in offered(view, C29)[0]
    assert any(C29 in text and "No trace in systems searched" in text for text in said(view, "section"))
    assert labels(view, C25) == ANSWERS
    opened = desk.stage.press("F.J.", "updates.change", block_id=C29).view
    assert labels(opened, C29) == ANSWERS, "in its place, all as quiet as each other"
    assert not [each for each in offered(opened, C29) if "style" in each] and letter(desk, C29, "ICB") == "N"
    again = desk.stage.press("F.J.", "updates.known", block_id=C29).view
    assert labels(again, C29) == ["Change"] and letter(desk, C29, "ICB") == "K"
    assert labels(menu(desk, "F.J.", C29, "Undo").view, C29) == ANSWERS
    desk.stage.close("F.J.")


def test_a_press_in_an_older_view_on_an_answered_case_counts_as_before(desk: Desk) -> None:
    older = sit(desk, "N.B.").view
    about = load(offered(older, C33)[1]["value"])
    desk.stage.press("N.B.", "updates.no_trace", block_id=C33)
    assert about is not None and letter(desk, C33, "CSC") == "N"
    panel = desk.panel
    stale = Request(
        "modal", panel.enterprise_id, panel.team_id, desk.users["N.B."], None, about,
        view={"id": "V1", "hash": "1"}, action_id="updates.known",
    )  # fmt: skip
    desk.bot.service._press(stale)
    assert letter(desk, C33, "CSC") == "K"
    desk.stage.close("N.B.")


def test_what_is_answered_keeps_its_place_until_the_list_is_opened_again(desk: Desk) -> None:
    """A second tap in the same spot must not land on another case."""
    listed = order(sit(desk, "R.Y.").view)
    first, second, *rest = listed
    assert order(desk.stage.press("R.Y.", "updates.no_trace", block_id=first).view) == listed
    menu(desk, "R.Y.", second, "Unable to check")
    desk.stage.submit("R.Y.", {"obstacle": "no_access"})
    assert desk.shows("R.Y.", "still outstanding")
    again = sit(desk, "R.Y.").view
    assert order(again) == [second, *rest, first], "the unanswered first: unable to check is among them"
    assert labels(again, second) == ANSWERS and labels(again, first) == ["Change"]
    assert order(press_answer(desk.stage, "R.Y.", "updates.known", first).view) == [second, *rest, first]
    tell(desk, "R.Y.", second, happened="Two lines", readers="everyone")
    assert desk.shows("R.Y.", "Information to share")
    assert order(menu(desk, "R.Y.", first, "Undo").view) == [second, *rest, first]
    assert order(sit(desk, "R.Y.").view) == [first, *rest, second]
    desk.stage.close("R.Y.")


def test_when_all_is_answered_it_says_so_and_what_comes_next(desk: Desk) -> None:
    view = sit(desk, "A.Z.").view
    for ref in order(view):
        assert "Every case is answered" not in words(view)
        view = desk.stage.press("A.Z.", "updates.no_trace", block_id=ref).view
    whose, done = said(view, "section")[0].split("\n")
    assert whose == "*MH* · 6 of 6 cases answered" and done.startswith(
        "*Every case is answered.* Next comes the agenda"
    )
    assert "Tuesday 13 October 2026 at 12:00" in done and "can be changed" in done
    with desk.work() as work:
        meeting_of(desk, work).agenda_issued_at = work.now
    issued = said(sit(desk, "A.Z.").view, "section")[0]
    assert "What was sent stands" in issued and "late paper" in issued and "can be changed" not in issued
    with desk.work() as work:
        meeting_of(desk, work).agenda_issued_at = None
    desk.stage.close("A.Z.")


def test_the_short_form_says_by_when_and_that_it_is_over(tmp_path: Path) -> None:
    with desk_with_cases(tmp_path) as desk:
        desk.go_to(ASKED)
        sit(desk, "B.X.")
        heading = said(press_answer(desk.stage, "B.X.", "updates.tell.open", C41).view, "section")[0]
        assert heading.startswith(f"*{C41}* · K-041\nBy <!date^") and "Friday 9 October 2026 at 17:00>\n" in heading
        desk.go_to(desk.stage.cut_offs[CutOff.UPDATE_DEADLINE] + timedelta(hours=1))
        late = sit(desk, "B.X.").view
        assert "Updates closed" in said(late, "section")[0] and "marked late" in said(late, "section")[0]
        heading = said(press_answer(desk.stage, "B.X.", "updates.tell.open", C41).view, "section")[0]
        assert "Updates closed" in heading and "marked late" in heading
