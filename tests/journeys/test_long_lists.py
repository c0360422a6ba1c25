"""Three hundred cases, forty agencies: each command opens a view that Slack takes, and a list that goes on says how."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from commands.kit.turn import read
from sandbox.blocks.surfaces import check_view
from tests.bench.opening import READERS, words
from tests.bench.years import Size, grow
from tests.commands.agenda_desk import desk_before_panel, issued
from tests.desk import Desk

pytestmark = pytest.mark.slow

SIZE = Size(cases=300, agencies=40, months=3)
A_LIST = 9  # different cases in one view: what shows more is a list
CASE = re.compile(r"MSP-\d\d-\d{4}")
ON = (".next", "page.next", ".turn.next")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_before_panel(tmp_path_factory.mktemp("long")) as made:
        grow(made, SIZE)
        issued(made)
        yield made


def opened(desk: Desk, who: str, command: str, word: str) -> dict[str, Any] | None:
    """The first view that a command opens for somebody; None where it only tells them something."""
    body = {
        "command": command, "text": word, "team_id": desk.box.team_id, "user_id": desk.users[who], "trigger_id": "1",
        "channel_id": desk.channel,
    }  # fmt: skip
    view: dict[str, Any] | None = getattr(desk.bot.service.run_command(read(body)), "view", None)
    return view


def elements(part: Any) -> Iterator[dict[str, Any]]:
    """Everything in a view that has an action_id."""
    if isinstance(part, dict):
        if "action_id" in part:
            yield part
        for each in part.values():
            yield from elements(each)
    elif isinstance(part, list):
        for each in part:
            yield from elements(each)


def shown(part: Any) -> set[str]:
    """The cases that a view shows in its text, not in a menu that is typed into."""
    texts = [block.get("text", {}).get("text", "") for block in part["blocks"]]
    return {ref for text in texts for ref in CASE.findall(text)}


@pytest.mark.parametrize("who", READERS)
def test_a_list_that_goes_on_is_paged_or_searched(desk: Desk, who: str) -> None:
    wrong, lists = [], 0
    for command, word in words(desk):
        view = opened(desk, READERS[who], command, word)
        if view is None:
            continue
        wrong += [f"{command} {word}: {problem}" for problem in check_view(view)]
        if len(shown(view)) < A_LIST:
            continue
        lists += 1
        found = list(elements(view))
        goes_on = any(each["action_id"].endswith(ON) for each in found)
        searched = any(each["type"] in ("external_select", "static_select") for each in found)
        if not goes_on and not searched:
            wrong.append(f"{command} {word}: {len(shown(view))} cases and no way to the rest")
    assert not wrong, "\n".join(wrong)
    assert lists or who != "coordinator", "three hundred cases, and nothing is a list"
