"""Parts of the picture of a case as the record and other journeys read them: forums, equality counts, requirements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from panel.codes import OtherForum
from panel.codes.equality import NOT_KNOWN
from panel.codes.subject import MappaCategory, MappaLevel, Suitability, YesNo
from storage.tables import Case

HERE = "panel"
LEADERS = [(HERE, "This panel"), *((c.value, c.label) for c in OtherForum)]
ELSEWHERE, NOBODY = "elsewhere", "nobody"  # beside agency codes: whoever provides a service
EQUALITY_FIELDS = 8


def forums(case: Case) -> dict[str, Any]:
    """`on` (codes), `category`, `level`, `leads`; empty when nobody has said."""
    told: dict[str, Any] = case.picture.get("forums") or {}
    return told


def managed_by_mappa(case: Case) -> str | None:
    """`MAPPA level 2, category 1`, where MAPPA manages the subject actively: the panel then keeps what is outside its
    reach. None below level 2."""
    told = forums(case)
    level, category = told.get("level"), told.get("category")
    if level not in (MappaLevel.TWO, MappaLevel.THREE) or category is None:
        return None
    return f"MAPPA {MappaLevel(level).label.lower()}, {MappaCategory(category).label.lower()}"


def answered(case: Case) -> tuple[int, int]:
    """How many of the fields hold an answer (not known is none), of how many. For a count, never for a person."""
    told = case.picture.get("equality") or {}
    known = sum(value != NOT_KNOWN[0] for value in told.values())
    return known, EQUALITY_FIELDS


def lacks(told: Mapping[str, Any]) -> list[str]:
    """What should be there before a requirement starts, and is not said to be."""
    needed = {
        "suitability": told.get("suitability") == Suitability.SUITABLE,
        "a competent provider": told.get("provider") != NOBODY and told.get("competent") == YesNo.YES,
        "support for the victim": told.get("support") == YesNo.YES,
    }
    return [what for what, there in needed.items() if not there]
