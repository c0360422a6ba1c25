"""A panel that works in writing has a closing date where others have a meeting, and asks for no attendance."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from jinja2 import nodes

import commands
from commands.kit.meetings import cut_offs_of
from commands.kit.modes import IN_WRITING, called
from commands.kit.words import TEMPLATES, Words
from panel.codes import Mode
from panel.cycle import CutOff
from storage.tables import Meeting, Panel
from tests.commands import owed
from tests.commands.seen import words
from tests.commands.updates_desk import ASKED, desk_with_cases, meeting_of
from tests.desk import Desk

pytestmark = pytest.mark.slow

OF_A_MEETING = re.compile(r"\bmeet(s|ing|ings)?\b|panel on (Mon|Tues|Wednes|Thurs|Fri)day|\bagenda\b|It starts", re.I)


@pytest.fixture(scope="module", params=[Mode.ASYNCHRONOUS, Mode.HYBRID])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The morning on which the agenda of a panel has been issued."""
    with desk_with_cases(tmp_path_factory.mktemp("modes")) as made:
        with made.work() as work:
            for row in (*work.find(Panel), *work.find(Meeting)):
                row.mode = request.param
        made.go_to(ASKED)
        with made.work() as work:
            owed.refer(work)
        made.go_to(made.stage.cut_offs[CutOff.AGENDA_LOCKED] + timedelta(minutes=5))
        yield made


def mode_of(desk: Desk) -> Mode:
    return Mode(desk.meeting.mode)


def test_what_is_sent_speaks_of_a_closing_date_where_there_is_no_meeting(desk: Desk) -> None:
    sent = [*desk.in_channel(), *(text for who in desk.users for text in desk.seen_by(who))]
    assert len(sent) > 10
    if mode_of(desk) is Mode.ASYNCHRONOUS:
        said = [text for text in sent if OF_A_MEETING.search(text)]
        assert said == []
        assert any("closing date of Wednesday 14 October 2026" in text for text in sent)
        assert any("*Information and updates document of MSP" in text and "\u00a0min" not in text for text in sent)
    else:
        assert not [text for text in sent if "closing date" in text.lower()]
        assert any("*Agenda of MSP for Wednesday 14 October" in text and "18\u00a0min" in text for text in sent)


def test_no_attendance_and_no_slots_are_asked_about(desk: Desk) -> None:
    together = mode_of(desk) is not Mode.ASYNCHRONOUS
    with desk.work() as work:
        start = cut_offs_of(work, meeting_of(desk, work))[CutOff.PANEL]
    invite = desk.stage.command("Z.O.", "/panel", "invite").view
    assert invite is not None
    assert ("slot" in {block["block_id"] for block in invite["blocks"]}) is together
    desk.stage.close("Z.O.")
    hub = words(desk.stage.command("Z.O.", "/panel", ""))
    assert ("Next meeting" if together else "Next closing date") in hub
    desk.stage.close("Z.O.")
    desk.go_to(start + timedelta(minutes=1))
    record = desk.stage.command("Z.O.", "/panel", "record")
    assert ("Attendance" in words(record)) is together and ("uorum" in words(record)) is together


def written() -> set[str]:
    """Every text that stands in the code of the journeys, but for the table itself."""
    paths = [path for path in Path(commands.__file__).parent.rglob("*.py") if path.name != "modes.py"]
    found = (node for path in paths for node in ast.walk(ast.parse(path.read_text())))
    return {node.value for node in found if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_phrase_that_a_template_asks_for_has_its_other_words() -> None:
    environment = Words()._slack
    asked = set()
    for path in Path(TEMPLATES).rglob("*.jinja"):
        for found in environment.parse(path.read_text()).find_all(nodes.Filter):
            if found.name == "called":
                assert isinstance(found.node, nodes.Const)
                asked.add(found.node.value)
    labels = {cut_off.label for cut_off in CutOff}
    assert asked | ((labels | written()) & IN_WRITING.keys()) == IN_WRITING.keys()
    assert called("Triage", Meeting.model_construct(mode="asynchronous")) == "Triage"
