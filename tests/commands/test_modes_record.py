"""What is decided in writing: a record of updates and decisions, without attendance, under the words of a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from commands.meetings.minutes import fresh_text
from panel.codes import Mode
from panel.cycle import CutOff
from storage.tables import Meeting, Panel
from tests.commands.agenda_desk import desk_before_panel, issued
from tests.commands.seen import words
from tests.desk import Desk

pytestmark = pytest.mark.slow

OF_A_MEETING = re.compile(r"\bminutes\b|\bmeet(s|ings?)\b|attendance|\bagenda\b|panel on ", re.I)


@pytest.fixture(scope="module", params=[Mode.ASYNCHRONOUS, Mode.MEETING])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The evening of the day."""
    with desk_before_panel(tmp_path_factory.mktemp("record")) as made:
        with made.work() as work:
            for row in (*work.find(Panel), *work.find(Meeting)):
                row.mode = request.param
        issued(made)
        made.go_to(made.stage.cut_offs[CutOff.PANEL] + timedelta(hours=4))
        yield made


def in_writing(desk: Desk) -> bool:
    return desk.meeting.mode == Mode.ASYNCHRONOUS


def title(view: object) -> str:
    assert isinstance(view, dict)
    return str(view["title"]["text"])


def test_the_record_its_title_and_the_paper(desk: Desk) -> None:
    seen = desk.stage.command("Z.O.", "/panel", "record")
    assert title(seen.view) == ("The record" if in_writing(desk) else "The meeting's record")
    desk.stage.press("Z.O.", "meetings.close")
    desk.stage.close("Z.O.")
    desk.go_to(desk.stage.after(CutOff.MINUTES_DRAFT))
    seen = desk.stage.command("Z.O.", "/panel", "minutes")
    assert title(seen.view) == ("Updates and decisions" if in_writing(desk) else "The minutes")
    assert ("Record of updates and decisions of" in words(seen)) is in_writing(desk)
    desk.stage.close("Z.O.")
    with desk.work() as work:
        text = fresh_text(work, work.get(Panel, 1), work.get(Meeting, desk.meeting.id))
    assert ("## Attendance" in text) is not in_writing(desk) and ("uorum" in text) is not in_writing(desk)
    assert "update sent on" in text and "\n\n\n\n" not in text
    own_words = [line for line in text.splitlines() if not line.startswith("- ")]
    assert in_writing(desk) is not any(OF_A_MEETING.search(line) for line in own_words)
    sent = [text for who in ("Z.O.", "V.X.") for text in desk.seen_by(who) if "A draft of the" in text]
    assert len(sent) == 2 and all(("record of updates and decisions" in text) is in_writing(desk) for text in sent)


def test_what_the_commands_and_buttons_are_called(desk: Desk) -> None:
    help_ = str(desk.stage.command("Z.O.", "/panel", "help", expect="message").messages)
    hub = words(desk.stage.command("Z.O.", "/panel", ""))
    desk.stage.close("Z.O.")
    for said in (help_, hub):
        assert ("Move a closing date" in said) is in_writing(desk) is not ("Move a meeting" in said)
        assert ("from the closing date on" in said) is in_writing(desk)
    for word, asynchronous, together in (
        ("move", "Move a closing date", "Move a meeting"),
        ("cancel", "Cancel a closing date", "Cancel a meeting"),
        ("schedule", "Plan the closing dates", "Plan the meetings"),
    ):
        seen = desk.stage.command("Z.O.", "/panel", word)
        assert title(seen.view) == (asynchronous if in_writing(desk) else together)
        desk.stage.close("Z.O.")
