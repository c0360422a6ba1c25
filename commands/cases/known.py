"""How many victims of a subject are known, since when and from whose records: worked out from the linked victims."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from commands.cases import record
from commands.kit.about import About
from commands.kit.blocks import Block, section
from commands.kit.meetings import settings_of, today
from commands.kit.turn import Turn
from panel.referral import Known, Serial, serial
from storage.tables import Case, Victim


def of(turn: Turn, case: Case) -> Serial | None:
    """From the victims linked to every case of the same subject; None where of none it is said since when."""
    cases = turn.work.rows(Case, panel_id=case.panel_id, person_id=case.person_id) if case.person_id else [case]
    victims = turn.work.rows(Victim, case_id=[each.id for each in cases])
    months = settings_of(turn.panel).serial_window_months
    return serial(map(_known, victims), today(turn.panel, turn.work.now), months)


def _known(victim: Victim) -> Known:
    told: Mapping[str, Any] = victim.details or {}
    since = date.fromisoformat(told["since"]) if told.get("since") else None
    name = f"person {victim.person_id}" if victim.person_id else victim.ref  # one victim of two cases is one
    return Known(name, since, tuple(told.get("sources") or ()))


def in_words(turn: Turn, case: Case) -> str:
    """A line, worked out; else what the record itself says; else nothing."""
    found = of(turn, case)
    if found is None:
        given = record.serial(case)
        return turn.say("cases/known_given", given=given) if given else ""
    return turn.say("cases/known", found=found)


def part(turn: Turn, case: Case, about: About) -> list[Block]:
    """Its line in the record."""
    said = in_words(turn, case)
    return [section(f"*Several victims?*\n{said or 'Nobody has said how many are known.'}")]
