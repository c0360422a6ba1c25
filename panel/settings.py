"""What a panel decides for itself: offsets, minutes, limits, the ladder, hours, content and retention.

Every default here is a starting value put together from common practice. None is a national rule: each panel
checks them with its own protocol before it relies on them, and changes them in Slack or from a file.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, asdict, dataclass, field, fields, is_dataclass
from datetime import time
from types import MappingProxyType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from panel import standing
from panel.case_order import OrderKey
from panel.codes import AgendaKind, Code
from panel.codes.agenda import Marking
from panel.cycle import CutOff, Offset

MORNING = time(9)
NOON = time(12)
CLOSE = time(17)

DEFAULT_OFFSETS: Mapping[CutOff, Offset] = MappingProxyType(
    {
        CutOff.CALL_FOR_REFERRALS: Offset(-15, MORNING),
        CutOff.REFERRAL_DEADLINE: Offset(-10, NOON),
        CutOff.TRIAGE: Offset(-9, MORNING),
        CutOff.CASE_LIST_AND_REQUESTS: Offset(-8, MORNING),
        CutOff.REMINDER_1: Offset(-5, MORNING),
        CutOff.REMINDER_2: Offset(-4, MORNING),
        CutOff.UPDATE_DEADLINE: Offset(-3, CLOSE),
        CutOff.SAFETY_PRECHECK_AND_STATUS_FREEZE: Offset(-2, MORNING),
        CutOff.AGENDA_LOCKED: Offset(-1, NOON),
        CutOff.PANEL: Offset(0, None),
        CutOff.ACTIONS_CIRCULATED: Offset(0, CLOSE),
        CutOff.ACKNOWLEDGE_BY: Offset(2, MORNING),
        CutOff.MINUTES_DRAFT: Offset(5, MORNING),
        CutOff.MINUTES_ISSUE: Offset(10, MORNING),
        CutOff.HEALTH_REPORT: Offset(15, MORNING),
    }
)
DEFAULT_MINUTES: Mapping[AgendaKind, int] = MappingProxyType(
    {
        AgendaKind.WELCOME: 5,
        AgendaKind.STATEMENT: 2,
        AgendaKind.CONFLICTS: 1,
        AgendaKind.MINUTES: 2,
        AgendaKind.OUTSTANDING_ACTIONS: 10,
        AgendaKind.RATIFY: 5,
        AgendaKind.NEW: 18,
        AgendaKind.REVIEW: 10,
        AgendaKind.REVIEW_TRANSFER: 8,
        AgendaKind.CLOSURE: 3,
        AgendaKind.PAPER: 1,
        AgendaKind.CROSS_CHECK: 5,
        AgendaKind.THEMES: 5,
        AgendaKind.AOB: 3,
        AgendaKind.APOLOGIES: 2,
        AgendaKind.MATTERS_ARISING: 5,
    }
)


class Content(Code):
    """What the panel lets Convenor keep; its information-governance lead chooses."""

    HELD = "held", "Narrative is kept, encrypted"
    REFERENCES_ONLY = "references_only", "References, types and dates only"


@dataclass(frozen=True)
class Capacity:
    """How many cases a meeting and the live list can take."""

    max_cases: int = 8
    max_new: int = 3
    live_cohort_target: int = 20


@dataclass(frozen=True)
class Quorum:
    """How many agencies, and which (by agency code), a meeting needs."""

    agencies_min: int = 5
    must_have: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sitting:
    """The meeting itself: months that a declaration of confidentiality holds and working days of grace after that,
    working days until a meeting without a quorum sits again, minutes to answer an emergency meeting's questions and
    hours until it meets. Starting values (field reference 9), for each panel to check."""

    declarations: bool = True
    declaration_months: int = 12
    declaration_grace_days: int = 5
    relist_days: int = 5
    urgent_reply_minutes: int = 60
    urgent_within_hours: int = 24
    written_remind_days: int = 2  # in writing: working days before a closing date on which the silent are reminded
    written_silence_agrees: bool = False  # in writing: whether silence counts as consent


# The least and the most that each of those numbers can be; an emergency meeting is never later than two days.
SITTING_BOUNDS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "declaration_months": (1, 36),
        "declaration_grace_days": (0, 20),
        "relist_days": (1, 20),
        "urgent_within_hours": (1, 48),
        "urgent_reply_minutes": (5, 240),
        "written_remind_days": (1, 10),
    }
)


@dataclass(frozen=True)
class Ladder:
    """When an action's owner is reminded and who is told next.

    Days are working days; `fast_hours` are hours from the due instant of an immediate action.
    """

    acknowledge_days: int = 2
    due_soon_days: int = 3
    rep_days: int = 1
    deputy_days: int = 3
    lead_days: int = 5
    chair_days: int = 10
    steering_panels: int = 2
    steering_actions: int = 3
    steering_months: int = 6
    steering_slips: int = 2  # how often its day was moved back
    fast_hours: tuple[int, ...] = (-2, 0, 1, 4)


@dataclass(frozen=True)
class Retention:
    """For how long each kind of record is kept, in months or days, as its name says: a case after its end, papers after
    their meeting, a request after it is closed, what the bot posted after it was sent. `automatic`: what is due goes
    without anybody's approval of each batch. Then the days that a request about somebody may take. Placeholders, not
    law (field reference 11.3): the panel's own schedule decides."""

    case_months: int = 84
    declined_referral_months: int = 24
    audit_months: int = 84
    papers_months: int = 84
    request_months: int = 36
    notice_months: int = 13
    draft_days: int = 14
    receipt_days: int = 30
    pass_days: int = 30
    mailbox_days: int = 30
    post_days: int = 90
    automatic: bool = False
    answer_days: int = 28
    answer_remind_days: int = 7


