"""Who may read an item: the restriction it carries, and the one rule that answers.

A restriction belongs to an item (a fact, an action, an outcome), never to a whole case.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from panel.codes import Code, Function, RestrictionKind, WhereaboutsType

# Of the kinds that hold together the earliest here gives the restriction its name.
TIGHTEST_FIRST = (
    RestrictionKind.VERBAL,
    RestrictionKind.CHAIR,
    RestrictionKind.IDVA,
    RestrictionKind.NAMED,
    RestrictionKind.NOT_PERP_FACING,
    RestrictionKind.ALL,
)
WITH_A_VICTIM = frozenset({WhereaboutsType.LIVING_WITH_VICTIM, WhereaboutsType.LIVING_WITH_VICTIM_INTERMITTENTLY})
VICTIM_SIDE = frozenset({Function.VICTIM_SERVICE, Function.BY_AND_FOR})
WORKS_WITH_SUBJECTS = frozenset(
    {
        Function.PERPETRATOR_SERVICE,
        Function.PROBATION,
        Function.SUBSTANCE,
        Function.MENTAL_HEALTH,
        Function.IMMIGRATION,
    }
)
_NAMED = re.compile(r"NAMED\[([^\[\]]*)\]")
_FORMAT = re.compile(r"([A-Z_]+(?:\+[A-Z_]+)*)( NO_MINUTE)?(?: EXPIRES\((\d{4}-\d{2}-\d{2})\))?")


@dataclass(frozen=True)
class Restriction:
    """Who may read an item, whether it stays out of the minutes, and the last day on which others read it.

    `also` holds further kinds that must let a reader in as well; only `tightest` makes such a restriction.
    Raises ValueError when agencies are listed without NAMED, or `kind` is not the tightest one held.
    """

    kind: RestrictionKind = RestrictionKind.ALL
    named: frozenset[str] = frozenset()
    no_minute: bool = False
    expires: date | None = None
    also: frozenset[RestrictionKind] = frozenset()

    def __post_init__(self) -> None:
        if self.named and RestrictionKind.NAMED not in self.kinds:
            raise ValueError(f"only NAMED lists agencies, not {self.kind}")
        if (self.kind, self.also) != _kind_and_also(self.kinds):
            raise ValueError(f"{self.kind} does not go with {', '.join(sorted(self.also))}")

    @property
    def kinds(self) -> frozenset[RestrictionKind]:
        """Every kind that must let a reader in."""
        return self.also | {self.kind}

    def expired(self, on: date) -> bool:
        """Whether the item's last day lies before `on`."""
        return self.expires is not None and self.expires < on

    @classmethod
    def parse(cls, text: str) -> "Restriction":
        """Read what `format` writes, such as `NAMED[CSC,IDVA] NO_MINUTE EXPIRES(2026-11-11)`.

        Raises ValueError with a sentence on what is accepted.
        """
        lists = _NAMED.findall(text)
        match = _FORMAT.fullmatch(_NAMED.sub("NAMED", text.strip()))
        try:
            if match is None or ("NAMED" in match[1].split("+")) != (len(lists) == 1):
                raise ValueError(text)
            kind, also = _kind_and_also(RestrictionKind(code) for code in match[1].split("+"))
            named = frozenset(code.strip() for code in ",".join(lists).split(",") if code.strip())
            expires = date.fromisoformat(match[3]) if match[3] else None
            return cls(kind, named, bool(match[2]), expires, also)
        except ValueError:
            kinds = ", ".join(kind for kind in RestrictionKind if kind is not RestrictionKind.NAMED)
            raise ValueError(
                f"{text!r} is not a restriction: use {kinds} or NAMED[A,B], "
                "then NO_MINUTE or EXPIRES(YYYY-MM-DD) if wanted"
            ) from None

    def format(self) -> str:
        """The restriction as one line of text, the same for equal restrictions."""
        named = f"NAMED[{','.join(sorted(self.named))}]"
        parts = [named if kind is RestrictionKind.NAMED else kind.value for kind in _in_order(self.kinds)]
        flags = [" NO_MINUTE"] if self.no_minute else []
        expires = [f" EXPIRES({self.expires.isoformat()})"] if self.expires else []
        return "".join(["+".join(parts), *flags, *expires])


