"""Scores that come with a referral: given by whoever made them, kept with it, and taken along by its case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from commands.cases.ppit import PpitResult
from commands.cases.score import Ranking
from commands.kit.blocks import label
from commands.kit.fields import Choices
from commands.kit.meetings import settings_of
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from commands.referrals.section import Section
from panel.codes import Route, Tool
from storage.tables import Assessment, Referral


def _agencies(turn: Turn) -> Choices:
    return [(agency.code, label(f"{agency.code} · {agency.name}")) for agency in agencies_of(turn.work, turn.panel)]


@dataclass
class RankingGiven(Ranking, Section):
    """The police ranking, as its analyst gave it."""

    name = "referrals.more.rfg"
    section = "rfg"
    routes = frozenset({Route.POL_RFG})
    asks = "Score, components, method and version, run and place, as given. Nothing is worked out here."
    happened = ("run",)

    @classmethod
    def offers(cls, turn: Turn) -> Mapping[str, Choices]:
        """Who can have given it."""
        return {"by": _agencies(turn)}

    def follow(self, turn: Turn, referral: Referral) -> None:
        """Kept as a ranking too: the case takes it along."""
        turn.work.add(
            Assessment(
                referral_id=referral.id, tool=Tool.RFG, agency_id=referral.agency_id, on=self.run,
                details=self.as_given(), by_user=turn.user, at=turn.work.now,
            )
        )  # fmt: skip


@dataclass
class PpitGiven(PpitResult, Section):
    """A PPIT that somebody completed elsewhere."""

    name = "referrals.more.ppit"
    section = "ppit"
    routes = frozenset({Route.POL_PPIT, Route.AGY_PPIT})
    asks = "The decision, the total, the critical items with their evidence. Another assessor's stands beside it."
    happened = ("on",)

    @classmethod
    def offers(cls, turn: Turn) -> Mapping[str, Choices]:
        """Who can have assessed, and the items of the panel's own form."""
        items = [(item, label(item)) for item in settings_of(turn.panel).scores.ppit_items]
        return {"by": _agencies(turn), "critical": items}

    def follow(self, turn: Turn, referral: Referral) -> None:
        """Kept as an assessment too: the case takes it along."""
        agency = next((each.id for each in agencies_of(turn.work, turn.panel) if each.code == self.by), None)
        turn.work.add(
            Assessment(
                referral_id=referral.id, tool=Tool.PPIT, agency_id=agency, on=self.on, details=self.as_given(),
                by_user=turn.user, at=turn.work.now,
            )
        )  # fmt: skip
