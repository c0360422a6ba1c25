"""When a record has been kept for long enough, and why it is or is not to go (field reference 11.3).

Every number is the panel's own (`panel.settings.Retention`): no national figure for panel records was found.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from panel.codes import Clock, HoldKind
from panel.settings import Retention

MONTHS = {
    Clock.CASE: "case_months", Clock.DECLINED: "declined_referral_months", Clock.PAPERS: "papers_months",
    Clock.REQUEST: "request_months", Clock.NOTICE: "notice_months", Clock.LOG: "audit_months",
}  # fmt: skip
DAYS = {
    Clock.DRAFT: "draft_days", Clock.RECEIPT: "receipt_days", Clock.PASS: "pass_days", Clock.MAILBOX: "mailbox_days",
    Clock.POST: "post_days",
}  # fmt: skip
# What a lead approves batch by batch; the others are working copies, and go by themselves.
RECORDS = (Clock.CASE, Clock.DECLINED, Clock.PAPERS, Clock.REQUEST, Clock.LOG)
FROM = {
    Clock.CASE: "it ended",
    Clock.DECLINED: "the decision",
    Clock.PAPERS: "the meeting",
    Clock.REQUEST: "it was closed",
    Clock.LOG: "the end of its month",
}
ON_DEATH = "a death is recorded on it"


@dataclass(frozen=True)
class Record:
    """A record as the clocks see it. `since`: the day from which it is counted, None while that is still to come;
    `holds`: why it is kept whatever its age, in words."""

    kind: Clock
    since: date | None
    holds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """Whether a record is to go, from which day, and why or why not."""

    due: bool
    on: date | None
    reason: str

    def __bool__(self) -> bool:
        return self.due


def last_day(kind: Clock, since: date, clocks: Retention) -> date:
    """The day from which a record of this kind is due."""
    if kind in MONTHS:
        after: date = since + relativedelta(months=getattr(clocks, MONTHS[kind]))
        return after
    return since + timedelta(days=getattr(clocks, DAYS[kind]))


def length(kind: Clock, clocks: Retention) -> str:
    """`84 months`."""
    number = getattr(clocks, MONTHS.get(kind) or DAYS[kind])
    unit = "month" if kind in MONTHS else "day"
    return f"{number} {unit}{'' if number == 1 else 's'}"


def verdict(record: Record, today: date, clocks: Retention) -> Verdict:
    """Whether it is due today. A hold overrides every clock."""
    if record.since is None:
        return Verdict(False, None, "kept while it is in use")
    on = last_day(record.kind, record.since, clocks)
    told = f"{length(record.kind, clocks)} after {FROM.get(record.kind, 'it was made')}"
    if record.holds:
        return Verdict(False, on, f"held: {', '.join(record.holds)}")
    if today < on:
        return Verdict(False, on, f"kept until {on:%-d %B %Y}, {told}")
    return Verdict(True, on, f"due since {on:%-d %B %Y}, {told}")


def holds_on(kinds: Iterable[HoldKind], *, death: bool) -> tuple[str, ...]:
    """What keeps a case, in words: the holds that were put on it or on its whole panel, and a death."""
    said = [kind.label.lower() for kind in kinds]
    return tuple(dict.fromkeys([*said, *([ON_DEATH] if death else [])]))