def _in_order(kinds: Iterable[RestrictionKind]) -> list[RestrictionKind]:
    return sorted(kinds, key=TIGHTEST_FIRST.index)


def _kind_and_also(kinds: Iterable[RestrictionKind]) -> tuple[RestrictionKind, frozenset[RestrictionKind]]:
    """The one way to write a set of kinds: VERBAL stands alone, ALL adds nothing to another."""
    first, *rest = _in_order(set(kinds))
    if first is RestrictionKind.VERBAL:
        return first, frozenset()
    return first, frozenset(rest) - {RestrictionKind.ALL}


EVERYONE = Restriction()


def tightest(*restrictions: Restriction) -> Restriction:
    """What an action, condition or outcome inherits from the items it rests on.

    Nobody may read under it who may not read under every one of them. Of nothing, everyone may read.
    """
    kind, also = _kind_and_also({RestrictionKind.ALL}.union(*(each.kinds for each in restrictions)))
    lists = [each.named for each in restrictions if RestrictionKind.NAMED in each.kinds]
    named = frozenset.intersection(*lists) if lists and kind is not RestrictionKind.VERBAL else frozenset()
    days = [each.expires for each in restrictions if each.expires]
    no_minute = any(each.no_minute for each in restrictions)
    return Restriction(kind, named, no_minute, min(days, default=None), also)


def carried(item: "Item", police: Iterable[str]) -> Restriction:
    """What an action inherits from an item that it rests on: its readers, and whoever wrote it where agencies are
    named. A note for its own agency stays there; intelligence stays with `police` (agency codes)."""
    limits, source = item.restriction, frozenset({item.source_agency} if item.source_agency else ())
    if item.kind is not ItemKind.SHARED:
        only = source if item.kind is ItemKind.AGENCY_NOTE else frozenset(police)
        return Restriction(RestrictionKind.NAMED, only, limits.no_minute, limits.expires)
    return replace(limits, named=limits.named | source) if RestrictionKind.NAMED in limits.kinds else limits


def may_change(old: Restriction, new: Restriction, by_agency: str | None, source_agency: str | None) -> bool:
    """Whether an agency may replace a restriction: anyone may tighten it, only the source may widen it."""
    by_source = by_agency is not None and by_agency == source_agency
    return by_source or tightest(old, new) == new


# ---- what a writer chooses, and what applies by itself


class FormChoice(Code):
    """The four choices a writer sees; the other kinds stand under "more"."""

    EVERYONE = "everyone", "Everyone on the case"
    NAMED = "named", "Named agencies"
    CHAIR_AND_VICTIM_SERVICE = "chair_and_victim_service", "Chair and victim service"
    IN_THE_ROOM = "in_the_room", "Say it in the room"

    def restriction(self, named: Iterable[str] = ()) -> Restriction:
        """The restriction behind the choice. Raises ValueError for named agencies without one named."""
        if self is FormChoice.NAMED:
            agencies = frozenset(named)
            if not agencies:
                raise ValueError("Name at least one agency, or choose who else may read this.")
            return Restriction(RestrictionKind.NAMED, agencies)
        kinds = {
            FormChoice.EVERYONE: RestrictionKind.ALL,
            FormChoice.CHAIR_AND_VICTIM_SERVICE: RestrictionKind.IDVA,
            FormChoice.IN_THE_ROOM: RestrictionKind.VERBAL,
        }
        return Restriction(kinds[self])


def automatic(
    function: Function,
    whereabouts: WhereaboutsType | None = None,
    chosen: Restriction | None = None,
    near_victim: bool = False,
) -> Restriction:
    """The restriction an item of a return takes.

    Without a choice, what a victim service or a by-and-for service writes goes to chair and victim service. A
    whereabouts with or near a victim or new partner (`whereabouts`, `near_victim`) goes there even when the
    writer left it open; agencies that the writer named, chair only, and the room are the source's own choice.
    """
    if chosen is None:
        chosen = Restriction(RestrictionKind.IDVA) if function in VICTIM_SIDE else EVERYONE
    left_open = chosen.kinds <= {RestrictionKind.ALL, RestrictionKind.NOT_PERP_FACING}
    if left_open and (near_victim or whereabouts in WITH_A_VICTIM):
        return tightest(chosen, Restriction(RestrictionKind.IDVA))
    return chosen


