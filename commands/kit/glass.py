"""Cases opened in an emergency: to whom each is open now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from storage.tables import BreakGlass
from storage.work import UnitOfWork


def opened_to(work: UnitOfWork, panel_id: int | None) -> Mapping[int, frozenset[str]]:
    """By case of the panel, the users who opened it in an emergency that has not ended."""

    def find() -> Mapping[int, frozenset[str]]:
        opened: dict[int, frozenset[str]] = defaultdict(frozenset)
        for row in work.find(BreakGlass, BreakGlass.panel_id == panel_id, BreakGlass.ends_at > work.now):
            opened[row.case_id] |= {row.user_id}
        return opened

    return work.once(("opened", panel_id), find)
