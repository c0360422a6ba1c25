"""The kinds of value in a month file: days, wall times, numbers, references, each refusing the rest."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, StrictBool, StringConstraints

from panel import refs
from panel.codes import IdvaStatus, ReturnCell, SubjectAware
from panel.restriction import Restriction

PANEL_OFFICE = "PANEL"  # the built-in owner for the panel's own office
MINUTE = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
INITIALS = re.compile(r"([A-Z]\.-?){1,5}\d{0,2}|[A-Z]{2}\d{0,2}")
ROLE = re.compile(r"(?=.{4,40}$)[a-z]+([ -][a-z]+)*( \d)?")
ROLE_WORDS = {
    "adviser", "advocate", "analyst", "administrator", "case", "chair", "clerk", "commander", "coordinator",
    "cover", "deputy", "desk", "director", "duty", "inspector", "lead", "manager", "nurse", "officer",
    "practitioner", "rep", "sergeant", "service", "superintendent", "supervisor", "team", "worker",
}  # fmt: skip
CELL = re.compile(r"([INKUDMX])(\*?)")


class Row(BaseModel):
    """A mapping of the month file: its keys and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class CutOffTime:
    """A cut-off as the file gives it: a day, and a wall time where one is written."""

    day: date
    at: time | None = None


@dataclass(frozen=True)
class Return:
    """One square of the return grid."""

    cell: ReturnCell
    late: bool = False


def _day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError("must be a day that exists, written as 2026-10-14")


def _clock(value: Any) -> time:
    if isinstance(value, str) and MINUTE.fullmatch(value):
        return time.fromisoformat(value)
    raise ValueError('must be a time of day, written as "09:30"')


def _cut_off(value: Any) -> CutOffTime:
    if isinstance(value, datetime):
        return CutOffTime(value.date(), value.time())
    if isinstance(value, date):
        return CutOffTime(value)
    day, _, at = value.replace("T", " ").partition(" ") if isinstance(value, str) else ("", "", "")
    if MINUTE.fullmatch(at):
        try:
            return CutOffTime(date.fromisoformat(day), time.fromisoformat(at))
        except ValueError:
            pass  # the sentence below says it
    raise ValueError("must be a day that exists, with or without a time: 2026-10-14 or 2026-10-13T12:00")


def _zone(value: Any) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        raise ValueError("must be a time zone such as Europe/London") from None


def _who(value: Any) -> str:
    """It is kept in the clear and read on screens, so a name has no place in it."""
    if isinstance(value, str) and (INITIALS.fullmatch(value) or _names_a_role(value)):
        return value
    raise ValueError("must be initials such as A.B., or a role in small letters such as duty inspector: never a name")


def _names_a_role(value: str) -> bool:
    return ROLE.fullmatch(value) is not None and not ROLE_WORDS.isdisjoint(re.split("[ -]", value))


def _number(value: Any) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    raise ValueError("must be a number")


def _cell(value: Any) -> Return:
    found = CELL.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("must be I, N, K, U, D, M or X, with * when it came after the deadline")
    if found[2] and found[1] in "MX":
        raise ValueError("cannot be late: M and X are no returns")
    return Return(ReturnCell(found[1]), bool(found[2]))


def _restriction(value: Any) -> Restriction:
    try:
        return Restriction.parse(value)
    except (ValueError, TypeError):
        raise ValueError(
            "must be ALL, NAMED[A,B], CHAIR, IDVA, NOT_PERP_FACING or VERBAL, "
            "with NO_MINUTE or EXPIRES(2026-10-14) after it if wanted"
        ) from None


def _one_of(*pairs: tuple[Any, Any]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        for given, meant in pairs:
            if value is given or (isinstance(value, str) and value == given):
                return meant
        raise ValueError(f"must be {', '.join(str(given).lower() for given, _ in pairs)}")

    return read


def _reference(check: Callable[[str], object], example: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        try:
            check(value)
        except (ValueError, TypeError):
            raise ValueError(f"must be a reference such as {example}") from None
        return str(value)

    return read


Flag = StrictBool
Text = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1)]
Who = Annotated[str, PlainValidator(_who)]  # somebody, without a name
Whole = Annotated[int, Field(strict=True)]
Count = Annotated[int, Field(strict=True, ge=0)]
Positive = Annotated[int, Field(strict=True, ge=1)]
Number = Annotated[float, PlainValidator(_number)]
Day = Annotated[date, PlainValidator(_day)]
Clock = Annotated[time, PlainValidator(_clock)]
CutOffDay = Annotated[CutOffTime, PlainValidator(_cut_off)]
Zone = Annotated[ZoneInfo, PlainValidator(_zone)]
AgencyCode = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Z][A-Z0-9_]{1,7}$")]
Prefix = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Z]{2,4}$")]
CaseRef = Annotated[str, PlainValidator(_reference(refs.parse_case, "MSP-26-0041"))]
ReferralRef = Annotated[str, PlainValidator(_reference(refs.parse_referral, "MSP-26-R-0107"))]
SubjectRef = Annotated[str, PlainValidator(_reference(refs.subject_number, "K-041"))]
VictimRef = Annotated[str, PlainValidator(_reference(refs.victim_number, "V-041a"))]
ActionRef = Annotated[str, PlainValidator(_reference(refs.action_number, "A-041-01"))]
Cell = Annotated[Return, PlainValidator(_cell)]
Limits = Annotated[Restriction, PlainValidator(_restriction)]
_AWARE = ((True, SubjectAware.YES), (False, SubjectAware.NO), ("partly", SubjectAware.PARTLY))
_IDVA = ((True, IdvaStatus.ALLOCATED), (False, IdvaStatus.NOT_ALLOCATED), ("closed", IdvaStatus.CLOSED))
Aware = Annotated[SubjectAware, PlainValidator(_one_of(*_AWARE))]
Idva = Annotated[IdvaStatus, PlainValidator(_one_of(*_IDVA))]