def stores_text(restriction: Restriction) -> bool:
    """Whether an item's words are kept at all: what is to be said in the room is not."""
    return restriction.kind is not RestrictionKind.VERBAL


def perp_facing_by_default(functions: frozenset[Function], chair_or_coordinator: bool = False) -> bool:
    """Whether a person counts as working with the subject until somebody says otherwise.

    True for perpetrator service, probation, substance use, mental health and immigration enforcement, and where
    nothing is known.
    """
    if not functions:
        return not chair_or_coordinator
    return bool(functions & WORKS_WITH_SUBJECTS) or Function.OTHER in functions


def for_minutes(restriction: Restriction, on: date) -> bool:
    """Whether an item may stand in the minutes of a day: only what everyone on the case reads."""
    return restriction.kinds == {RestrictionKind.ALL} and not restriction.no_minute and not restriction.expired(on)


# ---- reading


class ItemKind(Code):
    """What sort of item a restriction stands on."""

    SHARED = "shared", "Shared with the case"
    AGENCY_NOTE = "agency_note", "Note for its own agency"
    INTELLIGENCE = "intelligence", "Intelligence for police"


@dataclass(frozen=True)
class Item:
    """What is to be read. `source_agency` is None for what rests on items of several agencies."""

    restriction: Restriction
    source_agency: str | None
    kind: ItemKind = ItemKind.SHARED


@dataclass(frozen=True)
class Reader:
    """A person as one case sees them.

    `agencies` and `functions` are those that the person represents (as representative or deputy).
    `acting_chair`: reads as the chair. `on_case`: core member or invited, chair and coordinator included.
    """

    agencies: frozenset[str] = frozenset()
    functions: frozenset[Function] = frozenset()
    acting_chair: bool = False
    coordinator: bool = False
    perp_facing: bool = True
    on_case: bool = False
    recused: bool = False


def may_read(reader: Reader, item: Item, on: date) -> bool:
    """Whether a person reads an item on a day (the panel's local date).

    A person with two roles reads as the tighter one unless they act as chair. What is to be said in the room
    is read by nobody: there is no text, only the marker.
    """
    if reader.recused or not reader.on_case or not stores_text(item.restriction):
        return False
    if item.source_agency in reader.agencies:
        return True
    if item.kind is ItemKind.AGENCY_NOTE or item.restriction.expired(on):
        return False
    if item.kind is ItemKind.INTELLIGENCE:
        return _only(reader, Function.POLICE)
    return all(_lets_in(kind, reader, item.restriction.named) for kind in item.restriction.kinds)


def _lets_in(kind: RestrictionKind, reader: Reader, named: frozenset[str]) -> bool:
    match kind:
        case RestrictionKind.ALL:
            return True
        case RestrictionKind.NAMED:
            return bool(reader.agencies) and reader.agencies <= named
        case RestrictionKind.CHAIR:
            return reader.acting_chair or (reader.coordinator and not reader.agencies)
        case RestrictionKind.IDVA:
            return reader.acting_chair or _only(reader, Function.VICTIM_SERVICE)
        case RestrictionKind.NOT_PERP_FACING:
            return reader.acting_chair or not reader.perp_facing
        case RestrictionKind.VERBAL:
            return False


def _only(reader: Reader, function: Function) -> bool:
    """Whether the person represents this function and holds no second role that would read less."""
    return reader.functions == {function} and not reader.coordinator


def verbal_marker(agency: str) -> str:
    """What stands in place of words that will be said in the room."""
    return f"{agency} has a verbal item"


def sees_marker(reader: Reader) -> bool:
    """Whether a person sees that an agency has a verbal item: everyone on the case."""
    return reader.on_case and not reader.recused
