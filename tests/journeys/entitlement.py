"""Who may read what somebody wrote, by the field's words (docs/field.md) and a month file; not by the rules' code."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.month import Month

WORKS_WITH_SUBJECTS = {"perpetrator_service", "probation", "substance", "mental_health"}
VICTIM_SIDE = {"victim_service", "by_and_for"}


@dataclass(frozen=True)
class Reader:
    """Somebody on the panel. `agency`: whom they represent, as representative or deputy."""

    who: str
    agency: str | None = None
    chair: bool = False
    coordinator: bool = False


def readers(month: Month) -> list[Reader]:
    """Everybody: chair, coordinator, representatives and deputies of core and invited agencies; leads and the
    steering group, who represent nobody. A deputy chair who is not acting is whatever else they are."""
    panel = month.panel
    found = [Reader(panel.chair.initials, chair=True), Reader(panel.coordinator.initials, coordinator=True)]
    for agency in month.agencies:
        found += [Reader(who, agency.code) for who in (agency.rep, agency.deputy) if who]
        found += [Reader(who) for who in (agency.lead, agency.duty) if who]
    return found + [Reader(who) for who in panel.steering]


@dataclass(frozen=True)
class Entitlement:
    """The rules for one month."""

    month: Month

    def function(self, reader: Reader) -> str | None:
        """What the reader's agency is for."""
        return str(self.month.agency(reader.agency).function) if reader.agency else None

    def on_case(self, reader: Reader, case: str) -> bool:
        """Chair, coordinator and the agencies that were asked about it; never who has a personal link to it."""
        if reader.who in {row.person for row in self.month.case(case).recused}:
            return False
        if reader.agency is None:
            return reader.chair or reader.coordinator
        return str(self.month.returned(case, reader.agency).cell) != "X"

    def safety(self, reader: Reader, case: str) -> bool:
        """The chair and the victim service."""
        return self.on_case(reader, case) and (reader.chair or self.function(reader) == "victim_service")

    def item(
        self, reader: Reader, case: str, source: str, limits: Iterable[str], named: Iterable[str], audience: str
    ) -> bool:
        """What an agency wrote on a case: its own people always; others as every limit lets them in."""
        if not self.on_case(reader, case):
            return False
        if reader.agency == source:
            return True
        if audience == "agency_note":
            return False
        if audience == "intelligence":
            return self.function(reader) == "police"
        return all(self._lets_in(reader, limit, set(named)) for limit in limits)

    def _lets_in(self, reader: Reader, limit: str, named: set[str]) -> bool:
        rules: dict[str, Callable[[], bool]] = {
            "ALL": lambda: True,
            "NAMED": lambda: reader.agency in named,
            "CHAIR": lambda: reader.chair or reader.coordinator,
            "IDVA": lambda: reader.chair or self.function(reader) == "victim_service",
            "NOT_PERP_FACING": lambda: self.function(reader) not in WORKS_WITH_SUBJECTS,
        }
        return rules[limit]()

    def action(
        self, reader: Reader, case: str, owner: str, doer: str | None, limit: str, named: Iterable[str], checked: bool
    ) -> bool:
        """The words of an action: for whoever owns it or does it, the chair, the victim service where it is checked,
        and whoever its limit lets in."""
        if reader.who in {row.person for row in self.month.case(case).recused}:
            return False
        if reader.who == doer or reader.agency == owner or (owner == "PANEL" and reader.coordinator):
            return True
        if reader.chair or (checked and self.safety(reader, case)):
            return self.on_case(reader, case)
        return self.item(reader, case, owner, [limit], named, "shared")

    def usual(self, question: str, agency: str, case: str, chosen: Iterable[str]) -> set[str]:
        """The limits of an item of the short form: what was chosen, and what applies by itself."""
        limits = set(chosen)
        victim_side = str(self.month.agency(agency).function) in VICTIM_SIDE
        if not limits:
            limits = {"IDVA"} if victim_side else {"ALL"}
        with_victim = "living-with-victim" in str(self.month.case(case).whereabouts.type)
        left_open = limits <= {"ALL", "NOT_PERP_FACING"}  # else the writer has said who reads it
        return limits | ({"IDVA"} if left_open and with_victim and question.endswith("whereabouts") else set())
