"""Who may do what: one question, answered with a reason that says what to do.

The table itself is `panel.grants`. What a permitted person then reads is decided item by item in
`panel.restriction`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from panel.codes import Function, Role
from panel.grants import GRANTS, PANEL_OFFICE, Condition, Grant, Holder, Verb
from panel.restriction import Reader, perp_facing_by_default

__all__ = [
    "PANEL_OFFICE",
    "Allowed",
    "Answer",
    "Person",
    "Refused",
    "RoleHeld",
    "Thing",
    "Verb",
    "as_reader",
    "may",
    "role_clash",
]

# A deputy representative acts as the representative of the agency, always.
REPRESENTS = frozenset({Role.REP, Role.DEPUTY})
LEADS = frozenset({Role.LEAD, Role.DUTY})

NOT_LISTED = "You are not on this panel's list of people. Ask the coordinator to add you."
CONFLICTED = "You have declared a conflict of interest, so this case is closed to you. Ask your deputy to take over."
NOTHING_IN_WRITING = "Observers see nothing in writing. Ask the chair if you need another part."
CLASH = (
    "One person may not stand for both the victim service and the perpetrator service. "
    "Give one of the two roles to somebody else."
)


@dataclass(frozen=True)
class RoleHeld:
    """A role a person has on a panel; agency and its function where the role belongs to one."""

    role: Role
    agency: str | None = None
    function: Function | None = None


@dataclass(frozen=True)
class Person:
    """A Slack user as one panel knows them.

    `acting_chair` is switched on for a meeting: it makes a deputy chair the chair, and makes a chair who also
    represents an agency read as the chair. `chairs`, of a deputy chair: the chairs who are not away today (None: not
    asked); the deputy stands in where there is none, or the case is closed to all of them. `perp_facing` is None
    until somebody has said whether this person works with subjects. `in_emergency`: this turn opens to them what they
    opened in an emergency.
    """

    user: str
    roles: frozenset[RoleHeld] = frozenset()
    acting_chair: bool = False
    chairs: frozenset[str] | None = None
    system_admin: bool = False
    perp_facing: bool | None = None
    in_emergency: bool = False

    @property
    def agencies(self) -> frozenset[str]:
        """The agencies this person represents, as representative or deputy."""
        return frozenset(held.agency for held in self.roles if held.role in REPRESENTS and held.agency)

    @property
    def functions(self) -> frozenset[Function]:
        """The functions of those agencies."""
        return frozenset(held.function for held in self.roles if held.role in REPRESENTS and held.function)

    @property
    def is_chair(self) -> bool:
        """Whether this person has the chair's duties now: the chair, or a deputy chair who is acting or stands in."""
        return self.chairs_on(Thing())

    @property
    def deputises(self) -> bool:
        """Whether the chair's duties are this person's only in the chair's place."""
        return self.has(Role.DEPUTY_CHAIR) and not self.has(Role.CHAIR)

    def chairs_on(self, thing: "Thing") -> bool:
        """Whether they have the chair's duties towards this: where its case is closed to the chair, the deputy has."""
        if self.user in thing.chairs:
            return True
        if not self.deputises:
            return self.has(Role.CHAIR)
        return self.acting_chair or (self.chairs is not None and self.chairs <= thing.recused)

    @property
    def is_coordinator(self) -> bool:
        """Whether this person coordinates the panel."""
        return self.has(Role.COORDINATOR)

    def has(self, *roles: Role) -> bool:
        """Whether this person holds any of the roles."""
        return any(held.role in roles for held in self.roles)


@dataclass(frozen=True, kw_only=True)
class Thing:
    """What is to be acted on; an agency or case left out refuses rather than allows.

    `agency` owns it. `assignee` is the user named to do an action, `author` the user who prepared, asked or
    reported what is to be decided (None: nobody did, it made itself). `on_case` are the agencies on its case,
    core and invited; `recused` the users with a conflict.
    `no_victim_service`: the panel has nobody of a victim service who may open the case.
    `opened`: the users who opened it in an emergency, which has not ended. `chairs`: who chairs this case alone, from
    outside the panel.
    `second` helps the one named to do it. `delegated`: the chair lets the coordinator decide on this more time.
    `sensitive`: the outcome is for chair and victim service. `first_panel`: the workspace has no panel yet.
    """

    agency: str | None = None
    assignee: str | None = None
    second: str | None = None
    author: str | None = None
    on_case: frozenset[str] = frozenset()
    recused: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()
    chairs: frozenset[str] = frozenset()
    sensitive: bool = False
    delegated: bool = False
    no_victim_service: bool = False
    first_panel: bool = False


@dataclass(frozen=True)
class Allowed:
    """Yes; `by` is the holder of the line of the table that says so."""

    by: Holder | None = field(default=None, compare=False)

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Refused:
    """No; `reason` is the sentence the person reads, with what to do."""

    reason: str

    def __bool__(self) -> bool:
        return False


Answer = Allowed | Refused


def may(person: Person, verb: Verb, thing: Thing) -> Answer:
    """Whether a person may do this to that. A conflict of interest closes a case to the person altogether."""
    if person.user in thing.recused and verb is not Verb.DECLARE_CONFLICT:
        return Refused(CONFLICTED)
    held = [grant for grant in GRANTS[verb] if _holds(person, grant.holder, thing)]
    for grant in held:
        if not _unmet(person, grant, thing):
            return Allowed(grant.holder)
    return Refused(_reason(person, verb, thing, held))


