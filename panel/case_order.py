"""In which order a meeting hears its cases, and the reasons the chair sees. Never by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from panel.codes import AgendaKind, CaseKind, Code, Decision
from panel.codes.agenda import PaperReview


class OrderKey(Code):
    """The sort keys, in order; a panel may switch each off. The reference decides what is left."""

    IMMINENT = "imminent", "Imminent risk"
    UNREACHED = "unreached", "Not reached at the last meeting"
    SLOT = "slot", "An agency present for its slot only"
    CHILDREN = "children", "Children involved"
    NEW = "new", "New before review"
    NEAR_DATE = "near_date", "Release or hearing soon"
    OVERDUE = "overdue", "Overdue actions"
    RFG = "rfg", "Police ranking, highest first"


ALL_KEYS = frozenset(OrderKey)


@dataclass(frozen=True)
class Rfg:
    """A police ranking score; scores compare within one method only."""

    score: float
    method: str


@dataclass(frozen=True)
class CaseFacts:
    """What the order of cases looks at.

    `imminent`: an urgent referral, a return that says imminent, or an out-of-cycle meeting since the last one.
    `slots`: agencies present for their slot only. `proposed`: a transfer or an end proposed before the meeting.
    `release`, `hearing`: the next of each; the end of an order is neither. `risk_rose`: a return says so.
    `unreached`: it stood on the last agenda and time ran out before it. `informed`: an agency has sent information
    since the last meeting. `paper`: what the chair said of taking it by report.
    """

    ref: str
    kind: CaseKind
    lead: str | None = None
    imminent: bool = False
    slots: tuple[str, ...] = ()
    children: int = 0
    proposed: Decision | None = None
    release: date | None = None
    hearing: date | None = None
    overdue_actions: int = 0
    rfg: Rfg | None = None
    risk_rose: bool = False
    unreached: bool = False
    informed: bool = False
    paper: PaperReview | None = None


def kind_of(case: CaseFacts) -> AgendaKind:
    """The sort of item that a case is. Only a review can be put up for transfer or for an end at panel, or go on
    paper."""
    if case.kind is CaseKind.NEW:
        return AgendaKind.NEW
    usual = AgendaKind.PAPER if case.paper is PaperReview.AGREED else AgendaKind.REVIEW
    proposals = {
        Decision.TRANSFER_OUT: AgendaKind.REVIEW_TRANSFER,
        Decision.CLOSE_WITH_FLAGS_12_MONTHS: AgendaKind.CLOSURE,
    }
    return proposals.get(case.proposed, usual) if case.proposed else usual


def in_order(
    cases: Iterable[CaseFacts], day: date, near_days: int, keys: frozenset[OrderKey] = ALL_KEYS
) -> list[CaseFacts]:
    """The cases as a meeting on `day` hears them; transfers, then proposed ends, then paper reviews stand last."""
    return sorted(cases, key=lambda case: _sort_key(case, day, near_days, keys))


def reasons(case: CaseFacts, day: date, near_days: int, keys: frozenset[OrderKey] = ALL_KEYS) -> tuple[str, ...]:
    """Why a case stands early, as codes: imminent, unreached, slot:AGENCY, children, release:DAYS, hearing:DAYS.

    A proposed transfer or end has none, nor has what goes on paper.
    """
    if kind_of(case) not in (AgendaKind.NEW, AgendaKind.REVIEW):
        return ()
    found = {
        OrderKey.IMMINENT: ["imminent"] if case.imminent else [],
        OrderKey.UNREACHED: ["unreached"] if case.unreached else [],
        OrderKey.SLOT: [f"slot:{agency}" for agency in sorted(case.slots)],
        OrderKey.CHILDREN: ["children"] if case.children else [],
        OrderKey.NEAR_DATE: [f"{what}:{days}" for days, what in near(case, day, near_days)],
    }
    return tuple(code for key, codes in found.items() if key in keys for code in codes)


def near(case: CaseFacts, day: date, near_days: int) -> list[tuple[int, str]]:
    """Calendar days to a release or hearing, soonest first; none that has passed or lies further away."""
    dates = (("release", case.release), ("hearing", case.hearing))
    found = sorted(((when - day).days, what) for what, when in dates if when)
    return [(days, what) for days, what in found if 0 <= days <= near_days]


def _sort_key(case: CaseFacts, day: date, near_days: int, keys: frozenset[OrderKey]) -> tuple[object, ...]:
    last = {AgendaKind.REVIEW_TRANSFER: 1, AgendaKind.CLOSURE: 2, AgendaKind.PAPER: 3}
    soon = near(case, day, near_days)
    values: dict[OrderKey, object] = {
        OrderKey.IMMINENT: not case.imminent,
        OrderKey.UNREACHED: not case.unreached,
        OrderKey.SLOT: not case.slots,
        OrderKey.CHILDREN: not case.children,
        OrderKey.NEW: case.kind is not CaseKind.NEW,
        OrderKey.NEAR_DATE: soon[0][0] if soon else near_days + 1,
        OrderKey.OVERDUE: not case.overdue_actions,
        OrderKey.RFG: (not case.rfg, case.rfg.method, -case.rfg.score) if case.rfg else (True, "", 0.0),
    }
    return (last.get(kind_of(case), 0), *(values[key] for key in OrderKey if key in keys), case.ref)
