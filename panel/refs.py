"""References: the only names Convenor has for cases, people and actions.

A case `MSP-26-0041`, a referral `MSP-26-R-0107`, a subject `K-041`, a victim `V-041a`,
a child `C-041a`, somebody else at risk `R-041a`, an action `A-041-01`.
A panel's prefix has two to four capital letters; the year has two digits. A subject's number is proposed from
the case's serial, and victims and actions follow the subject's; the coordinator may choose another number.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_lowercase

OF = {"V": "victim", "C": "child", "R": "at-risk"}  # what a letter stands for, where a reference has one of its own
PREFIX = re.compile(r"[A-Z]{2,4}")
CASE = re.compile(r"(?P<prefix>[A-Z]{2,4})-(?P<year>\d{2})-(?P<serial>\d{4})")
REFERRAL = re.compile(r"(?P<prefix>[A-Z]{2,4})-(?P<year>\d{2})-R-(?P<serial>\d{4})")
SUBJECT = re.compile(r"K-(?P<number>\d{3,4})")
VICTIM = re.compile(r"V-(?P<number>\d{3,4})(?P<letter>[a-z])")
CHILD = re.compile(r"C-(?P<number>\d{3,4})(?P<letter>[a-z])")
AT_RISK = re.compile(r"R-(?P<number>\d{3,4})(?P<letter>[a-z])")
ACTION = re.compile(r"A-(?P<number>\d{3,4})-(?P<serial>\d{2,3})")
SEALED_FROM, LAST = 9_001, 9_999  # serials of what was sealed from its first day: never the next one of a row
RESTRICTED_FROM = 51  # serial of the first action that some may not see


@dataclass(frozen=True, order=True)
class Serial:
    """What a case's or a referral's reference is made of: panel, year (two digits) and serial."""

    prefix: str
    year: int
    serial: int


def parse_case(text: str) -> Serial:
    """Read a case reference. Raises ValueError, with an example, for anything else."""
    return _serial(_match(CASE, text, "a case reference such as MSP-26-0041"))


def parse_referral(text: str) -> Serial:
    """Read a referral reference. Raises ValueError, with an example, for anything else."""
    return _serial(_match(REFERRAL, text, "a referral reference such as MSP-26-R-0107"))


def is_prefix(text: str) -> bool:
    """Whether a panel may be called this: two to four capital letters."""
    return PREFIX.fullmatch(text) is not None


def subject_number(subject: str) -> str:
    """The digits of a subject's reference: 041 of K-041. Raises ValueError for anything else."""
    return _match(SUBJECT, subject, "a subject reference such as K-041")["number"]


def victim_number(victim: str) -> str:
    """The digits of a victim's reference: 041 of V-041a. Raises ValueError for anything else."""
    return _match(VICTIM, victim, "a victim reference such as V-041a")["number"]


def action_number(action: str) -> str:
    """The digits that tie an action to its subject: 041 of A-041-01. Raises ValueError for anything else."""
    return _match(ACTION, action, "an action reference such as A-041-01")["number"]


def next_case(prefix: str, year: int, taken: Iterable[str]) -> str:
    """The case reference after the highest one taken for this panel and year (of four digits or two)."""
    return f"{prefix}-{year % 100:02}-{_next_serial(prefix, year, map(parse_case, taken)):04}"


def next_referral(prefix: str, year: int, taken: Iterable[str]) -> str:
    """The referral reference after the highest one taken for this panel and year (of four digits or two)."""
    return f"{prefix}-{year % 100:02}-R-{_next_serial(prefix, year, map(parse_referral, taken)):04}"


def sealed_case(prefix: str, year: int, serial: int) -> str:
    """The case reference with a serial of those kept apart (`SEALED_FROM` to `LAST`)."""
    return f"{prefix}-{year % 100:02}-{serial:04}"


def sealed_referral(prefix: str, year: int, serial: int) -> str:
    """The referral reference with a serial of those kept apart (`SEALED_FROM` to `LAST`)."""
    return f"{prefix}-{year % 100:02}-R-{serial:04}"


def propose_subject(case: str, taken: Iterable[str]) -> str:
    """A subject reference from the case's serial, K-041 for MSP-26-0041, or the next one that is free."""
    used = {int(subject_number(subject)) for subject in taken}
    number = parse_case(case).serial
    while number in used:
        number += 1
    return f"K-{number:03}"


def propose_victim(subject: str, taken: Iterable[str]) -> str:
    """The subject's next victim: V-041a, then V-041b. Raises ValueError after the twenty-sixth."""
    return _next_letter("V", subject, taken)


def propose_child(subject: str, taken: Iterable[str]) -> str:
    """The subject's next linked child: C-041a, then C-041b. Raises ValueError after the twenty-sixth."""
    return _next_letter("C", subject, taken)


def propose_at_risk(subject: str, taken: Iterable[str]) -> str:
    """The next of the others at risk: R-041a, then R-041b. Raises ValueError after the twenty-sixth."""
    return _next_letter("R", subject, taken)


def propose_action(subject: str, taken: Iterable[str], *, restricted: bool = False) -> str:
    """The subject's next action: A-041-01, then A-041-02. Those that some may not see are counted apart, from
    A-041-51 on: nobody finds a gap where one of them stands."""
    number = subject_number(subject)
    found = [_match(ACTION, ref, "an action reference such as A-041-01") for ref in taken]
    own = [int(ref["serial"]) for ref in found if ref["number"] == number]
    alike = [serial for serial in own if (serial >= RESTRICTED_FROM) is restricted]
    serial = max(alike, default=RESTRICTED_FROM - 1 if restricted else 0) + 1
    if serial == RESTRICTED_FROM and not restricted:
        serial = max(own) + 1  # fifty of a case: there is no room left to count them apart
    return f"A-{number}-{serial:02}"


def _next_letter(kind: str, subject: str, taken: Iterable[str]) -> str:
    number, used = subject_number(subject), set(taken)
    for letter in ascii_lowercase:
        if (ref := f"{kind}-{number}{letter}") not in used:
            return ref
    raise ValueError(f"all {OF[kind]} references of {subject} are taken")


def _match(pattern: re.Pattern[str], text: str, what: str) -> re.Match[str]:
    found = pattern.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not {what}")
    return found


def _serial(found: re.Match[str]) -> Serial:
    return Serial(found["prefix"], int(found["year"]), int(found["serial"]))


def _next_serial(prefix: str, year: int, taken: Iterable[Serial]) -> int:
    own = [ref.serial for ref in taken if (ref.prefix, ref.year) == (prefix, year % 100) and ref.serial < SEALED_FROM]
    return max(own, default=0) + 1
