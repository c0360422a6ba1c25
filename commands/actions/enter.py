"""Adding an action: in the meeting's record, or as a proposal for the chair to agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col

from commands.actions import finding, wording
from commands.actions.cast import Cast
from commands.actions.draft import (
    check_entry,
    check_review,
    given_owner,
    inherited,
    others_of,
    owner_choices,
    usual_due,
)
from commands.actions.grounds import floor_of, ground_choices, rest, resting, warning
from commands.actions.hand_over import check_doer
from commands.actions.kind import check_of, take_type
from commands.actions.moving import tell_people
from commands.actions.noticed import to_say
from commands.actions.provisional import check_urgent, service_missing
from commands.actions.record import remember
from commands.actions.sight import Eyes
from commands.actions.tell import ask_for_idva, tell_advisers, tell_checkers, tell_of_new, told_with_the_round
from commands.actions.words import WHERE_NOT, priority_choices, restriction_choices, restriction_of
from commands.kit.answers import Answer, Replace, Show
from commands.kit.blocks import Block, context, section
from commands.kit.catalogue import catalogue_of
from commands.kit.errors import NoSuchThing
from commands.kit.fields import Day, Many, One, Text, Who
from commands.kit.forms import Form, ask, emptied
from commands.kit.meetings import settings_of
from commands.kit.people import thing_of
from commands.kit.reading import Sight
from commands.kit.turn import Turn
from panel.access import Verb
from panel.action_types import ActionType
from panel.codes import ActionStatus, Check, Priority, RestrictionKind, SafetyStatus
from panel.gate import check_for, hears_first
from panel.moves import starting
from panel.refs import propose_action, subject_number
from panel.restriction import Restriction, tightest
from panel.settings import Content
from storage.tables import Action, ActionMove, Case, Dependency, Meeting


@dataclass
class AddAction(Form):
    """One action: one verb, one agency, one day."""

    name = "actions.add"
    title = "Add an action"
    submit = "Save, then the next"
    type: str = ask(finding.KIND)
    owner: str = ask(One("Which agency does it?", "One agency. What everybody owns nobody does."))
    text: str | None = ask(
        Text(
            "What exactly will be done?",
            f"Begin with a verb; say what will be seen when it is done. Never a task for the victim. {WHERE_NOT}",
            optional=True, lines=True, limit=1_000,
        ),
        None,
    )  # fmt: skip
    doer: str | None = ask(Who("Who does it?", "Empty: the agency's representative.", optional=True), None)
    priority: str | None = ask(
        One("How soon?", "Empty: as usual for this kind.", optional=True, choices=priority_choices()), None
    )
    due: date | None = ask(
        Day(
            "By which day?",
            "Empty: by how soon, else the usual time for this kind. Ongoing work: the day of its review.",
            optional=True,
        ),
        None,
    )
    limits: list[str] | None = ask(
        Many("Who may read it?", "Empty: as what it rests on or waits for, else everyone on the case.", optional=True),
        None,
    )
    depends: list[str] | None = ask(
        Many(
            "What must be done first, and on what does it rest?",
            "Nobody reads it who may not read the updates that it rests on.",
            optional=True,
        ),
        None,
    )


@dataclass
class ProposeAction(AddAction):
    """The same questions; the chair agrees or not."""

    name = "actions.propose"
    title = "Propose an action"
    submit = "Propose"


def open_add(turn: Turn) -> Answer:
    """The form, in the record or for the coordinator at any time."""
    return Show(_draw(turn, AddAction, Verb.ADD_ACTION))


def open_propose(turn: Turn) -> Answer:
    """The form for somebody on the case."""
    return Show(_draw(turn, ProposeAction, Verb.PROPOSE_ACTION))


def add(turn: Turn, form: AddAction) -> Answer:
    """Save, and show the same form again, empty, with the reference of what was saved above. What the subject would
    notice is only proposed where the victim service is not there to be heard. Raises UrgentOnly."""
    if again := _again(turn, form, Verb.ADD_ACTION):
        return again
    meeting = _meeting(turn)
    kind = _soon(turn, form)
    priority = kind.priority
    check_urgent(meeting, priority)
    waits = service_missing(turn.work, turn.panel, meeting, turn.about.case, kind, priority)
    action, move = _save(turn, form, Verb.ADD_ACTION, proposed=waits, unheard=waits)
    if waits:
        tell_checkers(turn.work, turn.panel, action, move, Cast(turn.work, turn.panel))
    elif not told_with_the_round(turn.work, action):
        tell_of_new(turn.work, turn.panel, action, move)
    elif check_of(action) is Check.ADVISE:
        tell_advisers(turn.work, turn.panel, action, move)
    ask_for_idva(turn.work, turn.panel, action, Cast(turn.work, turn.panel))
    return Replace(emptied(_draw(turn, AddAction, Verb.ADD_ACTION, before=_saved(turn, action, waits)), action.id))


def propose(turn: Turn, form: ProposeAction) -> Answer:
    """Save a proposal; chair and coordinator are told, and the victim service where a check is needed."""
    if again := _again(turn, form, Verb.PROPOSE_ACTION):
        return again
    action, move = _save(turn, form, Verb.PROPOSE_ACTION, proposed=True)
    tell_people(turn, action, "proposed", move, "chair", "coordinator")
    if action.safety == SafetyStatus.PENDING:
        tell_checkers(turn.work, turn.panel, action, move, Cast(turn.work, turn.panel))
    elif check_of(action) is Check.ADVISE:
        tell_advisers(turn.work, turn.panel, action, move)
    return Replace(emptied(_draw(turn, ProposeAction, Verb.PROPOSE_ACTION, before=_saved(turn, action)), action.id))


def _meeting(turn: Turn) -> Meeting | None:
    return turn.work.get(Meeting, turn.about.meeting) if turn.about.meeting else None


def _draw(
    turn: Turn, form: type[AddAction], verb: Verb, before: Sequence[Block] = (), given: AddAction | None = None
) -> Block:
    case = turn.case()
    turn.need(verb, thing_of(turn.work, case, _meeting(turn)))
    others = [*others_of(turn, case), *ground_choices(turn, case, _meeting(turn))]
    owners = owner_choices(turn.work, turn.panel)
    codes = [code for code, _ in owners[:-1]]
    without = [] if others else ["depends"]
    if settings_of(turn.panel).content is Content.REFERENCES_ONLY:
        without.append("text")
    return form.draw(
        turn.about.but(page=None),
        initial=vars(given) if given else None,
        before=(*before, context(f"{case.ref} · {case.subject_ref}")),
        choices={
            "type": _type_chosen(turn, given.type if given else turn.about.code),
            "owner": owners,
            "limits": restriction_choices(codes),
            "depends": others,
        },
        without=without,
    )


def _type_chosen(turn: Turn, code: str | None) -> list[tuple[str, str]]:
    """What is chosen beforehand: for a possible victim on the record, say, and where the form is shown again."""
    kind = catalogue_of(turn.work, turn.panel.id).offered.get(code or "")
    return [finding.choice(kind)] if kind else []


def _again(turn: Turn, form: AddAction, verb: Verb) -> Answer | None:
    """The form as it was filled in, with advice on its words; None where there is none, or it was given already."""
    advice = wording.advice(turn, form.text)
    if not advice:
        return None
    drawn = _draw(turn, type(form), verb, before=advice, given=form)
    return Replace(wording.as_it_is(drawn, turn.about))


def _soon(turn: Turn, form: AddAction) -> ActionType:
    """The type, done as soon as they say."""
    kind = finding.chosen(turn, form.type)
    return kind.at(Priority(form.priority)) if form.priority else kind


def _standing(kind: ActionType, *, proposed: bool, unheard: bool) -> tuple[ActionStatus, SafetyStatus]:
    check = check_for(kind, None)  # whether it reveals an address is asked next
    if not proposed:
        return starting(check, advice_first=hears_first(check, kind.visibility, kind.priority))
    waits = unheard or check is Check.REQUIRED
    return ActionStatus.PROPOSED, SafetyStatus.PENDING if waits else SafetyStatus.NOT_REQUIRED


def _save(
    turn: Turn, form: AddAction, verb: Verb, *, proposed: bool, unheard: bool = False
) -> tuple[Action, ActionMove]:
    case, meeting = turn.case(), _meeting(turn)
    turn.need(verb, thing_of(turn.work, case, meeting))
    soon = _soon(turn, form)
    check_review(soon, form.due)
    due = form.due or usual_due(turn.work, turn.panel, case, soon)
    rests_on, needs = resting(turn, case, meeting, form.depends or [])
    chosen = restriction_of(form.limits) if form.limits else inherited(turn.work, case, needs)
    limits = tightest(chosen, floor_of(turn.work, turn.panel, rests_on))
    check_entry(turn, form.type, form.owner, due, form.text, limits, given_due=form.due is not None)
    owner_id = given_owner(turn.work, turn.panel, form.owner)
    assert turn.panel.id is not None and case.id is not None
    check_doer(Cast(turn.work, turn.panel), case.id, owner_id, form.doer)
    status, safety = _standing(soon, proposed=proposed, unheard=unheard)
    action = Action(
        panel_id=turn.panel.id, case_id=case.id, meeting_id=meeting.id if meeting else None,
        ref=next_ref(turn, case, limits), code=form.type, text=form.text, restriction=limits.format(),
        owner_id=owner_id, assignee=form.doer, priority=soon.priority,
        agreed_at=None if proposed else turn.work.now, due=due, status=status, status_at=turn.work.now,
        safety=safety,
    )  # fmt: skip
    take_type(action, soon)
    turn.work.add(action)
    depend(turn, action, needs)
    rest(turn.work, action, rests_on)
    move = remember(turn.work, turn.panel, action, turn.user, "propose" if proposed else "enter", "")
    turn.audit("proposed" if proposed else "agreed", f"action:{action.id}", case_id=case.id, code=action.code)
    return action, move


def next_ref(turn: Turn, case: Case, limits: Restriction) -> str:
    """The next free reference on the case; what is restricted counts apart."""
    number = subject_number(case.subject_ref)
    taken = turn.work.find(Action, Action.panel_id == turn.panel.id, col(Action.ref).startswith(f"A-{number}-"))
    restricted = limits.kind is not RestrictionKind.ALL
    return propose_action(case.subject_ref, [action.ref for action in taken], restricted=restricted)


def depend(turn: Turn, action: Action, needs: list[str]) -> None:
    """Let an action wait for others of its case. Raises NoSuchThing for a reference that this person does not see."""
    eyes = Eyes(turn.work, turn.panel, turn.person)
    for ref in needs:
        needed = turn.work.first(Action, Action.case_id == action.case_id, Action.ref == ref)
        if needed is None or eyes.sight(needed) is Sight.NOTHING:
            raise NoSuchThing(field="depends")
        assert action.id is not None and needed.id is not None
        if not turn.work.rows(Dependency, action_id=action.id, needs_id=needed.id):
            turn.work.add(Dependency(action_id=action.id, needs_id=needed.id))


def _saved(turn: Turn, action: Action, unheard: bool = False) -> tuple[Block, ...]:
    waiting = action.status == ActionStatus.AWAITING_SAFETY_CHECK
    told = section(turn.say("actions/entered", action=action, waiting=waiting, unheard=unheard))
    return (told, *to_say(turn, action), *warning(turn, action))
