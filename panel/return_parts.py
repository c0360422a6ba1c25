"""What the sections of a return must hold (field reference 5.2), and their words as one piece of text."""

from collections.abc import Collection, Mapping
from datetime import date

from panel.codes import Confidence, RestrictionKind, RiskFactor, WhereaboutsType
from panel.codes.returns import Activity, Appointment, Engagement, RiskChange, SourceType
from panel.problem import Problem
from panel.restriction import Restriction, tightest

OLDEST = 1990  # a verification or an event before this year is a slip of the finger
FURTHEST = 5  # an appointment more years ahead than this is one, too


def past_day_problem(field: str, day: date | None, today: date) -> Problem | None:
    """What is wrong with the day of something that has happened: it can't lie ahead, nor before anybody's records."""
    if day is None:
        return None
    if day > today:
        return Problem(field, "This day has not come yet. Give the day on which it happened.")
    if day.year < OLDEST:
        return Problem(field, "Please check the year.")
    return None


def coming_day_problem(field: str, day: date | None, today: date) -> Problem | None:
    """What is wrong with the day by which something is proposed to be done: it can't have passed."""
    if day is not None and day < today:
        return Problem(field, "This day has passed. Choose today or a later one.")
    return None


def appointment_problem(field: str, day: date, today: date) -> Problem | None:
    """What is wrong with the day of an appointment: it lies ahead, and not beyond anybody's diary."""
    if day.year > today.year + FURTHEST:
        return Problem(field, "Please check the year.")
    return coming_day_problem(field, day, today)


def verified_problem(day: date | None, by: str | None) -> Problem | None:
    """“Still correct” counts only with the day it was verified and by whom (field reference 5.2, row 7)."""
    if day is None:
        return Problem("verified", "Say on which day it was verified: unverified, leave this form and say nothing.")
    if not by:
        return Problem("by", "Say which agency verified it.")
    return None


def factor_problems(changes: Mapping[RiskChange, Collection[RiskFactor]]) -> tuple[Problem, ...]:
    """A factor moves one way or the other, never two ways at once."""
    seen: set[RiskFactor] = set()
    found = []
    for change, factors in changes.items():
        twice = [factor.label for factor in factors if factor in seen]
        if twice:
            found.append(Problem(change.value, f"Chosen twice: {', '.join(twice)}. Leave it in one list only."))
        seen.update(factors)
    return tuple(found)


def for_line(source: SourceType, chosen: Restriction) -> Restriction:
    """What a victim or child said is for chair and victim service when its writer left it open to everyone; agencies
    named, chair only and the room are the source's own choice (field reference 5.4)."""
    left_open = chosen.kinds <= {RestrictionKind.ALL, RestrictionKind.NOT_PERP_FACING}
    if source is SourceType.VICTIM and left_open:
        return tightest(chosen, Restriction(RestrictionKind.IDVA))
    return chosen


# ---- in words


def line_text(day: date, activity: Activity, source: SourceType, text: str) -> str:
    """A dated line: `5 October 2026 · Missed an appointment · Our own records`, then what was written."""
    return f"{in_words(day)} · {activity.label} · {source.label}\n{text}"


def where_text(
    kind: WhereaboutsType, area: str | None, confidence: Confidence | None, verified: date | None, expected: str | None
) -> str:
    """A whereabouts: `Staying with others, Eddleford. Confidence medium. Verified 5 October 2026. Next: …`."""
    said = [
        ", ".join(filter(None, [kind.label, area])),
        f"Confidence {confidence.label.lower()}" if confidence else "",
        f"Verified {in_words(verified)}" if verified else "",
        f"Next expected move: {expected}" if expected else "",
    ]
    return "".join(f"{part.rstrip('.')}. " for part in said if part).strip()


def still_text(known: str, verified: date, by: str) -> str:
    """A whereabouts re-stated: what was known, and when and by whom it was verified."""
    return f"Still correct, verified {in_words(verified)} by {by}: {known}"


def factors_text(changes: Mapping[RiskChange, Collection[RiskFactor]], note: str | None) -> str:
    """What has moved: `Up: Alcohol, Drugs. New: Use of a vehicle.`, then the note."""
    moved = [f"{change.label}: {', '.join(each.label for each in some)}." for change, some in changes.items() if some]
    return "\n".join(filter(None, [" ".join(moved), note]))


def ahead_text(day: date, what: Appointment, place: str | None) -> str:
    """What lies ahead: `12 October 2026 · Court or hearing · Marrow, 10:00`."""
    return " · ".join(filter(None, [in_words(day), what.label, place]))


def engagement_text(how: Engagement | None, words: str | None) -> str:
    """How the subject takes part: `Now and then.`, then what shows it."""
    return "\n".join(filter(None, [f"{how.label}." if how else "", words]))


def proposal_text(text: str, owner: str | None, by: date | None, reach: str | None) -> str:
    """A proposed action with its agency, its day, and how it could reach a victim."""
    who = " ".join(filter(None, [f"By {owner}" if owner else "", f"until {in_words(by)}" if by else ""]))
    return "\n".join(filter(None, [text, who, f"How it could reach a victim: {reach}" if reach else ""]))


def in_words(day: date) -> str:
    """`5 October 2026`."""
    return f"{day.day} {day:%B %Y}"
