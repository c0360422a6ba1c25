"""A panel's own catalogue: what it changed of the standard one, what it added, and what no longer is offered.

A check may always be made stricter. Making it lighter than the standard needs the victim service and the chair.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from panel.action_types import ActionType, Term, TermKind
from panel.codes import ActionGroup, Check, Visibility
from panel.gate import noticed

OWN = "X"  # how the code of a panel's own type begins
MOST_OWN = 99
_STRICTNESS = (Check.NONE, Check.ADVISE, Check.REQUIRED)
_COUNTED = {
    TermKind.HOURS: ("hour", "hours", ""),
    TermKind.DAYS: ("day", "days", " at the latest"),
    TermKind.WORKING_DAYS: ("working day", "working days", ""),
}
_SAID = {
    TermKind.NEXT_PANEL: "by the next panel",
    TermKind.HEARING: "by the hearing",
    TermKind.RELEASE: "before the release",
    TermKind.ONGOING: "ongoing, with a review date",
}
_OFFERED = {
    TermKind.HOURS: (24, 48, 72),
    TermKind.WORKING_DAYS: (1, 2, 3, 5, 10, 15, 20),
    TermKind.DAYS: (7, 14, 28),
}
TERMS = tuple(
    Term(kind, number) for kind in (TermKind.HOURS, TermKind.WORKING_DAYS, TermKind.DAYS) for number in _OFFERED[kind]
) + tuple(map(Term, _SAID))


@dataclass(frozen=True)
class Catalogue:
    """Every type of a panel by its code, and which of them nobody is offered any more."""

    kinds: Mapping[str, ActionType]
    retired: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()  # types of its own, and those that are not as the standard

    @property
    def offered(self) -> Mapping[str, ActionType]:
        """What can be chosen for a new action."""
        return {code: kind for code, kind in self.kinds.items() if code not in self.retired}


def term_words(term: Term) -> str:
    """`24 hours`, `28 days at the latest`, `by the hearing`."""
    if term.kind in _SAID:
        return _SAID[term.kind]
    one, several, after = _COUNTED[term.kind]
    return f"{term.n} {one if term.n == 1 else several}{after}"


def term_code(term: Term) -> str:
    """As a form holds it."""
    return f"{term.kind.name.lower()}:{term.n}"


def term_of(code: str) -> Term:
    """The usual time behind `term_code`. Raises ValueError for anything else."""
    kind, _, number = code.partition(":")
    try:
        return Term(TermKind[kind.upper()], int(number))
    except KeyError:
        raise ValueError(f"{code!r} is not a usual time") from None


def next_code(taken: Collection[str]) -> str | None:
    """X01, X02 … : the next after the highest; None when there is none left."""
    number = max((int(code[1:]) for code in taken if code.startswith(OWN)), default=0) + 1
    return f"{OWN}{number:02}" if number <= MOST_OWN else None


def stricter(one: Check, other: Check) -> Check:
    """The check that asks more of the victim service."""
    return max(one, other, key=_STRICTNESS.index)


def guarded(wanted: ActionType, now: ActionType, standard: ActionType | None) -> ActionType:
    """What of a wanted change counts at once: never a lighter check, less that the subject is taken to notice, or no
    question after an address, than the standard has (a type of the panel's own: than the required check and what it has
    now), unless that is so already."""
    least = standard or replace(now, check=Check.REQUIRED)
    return replace(
        wanted,
        check=wanted.check if wanted.check == now.check else stricter(wanted.check, least.check),
        visibility=_noticed_no_less(wanted.visibility, now.visibility, least.visibility),
        reveals_address=wanted.reveals_address or (least.reveals_address and now.reveals_address),
    )


def _noticed_no_less(wanted: Visibility, now: Visibility, least: Visibility) -> Visibility:
    return now if wanted is not now and noticed(least) and not noticed(wanted) else wanted


def at_least(agreed: ActionType, now: ActionType) -> ActionType:
    """What an open action is under once its type was changed: what is stricter holds, what is lighter does not."""
    return replace(
        agreed,
        check=stricter(agreed.check, now.check),
        visibility=_noticed_no_less(now.visibility, agreed.visibility, agreed.visibility),
        reveals_address=agreed.reveals_address or now.reveals_address,
    )


def kept(kind: ActionType, standard: ActionType | None) -> dict[str, Any] | None:
    """What an action keeps of the type that it was agreed as, so that it reads the same whatever becomes of the type;
    None where that is the standard's."""
    if standard is not None and _shown(kind) == _shown(standard):
        return None
    return _shown(kind)


def as_kept(code: str, told: Mapping[str, Any] | None, standard: ActionType | None) -> ActionType:
    """The type that an action was agreed as. Raises ValueError for a code that is neither kept nor the standard's."""
    if told is None:
        if standard is None:
            raise ValueError(f"{code!r} is not in the action catalogue")
        return standard
    like = standard or ActionType(code, ActionGroup(told["group"]), "", (), TERMS[0], Check.REQUIRED, Visibility.OVERT)
    return replace(
        like,
        label=told["label"],
        group=ActionGroup(told["group"]),
        check=Check(told["check"]),
        visibility=Visibility(told["visibility"]),
        reveals_address=told["reveals"],
    )


def _shown(kind: ActionType) -> dict[str, Any]:
    return {
        "label": kind.label, "group": kind.group.value, "check": kind.check.value,
        "visibility": kind.visibility.value, "reveals": kind.reveals_address,
    }  # fmt: skip
