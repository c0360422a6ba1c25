"""Who is who on a panel: from seats to the plain values that the rules read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Integer, and_, bindparam
from sqlmodel import col, or_, select

from commands.kit.away import away_on
from commands.kit.errors import NoSuchThing
from commands.kit.glass import opened_to
from commands.kit.sealing import Sealing, chairs_from_outside, not_named, sealed, sealing_of, sealings
from panel.access import Person, RoleHeld, Thing
from panel.actions import ENDED
from panel.codes import Function, Role
from panel.grants import PANEL_OFFICE
from storage.tables import Action, Agency, Case, Conflict, Meeting, Panel, Request, Seal, Seat
from storage.work import UnitOfWork

CONFLICTS = (
    select(Conflict)
    .join(Case, col(Case.id) == Conflict.case_id)
    .where(Case.panel_id == bindparam("panel"), col(Conflict.lifted_at).is_(None))
    .order_by(col(Conflict.id))
)
DOES = or_(col(Action.assignee) == bindparam("user"), col(Action.second) == bindparam("user"))
TO_DO = select(Action.panel_id).where(DOES, col(Action.status).not_in(ENDED)).distinct()
STANDINGS = (
    select(Agency.code, Agency.core, Request.status)
    .outerjoin(
        Request,
        and_(
            col(Request.agency_id) == Agency.id,
            col(Request.meeting_id) == bindparam("meeting", type_=Integer),
            col(Request.case_id) == bindparam("case"),
        ),
    )
    .where(Agency.panel_id == bindparam("panel"))
)
ROLES = (
    select(Seat.role, Agency.code, Agency.function)
    .select_from(Seat)
    .outerjoin(Agency, col(Agency.id) == Seat.agency_id)
    .where(Seat.panel_id == bindparam("panel"), Seat.user_id == bindparam("user"), col(Seat.until).is_(None))
    .where(col(Seat.suspended_at).is_(None))
)
REPRESENTS = (Role.REP, Role.DEPUTY)


def panels_of(work: UnitOfWork, enterprise: str, team: str, user: str) -> Sequence[Panel]:
    """Every panel in this workspace on which the person has a role, or an action to do that has not ended."""
    theirs = {seat.panel_id for seat in work.rows(Seat, user_id=user, until=None)}
    theirs.update(work.session.exec(TO_DO, params={"user": user}))
    theirs |= chairs_from_outside(work, user)
    return work.rows(Panel, id=theirs, team_id=team, enterprise_id=enterprise) if theirs else []


def panel_of_channel(work: UnitOfWork, team: str, channel: str | None) -> Panel | None:
    """The panel whose channel this is."""
    return next(iter(work.rows(Panel, team_id=team, channel_id=channel)), None) if channel else None


def agencies_by_id(work: UnitOfWork, panel_id: int | None) -> Mapping[int | None, Agency]:
    """The panel's agencies, in the order they were entered."""
    return work.once(
        ("agencies", panel_id), lambda: {agency.id: agency for agency in work.rows(Agency, panel_id=panel_id)}
    )


def seats_of(work: UnitOfWork, panel_id: int | None) -> Sequence[Seat]:
    """Every seat that somebody holds on the panel now, and that is not on hold."""
    return work.once(
        ("seats", panel_id),
        lambda: [row for row in work.rows(Seat, panel_id=panel_id, until=None, suspended_at=None) if row.user_id],
    )


def recused_from(work: UnitOfWork, panel_id: int | None) -> Mapping[int, frozenset[str]]:
    """By case of the panel, the users to whom it is closed: by a conflict, or as not named on a sealed one."""

    def find() -> Mapping[int, frozenset[str]]:
        closed: dict[int, frozenset[str]] = defaultdict(frozenset)
        for row in work.session.exec(CONFLICTS, params={"panel": panel_id}):
            closed[row.case_id] |= {row.user_id}
        for case_id, sealing in sealings(work, panel_id).items():
            closed[case_id] |= not_named(work, panel_id, sealing)
        return closed

    return work.once(("recused", panel_id), find)


