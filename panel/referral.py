"""The rules of a referral: earlier cases, victims known, and with what a score given elsewhere is compared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from panel.codes import RepeatKind, Route, TriageReason

SIGNED_OFF = frozenset({Route.AGY_PJ})  # a second person stands behind professional judgement


def repeat_kind(ended: date | None, on: date, months: int) -> RepeatKind:
    """What a referral on a day is, where the subject has a case that `ended` then (None: it is live). A subject is
    referred again within so many months of the end; later it is a new referral (field reference 8.4)."""
    if ended is None:
        return RepeatKind.DUPLICATE
    return RepeatKind.REPEAT_SUBJECT if on < ended + relativedelta(months=months) else RepeatKind.EARLIER


@dataclass(frozen=True)
class Known:
    """A victim of a subject: since when, and by which agencies' records. `since` is None where nobody has said."""

    ref: str
    since: date | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Serial:
    """How many victims are known: in the window of so many months, in all, and from which agencies' records.

    `undated`: those of whom nobody has said since when. They count in all, never in the window.
    """

    window: int
    months: int
    lifetime: int
    undated: int = 0
    sources: tuple[str, ...] = ()

    @property
    def several(self) -> bool:
        """Whether two or more are known in the window."""
        return self.window >= 2


def serial(victims: Iterable[Known], on: date, months: int) -> Serial | None:
    """Worked out from the linked victims (field reference 4.1); None where of none it is said since when, so that only
    the record's own count can speak."""
    each = list({victim.ref: victim for victim in victims}.values())
    if not any(victim.since for victim in each):
        return None
    first = on - relativedelta(months=months)
    recent = [victim for victim in each if victim.since and first <= victim.since <= on]
    sources = tuple(sorted({source for victim in recent for source in victim.sources}))
    return Serial(len(recent), months, len(each), sum(not victim.since for victim in each), sources)


def outdated(run: date, on: date, days: int) -> bool:
    """Whether a ranking that was run on a day is older than so many days."""
    return on - run > timedelta(days=days)


def method(given: Mapping[str, object]) -> tuple[str, str]:
    """The method of a ranking and its version: scores compare within both alone."""
    return str(given["method"]), str(given.get("version") or "")


def moved(now: Mapping[str, object], before: Mapping[str, object]) -> float | None:
    """By how much a score differs from an earlier one; None unless both are of one method, version and scale."""
    if method(now) != method(before) or now["max"] != before["max"]:
        return None
    return float(str(now["score"])) - float(str(before["score"]))


def impossible(score: float, most: float, parts: Iterable[float]) -> str | None:
    """What can't be so about a score and its components, in a sentence."""
    if not 0 <= score <= most or not most:
        return "The score can't be more than its greatest possible value."
    if sum(parts) > most:
        return "The components add up to more than the greatest possible score."
    return None


def alone(reason: TriageReason, note: str | None) -> str | None:
    """What is wrong with a reason that stands alone: consent is needed for no referral (field reference 4.1)."""
    if reason is TriageReason.CONSENT_ISSUE and not note:
        return "Consent is never a reason on its own. Choose the other reason, or say in the note what else it is."
    return None