# The least and the most that each can be. A notice is kept for a year at least: what was told is not told again.
RETENTION_BOUNDS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "case_months": (1, 1_200),
        "declined_referral_months": (1, 1_200),
        "papers_months": (1, 1_200),
        "request_months": (1, 1_200),
        "notice_months": (12, 1_200),
        "audit_months": (12, 1_200),
        "draft_days": (1, 90),
        "receipt_days": (2, 90),
        "pass_days": (1, 365),
        "mailbox_days": (1, 365),
        "post_days": (7, 3_650),
        "answer_days": (1, 90),
        "answer_remind_days": (1, 28),
    }
)


@dataclass(frozen=True)
class Life:
    """When a case is looked at again, and how long what follows its end lasts."""

    monitor_panels: int = 2  # stepped down: every so many panels
    custody_weeks: int = 12  # paused: this long before the earliest release
    long_stop_weeks: int = 26  # others hold it, and no date is known
    gap_weeks: int = 5  # between two panels, where no further one is planned
    forward_weeks: int = 4  # a release, a hearing or the lapse of an order brings a case forward this long before
    flag_months: int = 12
    repeat_months: int = 12
    follow_up_months: tuple[int, ...] = (6, 12)


@dataclass(frozen=True)
class Gate:
    """Hours that the victim service has to advise before what the subject may notice goes on without it, and hours
    between telling it and going on against its advice. Starting values (field reference 7.6), for each panel to
    check."""

    advise_hours: int = 24
    pause_hours: int = 2


# The least and the most that each can be: the victim service is never told only after the fact.
GATE_BOUNDS: Mapping[str, tuple[int, int]] = MappingProxyType({"advise_hours": (1, 120), "pause_hours": (1, 72)})


@dataclass(frozen=True)
class Leeway:
    """Working days of a first more time that the chair lets the coordinator agree (0: the chair decides on every one);
    how often, and for how many working days at a time, the doer of an action may put its reminder off. Starting values
    (field reference 7.7), for each panel to check."""

    delegated_days: int = 0
    snoozes: int = 2
    snooze_days: int = 3


# The least and the most that each can be.
LEEWAY_BOUNDS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"delegated_days": (0, 5), "snoozes": (0, 5), "snooze_days": (1, 5)}
)


@dataclass(frozen=True)
class Pages:
    """For how many minutes a link to a printable pack opens, and after how many wrong codes it ends."""

    minutes: int = 15
    tries: int = 5


@dataclass(frozen=True)
class Mail:
    """How people outside Slack reach the coordinator; for how many hours a mail server may refuse for the moment before
    the coordinator is told to telephone, and for how many minutes where it can't wait. Starting values, for each
    panel to check."""

    contact: str = ""
    patience_hours: int = 4
    urgent_minutes: int = 15


@dataclass(frozen=True)
class Reach:
    """How many messages in a row may fail to reach somebody before they are written to once a day only. A starting
    value, for each panel to check."""

    failures: int = 3


@dataclass(frozen=True)
class Scores:
    """After how many days a ranking is said to be old, and what the panel's own PPIT form calls its items."""

    stale_days: int = 35
    ppit_items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Access:
    """For how many hours a case stays open to whoever opened it in an emergency; after how many days somebody has to
    say that a person still has their part, and how many days of grace there are. Starting values (field reference
    11.2), for each panel to check."""

    glass_hours: int = 4
    attest_days: int = 90
    attest_grace_days: int = 7


# The least and the most that each can be.
ACCESS_BOUNDS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"glass_hours": (1, 24), "attest_days": (28, 400), "attest_grace_days": (0, 28)}
)


@dataclass(frozen=True)
class Sharing:
    """Whether papers close to an agency's people once its sharing agreement is over, and after how many working days of
    grace; whether nothing is shared without its lawful basis. Starting values (field reference 11), for each panel to
    check."""

    agreements: bool = True
    agreement_grace_days: int = 5
    basis_required: bool = False


@dataclass(frozen=True)
class Watch:
    """After how many different cases opened in an hour, or a day, and after how many refusals in an hour, somebody else
    is told; coordinator and chair open more. Starting values (field reference 11.2), for each panel to check."""

    views_hour: int = 12
    views_day: int = 30
    office_views_hour: int = 40
    office_views_day: int = 120
    refusals_hour: int = 10


