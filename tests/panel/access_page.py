"""The tables of docs/access.md, made from the data that the code reads; `python -m tests.panel.access_page` writes
them.

A test holds that the page and the data agree.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from panel.codes import Function, RestrictionKind
from panel.grants import GRANTS, Condition, Grant, Verb
from panel.restriction import Item, ItemKind, Reader, Restriction, may_read

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "access.md"
DAY = date(2026, 10, 14)
NUMBERS = {condition: number for number, condition in enumerate(Condition, start=1)}


def verbs() -> str:
    """Who may do what, under the headings that the list of verbs has."""
    lines = ["| to | may |", "|---|---|"]
    for heading, names in _groups():
        lines.append(f"| **{heading[0].upper()}{heading[1:]}** | |")
        lines += [f"| {Verb[name].label} | {_who(Verb[name])} |" for name in names]
    return "\n".join(lines)


def _who(verb: Verb) -> str:
    return "; ".join(_line(grant) for grant in GRANTS[verb])


def _groups() -> list[tuple[str, list[str]]]:
    """The verbs as they stand in the source, each group under its comment."""
    source = (ROOT / "panel" / "grants.py").read_text()
    body = source[source.index("class Verb(") : source.index("class Holder(")]
    found: list[tuple[str, list[str]]] = []
    for heading, name in re.findall(r"^    (?:# (.+)|([A-Z_]+) = )", body, re.MULTILINE):
        if heading:
            found.append((heading, []))
        else:
            found[-1][1].append(name)
    return found


def _line(grant: Grant) -> str:
    numbers = ", ".join(str(NUMBERS[condition]) for condition in Condition if condition in grant.conditions)
    return grant.holder.label + (f" ({numbers})" if numbers else "")


def conditions() -> str:
    """Each condition, by what is said to somebody for whom it does not hold."""
    return "\n".join(f"{number}. *{name.value.replace('_', ' ')}*: {name.label}" for name, number in NUMBERS.items())


def _on_case(code: str, function: Function, *, perp_facing: bool = False) -> Reader:
    return Reader(frozenset({code}), frozenset({function}), perp_facing=perp_facing, on_case=True)


READERS = {
    "chair": Reader(acting_chair=True, perp_facing=False, on_case=True),
    "coordinator": Reader(coordinator=True, perp_facing=False, on_case=True),
    "who wrote it": _on_case("SRC", Function.OTHER),
    "an agency it names": _on_case("NAM", Function.HOUSING),
    "the police": _on_case("POL", Function.POLICE),
    "victim service": _on_case("IDVA", Function.VICTIM_SERVICE),
    "works with the subject": _on_case("DRV", Function.PERPETRATOR_SERVICE, perp_facing=True),
    "another agency on the case": _on_case("CSC", Function.CHILDREN),
    "named and another agency at once": Reader(
        frozenset({"NAM", "CSC"}), frozenset({Function.HOUSING, Function.CHILDREN}), perp_facing=False, on_case=True
    ),
    "not on the case": Reader(frozenset({"CSC"}), frozenset({Function.CHILDREN}), perp_facing=False),
    "in conflict": Reader(acting_chair=True, coordinator=True, on_case=True, recused=True),
}  # fmt: skip


def items() -> str:
    """Who reads an item of each kind, asked of the rule itself."""
    lines = ["| | " + " | ".join(READERS) + " |", "|---" * (len(READERS) + 1) + "|"]
    for name, item in _items().items():
        cells = ["yes" if may_read(reader, item, DAY) else "–" for reader in READERS.values()]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _items() -> dict[str, Item]:
    named = {kind: frozenset({"NAM"}) if kind is RestrictionKind.NAMED else frozenset() for kind in RestrictionKind}
    found = {f"{kind.label}": Item(Restriction(kind, named[kind]), "SRC") for kind in RestrictionKind}
    found |= {kind.label: Item(Restriction(), "SRC", kind) for kind in ItemKind if kind is not ItemKind.SHARED}
    return found | {"Whose last day is over": Item(Restriction(expires=date(2026, 10, 1)), "SRC")}


TABLES = {"verbs": verbs, "conditions": conditions, "items": items}


def filled(page: str) -> str:
    """The page with its tables as the data has them."""
    for name, made in TABLES.items():
        start, end = f"<!-- {name} -->\n", f"\n<!-- end of {name} -->"
        before, rest = page.split(start)
        page = before + start + made() + end + rest.split(end, 1)[1]
    return page


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text()))
