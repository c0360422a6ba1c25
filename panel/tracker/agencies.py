"""Which agency a cell means: by code, by name, by what it is for, or by what people usually call it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from panel.codes import Function
from panel.grants import PANEL_OFFICE
from panel.tracker.columns import plain
from panel.tracker.values import Unreadable

CALLED = {
    Function.POLICE: "police|the police|constabulary",
    Function.PROBATION: "probation|probation service|nps|national probation service|hmpps probation",
    Function.PRISON: "prison|prisons|hmp|prison service",
    Function.CHILDREN: "children s social care|childrens social care|children s services|csc|childrens services",
    Function.ADULT: "adult social care|asc|adults|adult safeguarding|adult services",
    Function.HOUSING: "housing|housing options|local authority housing",
    Function.MENTAL_HEALTH: "mental health|mental health trust|cmht",
    Function.SUBSTANCE: "drug and alcohol service|substance misuse|drugs and alcohol|drug and alcohol",
    Function.HEALTH: "health|nhs|icb",
    Function.VICTIM_SERVICE: "idva|idvas|idva service|victim service|domestic abuse service",
    Function.PERPETRATOR_SERVICE: "perpetrator service|drive|behaviour change service",
    Function.EDUCATION: "education|schools",
    Function.COMMUNITY_SAFETY: "community safety|asb|asb team|anti social behaviour",
}
OFFICE = {"panel", "the panel", "panel office", "panel s own office", "coordinator", "panel coordinator"}
EVERYBODY = re.compile(r"\b(all|every|everyone|everybody|each)\b")
VICTIM = re.compile(r"(the )?(victim|survivor)s?|v \d{3,4}[a-z]")
BREAK = re.compile(r"\s*[/,;:(|+&\n]\s*|\s+[-–—]\s+|\s+and\s+")
AN_AGENCY = "one agency of this panel is expected, by its code or name"


@dataclass(frozen=True)
class AgencyNamed:
    """An agency of the panel, as a tracker may name it."""

    code: str
    name: str
    function: str


class Agencies:
    """The agencies of one panel. `given`: what else they are called, in any letters, each with the agency's code."""

    def __init__(self, known: Sequence[AgencyNamed], given: Mapping[str, str] | None = None) -> None:
        self._by_words = dict.fromkeys(OFFICE, PANEL_OFFICE) | _by_function(known)
        self._by_words |= {plain(agency.name): agency.code for agency in known}
        self._by_words |= {plain(agency.code): agency.code for agency in known}
        self._by_words |= {plain(said): code for said, code in (given or {}).items()}

    def read(self, said: str) -> tuple[str, bool]:
        """The code of the one agency that is named, and whether a person is named beside it. Raises Unreadable."""
        whole = plain(said)
        if whole in self._by_words:
            return self._by_words[whole], False
        if not whole:
            raise Unreadable(AN_AGENCY)
        if VICTIM.fullmatch(whole):
            raise Unreadable("a victim is never made responsible. Write an agency")
        parts = [part for part in BREAK.split(said) if plain(part)]
        found = list(dict.fromkeys(self._by_words[plain(part)] for part in parts if plain(part) in self._by_words))
        if EVERYBODY.search(whole) or len(found) > 1:
            raise Unreadable("one agency is expected: write one row for each agency")
        if not found:
            raise Unreadable(AN_AGENCY)
        return found[0], len(parts) > 1


def _by_function(known: Sequence[AgencyNamed]) -> dict[str, str]:
    """What is called by its function, where the panel has one such agency."""
    found: dict[str, str] = {}
    for function in Function:
        alike = [agency.code for agency in known if agency.function == function]
        if len(alike) == 1 and function is not Function.OTHER:
            said = (*CALLED.get(function, "").split("|"), plain(function.label))
            found |= {words: alike[0] for words in said if words}
    return found
