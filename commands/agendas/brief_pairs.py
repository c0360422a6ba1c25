"""A subject and one victim, as the case page says it: how certain, since when and from whom known, what support."""

from __future__ import annotations

from datetime import date
from typing import Any

from commands.cases.around import standing
from panel.codes.linked import Standing, Support
from storage.tables import Victim


def pair(row: Victim, *, apart: bool) -> dict[str, Any]:
    """What the line of a victim says besides; nothing of it where nobody has said (field reference 8.6). `apart`: for
    chair and victim service, who also read which agencies know of it."""
    facts = row.details or {}
    certain = standing(row)
    support = facts.get("support")
    return {
        "certain": "" if certain is Standing.KNOWN else certain.label.lower(),
        "since": date.fromisoformat(facts["since"]) if facts.get("since") else None,
        "until": date.fromisoformat(facts["until"]) if facts.get("until") else None,
        "sources": list(facts.get("sources") or ()) if apart else [],
        "support": Support(support).label if support not in (None, Support.NOT_KNOWN) else "",
    }
