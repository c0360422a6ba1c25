"""Children and others at risk who are linked to a case, by reference only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from commands.cases.around import linked
from commands.cases.edit import begin, editable, finish, merged, put, row_of, same_row
from commands.kit.answers import Answer, Show
from commands.kit.blocks import label
from commands.kit.errors import NoSuchThing, Refusal
from commands.kit.fields import Choices, One, Text
from commands.kit.forms import Form, ask
from commands.kit.people import agencies_of
from commands.kit.turn import Turn
from panel import refs
from panel.codes.linked import AgeBand, AtRiskAs, CareStatus, ChildOf, LinkedRole, LivesWith
from storage.tables import Case, Linked


class AnotherLinked(Refusal):
    """This case has somebody with that reference already. Choose the next letter."""


@dataclass
class LinkedChild(Form):
    """One child (field reference 4.2, row 16)."""

    name = "cases.child"
    title = "A child"
    ref: str = ask(Text("Reference", "As C-041a. Never a name.", limit=8))
    age: str = ask(One("How old?", choices=[(c, c.label) for c in AgeBand]))
    whose: str = ask(One("Whose child?", choices=[(c, c.label) for c in ChildOf]))
    lives: str = ask(One("With whom does the child live?", choices=[(c, c.label) for c in LivesWith]))
    care: str = ask(One("Where does it stand with children's services?", choices=[(c, c.label) for c in CareStatus]))
    plan: str | None = ask(
        Text("What does the plan ask of the subject?", "Such as supervised contact only. Never a name or a place.",
             optional=True, lines=True, limit=400)
    )  # fmt: skip
    agency: str | None = ask(One("Which agency leads for this child?", optional=True), None)
    lead: str | None = ask(
        Text("In which role?", "Such as social worker or health visitor. Never a name.", optional=True, limit=60)
    )

    def check(self) -> dict[str, str]:
        """The reference; who is not born lives with nobody else."""
        wrong = {} if refs.CHILD.fullmatch(self.ref) else {"ref": "Write it as C-041a."}
        if self.age == AgeBand.UNBORN and self.lives in (LivesWith.SUBJECT, LivesWith.RELATIVE, LivesWith.CARE):
            wrong["lives"] = "A child who is not born yet is with the mother. Choose a linked victim, or elsewhere."
        return wrong


@dataclass
class AtRisk(Form):
    """Somebody else who may be at risk (field reference 4.2, row 17)."""

    name = "cases.at_risk"
    title = "Another person at risk"
    ref: str = ask(Text("Reference", "As R-041a. Never a name.", limit=8))
    relation: str = ask(One("Who is this?", choices=[(c, c.label) for c in AtRiskAs]))

    def check(self) -> dict[str, str]:
        """The reference."""
        return {} if refs.AT_RISK.fullmatch(self.ref) else {"ref": "Write it as R-041a."}


LETTERS = 26  # a subject has at most so many of each, by the shape of a reference
PROPOSE: dict[LinkedRole, Callable[[str, Iterable[str]], str]] = {
    LinkedRole.CHILD: refs.propose_child, LinkedRole.AT_RISK: refs.propose_at_risk,
}  # fmt: skip


def open_child(turn: Turn) -> Answer:
    """The form for a child, or for another one."""
    return _open(turn, LinkedChild, LinkedRole.CHILD)


def save_child(turn: Turn, form: LinkedChild) -> Answer:
    """Keep it."""
    return _save(turn, LinkedRole.CHILD, form.ref, vars(form))


def open_other(turn: Turn) -> Answer:
    """The form for somebody else at risk, or for another one."""
    return _open(turn, AtRisk, LinkedRole.AT_RISK)


def save_other(turn: Turn, form: AtRisk) -> Answer:
    """Keep it."""
    return _save(turn, LinkedRole.AT_RISK, form.ref, vars(form))


def _open(turn: Turn, form: type[Form], role: LinkedRole) -> Answer:
    case = begin(turn, role)
    about, initial = turn.about, {"ref": _proposed(turn, case, role)}
    if turn.about.row is not None:
        row = row_of(turn, Linked, case)
        _check_role(row, role)
        about, initial = about.but(version=row.version), {**(row.details or {}), "ref": row.ref}
    agencies = _agencies(turn)
    without = () if agencies else ("agency",)
    return Show(form.draw(about, initial=initial, choices={"agency": agencies}, without=without))


def _save(turn: Turn, role: LinkedRole, ref: str, answers: dict[str, Any]) -> Answer:
    case = editable(turn)
    assert case.id is not None
    new = turn.about.row is None
    row = Linked(case_id=case.id, role=role, ref=ref) if new else same_row(turn, Linked, case)
    _check_role(row, role)
    if any(other.ref == ref and other.id != row.id for other in linked(turn.work, case, role)):
        raise AnotherLinked(field="ref")
    row.ref = ref
    row.details = merged(row.details, **{name: value for name, value in answers.items() if name != "ref"})
    turn.work.add(row)
    if role is LinkedRole.CHILD:
        put(case, children=len(linked(turn.work, case, role)))
    return finish(turn, case, role, unsettles=new and answers.get("relation") == AtRiskAs.NEW_PARTNER, row=row)


def _check_role(row: Linked, role: LinkedRole) -> None:
    if row.role != role:
        raise NoSuchThing


def _agencies(turn: Turn) -> Choices:
    return [(agency.code, label(f"{agency.code} · {agency.name}")) for agency in agencies_of(turn.work, turn.panel)]


def _proposed(turn: Turn, case: Case, role: LinkedRole) -> str | None:
    """The next reference; none after the twenty-sixth, or where the subject's reference has another shape."""
    taken = [row.ref for row in linked(turn.work, case, role)]
    known = re.fullmatch(refs.SUBJECT, case.subject_ref)
    return PROPOSE[role](case.subject_ref, taken) if known and len(taken) < LETTERS else None
