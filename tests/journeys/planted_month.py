"""A month in which every form is filled in, with a word of its own under each question; and what came of the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.demo import theatre as stages
from bot.demo.cast import people
from bot.demo.scenes import all_scenes
from bot.demo.theatre import Theatre
from bot.month import read_month
from tests.desk import MARROWSHIRE
from tests.journeys import planted_acts as acts
from tests.journeys.planted_places import Place, place_of_action, places
from tests.journeys.planted_rules import Judge
from tests.journeys.planting import Planted, Planter
from tests.journeys.test_months import showing

HOLDS = {
    "Action", "ActionMove", "Assessment", "Attendance",
    "Case", "CaseMove", "CourtOrder", "Intelligence", "Item", "Linked", "Listing", "Meeting", "MoreTime",
    "Referral", "PathwayStep", "ReferralAddition", "Return", "SafetyCheck",
    "Statement", "Transfer", "Victim",
}  # fmt: skip


@dataclass
class Played:
    """A month that is over, what was planted in it, and what everybody saw of it."""

    theatre: Theatre
    planter: Planter
    folder: Path
    places: Mapping[str, list[Place]]
    briefings: Mapping[tuple[str, str], str]

    def judge(self) -> Judge:
        return Judge(self.theatre.month, self.theatre.stage.users)

    def place(self, word: str) -> Place | None:
        """Where it is kept; None for words that were typed in vain (the reason of a hold, with an approval)."""
        return next((place for place in self.places.get(word, ()) if place.table in HOLDS), None)

    def belongs(self, planted: Planted) -> Place | None:
        """Where it is kept, or the action that it was about, when something newer has taken its place."""
        place = self.place(planted.word)
        if place or planted.action is None:
            return place
        with self.theatre.store.read(self.theatre.as_of()) as work:
            return place_of_action(work, planted.action)


@contextmanager
def planted_month(folder: Path) -> Iterator[Played]:
    """Play it, then let everyone read all that they can find."""
    with ExitStack() as last, pytest.MonkeyPatch.context() as patch:
        theatre = Theatre(read_month(MARROWSHIRE), folder, last)
        planter = Planter(theatre.workspace.info()["control_url"])
        last.callback(planter.hang_up)
        theatre.workspace = theatre.stage.workspace = planter
        patch.setattr(stages, "all_scenes", lambda: [*all_scenes(), acts.during(theatre)])
        show, heard = showing()
        theatre.play(show)
        assert theatre.take_away(folder / "out", show), heard.getvalue()
        acts.afterwards(theatre.stage)
        acts.read_everything(theatre.stage, people(theatre.month))
        briefings = {
            (who, case.ref): acts.briefing(theatre.stage, who, case.ref)
            for who in people(theatre.month)
            for case in theatre.month.cases
        }
        with theatre.store.read(theatre.as_of()) as work:
            found = places(work)
        yield Played(theatre, planter, folder, found, briefings)