def person_on(work: UnitOfWork, panel: Panel, user: str, meeting: Meeting | None = None) -> Person:
    """The person, with the roles they hold on this panel today (none, for a stranger)."""
    held = [
        RoleHeld(Role(role), code, Function(function) if function else None)
        for role, code, function in work.session.exec(ROLES, params={"panel": panel.id, "user": user})
    ]
    held += _standing_in(work, panel, user)
    acting = meeting is not None and meeting.acting_chair == user and not _has_met_since(work, meeting)
    deputy = any(role.role is Role.DEPUTY_CHAIR for role in held)
    chairs = chairs_here(work, panel) if deputy else None
    return Person(user=user, roles=frozenset(held), acting_chair=acting, chairs=chairs)


def _standing_in(work: UnitOfWork, panel: Panel, user: str) -> list[RoleHeld]:
    """The deputy's role at each agency of theirs whose representative, or deputy, is away and named this person."""
    away = away_on(work, panel.id)
    if user not in away.values():
        return []
    seats, agencies = seats_of(work, panel.id), agencies_by_id(work, panel.id)
    theirs = {seat.agency_id for seat in seats if seat.user_id == user and seat.agency_id}
    covers = {seat.agency_id for seat in seats if seat.role in REPRESENTS and away.get(seat.user_id or "") == user}
    found = [agencies[id] for id in sorted(theirs & covers, key=str)]
    return [RoleHeld(Role.DEPUTY, agency.code, Function(agency.function)) for agency in found]


def _has_met_since(work: UnitOfWork, meeting: Meeting) -> bool:
    """Whether a later meeting has begun: whoever acted as chair of this one then reads and decides for their own part
    again, also from its papers."""
    later = work.first(
        Meeting, Meeting.panel_id == meeting.panel_id, Meeting.kind == "regular", Meeting.status == "planned",
        Meeting.starts_at > meeting.starts_at, Meeting.starts_at <= work.now,
    )  # fmt: skip
    return later is not None


def chairs_here(work: UnitOfWork, panel: Panel) -> frozenset[str]:
    """The panel's chair, unless there is none, or the chair is away today: then the deputy chair stands in."""
    away = away_on(work, panel.id)
    held = [seat.user_id for seat in seats_of(work, panel.id) if seat.role == Role.CHAIR]
    return frozenset(user for user in held if user and user not in away)


def does_something(work: UnitOfWork, panel: Panel, user: str) -> bool:
    """Whether an action was given to this person, or a sealed case to chair: they need hold no role on the panel."""
    if work.find(Action, Action.panel_id == panel.id, DOES, user=user):
        return True
    return panel.id in chairs_from_outside(work, user)


def holder(work: UnitOfWork, panel_id: int, role: Role, agency_id: int | None = None) -> str | None:
    """The user who holds a role now; None when nobody is picked."""
    seats = seats_of(work, panel_id)
    return next((seat.user_id for seat in seats if seat.role == role and seat.agency_id == agency_id), None)


def holders(work: UnitOfWork, panel_id: int, roles: Iterable[Role], function: Function | None = None) -> list[str]:
    """Every user who holds one of the roles (of agencies with this function), each once."""
    seats = [seat for seat in seats_of(work, panel_id) if seat.role in {*roles}]
    if function is not None:
        wanted = {agency.id for agency in agencies_by_id(work, panel_id).values() if agency.function == function}
        seats = [seat for seat in seats if seat.agency_id in wanted]
    return list(dict.fromkeys(seat.user_id for seat in seats if seat.user_id))


def coordinator(work: UnitOfWork, panel_id: int) -> str | None:
    """The coordinator."""
    return next(iter(holders(work, panel_id, [Role.COORDINATOR])), None)


def agency_of(work: UnitOfWork, panel: Panel, person: Person) -> Agency | None:
    """The agency the person represents: the first by code, when there are several."""
    if not person.agencies:
        return None
    theirs = [agency for agency in agencies_by_id(work, panel.id).values() if agency.code in person.agencies]
    return min(theirs, key=lambda agency: agency.code, default=None)


def agencies_of(work: UnitOfWork, panel: Panel) -> Sequence[Agency]:
    """The panel's agencies, in the order they were entered."""
    return list(agencies_by_id(work, panel.id).values())