def _holds(person: Person, holder: Holder, thing: Thing) -> bool:
    match holder:
        case Holder.ANYONE:
            return True
        case Holder.CHAIR:
            return person.chairs_on(thing)
        case Holder.COORDINATOR:
            return person.is_coordinator
        case Holder.REPRESENTATIVE:
            return bool(person.agencies)
        case Holder.VICTIM_SERVICE:
            return Function.VICTIM_SERVICE in person.functions
        case Holder.PERPETRATOR_SERVICE:
            return Function.PERPETRATOR_SERVICE in person.functions
        case Holder.BREAK_GLASS:
            return _broke_glass(person, thing)
        case Holder.ASSIGNEE:
            return person.user in (thing.assignee, thing.second)
        case Holder.LEAD:
            return person.has(*LEADS)
        case Holder.STEERING:
            return person.has(Role.STEERING)
        case Holder.INFORMATION_GOVERNANCE:
            return person.has(Role.INFORMATION_GOVERNANCE)
        case Holder.SYSTEM_ADMIN:
            return person.system_admin


def _unmet(person: Person, grant: Grant, thing: Thing) -> list[Condition]:
    roles = LEADS if grant.holder is Holder.LEAD else REPRESENTS
    return [
        condition
        for condition in Condition
        if condition in grant.conditions and not _met(person, condition, thing, roles)
    ]


def _met(person: Person, condition: Condition, thing: Thing, roles: frozenset[Role]) -> bool:
    match condition:
        case Condition.OWN_AGENCY:
            return thing.agency is not None and thing.agency in _agencies(person, roles)
        case Condition.ON_CASE:
            return bool(person.agencies & thing.on_case)
        case Condition.AGENCY_ON_CASE:
            return thing.agency in thing.on_case
        case Condition.NOT_OWNER_AGENCY:
            return _is_outside(person, thing)
        case Condition.NOT_AUTHOR:
            return thing.author != person.user
        case Condition.PANEL_OWNED:
            return thing.agency == PANEL_OFFICE
        case Condition.NOT_PANEL_OWNED:
            return thing.agency not in (None, PANEL_OFFICE)
        case Condition.NOT_SENSITIVE:
            return not thing.sensitive
        case Condition.DELEGATED:
            return thing.delegated
        case Condition.NO_VICTIM_SERVICE:
            return thing.no_victim_service
        case Condition.NOT_ON_CASE:
            return not person.agencies & thing.on_case
        case Condition.NOT_OWN_SEAT:
            return person.user != thing.assignee
        case Condition.FIRST_PANEL:
            return thing.first_panel


def _is_outside(person: Person, thing: Thing) -> bool:
    """Whether somebody has no part in doing it: no seat at its owner, the panel's own office included, whatever else
    they are; and it was not given to them."""
    office = thing.agency == PANEL_OFFICE and person.is_coordinator
    own = any(held.agency == thing.agency for held in person.roles) or person.user in (thing.assignee, thing.second)
    return thing.agency is not None and not (own or office)


def _broke_glass(person: Person, thing: Thing) -> bool:
    """Whether the case is open to them in an emergency: only for as long as they have a part that may open one."""
    return person.user in thing.opened and (bool(person.agencies) or person.has(*LEADS))


def _agencies(person: Person, roles: frozenset[Role]) -> set[str | None]:
    return {held.agency for held in person.roles if held.role in roles}


def _reason(person: Person, verb: Verb, thing: Thing, held: list[Grant]) -> str:
    """The nearest miss first: a condition of a line the person holds, else whom the lines speak of."""
    if held:
        return _unmet(person, held[0], thing)[0].label
    if not person.roles and not person.system_admin:
        return NOT_LISTED
    if {role.role for role in person.roles} == {Role.OBSERVER}:
        return NOTHING_IN_WRITING
    holders = list(dict.fromkeys(grant.holder for grant in GRANTS[verb]))
    *others, last = [holder.label for holder in holders]
    who = f"{', '.join(others)} or {last}" if others else last
    help_line = "Ask them." if Holder.COORDINATOR in holders else "Ask them, or the coordinator."
    return f"Only {who} can {verb.label}. {help_line}"


def role_clash(roles: Iterable[RoleHeld]) -> str | None:
    """Why these roles may not be one person's, or None: nobody works for both victims and subjects."""
    functions = {held.function for held in roles}
    return CLASH if {Function.VICTIM_SERVICE, Function.PERPETRATOR_SERVICE} <= functions else None


def as_reader(person: Person, thing: Thing) -> Reader:
    """The person as the case behind `thing` sees them, for `panel.restriction.may_read`.

    Somebody with the chair's role alone reads as the chair; with a second role only once acting is switched
    on. A second agency that is not on the case takes nothing away, unless the person is chair or coordinator.
    Who opened the case in an emergency reads as if their agency had been invited, and no more than that.
    """
    chairs = person.chairs_on(thing)
    office = chairs or person.is_coordinator
    opened = _broke_glass(person, thing)
    every = office or opened
    here = [held for held in person.roles if held.role in REPRESENTS and (every or held.agency in thing.on_case)]
    one_role = not person.agencies and not person.is_coordinator
    perp_facing = person.perp_facing
    if perp_facing is None:
        perp_facing = perp_facing_by_default(person.functions, office)
    return Reader(
        agencies=frozenset(held.agency for held in here if held.agency),
        functions=frozenset(held.function for held in here if held.function),
        acting_chair=chairs and (person.acting_chair or one_role),
        coordinator=person.is_coordinator,
        perp_facing=perp_facing,
        on_case=every or bool(here),
        recused=person.user in thing.recused,
    )
