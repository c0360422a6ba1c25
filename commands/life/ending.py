"""The record of an end at panel: how the case ended, risk before and after, who agreed, how the victim is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col

from commands.actions.facts import UNFINISHED
from commands.cases import record
from commands.cases.edit import begin, finish, kept, put, resume
from commands.kit.answers import Answer, Show
from commands.kit.blocks import Block, context, label
from commands.kit.errors import Refusal
from commands.kit.fields import Many, One, Text
from commands.kit.forms import Form, ask
from commands.kit.life import move
from commands.kit.people import agencies_of, thing_of
from commands.kit.reading import Reading
from commands.kit.text import count, escape
from commands.kit.turn import Turn
from commands.life.off_lists import forget
from panel.access import Verb, may
from panel.codes import CaseStatus, RiskView
from panel.codes.life import CaseOutcome, MoveReason, RiskLevel
from panel.life import is_open, may_follow
from storage.tables import Action, Case, Meeting
from storage.work import UnitOfWork

AT_A_MEETING, NOW = "at_a_meeting", "now"
DECIDED = "end_decided"  # in a case's picture: by which meeting its end was decided, while its record is not complete
LEVELS = [(each, each.label) for each in RiskLevel]


class OpenActions(Refusal):
    """{actions} on this case: no case ends over open actions. Each is ended first, or goes on in its agency's own
    plan: choose “Into own plans” on the record."""


class NoView(Refusal):
    """The victim service has not said how the victim is. It is asked from the record of the case; where the case has
    none, you say so there with your reason."""


@dataclass
class Ending(Form):
    """How the case ended. An end at panel is no all-clear."""

    name = "life.ending"
    title = "The end at panel"
    outcome: str = ask(One("How does the case end?", choices=[(each, each.label) for each in CaseOutcome]))
    before: str = ask(One("Risk when the case came", "In the agencies' joint view.", choices=LEVELS))
    after: str = ask(One("Risk now", choices=LEVELS))
    agreed: Sequence[str] = ask(Many("Which agencies agreed?", optional=True), ())
    note: str | None = ask(
        Text(
            "Why, in a sentence", "What has changed, and what stays in place. No names, addresses or numbers.",
            optional=True, lines=True, limit=1_000,
        )
    )  # fmt: skip
    when: str | None = ask(
        One(
            "When does it end?",
            choices=[(AT_A_MEETING, "When it is decided at a meeting"), (NOW, "Now, on my decision as chair")],
        ),
        None,
    )


def told(case: Case) -> dict[str, Any]:
    """What was recorded of a case's end so far."""
    return case.picture.get("ending") or {}


def needs_view(case: Case) -> bool:
    """Whether nobody has said yet how the victim is."""
    return "view" not in told(case)


def missing(case: Case) -> list[str]:
    """What the record of an end still lacks, in words."""
    lacks = [] if "outcome" in told(case) else ["how it ended, and the risk before and after"]
    return lacks + (["how the victim is"] if needs_view(case) else [])


def unfinished(work: UnitOfWork, case: Case) -> list[Action]:
    """The case's actions that have not ended."""
    return list(work.find(Action, Action.case_id == case.id, col(Action.status).in_([*UNFINISHED])))


def open_form(turn: Turn) -> Answer:
    """The form, under what agencies and scores say."""
    case = begin(turn, "ending")
    agencies = [(agency.code, label(f"{agency.code} · {agency.name}")) for agency in agencies_of(turn.work, turn.panel)]
    ends_here = is_open(CaseStatus(case.status)) and may(turn.person, Verb.END_CASE, thing_of(turn.work, case))
    without = [name for name, there in (("agreed", agencies), ("when", ends_here)) if not there]
    return Show(
        Ending.draw(
            turn.about.but(version=case.version), initial={"when": AT_A_MEETING, **told(case)},
            choices={"agreed": agencies}, before=_grounds(turn, case), without=without,
        )
    )  # fmt: skip