# The least and the most that each can be.
WATCH_BOUNDS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "views_hour": (3, 500),
        "views_day": (5, 2_000),
        "office_views_hour": (5, 1_000),
        "office_views_day": (10, 5_000),
        "refusals_hour": (3, 200),
    }
)


@dataclass(frozen=True)
class PanelSettings:
    """One panel's settings. Times are wall time in the panel's zone; every default needs local checking."""

    offsets: Mapping[CutOff, Offset] = field(default_factory=lambda: dict(DEFAULT_OFFSETS))
    agenda_minutes: Mapping[AgendaKind, int] = field(default_factory=lambda: dict(DEFAULT_MINUTES))
    items_before: tuple[AgendaKind, ...] = standing.BEFORE  # the standing items ahead of the cases, in their order
    items_after: tuple[AgendaKind, ...] = standing.AFTER
    capacity: Capacity = Capacity()
    quorum: Quorum = Quorum()
    sitting: Sitting = Sitting()
    ladder: Ladder = Ladder()
    digest_at: time = MORNING
    quiet_from: time = time(18)
    quiet_until: time = time(8)
    order_keys: tuple[OrderKey, ...] = tuple(OrderKey)  # those in use; their order is `OrderKey`'s
    dash_high: int = 14  # ticks from which a victim counts as at high risk
    small_number: int = 5  # a count of people below this is not shown
    near_date_days: int = 14  # a release or hearing this many calendar days ahead moves a case up the agenda
    serial_window_months: int = 36
    search_months_new: int = 36
    search_months_review: int = 12
    content: Content = Content.HELD
    marking: Marking = Marking.OFFICIAL_SENSITIVE  # at the head of every case page
    retention: Retention = Retention()
    life: Life = Life()
    gate: Gate = Gate()
    leeway: Leeway = Leeway()
    pages: Pages = Pages()
    mail: Mail = Mail()
    reach: Reach = Reach()
    scores: Scores = Scores()
    sharing: Sharing = Sharing()
    watch: Watch = Watch()
    access: Access = Access()

    def to_json(self) -> str:
        """The settings as JSON text, keys sorted; `from_json` reads it back to an equal object."""
        return json.dumps(asdict(self), default=_plain, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "PanelSettings":
        """Settings from JSON text; what is left out keeps its default.

        Raises ValueError, naming the setting, for an unknown key or an impossible value.
        """
        given = json.loads(text)
        for name, defaults in (("offsets", DEFAULT_OFFSETS), ("agenda_minutes", DEFAULT_MINUTES)):
            if isinstance(given, dict) and isinstance(given.get(name), dict):
                given[name] = {**_as_json(defaults), **given[name]}
        settings: PanelSettings = _read(cls, given, "settings")
        return settings


def _plain(value: object) -> str:
    if isinstance(value, time):
        return value.isoformat("minutes")
    raise TypeError(f"{type(value).__name__} is not a setting")


def _as_json(defaults: Mapping[Any, Any]) -> dict[str, Any]:
    plain = {key: asdict(value) if isinstance(value, Offset) else value for key, value in defaults.items()}
    read: dict[str, Any] = json.loads(json.dumps(plain, default=_plain))
    return read


def _read(kind: Any, value: Any, name: str) -> Any:
    """A JSON value as the declared type of a setting."""
    parts = get_args(kind)
    if is_dataclass(kind):
        return _read_group(kind, value, name)
    if get_origin(kind) is UnionType:
        return None if value is None else _read(parts[0], value, name)
    if get_origin(kind) is tuple and isinstance(value, list):
        return tuple(_read(parts[0], item, name) for item in value)
    if get_origin(kind) is Mapping and isinstance(value, dict):
        return {_read(parts[0], k, name): _read(parts[1], v, f"{name}.{k}") for k, v in value.items()}
    return _read_one(kind, value, name)


def _read_group(kind: Any, value: Any, name: str) -> Any:
    if not isinstance(value, dict):
        raise ValueError(f"{name}: {value!r} is not a group of settings")
    kinds = get_type_hints(kind)
    unknown = sorted(set(value) - set(kinds))
    if unknown:
        raise ValueError(f"{name}: no such setting: {', '.join(unknown)}")
    missing = sorted(f.name for f in fields(kind) if f.name not in value and _has_no_default(f))
    if missing:
        raise ValueError(f"{name}: missing: {', '.join(missing)}")
    return kind(**{key: _read(kinds[key], item, f"{name}.{key}") for key, item in value.items()})


def _has_no_default(setting: Field[Any]) -> bool:
    return setting.default is MISSING and setting.default_factory is MISSING


def _read_one(kind: Any, value: Any, name: str) -> Any:
    try:
        if kind is time:
            return time.fromisoformat(value)
        if isinstance(kind, type) and issubclass(kind, Code):
            return kind(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name}: {error}") from error
    if type(value) is not kind:  # exactly: True is no number of days
        raise ValueError(f"{name}: {value!r} is not possible here")
    return value
