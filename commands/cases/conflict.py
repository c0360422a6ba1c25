"""/panel conflict: a personal link to a case closes it to that person at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col

from commands.cases.choose import open_to, very_many
from commands.kit.about import About
from commands.kit.alerts import alerted
from commands.kit.answers import Answer, Close, Show, Tell
from commands.kit.blocks import section
from commands.kit.errors import Refusal
from commands.kit.fields import Find, One, Tick
from commands.kit.forms import Form, ask
from commands.kit.named import Named, matching
from commands.kit.people import agency_of, person_on, thing_of
from commands.kit.text import count
from commands.kit.turn import Turn
from commands.kit.views import confirmation
from panel.access import Thing, Verb
from panel.codes import LinkKind, Role
from storage.tables import AuditRow, Case, Conflict


class NoSuchCase(Refusal):
    """This case is not open to you any more, or it has ended. Open the form again."""


@dataclass
class DeclareConflict(Form):
    """In which case, and that it is so."""

    name = "cases.conflict"
    title = "A personal link"
    submit = "Declare it"
    case: str = ask(One("In which case?"))
    kind: str = ask(
        One(
            "Why?", "Do not say who it is, or how you know.", choices=[(code.value, code.label) for code in LinkKind],
        )
    )  # fmt: skip
    sure: bool = ask(
        Tick(
            "Close it to me",
            "The coordinator arranges for your deputy.",
            saying="Yes. Close this case to me at once.",
        )
    )


def open_form(turn: Turn) -> Answer:
    """The form, with every live case that is not closed to them yet."""
    turn.need(Verb.DECLARE_CONFLICT, Thing(assignee=turn.user))
    many = very_many(turn)
    cases = open_to(turn, Case.id == turn.about.case) if many else open_to(turn)
    if not cases and not many:
        return Tell(turn.say("cases/no_case"))
    before = [section(turn.say("cases/conflict"))]
    initial = {"case": str(turn.about.case), "kind": LinkKind.KNOWS.value}
    fields = {"case": Find("In which case?", "Type part of a reference.")} if many else None
    drawn = DeclareConflict.draw(
        About(panel=turn.panel.id), initial=initial, choices={"case": _choices(cases)}, before=before, fields=fields
    )
    return Show(drawn)


def find(turn: Turn, typed: str) -> list[tuple[str, str]]:
    """The live cases with this in a reference that are not closed to them yet."""
    turn.need(Verb.DECLARE_CONFLICT, Thing(assignee=turn.user))
    return _choices(open_to(turn, matching(typed)))


def _choices(cases: Sequence[Named]) -> list[tuple[str, str]]:
    return [(str(case.id), case.ref) for case in cases]


def save(turn: Turn, form: DeclareConflict) -> Answer:
    """Close the case to them, and tell the coordinator. A view of it that they have open beneath is closed too; then
    a message says so."""
    chosen = next((case.id for case in open_to(turn) if form.case == str(case.id)), None)
    if chosen is None:
        raise NoSuchCase(field="case")
    case = turn.work.get(Case, chosen)
    turn.need(Verb.DECLARE_CONFLICT, thing_of(turn.work, case, assignee=turn.user))
    link = close_to(turn, case, kind=LinkKind(form.kind))
    if (turn.request.view or {}).get("previous_view_id"):
        at = turn.work.now.isoformat()
        turn.work.owe(
            f"closed_to_you:{link.id}:{at}", "cases.closed_to_you", turn.user, panel_id=turn.panel.id,
            about={"conflict": link.id},
        )  # fmt: skip
        return Close(everything=True)
    return Tell(turn.say("cases/closed_to_you", case=case))


def close_to(turn: Turn, case: Case, user: str | None = None, kind: LinkKind = LinkKind.KNOWS) -> Conflict:
    """Record the conflict of this person (the one whose turn it is, unless said); owe the coordinator and the
    chair a word, never the one who declared it."""
    user = user or turn.user
    assert case.id is not None
    link = turn.work.first(Conflict, Conflict.case_id == case.id, Conflict.user_id == user)
    if link is None:
        link = turn.work.add(Conflict(case_id=case.id, user_id=user, declared_at=turn.work.now))
    agency = agency_of(turn.work, turn.panel, person_on(turn.work, turn.panel, user))
    link.agency_id = agency.id if agency else None
    link.declared_at, link.lifted_at = turn.work.now, None
    turn.work.session.flush()
    opened = times_opened(turn, case, user)
    turn.audit("declared", f"conflict:{link.id}", case_id=case.id, opened_before=opened, kind=kind.value)
    for told in alerted(turn.work, case.panel_id, Role.COORDINATOR, Role.CHAIR, case_id=case.id, unless=user):
        turn.work.owe(
            f"conflict:{link.id}:{turn.work.now.isoformat()}:{told}", "cases.conflict", told,
            panel_id=case.panel_id, about={"conflict": link.id},
        )  # fmt: skip
    return link


def times_opened(turn: Turn, case: Case, user: str) -> int:
    """How often this person had opened the case."""
    return len(opened_by(turn, case, user))


def opened_by(turn: Turn, case: Case, user: str) -> Sequence[AuditRow]:
    """Each time that this person opened the case, oldest first."""
    return turn.work.find(
        AuditRow, AuditRow.by_user == user, AuditRow.case_id == case.id, AuditRow.verb == "opened",
        col(AuditRow.allowed).is_(True), order=AuditRow.seq,
    )  # fmt: skip


def show(turn: Turn) -> Answer:
    """Whom a declared link concerns: for the coordinator or chair who was told."""
    link = turn.work.get(Conflict, turn.about.row)
    case = turn.case(link.case_id)
    turn.need(Verb.EDIT_CASE, thing_of(turn.work, case))
    turn.audit("opened", f"conflict:{link.id}", case_id=case.id)
    rows = opened_by(turn, case, link.user_id)
    opened, last = count(len(rows), "time"), rows[-1].at if rows else None
    said = turn.say("cases/conflict_told", case=case, link=link, opened=opened, last=last, kind=_kind(turn, link))
    return Show(confirmation(said, "A personal link"))


def _kind(turn: Turn, link: Conflict) -> LinkKind:
    """As it was declared last."""
    rows = turn.work.find(
        AuditRow, AuditRow.thing == f"conflict:{link.id}", AuditRow.verb == "declared", order=AuditRow.seq
    )
    return LinkKind(rows[-1].details.get("kind", LinkKind.KNOWS)) if rows else LinkKind.KNOWS
