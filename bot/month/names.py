"""Names that must agree: each given once, and every agency and case that is spoken of among them."""

from collections import Counter
from collections.abc import Iterator

from bot.month.fields import PANEL_OFFICE
from bot.month.lines import Found, Path
from bot.month.model import Month
from panel.refs import parse_case, parse_referral


def names(month: Month) -> Found:
    """Every name that is given twice or that nothing bears, as paths and sentences."""
    for check in (_unique, _prefixes, _agencies_exist, _cases_exist):
        yield from check(month)


def _unique(month: Month) -> Found:
    yield from _repeated("agencies", "code", [agency.code for agency in month.agencies])
    yield from _repeated("cases", "ref", [case.ref for case in month.cases])
    yield from _repeated("cases", "subject", [case.subject for case in month.cases])
    yield from _repeated("actions", "id", [action.id for action in month.actions])
    seen: set[str] = set()
    for c, case in enumerate(month.cases):
        for v, victim in enumerate(case.victims):
            if victim.ref in seen:
                yield ("cases", c, "victims", v, "ref"), "another victim has this reference"
            seen.add(victim.ref)
    for a, agency in enumerate(month.agencies):
        if agency.code == PANEL_OFFICE:
            yield ("agencies", a, "code"), "PANEL is the panel's own office: choose another code"


def _repeated(section: str, key: str, values: list[str]) -> Found:
    counts = Counter(values)
    for index, value in enumerate(values):
        if counts[value] > 1:
            yield (section, index, key), "given more than once"


def _prefixes(month: Month) -> Found:
    for c, case in enumerate(month.cases):
        if parse_case(case.ref).prefix != month.panel.id:
            yield ("cases", c, "ref"), "does not begin with the panel's id"
    for d, declined in enumerate(month.cycle.declined_referrals if month.cycle else ()):
        if parse_referral(declined.ref).prefix != month.panel.id:
            yield ("cycle", "declined_referrals", d, "ref"), "does not begin with the panel's id"


def _agencies_exist(month: Month) -> Found:
    known = {agency.code for agency in month.agencies}
    for path, code, office_too in _agencies_named(month):
        if code not in known and not (office_too and code == PANEL_OFFICE):
            yield path, "no agency has this code"


def _agencies_named(month: Month) -> Iterator[tuple[Path, str, bool]]:
    """Where an agency is named, its code, and whether the panel's own office may stand there."""
    panel = month.panel
    for role in ("chair", "deputy_chair", "coordinator"):
        if person := getattr(panel, role):
            yield ("panel", role, "agency"), person.agency, True
    for q, code in enumerate(panel.quorum.must_have):
        yield ("panel", "quorum", "must_have", q), code, False
    yield from _agencies_in_cycle(month)
    yield from _agencies_in_cases(month)
    for case, row in month.returns.items():
        for code in row:
            yield ("returns", case, code), code, False
    for u, update in enumerate(month.updates):
        yield ("updates", u, "agency"), update.agency, False
        for code in sorted(update.restriction.named) if update.restriction else ():
            yield ("updates", u, "restriction"), code, False
    for a, action in enumerate(month.actions):
        yield ("actions", a, "owner"), action.owner, True
        for code in sorted(action.restriction.named) if action.restriction else ():
            yield ("actions", a, "restriction"), code, False


def _agencies_in_cycle(month: Month) -> Iterator[tuple[Path, str, bool]]:
    if month.cycle is None:
        return
    for a, row in enumerate(month.cycle.attendance):
        yield ("cycle", "attendance", a, "agency"), row.agency, False
    for o, meeting in enumerate(month.cycle.out_of_cycle):
        for c, code in enumerate(meeting.core):
            yield ("cycle", "out_of_cycle", o, "core", c), code, False


def _agencies_in_cases(month: Month) -> Iterator[tuple[Path, str, bool]]:
    for c, case in enumerate(month.cases):
        if case.lead is not None:
            yield ("cases", c, "lead"), case.lead, False
        if case.ppit is not None:
            yield ("cases", c, "ppit", "by"), case.ppit.by, False
        for r, recusal in enumerate(case.recused):
            yield ("cases", c, "recused", r, "agency"), recusal.agency, True
    for i, item in enumerate(month.agenda.items if month.agenda else ()):
        for r, reason in enumerate(item.reasons):
            if reason.startswith("slot:"):
                yield ("agenda", "items", i, "reasons", r), reason.removeprefix("slot:"), False
    for p, (_, agency, _) in enumerate((month.expected and month.expected.returns_outstanding) or ()):
        yield ("expected", "returns_outstanding", p, 1), agency, False


def _cases_exist(month: Month) -> Found:
    known = {case.ref for case in month.cases}
    for path, ref in _cases_named(month):
        if ref not in known:
            yield path, "no case has this reference"


def _cases_named(month: Month) -> Iterator[tuple[Path, str]]:
    if month.cycle is not None:
        for o, meeting in enumerate(month.cycle.out_of_cycle):
            yield ("cycle", "out_of_cycle", o, "case"), meeting.case
        for a, row in enumerate(month.cycle.attendance):
            yield from ((("cycle", "attendance", a, "cases", c), ref) for c, ref in enumerate(row.cases))
    yield from ((("returns", ref), ref) for ref in month.returns)
    yield from ((("updates", u, "case"), update.case) for u, update in enumerate(month.updates))
    yield from ((("actions", a, "case"), action.case) for a, action in enumerate(month.actions))
    for i, item in enumerate(month.agenda.items if month.agenda else ()):
        if item.case is not None:
            yield ("agenda", "items", i, "case"), item.case
    for p, (case, _, _) in enumerate((month.expected and month.expected.returns_outstanding) or ()):
        yield ("expected", "returns_outstanding", p, 0), case