def asked_on(work: UnitOfWork, case: Case, meeting: Meeting | None) -> frozenset[str]:
    """The agencies on a case: those asked about it in this cycle; in its first days, the core agencies."""
    able = represented(work, case.panel_id, sealed(work, case.panel_id, case.id))
    return work.once(
        ("asked on", meeting and meeting.id, case.id),
        lambda: frozenset(
            code
            for code, core, status in work.session.exec(
                STANDINGS, params={"panel": case.panel_id, "meeting": meeting and meeting.id, "case": case.id}
            )
            if (status == "asked" or (core and status != "left_out")) and code in able
        ),
    )


def represented(work: UnitOfWork, panel_id: int | None, sealing: Sealing | None) -> frozenset[str]:
    """The agencies (by code) that can be on a case: every one, or those of whom somebody is named on a sealed one's
    list."""
    agencies = agencies_by_id(work, panel_id)
    if sealing is None:
        return frozenset(agency.code for agency in agencies.values())
    held = [seat for seat in seats_of(work, panel_id) if seat.role in REPRESENTS and seat.user_id in sealing.named]
    return frozenset(agencies[seat.agency_id].code for seat in held if seat.agency_id not in sealing.kept_out)


def things_of(
    work: UnitOfWork, panel_id: int | None, case_ids: Iterable[int], meeting: Meeting | None
) -> Mapping[int, Thing]:
    """As `thing_of`, for many cases at once: their own rows are not read."""
    apart, other = things_apart(work, panel_id, meeting)
    return {key: apart.get(key, other) for key in case_ids}


def things_apart(work: UnitOfWork, panel_id: int | None, meeting: Meeting | None) -> tuple[Mapping[int, Thing], Thing]:
    """The panel's cases about which agencies are asked in this cycle or that are closed to somebody; and any other one,
    which stands as all others do. However many cases there are, these alone are read."""
    given: dict[int, dict[int, str]] = defaultdict(dict)
    if meeting is not None:
        columns = (col(Request.case_id), col(Request.agency_id), col(Request.status))
        for case_id, agency_id, status in work.session.exec(select(*columns).where(Request.meeting_id == meeting.id)):
            given[case_id][agency_id] = status
    agencies, recused = agencies_by_id(work, panel_id).values(), recused_from(work, panel_id)
    seals = sealings(work, panel_id)

    def thing(key: int) -> Thing:
        told = given.get(key, {})
        standing = [(agency, told.get(agency.id or 0)) for agency in agencies]
        on = {agency.code for agency, status in standing if status == "asked" or (agency.core and status != "left_out")}
        seal = seals.get(key)
        return Thing(
            on_case=frozenset(on) & represented(work, panel_id, seal), recused=recused.get(key, frozenset()),
            chairs=seal.chairs if seal else frozenset(),
        )  # fmt: skip

    core = frozenset(agency.code for agency in agencies if agency.core)
    return {key: thing(key) for key in given.keys() | recused.keys() | seals.keys()}, Thing(on_case=core)


def recused_on(work: UnitOfWork, case_id: int) -> frozenset[str]:
    """The users to whom a case is closed."""
    closed = frozenset(row.user_id for row in work.rows(Conflict, case_id=case_id, lifted_at=None))
    for seal in work.rows(Seal, case_id=case_id, lifted_at=None):
        closed |= not_named(work, seal.panel_id, sealing_of(work, seal))
    return closed


def thing_of(
    work: UnitOfWork,
    case: Case | None = None,
    meeting: Meeting | None = None,
    agency: Agency | None = None,
    *,
    assignee: str | None = None,
    author: str | None = None,
    sensitive: bool = False,
    panel_office: bool = False,
) -> Thing:
    """A case, or something of an agency on it, as the access rules see it."""
    seal = sealed(work, case.panel_id, case.id) if case else None
    return Thing(
        agency=PANEL_OFFICE if panel_office else agency.code if agency else None,
        assignee=assignee,
        author=author,
        on_case=asked_on(work, case, meeting) if case else frozenset(),
        recused=recused_from(work, case.panel_id)[case.id] if case and case.id else frozenset(),
        opened=opened_to(work, case.panel_id).get(case.id, frozenset()) if case and case.id else frozenset(),
        chairs=seal.chairs if seal else frozenset(),
        sensitive=sensitive,
    )


def case_of(work: UnitOfWork, panel: Panel, ref: str) -> Case:
    """The case with this reference; raises NoSuchThing."""
    found = next(iter(work.rows(Case, panel_id=panel.id, ref=ref)), None)
    if found is None:
        raise NoSuchThing
    return found
