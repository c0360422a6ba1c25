"""The standing items of an agenda: which there are, their order, and the cases between them (field reference 6.1)."""

from collections.abc import Sequence

from panel.codes import AgendaKind

BEFORE = (
    AgendaKind.WELCOME,
    AgendaKind.STATEMENT,
    AgendaKind.CONFLICTS,
    AgendaKind.MINUTES,
    AgendaKind.OUTSTANDING_ACTIONS,
)
AFTER = (AgendaKind.CROSS_CHECK, AgendaKind.THEMES, AgendaKind.AOB)
STANDING = (*BEFORE, *AFTER, AgendaKind.APOLOGIES, AgendaKind.MATTERS_ARISING)  # what a panel can choose from
ALWAYS = frozenset({AgendaKind.STATEMENT, AgendaKind.CONFLICTS})  # said and asked at every meeting
CASES, FIRST, OUT = "cases", "first", "out"  # places that are no item

Order = tuple[tuple[AgendaKind, ...], tuple[AgendaKind, ...]]


def placed(before: Sequence[AgendaKind], after: Sequence[AgendaKind], item: AgendaKind, place: str) -> Order:
    """The items before and after the cases once `item` stands behind `place`: another item, `cases`, `first` of all,
    or `out` of the agenda. Raises ValueError for a place that is not on the agenda, for what is no standing item, and
    for leaving out what belongs on every agenda."""
    order: list[str] = [*before, CASES, *after]
    if item not in STANDING or (place == OUT and item in ALWAYS):
        raise ValueError(place)
    order = [each for each in order if each != item]
    if place != OUT:
        order.insert(0 if place == FIRST else order.index(place) + 1, item)
    middle = order.index(CASES)
    return tuple(map(AgendaKind, order[:middle])), tuple(map(AgendaKind, order[middle + 1 :]))


def problem(before: Sequence[AgendaKind], after: Sequence[AgendaKind]) -> str | None:
    """What is wrong with the standing items of a file, as a sentence; None when nothing is."""
    given = [*before, *after]
    if len(set(given)) < len(given):
        return "an item stands twice"
    if strange := [kind.value for kind in given if kind not in STANDING]:
        return f"no standing item: {', '.join(strange)}"
    missing = sorted(kind.value for kind in ALWAYS - set(given))
    return f"on every agenda there must be {', '.join(missing)}" if missing else None
