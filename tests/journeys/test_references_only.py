"""October on a panel that keeps references only: it comes out as its file says, and no sealed cell holds a word."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot import importing
from bot.demo.scenes import updates
from bot.demo.theatre import Theatre
from bot.month import read_month, settings_of
from panel.settings import Content
from tests.desk import MARROWSHIRE
from tests.journeys.sealed_cells import cells
from tests.journeys.test_months import showing
from tests.journeys.without_words import NAMES, STEM, WORD, Wordless

# Drawn from the other cells; the papers are looked through below.
DRAWN = {"minutes.text", "minutes.summary", "receipt.answer"}


@dataclass
class Played:
    """The month, its people, and whether it came out."""

    theatre: Theatre
    people: Wordless
    wrong: str


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("references")
    with ExitStack() as last, pytest.MonkeyPatch.context() as patch:
        patch.setattr(importing, "settings_of", lambda month: _references_only(settings_of(month)))
        # An agency says once that it was sent, and when; of what kinds it was is not asked.
        patch.setattr(updates, "_inform", lambda stage, by, ref, row: updates._tell(stage, by, ref, {}, None))
        theatre = Theatre(read_month(MARROWSHIRE), folder, last)
        people = Wordless(theatre.workspace.info()["control_url"])
        last.callback(people.hang_up)
        theatre.workspace = theatre.stage.workspace = people
        show, heard = showing()
        theatre.play(show)
        came_out = theatre.take_away(folder / "out", show)
        yield Played(theatre, people, "" if came_out else heard.getvalue())


def _references_only(settings: object) -> object:
    return replace(settings, content=Content.REFERENCES_ONLY)  # type: ignore[type-var]


@pytest.mark.slow
def test_every_journey_comes_to_its_end_without_a_word(played: Played) -> None:
    assert not played.wrong, played.wrong
    assert {
        "referrals.refer.why",
        "cases.facts.area",
        "actions.progress.note",
        "actions.check.reason",
    } <= played.people.chosen


@pytest.mark.slow
def test_no_sealed_cell_holds_a_word(played: Played) -> None:
    """Not what people would have written, nor what stood in the books; what names a system or a record may."""
    assert len(played.people.unsaid) > 10 and set(played.people.typed.values()) <= NAMES
    found = list(cells(played.theatre.store.engine))
    assert len({place for place, _ in found}) > 15
    kept = [(place, text) for place, text in found if place not in DRAWN]
    wrong = {place for place, text in kept for said in (*played.people.unsaid, *_books(played)) if said in text}
    assert not wrong, wrong
    assert {played.people.typed[word] for _, text in found for word in WORD.findall(text)} <= NAMES
    assert any(STEM in text for _, text in found), "the look finds nothing at all"


def _books(played: Played) -> set[str]:
    """The words of the month's file: of its cases and its actions."""
    month = played.theatre.month
    areas = {case.whereabouts.area for case in month.cases if case.whereabouts}
    said = {*areas, *(case.staff_safety for case in month.cases), *(action.text for action in month.actions)}
    return {words for words in said if words}


@pytest.mark.slow
def test_no_paper_holds_a_word(played: Played, tmp_path: Path) -> None:
    show, _ = showing()
    played.theatre.take_away(tmp_path, show)
    papers = "\n".join(path.read_text() for path in tmp_path.iterdir())
    assert not [said for said in played.people.unsaid if said in papers]
