"""Each restriction, each reader, each surface: what is found is what the table says, cell by cell."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.export import export
from panel.restriction import verbal_marker
from tests.commands.month_rows import meeting_of, panel_of
from tests.matrix import assigned
from tests.matrix.crawl import CALENDAR, HOME, PAGE, TOLD, Screen
from tests.matrix.table import FILES, FOR, SHOWS, TOTALS, Reader, Surface, Thing, finds, may
from tests.matrix.things import REFS, SOURCE
from tests.matrix.world import World, hold, issue, open_world

WORDS, BUTTONS = assigned.surface_of(assigned.WORDS), assigned.surface_of(assigned.BUTTONS)
FORMS, VIEWS = assigned.surface_of(assigned.FORMS), assigned.surface_of(assigned.VIEWS)
UNNAMED = "view"
OUTSIDE = {TOLD: Surface.ERROR, HOME: Surface.HOME, PAGE: Surface.PAGE, CALENDAR: Surface.CALENDAR}  # of the modals
MARKER = verbal_marker(SOURCE)


@dataclass
class Seen:
    """What everybody came to see."""

    world: World
    screens: Mapping[Reader, list[Screen]]

    def wrong(self, *, misses: bool = True) -> list[str]:
        """The cells in which it is not as the table says. `misses`: also where it says yes."""
        found: list[str] = []
        for reader, screens in self.screens.items():
            by_surface: dict[Surface, str] = dict.fromkeys(Surface, "")
            for screen in screens:
                by_surface[surface_of(screen)] += screen.shown
            found += [line for thing in Thing for line in _cells(thing, reader, by_surface, misses)]
        return found


def _cells(thing: Thing, reader: Reader, shown: Mapping[Surface, str], misses: bool) -> Iterator[str]:
    for surface, text in shown.items():
        if thing.value in text and not may(thing, reader, surface):
            yield f"{reader.name} reads {thing.name} at {surface.name}"
        if misses and finds(thing, reader, surface) and thing.value not in text:
            yield f"{reader.name} misses {thing.name} at {surface.name}"
        if thing in REFS and REFS[thing] in text and FOR[thing, reader] == ".":
            yield f"{reader.name} sees the reference of {thing.name} at {surface.name}"
    if FOR[thing, reader] == "r" and misses and REFS[thing] not in shown[Surface.ACTION_LIST]:
        yield f"{reader.name} does not see that there is {thing.name}"
    if misses and thing is Thing.VERBAL and (MARKER in shown[Surface.BRIEFING]) is not (FOR[thing, reader] == "m"):
        yield f"{reader.name}: the marker of what is to be said in the room"


def surface_of(screen: Screen) -> Surface:
    """Where a screen stands in the table."""
    if screen.name in OUTSIDE:
        return OUTSIDE[screen.name]
    found = VIEWS.get(screen.name) or FORMS.get(screen.name)
    if found is None:
        assert screen.name == UNNAMED, f"the view {screen.name} has no surface in assigned.py"
        found = WORDS.get(screen.by) or BUTTONS[assigned.whole(screen.by)]
    return found


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """The agenda is out, the meeting is to come."""
    with open_world(tmp_path_factory.mktemp("issued"), Thing) as world:
        issue(world)
        yield Seen(world, {reader: world.look(reader) for reader in Reader})


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """The meeting is over, its minutes are out."""
    with open_world(tmp_path_factory.mktemp("held"), Thing) as world:
        issue(world)
        hold(world)
        yield Seen(world, {reader: world.look(reader) for reader in Reader})


@pytest.mark.slow
def test_what_each_reader_finds_on_each_surface_is_what_the_table_says(held: Seen) -> None:
    wrong = held.wrong()
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_nobody_finds_more_before_the_meeting(issued: Seen) -> None:
    wrong = issued.wrong(misses=False)
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_a_button_made_for_another_opens_nothing_more(held: Seen) -> None:
    """Every button that anybody was shown, pressed by everybody who was not."""
    world, forced = held.world, {}
    for reader in Reader:
        with world.acting(reader):
            forced[reader] = world.crawler.forced(world.users[reader], list(world.crawler.met))
    wrong = Seen(world, forced).wrong(misses=False)
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_what_is_not_for_a_reader_leaves_no_trace_not_even_a_gap(held: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    """What they see is the same in a world without it: the same rows, numbers, counts and buttons. All of it at one
    moment, which some views tell."""
    world = held.world
    now = world.desk.bot.clock.now()
    monkeypatch.setattr(world.desk.bot.clock, "now", lambda: now)
    world.clear()
    try:
        world.draft()
        without = {reader: _told(world.look(reader)) for reader in Reader}
        for hidden, readers in _hidden().items():
            world.plant(hidden)
            with_them = {reader: _told(world.look(reader)) for reader in readers}
            world.clear()
            assert not [reader.name for reader in readers if with_them[reader] != without[reader]]
    finally:
        world.plant(Thing)


def _hidden() -> Mapping[tuple[Thing, ...], list[Reader]]:
    """What is not for a reader, and the readers for whom it is the same."""
    found: dict[tuple[Thing, ...], list[Reader]] = {}
    for reader in Reader:
        hidden = [thing for thing in Thing if FOR[thing, reader] == "."]
        kept = tuple(thing for thing in hidden if reader not in TOTALS or thing not in REFS)
        found.setdefault(kept, []).append(reader)
    return found


def _told(screens: list[Screen]) -> list[str]:
    return sorted(f"{screen.name} {screen.by} {screen.shown}" for screen in screens if not screen.of_the_log)


@pytest.mark.slow
def test_messages_hold_none_of_it_and_no_reference_for_others(held: Seen) -> None:
    """In the channel, in each person's own conversation, and in what only the sandbox saw go by."""
    desk = held.world.desk
    said = json.dumps([call for call in desk.workspace.calls() if str(call.get("method", "")).startswith("chat.")])
    assert not [thing.name for thing in Thing if thing.value in said]
    for reader in Reader:
        theirs = json.dumps(desk.workspace.messages(user=held.world.users[reader]))
        seen = [REFS[thing] for thing in REFS if FOR[thing, reader] == "." and REFS[thing] in theirs]
        assert not seen, reader.name


@pytest.mark.slow
def test_files_hold_what_the_coordinator_may_read_and_minutes_what_everybody_may(held: Seen, tmp_path: Path) -> None:
    world = held.world
    with world.desk.work() as work:
        export(work, panel_of(work), meeting_of(world.desk, work), tmp_path)
    papers: dict[str, str] = {}
    for path in sorted(tmp_path.iterdir()):
        name = "sheet" if path.name.startswith("sheet-") else path.name
        papers[name] = papers.get(name, "") + path.read_text()
    assert set(papers) == set(FILES), "a file without a surface in the table"
    for name, text in papers.items():
        surface = FILES[name]
        wanted = {thing for thing in Thing if SHOWS[thing, surface] and FOR[thing, Reader.COORDINATOR] == "Y"}
        assert {thing for thing in Thing if thing.value in text} == wanted, name
