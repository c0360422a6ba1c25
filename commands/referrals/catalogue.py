"""Every section that a referral can have, in the order in which they are offered."""

from __future__ import annotations

from collections.abc import Mapping

from commands.referrals.evidence import Court, Mappa, Marac, Mash, Narrative, Release, TransferIn
from commands.referrals.scores import PpitGiven, RankingGiven
from commands.referrals.section import Section
from commands.referrals.telling import (
    Activity,
    Aware,
    Basis,
    Correction,
    Forums,
    Pattern,
    Risk,
    Situation,
    StaffSafety,
    Voice,
)

EVERY: tuple[type[Section], ...] = (
    RankingGiven, PpitGiven, Marac, Mash, Court, Release, Mappa, TransferIn, Narrative,
    Situation, Pattern, Risk, StaffSafety, Activity, Aware, Voice, Forums, Basis, Correction,
)  # fmt: skip
SECTIONS: Mapping[str, type[Section]] = {form.section: form for form in EVERY}