def save(turn: Turn, form: Ending) -> Answer:
    """Keep it; end the case where the chair does so now."""
    case = resume(turn)
    said = kept(outcome=form.outcome, before=form.before, after=form.after, agreed=list(form.agreed), note=form.note)
    put(case, ending={**{k: v for k, v in told(case).items() if k.startswith("view")}, **said})
    if form.when == NOW:
        end_now(turn, case)
    end_when_complete(turn.work, case, by=turn.user, surface=turn.request.surface)
    return finish(turn, case, "ending")


def decide_end(turn: Turn, case: Case, meeting: Meeting) -> bool:
    """A meeting ends the case: at once where its record is complete; else it stays open, and ends as soon as it is."""
    put(case, **{DECIDED: {"meeting": meeting.id}})
    if end_when_complete(turn.work, case, by=turn.user, surface=turn.request.surface):
        return True
    move(turn.work, case, CaseStatus.ACTIVE, by=turn.user, reason=MoveReason.DECIDED, meeting=meeting,
         surface=turn.request.surface)  # fmt: skip
    return False


def is_decided(case: Case) -> bool:
    """Whether a meeting has decided the end of a case whose record is not complete."""
    return DECIDED in case.picture and is_open(CaseStatus(case.status)) and case.hold_at is None


def end_when_complete(work: UnitOfWork, case: Case, *, by: str = "", surface: str = "") -> bool:
    """End a case whose end was decided, once its record is complete and nothing is left to do on it; it comes off the
    lists that have not gone out. Answers whether it has ended now."""
    if not is_decided(case) or missing(case) or unfinished(work, case):
        return False
    meeting = work.get(Meeting, case.picture[DECIDED]["meeting"])
    put(case, **{DECIDED: None})
    move(work, case, CaseStatus.CLOSED, by=by, reason=told(case)["outcome"], meeting=meeting, details=told(case),
         surface=surface)  # fmt: skip
    forget(work, case)
    return True


def end_now(turn: Turn, case: Case) -> None:
    """Ended by the chair between two meetings. Raises OpenActions, NoView, NotAllowed."""
    turn.need(Verb.END_CASE, thing_of(turn.work, case))
    actions = unfinished(turn.work, case)
    if actions:
        raise OpenActions(field="when", actions=count(len(actions), "open action"))
    if needs_view(case):
        raise NoView(field="when")
    move(
        turn.work, case, CaseStatus.CLOSED, by=turn.user, reason=told(case)["outcome"], details=told(case),
        surface=turn.request.surface,
    )  # fmt: skip


def may_end(case: Case) -> bool:
    """Whether there is, or can be, an end to record."""
    status = CaseStatus(case.status)
    return status == CaseStatus.CLOSED or (is_open(status) and may_follow(status, CaseStatus.CLOSED))


def _grounds(turn: Turn, case: Case) -> list[Block]:
    """The score then and now, within one method; each agency's view of how risk moved."""
    given = record.score(case)
    lines = []
    if given and "entry_score" in given:
        method = " ".join(filter(None, [given["method"], given.get("version")]))
        lines.append(f"Score: {given['entry_score']:g} on entry, {given['score']:g} now ({escape(method)}, one method)")
    views = _views(turn, case)
    lines += [f"{code}: {' → '.join(each.label for each in said)}" for code, said in sorted(views.items())]
    return [context("\n".join(lines))] if lines else []


def _views(turn: Turn, case: Case) -> dict[str, list[RiskView]]:
    """By agency, its first and its last view that this reader may read."""
    reading = Reading(turn.work, turn.panel, turn.person, case, None)
    found: dict[str, list[RiskView]] = {}
    for item in reading.items():
        if item.kind == "risk" and (item.body or "") in {*RiskView}:
            found.setdefault(reading.code(item.agency_id) or turn.panel.code, []).append(RiskView(item.body or ""))
    return {code: said if len(said) < 2 else [said[0], said[-1]] for code, said in found.items()}
